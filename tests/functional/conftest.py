"""The command line as a user calls it, in this process: exit code, stdout and stderr."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from stagekit.cli.app import run

DATA = Path(__file__).parents[1] / "data"
REAL_ANSWERS = DATA / "answers-nl.yaml"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def stagekit(capsys, tmp_path, monkeypatch):
    """Run a command line in an empty folder; `ok` asks for exit code 0."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, ok=True):
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        result = Result(code, captured.out, captured.err)
        assert "Traceback" not in result.err
        if ok:
            assert code == 0, result
        return result

    return call


@pytest.fixture
def real(stagekit, tmp_path):
    """The portfolio of the real answers."""
    stagekit("start", "P", "--answers", REAL_ANSWERS)
    return tmp_path / "P"
