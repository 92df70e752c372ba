"""What holds for every command: help, versions, wrong calls, bugs, exit codes, languages."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stagekit import __version__
from stagekit.cli.commands import COMMANDS

STAGEKIT = str(Path(sys.executable).with_name("stagekit"))


def help_of(language, *command):
    """A process of its own: help is worded when a command is imported."""
    environment = {**os.environ, "STAGEKIT_LANG": language}
    done = subprocess.run([STAGEKIT, *command, "--help"], env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def test_version(stagekit, capsys):
    assert stagekit("--version").out == f"stagekit {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("language", "usage"), [("nl", "Gebruik:"), ("en", "Usage:")])
def test_every_command_has_help_in_both_languages(command, language, usage):
    out = help_of(language, command)
    assert out.startswith(usage)
    assert "{" not in out
    assert not re.search("<[a-z ]+>", out), "what an option takes, in Typer's words"


def test_dutch_help_has_no_english():
    text = re.sub(r"--[a-z-]+", "", help_of("nl").lower())
    words = set(re.findall(r"[a-z]+", text))
    assert not words & {"the", "show", "usage", "options", "your", "with", "this", "exit", "commands"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["statsu"], "“status”"),
        (["status", "--jsn"], "“--json”"),
        (["note"], "stagekit note --help"),
        (["render", "--for", "parent"], "student, mentor"),
        (["status", "--lang", "fr"], "nl or en"),
        (["course", "show", "samenwerken"], "stagekit course list"),
        (["course"], "--help"),
        (["render", "-f"], "-f needs a value"),
        (["export", "x", "-o", "y", "-j", "0"], "a whole number from 1 to"),
        (["export", "x", "-o", "y", "--max-mb", "many"], "a whole number, 1 or more"),
    ],
)
def test_a_wrong_call_says_what_to_do_and_exits_with_2(stagekit, monkeypatch, arguments, words):
    monkeypatch.setenv("STAGEKIT_LANG", "en")
    result = stagekit(*arguments, ok=False)
    assert result.code == 2
    assert words in result.err
    assert result.out == ""


def test_a_bug_is_ours_and_shows_no_answer(stagekit, real, monkeypatch):
    def broken(_opened):
        secret = "Karin zei het"
        raise KeyError(secret)

    monkeypatch.setattr("stagekit.api.status.status", broken)
    result = stagekit("status", real, ok=False)
    assert result.code == 3
    assert "KeyError" in result.err
    assert "Karin" not in result.err
    assert __version__ in result.err


def test_ctrl_c_ends_with_130_and_a_sentence(stagekit, real, monkeypatch):
    def stopped(_opened):
        raise KeyboardInterrupt

    monkeypatch.setattr("stagekit.api.status.status", stopped)
    result = stagekit("status", real, ok=False)
    assert result.code == 130
    assert "blijft bewaard" in result.err


def test_a_terminal_that_knows_few_characters_gets_plainer_ones(real):
    done = subprocess.run(
        [STAGEKIT, "status", str(real)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert b"Soorten contact" in done.stdout
    done.stdout.decode("ascii")


def test_a_closed_pipe_is_no_error(real):
    done = subprocess.run(
        f"'{STAGEKIT}' course show | head -n 1", shell=True, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""


def test_doctor_names_what_is_wrong_with_a_remedy(stagekit):
    out = stagekit("doctor", "--lang", "en").out
    assert "--answers" in out
    assert "StageKit" in out


def test_demo_is_complete_and_refuses_a_folder_in_use(stagekit, tmp_path):
    out = stagekit("demo", "a demo").out
    assert (tmp_path / "a demo" / "portfolio.md").is_file()
    assert "stagekit status 'a demo'" in out
    assert stagekit("status", "a demo", "--json").out.count('"complete": true') == 7
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "x").write_text("x")
    assert stagekit("demo", "used", ok=False).code == 2


def test_course_validate_names_every_problem(stagekit, tmp_path):
    from stagekit import resources

    shipped = resources.assignments_dir() / "samenwerken-met-ouders"
    assert stagekit("course", "validate", shipped).code == 0
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "course.yaml").write_text("schema: 1\nid: c\ntitel: {nl: a, en: b}\n", encoding="utf-8")
    result = stagekit("course", "validate", "c", ok=False)
    assert result.code == 2
    assert "course.yaml:3: titel" in result.err


def test_demo_never_touches_a_portfolio_that_is_there(stagekit, real):
    before = {file: file.read_bytes() for file in real.rglob("*.yaml")}
    assert stagekit("demo", real, ok=False).code == 2
    assert {file: file.read_bytes() for file in real.rglob("*.yaml")} == before


def test_a_word_too_many_and_an_unknown_subcommand_are_named(stagekit, english, monkeypatch):
    monkeypatch.setenv("STAGEKIT_LANG", "en")
    assert "“b”" in stagekit("status", "a", "b", ok=False).err
    assert "“list”" in stagekit("course", "lst", ok=False).err
