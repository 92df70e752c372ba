"""The quality gates, as tests, so that one command is the whole truth."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "stagekit").rglob("*.py"))


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_ruff_finds_nothing():
    run(tool("ruff"), "check", "--no-cache", ".")


def test_code_is_formatted():
    run(tool("ruff"), "format", "--no-cache", "--check", ".")


def test_types_hold():
    run(tool("mypy"))


def test_layers_hold():
    run(tool("lint-imports"), "--no-cache")


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_modules_and_functions_stay_small(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # A signature is a table of options; what counts is what the function does.
            assert node.end_lineno - node.body[0].lineno < 50, f"{node.name} is longer than 50 lines"


def test_unit_tests_mirror_the_source():
    """A unit test stands in the folder of the package it tests, so that both are found from either."""
    for test in (ROOT / "tests" / "unit").rglob("test_*.py"):
        folder = test.parent.relative_to(ROOT / "tests" / "unit")
        assert (ROOT / "stagekit" / folder).is_dir(), f"{test.name} stands where no package is"


def test_nothing_of_a_developers_machine_is_committed():
    """No absolute home or workspace path stands in a file that git tracks."""
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    signs = ["/" + "root/", "/" + "work/", "/" + "home/", "C:" + "\\Users\\"]
    for name in files.stdout.splitlines():
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
        assert not [sign for sign in signs if sign in text], name
