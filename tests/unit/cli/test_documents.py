"""Opening a document: with the program there is, or a word that the reader opens it."""

import sys
from pathlib import Path

import pytest

from stagekit.api.rendering import Rendered
from stagekit.cli.documents import open_document


@pytest.fixture
def viewer(tmp_path, monkeypatch):
    """Put a program in the place of the computer's own, which ends as `code`."""

    def make(code):
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        program = tmp_path / ("open" if sys.platform == "darwin" else "xdg-open")
        program.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\necho noise >&2\nexit {code}\n')
        program.chmod(0o755)
        return tmp_path / "opened"

    return make


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens it itself")


def made(tmp_path):
    return [Rendered("html", tmp_path / "portfolio.html", None)]


def test_it_opens_without_a_word(viewer, tmp_path, capfd):
    opened = viewer(0)
    open_document(made(tmp_path))
    assert Path(opened.read_text().strip()).name == "portfolio.html"
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_opened_says_so(viewer, tmp_path, capfd):
    viewer(3)
    open_document(made(tmp_path))
    said = capfd.readouterr().err
    assert said.strip()
    assert "noise" not in said


def test_no_program_at_all_is_no_crash(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("PATH", str(tmp_path))
    open_document(made(tmp_path))
    assert capfd.readouterr().err.strip()
