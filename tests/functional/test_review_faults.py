"""Taking in feedback while the computer fails: said to be saved is saved, and all else is as it was."""

import errno
import json
import os

import pytest

from stagekit.api.portfolios import fill, open_portfolio
from stagekit.api.reviewing import take_in
from stagekit.errors import StageKitError
from tests.functional.conftest import REAL_ANSWERS

CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "fstat", "listdir")
"""What a save asks of the system; each call is to fail once."""
MOST = 80


class Cut(BaseException):
    """The process is gone."""


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory):
    """A portfolio with one round, and the file of the next one."""
    folder = tmp_path_factory.mktemp("faults") / "P"
    fill(folder, REAL_ANSWERS, remember=False)
    own = open_portfolio(folder, remember=False).portfolio.identity.id
    for number, name in enumerate(("first", "second")):
        said = {"visie": {"comment": f"{name} " * 200, "answers": {"summary": {"comment": name}}}}
        content = {"stagekit_feedback": 1, "portfolio": own, "overall": name, "assignments": said}
        content["reviewer"] = {"name": "Karin", "date": "2026-03-04"}
        (folder.parent / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
    take_in(open_portfolio(folder, remember=False), folder.parent / "0.json")
    return folder


def failing(monkeypatch, folder, at, failure):
    """Let the call number `at` of those on the portfolio raise `failure`; gives how many there were."""
    count = [0]

    def guarded(function):
        def call(*arguments, **named):
            count[0] += 1
            if count[0] - 1 == at:
                raise failure
            return function(*arguments, **named)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, guarded(getattr(os, name)))
    return count


def attempt(portfolio, monkeypatch, at, failure):
    """Take the second round in with one failure; gives whether it was said to be saved."""
    opened = open_portfolio(portfolio, remember=False)
    with monkeypatch.context() as patch:
        count = failing(patch, portfolio, at, failure)
        try:
            taken = take_in(opened, portfolio.parent / "1.json")
        except (Cut, StageKitError):
            return False, count[0]
    return taken.new, count[0]


def state(portfolio):
    opened = open_portfolio(portfolio, remember=False)
    assert opened.problems == opened.notices == ()
    assert len(opened.portfolio.answers) == 6
    return [taken.feedback.overall for taken in opened.rounds]


NUMBERS = (errno.EIO, errno.ENOSPC)
FAILURES = [Cut(), *(OSError(number, os.strerror(number)) for number in NUMBERS)]


@pytest.mark.parametrize("failure", FAILURES, ids=["cut", "EIO", "ENOSPC"])
def test_one_failure_anywhere(portfolio, monkeypatch, failure):
    """After each, taking the file in again gives the round, once, and nothing is left over."""
    first = (portfolio / "feedback" / "001-2026-03-04.yaml").read_bytes()
    for at in range(MOST):
        saved, count = attempt(portfolio, monkeypatch, at, failure)
        found = state(portfolio)
        assert found in (["first"], ["first", "second"]), at
        if saved:
            assert found == ["first", "second"], at
        take_in(open_portfolio(portfolio, remember=False), portfolio.parent / "1.json")
        assert state(portfolio) == ["first", "second"], at
        assert (portfolio / "feedback" / "001-2026-03-04.yaml").read_bytes() == first
        assert os.listdir(portfolio / ".stagekit" / "tmp") == [], at  # noqa: PTH208
        (portfolio / "feedback" / "002-2026-03-04.yaml").unlink()
        if saved and count <= at:
            break
    else:
        pytest.fail("not every call was reached")
    assert at > 15
