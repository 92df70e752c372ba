"""Feedback in `stagekit start` in a real terminal: beside its question, answered, marked done, found back."""

from pathlib import Path

import pytest

from stagekit.api.portfolios import fill, open_portfolio
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reply, Reviewer
from stagekit.store.course_files import DEFAULT_COURSE, demo_file
from stagekit.store.feedback_folder import add_round, load_rounds

from .conftest import Terminal

COMMENT = "Which of it do you see? <b>[red]\u202e"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "P"
    fill(place, demo_file(DEFAULT_COURSE, "en"), remember=False)
    identity = open_portfolio(place, remember=False).portfolio.identity
    comment = AnswerFeedback(comment=COMMENT, seen="0" * 16)
    visie = AssignmentFeedback(level="sufficient", signed_off=True, answers={"url": comment})
    reviewer = Reviewer(name="Bram Oosterhuis", date="2026-03-04")
    add_round(place, Feedback(portfolio=identity.id, reviewer=reviewer, assignments={"visie": visie}))
    return place


def start(folder: Path, *arguments: str) -> Terminal:
    command = ["-m", "stagekit", "start", str(folder), *arguments]
    return Terminal(command, folder.parent, STAGEKIT_STATE=str(folder.parent), HOME=str(folder.parent))


def test_on_pages(folder):
    terminal = start(folder)
    terminal.see("complete, signed off, 1 open point")
    terminal.type("1", "enter").see("changed since feedback").see("T feedback")
    assert "Bram Oosterhuis, 2026-03-04" in terminal.text
    assert "<b>[red]" in terminal.text
    assert terminal.raw.count("\u202e".encode()) == terminal.raw.count("\u202c".encode())
    terminal.type("ctrl t").see("Answer it")
    terminal.type("1", "enter").see("What did you do with it")
    terminal.type("I asked my mentor.", "ctrl s").see("Your answer: I asked my mentor.")
    terminal.type("enter").see("You marked this as done.")
    terminal.type("enter").gone("You marked this as done.").see("Web page")
    assert "Which of it" not in terminal.text
    terminal.type("ctrl q").see("stagekit")
    assert terminal.code() == 0
    (taken,) = load_rounds(folder).rounds
    assert taken.replies["visie.url"] == Reply(text="I asked my mentor.", done=True)


def test_in_plain_lines(folder):
    terminal = start(folder, "--plain")
    terminal.see("Feedback: 1 open point")
    terminal.type("1", "enter").see("/feedback")
    terminal.type("/feedback", "enter").see("Mark it done")
    terminal.type("2", "enter").see("You marked this as done.")
    terminal.type("/stop", "enter").see("Everything you answered is saved")
    assert terminal.code() == 0
    assert load_rounds(folder).rounds[0].replies["visie.url"].done
