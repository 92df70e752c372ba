"""`stagekit check` in a terminal: through the findings, one key each."""

import os
import sys

import pytest

from stagekit.api.checking import check
from stagekit.api.portfolios import fill, open_portfolio
from tests.functional.conftest import REAL_ANSWERS

pexpect = pytest.importorskip("pexpect")
ENDED = "moeder van Yusuf Demir (06 12345678) belde.\n      Eerst vragen"


@pytest.fixture
def telling(tmp_path):
    fill(tmp_path / "P", REAL_ANSWERS, remember=False)
    file = tmp_path / "P" / "answers" / "6-reflection.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Eerst vragen", ENDED, 1), encoding="utf-8")
    return tmp_path / "P"


@pytest.fixture
def walk(telling):
    environment = {**os.environ, "TERM": "dumb", "LANG": "en_GB.UTF-8"}
    command = ["-m", "stagekit", "check", str(telling), "--lang", "en"]
    child = pexpect.spawn(
        sys.executable, command, env=environment, dimensions=(50, 90), encoding="utf-8", timeout=20
    )
    yield child
    child.close(force=True)


def state(folder):
    return check(open_portfolio(folder, remember=False))


def code(child):
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def test_alias_accept_next_and_stop(walk, telling):
    walk.expect("Enter = yes")
    walk.send("\r")
    walk.expect("1 of 3 · “06 12345678”")  # what blocks comes first
    walk.expect("moeder van Yusuf Demir \\(06 12345678\\) belde")  # in its sentence
    walk.expect("r = it may stay, with a reason\r\n +Enter = next · q = stop\r\n")
    walk.send("zr")  # a key that means nothing is not an answer
    walk.expect("may it stay")
    walk.send("an invented number\r")
    walk.expect("Kept")
    walk.expect("a = give “Yusuf Demir”")
    walk.send("a")
    walk.expect("Alias")
    walk.send("Child 1\r")
    walk.expect("reads as “Child 1”")
    walk.expect("q = stop")
    walk.send("\r")
    walk.expect("1 to think about")
    walk.expect("Nothing here stops you from handing in")
    assert code(walk) == 1  # one to think about is open
    settings = open_portfolio(telling, remember=False).portfolio.identity.settings
    assert [kept.reason for kept in settings.accepted_findings] == ["an invented number"]
    assert [(each.name, each.alias) for each in settings.private_aliases] == [("Yusuf Demir", "Child 1")]
    assert {each.weight for each in state(telling).findings} == {"attention"}


def test_no_leaves_everything_as_it_is(walk, telling):
    before = (telling / "portfolio.yaml").read_bytes()
    walk.expect("Enter = yes")
    walk.send("n")
    assert code(walk) == 1
    assert (telling / "portfolio.yaml").read_bytes() == before


def test_ctrl_c_stops(walk):
    walk.expect("Enter = yes")
    walk.send("\r")
    walk.expect("q = stop")
    walk.sendcontrol("c")
    assert code(walk) == 130


def test_what_is_refused_is_said_and_the_walk_goes_on(walk):
    walk.expect("Enter = yes")
    walk.send("\r")
    walk.expect("q = stop")
    walk.send("r")
    walk.expect("may it stay")
    walk.send("06 12345678\r")
    walk.expect("holds a number")
    walk.expect("q = stop")
    walk.send("q")
    walk.expect("1 stops handing in.*\r\n.*Change it: stagekit start")
    assert code(walk) == 1
