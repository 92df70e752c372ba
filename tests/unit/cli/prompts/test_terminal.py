"""The prompter with keys from a pipe, on an output that shows nothing."""

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from stagekit.cli.prompts.terminal import TerminalPrompter
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt

OPTIONS = [Option("a", "Apple"), Option("b", "Bread"), Option("c", "Café"), Option("other", "Other")]
CTRL = {letter: chr(ord(letter) - 64) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
DOWN, UP, HOME, SHIFT_LEFT = "\x1b[B", "\x1b[A", "\x1b[H", "\x1b[1;2D"


@pytest.fixture
def ask(tmp_path):
    with (
        create_pipe_input() as source,
        TerminalPrompter(tmp_path, source=source, target=DummyOutput()) as prompter,
    ):

        def call(kind, *keys, **settings):
            source.send_text("".join(keys))
            return prompter.ask(Prompt(kind=kind, title="T", text="Q", options=OPTIONS, **settings))

        call.prompter = prompter
        yield call


class TestText:
    def test_prefilled_and_edited(self, ask):
        assert ask(Kind.TEXT, "\x7f", "!", "\r", initial="Noor.") == Given("Noor!")

    def test_ctrl_s_accepts_everywhere(self, ask):
        assert ask(Kind.TEXT, CTRL["S"], initial="x") == Given("x")
        assert ask(Kind.CHOICE, CTRL["S"]) == Given("a")

    def test_check_holds_it_back(self, ask):
        reply = ask(
            Kind.TEXT, "no\r", "\x7f\x7f", "yes\r", check=lambda text: None if text == "yes" else "Say yes."
        )
        assert reply == Given("yes")

    def test_changes_are_handed_on_without_what_cannot_be_saved(self, ask):
        seen = []
        assert ask(Kind.TEXT, "\x1b[200~a\x07\x1b[201~", CTRL["C"], changed=seen.append) is Move.INTERRUPT
        assert seen[-1] == "a"

    @pytest.mark.parametrize("sign", ["\x85", "\u200d", "\u202e", "日", "\xa0"])
    def test_other_odd_characters_are_text(self, ask, sign):
        assert ask(Kind.TEXT, f"\x1b[200~a{sign}b\x1b[201~", "\r") == Given(f"a{sign}b")


class TestLongText:
    def test_undo_goes_back_a_word_and_redo_comes_forward(self, ask):
        z, y, s = CTRL["Z"], CTRL["Y"], CTRL["S"]
        assert ask(Kind.LONG_TEXT, "one two three", z, s) == Given("one two")
        assert ask(Kind.LONG_TEXT, "one two three", z, z, y, s) == Given("one two")
        assert ask(Kind.LONG_TEXT, "one two three", z, z, UP, DOWN, y, y, s) == Given("one two three")
        assert ask(Kind.LONG_TEXT, "one two", z, " 2", y, s) == Given("one 2")
        assert ask(Kind.LONG_TEXT, z, y, s, initial="x") == Given("x")

    def test_what_word_puts_between_lines_becomes_a_line_end(self, ask):
        pasted = "\x1b[200~a\r\nb\x0bc\x0cd\u2028e\x1b[201~"
        assert ask(Kind.LONG_TEXT, pasted, CTRL["S"]) == Given("a\nb\nc\nd\ne")

    def test_typing_replaces_what_is_marked(self, ask):
        assert ask(Kind.LONG_TEXT, SHIFT_LEFT * 3, "x", CTRL["S"], initial="one two") == Given("one x")
        assert ask(Kind.LONG_TEXT, SHIFT_LEFT * 3, " ", CTRL["S"], initial="one two") == Given("one  ")
        assert ask(
            Kind.LONG_TEXT, SHIFT_LEFT * 3, "\x1b[200~2\x1b[201~", CTRL["S"], initial="one two"
        ) == Given("one 2")

    def test_rows_by_arrow_keys(self, ask):
        assert ask(Kind.LONG_TEXT, UP, "!", CTRL["S"], initial="one\ntwo") == Given("one!\ntwo")
        assert ask(Kind.LONG_TEXT, HOME, "!", CTRL["S"], initial="one\ntwo") == Given("one\n!two")

    def test_an_answer_that_stands_is_given_back_unchanged(self, ask):
        text = "  één\t\n\n  twee \n"
        assert ask(Kind.LONG_TEXT, CTRL["S"], initial=text) == Given(text)


class TestLists:
    def test_choosing(self, ask):
        assert ask(Kind.CHOICE, DOWN, "\r") == Given("b")
        assert ask(Kind.MENU, "3", "\r") == Given("c")
        assert ask(Kind.CHOICE, "\r", initial="b") == Given("b")

    def test_ticking(self, ask):
        assert ask(Kind.CHOICES, " ", DOWN, DOWN, " ", "\r", initial=("b", "c")) == Given(("a", "b"))
        assert ask(Kind.CHOICES, "\r") == Given(())

    def test_searching(self, ask):
        assert ask(Kind.SEARCH, "CAFE", "\r") == Given("c")
        assert ask(Kind.SEARCH, "zzz", "\r") == Given("other")
        assert ask(Kind.SEARCH, "\r", initial="b") == Given("b")

    def test_letters_and_pasted_text_do_nothing_in_a_list(self, ask):
        assert ask(Kind.CHOICE, "xyz", "\x1b[200~2\r\x1b[201~", "\r") == Given("a")

    def test_check_holds_a_choice_back(self, ask):
        assert ask(Kind.CHOICE, "\r", DOWN, "\r", check=lambda id: None if id == "b" else "No.") == Given("b")


@pytest.mark.parametrize("kind", Kind)
class TestMoves:
    def test_a_move_that_makes_no_sense_here_does_nothing(self, ask, kind):
        keys = "".join(CTRL[letter] for letter in "BNORQ")
        assert ask(kind, keys, CTRL["C"], moves=()) is Move.INTERRUPT

    @pytest.mark.parametrize("key", ["C", "D"])
    def test_interrupt_with_help_open(self, ask, kind, key):
        assert ask(kind, CTRL["G"], CTRL[key]) is Move.INTERRUPT

    @pytest.mark.parametrize("letter", "AEFJKLPTUVWXYZ\\]^_")
    def test_no_control_key_breaks_it_or_gets_into_the_text(self, ask, kind, letter):
        reply = ask(kind, chr(ord(letter) - 64), CTRL["Q"], initial="b" if kind is not Kind.CHOICES else ())
        assert isinstance(reply, Move | Given)
        if isinstance(reply, Given):
            assert letter == "J"


def test_the_end_of_the_input_ends_the_program_with_the_text_kept(tmp_path):
    ended = []
    with create_pipe_input() as source:
        prompter = TerminalPrompter(tmp_path, lambda: ended.append(True), source=source, target=DummyOutput())
        source.close()
        with pytest.raises(SystemExit) as stop, prompter:
            prompter.ask(Prompt(kind=Kind.TEXT, title="T", text="Q"))
    assert stop.value.code == 129
    assert ended


@pytest.mark.parametrize("error", [OSError("disk full"), ValueError("a bug")])
def test_an_error_in_what_is_called_comes_out_as_it_is(ask, error):
    def fails(_text):
        raise error

    with pytest.raises(type(error)):
        ask(Kind.TEXT, "x", changed=fails)
    with pytest.raises(type(error)):
        ask(Kind.CHOICE, "\r", check=fails)


def test_long_introductions_get_a_page_to_read(ask, capsys):
    ask.prompter.show("Many words. " * 200)
    assert ask(Kind.CHOICE, "\r", DOWN, "\r") == Given("b")
    ask.prompter.show("Many words. " * 200)
    assert ask(Kind.CHOICE, CTRL["C"]) is Move.INTERRUPT


def test_what_was_said_last_is_printed_on_leaving(tmp_path, capsys):
    with TerminalPrompter(tmp_path) as prompter:
        prompter.show("Well done.", "\x1b[31mNoor", style="good")
    assert capsys.readouterr().out == "Well done.\n[U+001B][31mNoor\n"
