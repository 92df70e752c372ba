"""The README keeps what it promises: two commands for a newcomer, which CI runs, and every command named."""

import re
from pathlib import Path

import pytest

from stagekit.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_two_commands_for_a_newcomer():
    first, second = re.findall(r"^```sh newcomer\n(.*)\n```$", README, re.MULTILINE)
    assert "stagekit demo" in first
    assert second.endswith("-m pytest")


def test_ci_runs_the_very_lines():
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named(command):
    assert f"stagekit {command}" in README


def test_no_placeholder_is_left():
    assert re.findall(r"\b[A-Z]+-(?:SECTION|WORD)\b", README) == []
