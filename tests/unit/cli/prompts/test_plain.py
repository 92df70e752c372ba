"""The prompter of plain lines, on streams; its behaviour in a terminal stands with the functional tests."""

import io

import pytest

from stagekit.cli.prompts.plain import PlainPrompter
from stagekit.errors import UserError
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt

OPTIONS = [
    Option("a", "○ Apple", "a fruit"),
    Option("b", "Bread"),
    Option("c", "Café"),
    Option("other", "Other"),
]


@pytest.fixture(autouse=True)
def speaks_english(english):
    """The words typed here are the English ones."""


class Talk:
    def __init__(self, folder, *lines):
        self.written = io.StringIO()
        self.ended = []
        source = io.StringIO("".join(f"{line}\n" for line in lines))
        self.prompter = PlainPrompter(
            folder, lambda: self.ended.append(1), source=source, target=self.written
        )

    def ask(self, kind, **settings):
        settings = {"options": OPTIONS, "moves": (Move.BACK, Move.STOP), **settings}
        return self.prompter.ask(Prompt(kind=kind, title="Title", text="Question?", **settings))

    @property
    def said(self):
        return self.written.getvalue()


@pytest.fixture
def talk(tmp_path):
    return lambda *lines: Talk(tmp_path, *lines)


def test_everything_of_the_question_is_said_in_order(talk):
    told = talk("x")
    told.ask(
        Kind.TEXT, breadcrumb="Part 1", why="Because.", need="required", aside=("So far: 2.",), initial="Now!"
    )
    parts = [
        "Part 1",
        "Title (required)",
        "Question?",
        "Because.",
        "So far: 2.",
        "Now: Now!. Enter keeps it.",
        "/help",
    ]
    places = [told.said.index(part) for part in parts]
    assert places == sorted(places)


def test_text_kept_changed_cleared_and_refused(talk):
    assert talk("").ask(Kind.TEXT, initial="so far") == Given("so far")
    assert talk("new").ask(Kind.TEXT, initial="so far") == Given("new")
    assert talk("/clear").ask(Kind.TEXT, initial="so far") == Given("")
    told = talk("no", "yes")
    assert told.ask(Kind.TEXT, check=lambda text: None if text == "yes" else "Say yes.") == Given("yes")
    assert "Say yes." in told.said


def test_a_text_that_is_refused_can_be_added_to(talk):
    told = talk("one", ".", "/more", "two", ".")
    reply = told.ask(Kind.LONG_TEXT, check=lambda text: None if "two" in text else "More, please.")
    assert reply == Given("one\ntwo")


@pytest.mark.parametrize("end", ["", "."])
def test_a_text_that_stands_is_kept_by_its_end_alone(talk, end):
    assert talk(end).ask(Kind.LONG_TEXT, initial="so far") == Given("so far")
    assert talk("/clear").ask(Kind.LONG_TEXT, initial="so far") == Given("")


def test_words_work_in_both_languages_and_in_capitals(talk, monkeypatch):
    monkeypatch.setattr("stagekit.i18n._active", "nl")
    assert talk("/terug").ask(Kind.TEXT) is Move.BACK
    assert talk("/BACK").ask(Kind.CHOICE) is Move.BACK


def test_a_word_that_makes_no_sense_here_is_text(talk):
    assert talk("/skip").ask(Kind.TEXT) == Given("/skip")


def test_a_word_that_is_there_only_sometimes_never_becomes_the_answer(talk):
    told = talk("/feedback", "/EARLIER", "an answer")
    assert told.ask(Kind.TEXT) == Given("an answer")
    assert talk("Line", "/feedback", ".").ask(Kind.LONG_TEXT) == Given("Line")
    assert talk("//feedback").ask(Kind.TEXT) == Given("/feedback")


@pytest.mark.parametrize("slip", ["/bac", "/bakc", "/hel", "/hepl", "/feedbak"])
def test_a_slip_of_a_word_never_becomes_the_answer(talk, slip):
    told = talk(slip, "an answer")
    assert told.ask(Kind.TEXT) == Given("an answer")
    assert f"{slip} does nothing at this question." in told.said
    assert talk("/" + slip).ask(Kind.TEXT) == Given(slip)
    assert talk("Line", slip, ".").ask(Kind.LONG_TEXT) == Given("Line")


def test_two_slashes_stand_for_one(talk):
    assert talk("//back").ask(Kind.TEXT) == Given("/back")
    assert talk("//somewhere").ask(Kind.TEXT) == Given("//somewhere")


@pytest.mark.parametrize(
    ("line", "expected"), [("2", "b"), ("bread", "b"), ("CAFE", "c"), ("a", "a"), ("", "c")]
)
def test_a_choice_by_number_name_or_as_it_was(talk, line, expected):
    assert talk(line).ask(Kind.CHOICE, initial="c") == Given(expected)


@pytest.mark.parametrize("line", ["0", "5", "-1", "x", "", "²", "9" * 30])
def test_anything_else_is_asked_again_and_never_the_first(talk, line):
    told = talk(line, "2")
    assert told.ask(Kind.CHOICE) == Given("b")
    assert "from 1 to 4" in told.said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1 3", ("a", "c")),
        ("3,1", ("a", "c")),
        ("bread", ("b",)),
        ("0", ()),
        ("", ("b", "c")),
        ("1 1", ("a",)),
    ],
)
def test_several(talk, line, expected):
    assert talk(line).ask(Kind.CHOICES, initial=("b", "c")) == Given(expected)


def test_several_with_one_wrong_number_takes_none_of_them(talk):
    assert talk("1 9", "2").ask(Kind.CHOICES) == Given(("b",))


def test_searching(talk):
    assert talk("cafe").ask(Kind.SEARCH) == Given("c")
    assert talk("bre", "1").ask(Kind.SEARCH) == Given("b")
    assert talk("", "2").ask(Kind.SEARCH) == Given("b")
    assert talk("zzz", "").ask(Kind.SEARCH) == Given("other")
    assert talk("").ask(Kind.SEARCH, initial="c") == Given("c")


def test_signs_before_a_label_are_not_read_out(talk):
    told = talk("1")
    told.ask(Kind.MENU, initial="a")
    assert "1. Apple: a fruit" in told.said
    assert "Enter takes: Apple." in told.said


def test_control_characters_are_named(talk):
    told = talk("a\x1b[31mb", "ab")
    assert told.ask(Kind.TEXT, aside=("\x1b[2J",)) == Given("ab")
    assert "\x1b" not in told.said
    assert "[U+001B] cannot be saved" in told.said


def test_changes_are_handed_on_but_never_a_command(talk):
    seen = []
    talk("one", "two", "/back").ask(Kind.LONG_TEXT, changed=seen.append)
    assert seen[-1].strip() == "one\ntwo"


def test_an_input_that_is_over_interrupts_and_then_gives_up(talk):
    told = talk()
    assert [told.ask(Kind.TEXT), told.ask(Kind.LONG_TEXT)] == [Move.INTERRUPT] * 2
    with pytest.raises(UserError):
        told.ask(Kind.CHOICE)
    assert told.ended
