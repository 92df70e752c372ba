"""Every kind of question in a real terminal, as a student meets it."""

import random
import re
import signal
import sys

import pytest

KINDS = ("text", "long_text", "choice", "choices", "search", "menu")
QUESTION = "working with parents?"
MOVES = {"ctrl b": "back", "ctrl n": "skip", "ctrl o": "jump", "ctrl r": "versions", "ctrl q": "stop"}


def prose(words):
    chosen = random.Random(words)
    line = ["ouders", "school", "thuis", "één", "café", "samen"]
    return "\n\n".join("\t" + " ".join(chosen.choices(line, k=50)) for _count in range(words // 50))


class TestEveryKind:
    """One program asks a question of each kind; starting one for each would take minutes."""

    @pytest.fixture
    def all_kinds(self, asking):
        """Ask each kind, do `look` at it, and leave it by `key`; gives the terminal at the end."""

        def go(look, key="ctrl n", wanted=QUESTION, **settings):
            terminal = asking(*KINDS, **settings)
            for number, kind in enumerate(KINDS):
                terminal.asked(number).see(wanted)
                look(terminal, kind)
                terminal.type(key)
            assert terminal.code() == 0
            assert b"Traceback" not in terminal.raw
            return terminal

        return go

    def test_shows_question_need_why_and_keys(self, all_kinds):
        def look(terminal, kind):
            for words in ("Vision › question 5", "Summary · required", "in your own words"):
                assert words in terminal.text
            for word in ("help", "back", "skip", "stop", "feedback"):
                assert word in terminal.lines[-1]
            assert ("overview" in terminal.lines[-1]) is (kind != "choices")  # 80 columns hold no more

        all_kinds(look)

    @pytest.mark.parametrize("key", ["ctrl c", "ctrl d"])
    def test_ctrl_c_and_ctrl_d_ask_where_to_go(self, all_kinds, key):
        assert all_kinds(lambda *_seen: None, key).replies() == [{"move": "interrupt"}] * len(KINDS)

    def test_every_move_has_its_key(self, asking):
        terminal = asking(*(kind for kind in KINDS for _move in MOVES))
        for number in range(len(KINDS)):
            for offset, key in enumerate(MOVES):
                terminal.asked(number * len(MOVES) + offset).type(key)
        assert terminal.replies() == [{"move": move} for move in MOVES.values()] * len(KINDS)

    def test_keys_typed_between_two_questions_are_not_lost(self, asking):
        terminal = asking(*KINDS).see(QUESTION).type(*["ctrl q"] * len(KINDS))
        assert terminal.replies() == [{"move": "stop"}] * len(KINDS)

    def test_help_opens_and_closes_in_place(self, all_kinds):
        def look(terminal, _kind):
            terminal.type("ctrl g").see("What does the school want to achieve").see("Hold Ctrl down")
            assert QUESTION in terminal.text
            terminal.type("ctrl g").gone("want to achieve")

        all_kinds(look, rows=40)

    def test_forty_columns(self, all_kinds):
        def look(terminal, _kind):
            assert "help" in terminal.lines[-1]

        all_kinds(look, wanted="with parents?", columns=40, rows=20)

    def test_a_very_small_window_does_not_break(self, all_kinds):
        all_kinds(lambda *_seen: None, wanted="What", columns=18, rows=5)

    def test_resizing_while_asked(self, all_kinds):
        def look(terminal, _kind):
            terminal.resize(44, 20).see("with parents?")
            terminal.read(0.3)
            assert sum("Summary" in line for line in terminal.lines) == 1
            assert "help" in terminal.lines[-1]
            terminal.resize(100, 30).see(QUESTION).see("Vision › question")
            terminal.read(0.3)
            assert "help" in terminal.lines[-1]

        all_kinds(look)

    def test_no_colour_when_refused(self, all_kinds):
        terminal = all_kinds(lambda *_seen: None, NO_COLOR="1")
        codes = {
            code for style in re.findall(rb"\x1b\[([\d;]*)m", terminal.raw) for code in style.split(b";")
        }
        assert codes <= {b"", b"0", b"1", b"4", b"7"}

    @pytest.mark.parametrize("encoding", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
    def test_old_encodings_get_ascii_signs(self, all_kinds, encoding):
        def look(terminal, _kind):
            assert "Vision > question 5" in terminal.text
            assert terminal.text.isascii()

        all_kinds(look, **encoding)

    def test_latin_1_gets_what_it_can_show(self, all_kinds):
        terminal = all_kinds(lambda *_seen: None, wanted="Vision > question 5", PYTHONIOENCODING="latin-1")
        assert b"\xb7 required" in terminal.raw
        assert b"?  " not in terminal.raw

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    @pytest.mark.parametrize("kind", ["text", "search", "menu"])
    def test_signals_end_it_in_order(self, asking, kind, number):
        terminal = asking(kind).see(QUESTION)
        assert terminal.end(number) == 128 + number
        assert (terminal.folder / "ended").exists()
        assert "Traceback" not in terminal.text
        assert terminal.raw.count(b"\x1b[?1049h") == terminal.raw.count(b"\x1b[?1049l") == 1

    def test_a_closed_window_keeps_what_was_typed(self, asking):
        terminal = asking("long_text").see(QUESTION).type(" And half a sen")
        terminal.see("half a sen")
        terminal.child.close(force=False)
        assert terminal.draft() == "First words. And half a sen"
        assert (terminal.folder / "ended").exists()


class TestText:
    def test_a_refused_answer_says_why_and_keeps_asking(self, asking):
        terminal = asking("text").see(QUESTION).type("enter").see("Please type something.")
        terminal.type("https://school.nl", "enter")
        assert terminal.replies() == ["https://school.nl"]

    def test_every_change_is_handed_on(self, asking):
        terminal = asking("text").see(QUESTION).type("half").see("half")
        assert terminal.draft() == "half"

    def test_invalid_utf8_is_shown_and_refused(self, asking):
        terminal = asking("text").see(QUESTION)
        terminal.child.send(b"ab\xff")
        terminal.see("[U+DCFF]").see("cannot be saved")
        assert terminal.draft() == "ab"
        terminal.type("enter").see("cannot be saved").type("\x7f", "c", "enter")
        assert terminal.replies() == ["abc"]

    def test_a_pasted_line_end_does_not_answer(self, asking):
        terminal = asking("text").see(QUESTION).paste("two\nlines\n").see("two lines")
        terminal.type("enter")
        assert terminal.replies() == ["two lines"]


class TestLongText:
    def test_enter_is_a_new_line_and_a_key_finishes(self, asking):
        terminal = asking("long_text").see(QUESTION).type("enter", "Second line.").see("4 words")
        terminal.type("ctrl s")
        assert terminal.replies() == ["First words.\nSecond line."]

    def test_two_thousand_words_with_blank_lines_come_through_whole(self, asking):
        text = prose(2000)
        terminal = asking("long_text").see(QUESTION).paste("\n" + text.replace("\n", "\r\n"))
        terminal.see("2002 words").type("ctrl s")
        assert terminal.replies() == ["First words.\n" + text]

    def test_a_paste_that_a_terminal_does_not_mark_comes_through_too(self, asking):
        text = prose(100)
        terminal = asking("long_text").see(QUESTION).type("\r" + text.replace("\n", "\r")).see("102 words")
        terminal.type("ctrl s")
        assert terminal.replies() == ["First words.\n" + text]

    def test_undo_and_redo(self, asking):
        terminal = asking("long_text").see(QUESTION).type(" One two").see("4 words")
        terminal.type("ctrl z").see("3 words").type("ctrl y").see("4 words")
        terminal.type("ctrl z", "ctrl z", "ctrl s")
        assert terminal.replies() == ["First words."]

    def test_hostile_text_beside_the_question_is_harmless(self, asking):
        terminal = asking("long_text").see("[U+001B][31m [bold]Samen[/bold]")
        assert b"\x1b[31m [bold]" not in terminal.raw

    @pytest.fixture
    def editor(self, tmp_path):
        def make(code):
            program = tmp_path / "my editor.py"
            program.write_text(f"import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n{code}\n")
            return {"VISUAL": f'"{sys.executable}" "{program}"'}

        return make

    def test_a_visit_to_the_editor(self, asking, editor, tmp_path):
        note = tmp_path / "seen"
        code = (
            f"Path({str(note)!r}).write_text(oct(file.stat().st_mode & 0o777) + ' ' + str(file.parent))\n"
            "file.write_text(file.read_text() + 'From the editor: één.\\n', encoding='utf-8')"
        )
        terminal = asking("long_text", **editor(code)).see(QUESTION).type(" Typed.").see("3 words")
        terminal.type("ctrl e").see("From the editor: één.").see("7 words").type("ctrl s")
        assert terminal.replies() == ["First words. Typed.\nFrom the editor: één."]
        assert note.read_text() == f"0o600 {tmp_path / 'copies'}"
        assert list((tmp_path / "copies").iterdir()) == []

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("sys.exit(3)", "ended with an error"),
            ("file.write_bytes(b'\\xff\\xfe')", "cannot be read"),
            ("file.unlink()", "cannot be read"),
        ],
    )
    def test_an_editor_that_fails_leaves_the_text(self, asking, editor, code, sentence):
        terminal = asking("long_text", **editor(code)).see(QUESTION).type("ctrl e").see(sentence)
        terminal.type(" On.", "ctrl s")
        assert terminal.replies() == ["First words. On."]

    def test_no_such_editor(self, asking):
        terminal = asking("long_text", VISUAL="no-such-editor").see(QUESTION)
        terminal.type("ctrl e").see("was not found")
        assert terminal.type("ctrl s").replies() == ["First words."]

    def test_a_signal_during_the_visit_keeps_what_the_editor_saved(self, asking, editor, tmp_path):
        up = str(tmp_path / "up")
        code = f"import time\nfile.write_text('Saved there.')\nPath({up!r}).touch()\ntime.sleep(60)"
        terminal = asking("long_text", **editor(code)).see(QUESTION).type("ctrl e").see("Your text is open")
        while not (tmp_path / "up").exists():
            terminal.read()
        assert terminal.end(signal.SIGTERM) == 128 + signal.SIGTERM
        assert terminal.draft() == "Saved there."
        assert list((tmp_path / "copies").iterdir()) == []


class TestLists:
    def test_arrows_and_enter(self, asking):
        terminal = asking("choice").see("» 2  At the door")
        assert "your answer now" in terminal.text
        terminal.type("down").see("» 3").type("down").see("» 1").type("enter")
        assert terminal.replies() == ["yard"]

    def test_a_number_points(self, asking):
        terminal = asking("menu").see("» 2").type("3").see("» 3").type("enter")
        assert terminal.replies() == ["class"]

    def test_space_ticks(self, asking):
        terminal = asking("choices").see("● At the door").type(" ").see("● In the school yard")
        terminal.type("down", " ", "down", " ").see("● In class").type("enter")
        assert terminal.replies() == [["yard", "class"]]

    def test_searching_without_accents(self, asking):
        terminal = asking("search").see("» Nieuwsbrief").type("cafe").see("» Café thuistaal")
        assert "Nieuwsbrief" not in terminal.text
        terminal.type("enter")
        assert terminal.replies() == ["c24"]

    def test_searching_what_is_not_there(self, asking):
        terminal = asking("search").see("» Nieuwsbrief").type("zzz").see("Nothing found").type("enter")
        terminal.type("\x7f\x7f\x7fraad").see("» Medezeggenschapsraad").type("down").see("» Ouderraad")
        terminal.type("enter")
        assert terminal.replies() == ["c11"]

    def test_the_last_of_many_is_reached_in_a_small_window(self, asking):
        terminal = asking("search", columns=40, rows=20).see("» Nieuwsbrief").type("up").see("» Ouderkamer")
        terminal.type("enter")
        assert terminal.replies() == ["c26"]


def test_what_was_said_stands_above_the_next_question_and_the_last_on_the_own_screen(asking):
    terminal = asking("menu", "menu", NO_COLOR="1").see(QUESTION).type("enter").see("✓ Saved.").type("enter")
    assert terminal.code() == 0
    assert terminal.raw.rsplit(b"\x1b[?1049l", 1)[1].decode().split() == ["Saved.", "All", "asked."]


def test_what_is_typed_takes_the_place_of_a_proposal_unless_one_moves_in_it(asking):
    terminal = asking(*["proposed"] * 4)
    terminal.asked(0).see("22-11-2026").type("enter")
    terminal.asked(1).see("22-11-2026").type("6-10-2026", "enter")
    terminal.asked(2).see("22-11-2026").type("\x7f", "1-9-2026", "enter")
    terminal.asked(3).see("22-11-2026").type("\x1b[D", "\x1b[C", "\x7f7", "enter")
    assert terminal.replies() == ["22-11-2026", "6-10-2026", "1-9-2026", "22-11-2027"]
