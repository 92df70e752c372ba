"""`stagekit start` where nobody can answer, and which prompter is taken where somebody can."""

import subprocess
import sys
from pathlib import Path

import pytest

from stagekit.cli.commands import start


def test_without_a_terminal_the_way_out_is_named(tmp_path):
    command = [sys.executable, "-m", "stagekit", "start", "--lang", "en"]
    done = subprocess.run(command, cwd=tmp_path, input="1\n", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--answers" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("term", "plain", "expected"),
    [
        ("xterm", False, "TerminalPrompter"),
        ("xterm", True, "PlainPrompter"),
        ("dumb", False, "PlainPrompter"),
    ],
)
def test_the_prompter(monkeypatch, tmp_path, term, plain, expected):
    from stagekit.api import interviews

    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(start, "_refuse_without_terminal", lambda: None)
    taken = []
    monkeypatch.setattr(
        interviews, "prepare", lambda _folder, prompter, **_rest: taken.append(type(prompter).__name__)
    )
    start._interview(tmp_path, "en", plain=plain)
    assert taken == [expected]


def test_the_next_step_can_be_pasted_where_the_folder_has_blanks(tmp_path, monkeypatch, capsys):
    from stagekit.store.course_files import DEFAULT_COURSE, demo_file

    monkeypatch.chdir(tmp_path)
    start._fill(Path("my placement"), demo_file(DEFAULT_COURSE, "en"), "en")
    assert "stagekit status 'my placement'" in capsys.readouterr().out


def test_answers_go_to_the_portfolio_one_stands_in(tmp_path, monkeypatch):
    from stagekit.api.portfolios import open_portfolio
    from stagekit.store.course_files import DEFAULT_COURSE, demo_file

    start._fill(tmp_path, demo_file(DEFAULT_COURSE, "en"), "en")
    (tmp_path / "more.yaml").write_text("visie:\n  summary: Short.\n")
    (tmp_path / "answers" / "below").mkdir()
    monkeypatch.chdir(tmp_path / "answers" / "below")
    start.start(answers=tmp_path / "more.yaml")
    assert open_portfolio(tmp_path).portfolio.of("visie")["summary"] == "Short."
