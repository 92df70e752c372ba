"""The portfolio used last: a path, kept quietly."""

import os
import stat

import pytest

from stagekit.store import last_used


def test_the_path_comes_back(tmp_path):
    folder = tmp_path / "stage é 'map'"
    folder.mkdir()
    assert last_used.recall() is None
    last_used.remember(folder)
    assert last_used.recall() == folder.resolve()
    file = last_used.config_folder() / "last-portfolio"
    assert file.read_bytes() == os.fsencode(folder.resolve())
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("data", [b"", b"\0", b"relative/path", b"/a\n/b", b"/" + b"x" * 5000, b"\xff\xfe"])
def test_rubbish_is_no_path(data):
    last_used.config_folder().mkdir(exist_ok=True)
    (last_used.config_folder() / "last-portfolio").write_bytes(data)
    assert last_used.recall() is None


def test_where_it_cannot_be_kept_nothing_happens(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STAGEKIT_CONFIG_DIR", str(tmp_path / "file" / "below"))
    last_used.remember(tmp_path)
    assert last_used.recall() is None
    monkeypatch.delenv("STAGEKIT_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(last_used.sys, "platform", "linux")
    assert last_used.config_folder() == tmp_path / "home" / ".config" / "stagekit"


def test_the_folder_or_one_above_it(tmp_path):
    (tmp_path / "p" / "answers").mkdir(parents=True)
    assert last_used.find_folder(tmp_path / "p") is None
    (tmp_path / "p" / "portfolio.yaml").write_text("")
    assert last_used.find_folder(tmp_path / "p" / "answers") == tmp_path / "p"
    assert last_used.find_folder(tmp_path) is None


@pytest.mark.parametrize("name", [".portfolio.yaml.icloud", ".stagekit/journal.json", "portfolio.yaml/x"])
def test_a_portfolio_that_cannot_be_read_now_is_not_absent(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("")
    assert last_used.holds_portfolio(tmp_path)
