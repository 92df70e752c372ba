"""A finding is shown right after the answer, which is saved all the same."""

import pytest

from stagekit.interview.assignments import run_assignment
from stagekit.interview.prompter import Move
from stagekit.interview.session import Stopped

ANSWER = "Bel de moeder van Yusuf: 06 12345678."


def go(session, assignment_id, target):
    with pytest.raises(Stopped):
        run_assignment(session, session.course.assignment(assignment_id), target)


@pytest.mark.parametrize(("language", "words"), [("en", "phone number"), ("nl", "06 12345678")])
def test_a_finding_is_shown_and_nothing_is_stopped(sit, stored, language, words):
    session = sit(ANSWER, Move.STOP, language=language)
    go(session, "visie", ("visie", "summary"))
    assert stored("visie")["summary"] == ANSWER
    assert "“06 12345678”" in session.prompter.said
    assert "“moeder van Yusuf”" in session.prompter.said
    assert words in session.prompter.said


def test_nothing_is_said_where_nothing_is_found(sit, stored):
    session = sit("Ouders zijn welkom.", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert stored("visie")["summary"]
    assert "check" not in session.prompter.said


def test_many_findings_do_not_fill_the_screen(sit):
    session = sit(" ".join(f"Bel 06 1234567{digit}." for digit in range(8)), Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert session.prompter.said.count("“06") == 3
    assert "stagekit check" in session.prompter.said
