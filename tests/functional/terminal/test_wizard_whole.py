"""The whole wizard as a student meets it: from an empty folder to six of six, with what gets in the way."""

import json
import re
import signal
import sys
import time
from dataclasses import replace

import pytest

from stagekit.api.portfolios import fill, open_portfolio
from stagekit.checks.completeness import completeness
from stagekit.interview.prompter import Kind, Move
from stagekit.model.course import ChoicesQuestion
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import DEFAULT_COURSE, demo_file, load_course

from .conftest import ROOT
from .hands import PageHands, PlainHands
from .student import Student
from .test_terminal_prompts import prose

FILES = {"nl": ROOT / "tests/data/answers-nl.yaml", "en": demo_file(DEFAULT_COURSE, "en")}
LONG = ("reflection", "thinking")


def go_back(student, seen, _place):
    """Go back from the second question to the first, where the answer stands."""
    return student.went_back(seen, student.value(("visie", "url"))[-20:], Kind.TEXT)


def jump(student, _seen, _place):
    """Look at the fifth part in the middle of the first, and come back."""
    hands, to_overview = student.hands, student.say("To the overview of all parts")
    first, fifth = (student.course.assignments[index].title[student.language] for index in (0, 4))
    hands.move(Move.JUMP)
    hands.page()
    hands.choose(to_overview)
    assert student.is_overview(hands.page())
    hands.choose(fifth)
    assert hands.page().crumb.startswith(fifth)
    hands.move(Move.JUMP)
    hands.page()
    hands.choose(to_overview)
    assert student.is_overview(hands.page())
    hands.choose(first)
    return hands.page()


def remove_and_bring_back(student, seen, _place):
    """Remove the fourth contact type of the list and bring it back to where it was."""
    hands = student.hands
    before = [label for _number, label in seen.rows()]
    hands.choose_number(4)
    hands.page()
    hands.choose(student.say("Remove it"))
    removed = hands.page()
    assert student.say("Removed: {title}") in removed.text
    hands.choose(student.say("Bring back: {title}"))
    after = hands.page()
    assert student.say("Back in your list: {title}") in after.text
    assert [label for _number, label in after.rows()] == before
    return after


def cut_off(number):
    """Be cut off in mid-sentence by a signal, start again, and find the sentence offered, with its date."""

    def event(student, seen, place):
        hands, begun = student.hands, student.value(place).split("\n")[0][:30]
        hands.half(begun)
        if number == signal.SIGKILL:
            drafts = hands.folder / ".stagekit" / "drafts"
            until = time.monotonic() + 10
            while not any(begun in json.loads(file.read_text())["text"] for file in drafts.glob("*.json")):
                assert time.monotonic() < until, "no draft was kept"
                hands.terminal.read(0.05)
        assert hands.kill(number) == 128 + number
        hands.start()
        offered = hands.page()
        assert student.is_overview(offered)
        hands.choose(student.say("Go on typing ({moment})"))
        asked = hands.page()
        assert student.say("On {moment} you were typing here, and it was not finished.") in asked.text
        assert begun in asked.text
        hands.choose(student.say("Go on with that text"))
        again = hands.page()
        assert begun in again.text
        assert (again.crumb.rpartition(" · ")[0] or again.crumb, again.label) == (seen.crumb, seen.label)
        student.begun = begun
        return again

    return event


def visit_the_editor(student, _seen, place):
    """Write one answer in another program."""
    (student.hands.folder.parent / "text").write_text(student.value(place), encoding="utf-8")
    student.answered.add(place)
    student.hands.visit_editor(student.value(place))


EVENTS = {
    ("visie", "visited_on"): go_back,
    ("visie", "summary"): jump,
    ("soorten-contact", "contacts"): remove_and_bring_back,
    ("mentor-interview", "learning_moments", 1, "situation"): cut_off(signal.SIGKILL),
    ("parent-interview", "parents", 0, "on_time"): cut_off(signal.SIGHUP),
    ("reflection", "learned"): visit_the_editor,
}


def in_order(text, course):
    """Give an answers file with what was ticked in the order of the options, as the wizard gives it."""
    groups = [question for assignment in course.assignments for question in assignment.questions]
    questions = [*groups, *(inner for group in groups for inner in getattr(group, "questions", ()))]
    orders = {
        question.id: [option for option, _label in course.options(question)]
        for question in questions
        if isinstance(question, ChoicesQuestion)
    }

    def ordered(found):
        order = orders.get(found[1])
        ticked = sorted(found[2].split(", "), key=order.index) if order else [found[2]]
        return f"{found[1]}: [{', '.join(ticked)}]"

    return re.sub(r"(\w+): \[([\w, -]+)\]", ordered, text)


@pytest.fixture
def environment(tmp_path):
    """An editor that puts a prepared text in the place of what stands there."""
    program = tmp_path / "editor.py"
    program.write_text(
        "import sys, pathlib\n"
        f"pathlib.Path(sys.argv[1]).write_bytes(pathlib.Path({str(tmp_path / 'text')!r}).read_bytes())\n"
    )
    return {"EDITOR": f'"{sys.executable}" "{program}"'}


@pytest.fixture
def hold(tmp_path, environment):
    """Go through the wizard; gives the student and the folder that `--answers` filled."""
    held = []

    def work(language, hands):
        file = tmp_path / "answers.yaml"
        text = FILES[language].read_text(encoding="utf-8")
        course = load_course()
        pasted = f"  thinking: {json.dumps(prose(2000))}\n  thinking_why:"
        text = re.sub(r"(?s)  thinking: .*?\n  thinking_why:", lambda _found: pasted, text)
        file.write_text(in_order(text, course), encoding="utf-8")
        fill(tmp_path / "filled", file, language, remember=False)
        target = read_answers(file, course)
        held.append(hands(tmp_path / "asked", **environment))
        student = Student(course, target, language, held[0], dict(EVENTS))
        assert student.work() == 0
        assert student.events == {}
        return student

    yield work
    for hands in held:
        if hands.terminal.child.isalive():
            hands.terminal.child.kill(signal.SIGKILL)
        hands.terminal.child.close()


@pytest.mark.parametrize(("language", "hands"), [
    ("nl", PageHands),
    pytest.param("en", PageHands, marks=pytest.mark.slow),
    pytest.param("nl", PlainHands, marks=pytest.mark.slow),
    ("en", PlainHands),
])  # fmt: skip
def test_from_an_empty_folder_to_six_of_six(language, hands, hold, tmp_path):
    student = hold(language, hands)
    assert student.interrupted == {
        Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.CHOICES, Kind.SEARCH, "overview", "list", "compare",
    }  # fmt: skip
    for name in student.course.files.values():
        asked = (tmp_path / "asked/answers" / name).read_bytes()
        assert asked == (tmp_path / "filled/answers" / name).read_bytes(), name
    portfolio, filled = (open_portfolio(tmp_path / name).portfolio for name in ("asked", "filled"))
    assert replace(portfolio.identity, id="") == replace(filled.identity, id="")
    assert completeness(student.course, portfolio).complete
    assert list((tmp_path / "asked/.stagekit/drafts").iterdir()) == []
    end = student.hands.terminal.raw[-1500:].decode()
    assert all(f"stagekit {command}" in end for command in ("start", "render", "submit"))
    assert b"Traceback" not in student.hands.terminal.raw


@pytest.mark.parametrize("hands", [PageHands, PlainHands])
@pytest.mark.parametrize("key", ["ctrl c", "ctrl d"])
def test_leaving_before_anything_is_begun(hands, key, tmp_path):
    wizard = hands(tmp_path / "asked")
    wizard.start()
    wizard.page()
    wizard.type(key)
    assert wizard.over() == 0
    assert not (tmp_path / "asked").exists()
    assert "stagekit start" in wizard.terminal.raw[wizard.mark :].decode()
    wizard.terminal.child.close()
