"""A mentor beside the student, in a real terminal: read, write, be cut off, go on, save."""

import json
import signal
import time

import pytest

from stagekit.api.portfolios import fill, open_portfolio
from tests.functional.conftest import REAL_ANSWERS

from .conftest import Terminal


@pytest.fixture
def review(tmp_path):
    """Start `stagekit review` on the portfolio of the real answers; ended after the test."""
    folder = tmp_path / "P"
    fill(folder, REAL_ANSWERS, remember=False)
    started = []

    def start(*options):
        command = ["-m", "stagekit", "review", str(folder), "--lang", "en", *options]
        started.append(Terminal(command, folder, rows=30))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.child.isalive():
            terminal.child.kill(signal.SIGKILL)
        terminal.child.close()


def drafted(folder, text):
    """Wait until a draft holds `text`."""
    until = time.monotonic() + 15
    drafts = folder / ".stagekit" / "drafts"
    while not any(text in json.loads(file.read_text())["text"] for file in drafts.glob("review.*.json")):
        assert time.monotonic() < until, "no draft was kept"
        time.sleep(0.05)


def test_cut_off_gone_on_and_saved(review):
    terminal = review()
    terminal.see("1.1 Quotes").type("enter").see("1.2 Summary").type("2", "enter").see("An empty comment")
    terminal.type("Leg dit uit.", "enter", "Waarom?").see("Waarom?")
    drafted(terminal.folder, "Waarom?")
    assert terminal.end(signal.SIGKILL) == 128 + signal.SIGKILL
    assert open_portfolio(terminal.folder, remember=False).rounds == ()

    terminal = review()
    terminal.see("Go on with it?").type("enter").see("1.1 Quotes").type("enter")
    terminal.see("Your comment:").see("Waarom?").type("enter")
    terminal.see("1.3 In practice").type("enter").see("How far is this part").type("4", "enter")
    terminal.see("about this part as a whole").type("enter").see("sign off").type("2", "enter")
    terminal.see("2.1 ").type("ctrl o").see("Choose a part").type("up", "up", "enter")
    terminal.see("Is there a word").type("enter").see("Under which name").type("enter")
    terminal.see("When do you give it?").type("enter").see("May your name be shown").type("enter")
    terminal.see("Shall it be saved?").see("1 Vision: Strong, 1 comment, signed off").type("enter")
    assert terminal.code() == 0
    assert b"Saved: feedback of Karin de Wit" in terminal.raw
    (taken,) = open_portfolio(terminal.folder, remember=False).rounds
    visie = taken.feedback.assignments["visie"]
    assert (visie.level, visie.signed_off) == ("strong", True)
    assert visie.answers["summary"].comment == "Leg dit uit.\nWaarom?"
    assert list((terminal.folder / ".stagekit" / "drafts").glob("review.*")) == []


def test_in_plain_lines(review):
    terminal = review("--plain")
    terminal.see("Type a number").type("enter").see("1.2 Summary").see("Type a number").type("2", "enter")
    terminal.see("a full stop only").type("Leg dit uit.", "enter", ".", "enter").see("1.3 In practice")
    terminal.see("Type a number").type("/stop", "enter")
    assert terminal.code() == 0
    assert b"Nothing was saved in the portfolio yet" in terminal.raw
    assert open_portfolio(terminal.folder, remember=False).rounds == ()
    drafted(terminal.folder, "Leg dit uit.")
