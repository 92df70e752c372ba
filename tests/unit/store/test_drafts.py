"""Half-typed text: kept within a second, private, never in the way, never mixed up."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.store.drafts import Drafts, Presence

PLACE = ("visie", "quotes", 2, "text")


@pytest.fixture
def drafts(tmp_path):
    found = Drafts(tmp_path / ".stagekit", interval=0.05)
    yield found
    found.close()


def wait_for(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def on_disk(drafts):
    return [json.loads(file.read_text())["text"] for file in drafts.folder.glob("*.json")]


def test_written_by_itself_and_readable_by_the_owner_only(drafts):
    drafts.note(PLACE, "half a")
    assert wait_for(lambda: on_disk(drafts) == ["half a"])
    (file,) = drafts.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700


def test_not_written_at_every_key(tmp_path, monkeypatch):
    drafts = Drafts(tmp_path, interval=0.3)
    written = []
    real = Drafts._write
    monkeypatch.setattr(Drafts, "_write", lambda self, *rest: (written.append(1), real(self, *rest)))
    for number in range(200):
        drafts.note(PLACE, "x" * number)
        time.sleep(0.001)
    drafts.close()
    assert 1 <= len(written) <= 5
    assert on_disk(drafts) == ["x" * 199]


def test_flush_writes_at_once(drafts):
    drafts.note(PLACE, "now")
    drafts.flush()
    assert on_disk(drafts) == ["now"]


def test_found_by_a_later_session_with_place_and_moment(tmp_path):
    first = Drafts(tmp_path)
    first.note(PLACE, "half")
    first.close()
    (draft,) = Drafts(tmp_path).at(PLACE)
    assert draft.place == PLACE
    assert draft.text == "half"
    assert abs(draft.written.timestamp() - time.time()) < 60


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])))
def test_any_text_comes_back(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts")
    drafts = Drafts(folder)
    assert drafts.keep(PLACE, text)
    assert [draft.text for draft in Drafts(folder).found()] == [text]


def test_what_cannot_be_saved_is_made_visible(drafts):
    drafts.keep(PLACE, "caf\udce9\x1b[31m")
    assert drafts.found()[0].text == "caf[U+DCE9][U+001B][31m"


def test_two_sessions_do_not_touch_each_other(tmp_path):
    first, second = Drafts(tmp_path), Drafts(tmp_path)
    first.keep(PLACE, "one")
    second.keep(PLACE, "two")
    second.discard(PLACE)
    assert [draft.text for draft in second.at(PLACE)] == ["one"]
    assert second.at(PLACE, busy=[first.token]) == []


def test_adopting_makes_a_draft_ones_own(tmp_path):
    first, second = Drafts(tmp_path), Drafts(tmp_path)
    first.keep(PLACE, "one")
    (former,) = second.at(PLACE)
    os.utime(former.file)
    second.adopt(PLACE, former, [former])
    (own,) = second.found()
    assert own.token == second.token
    assert own.written == former.written
    second.adopt(PLACE, None, second.at(PLACE))
    assert second.found() == []


def test_moved_with_their_item(drafts):
    drafts.keep(("a", "b", 0, "x"), "zero")
    drafts.keep(("a", "b", 1, "x"), "one")
    drafts.move(lambda place: (*place[:2], 1 - place[2], place[3]))
    assert {draft.place[2]: draft.text for draft in drafts.found()} == {1: "zero", 0: "one"}


NO_DRAFTS = [
    b"",
    b"{",
    b"[]",
    b'{"place": 1}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"place": ["a"], "written": "yesterday", "text": "x"}',
    b'{"place": ["a"], "written": "2026-01-01T00:00:00", "text": 3}',
]


@pytest.mark.parametrize("content", NO_DRAFTS)
def test_what_is_no_draft_is_left_alone(drafts, content):
    drafts.keep(PLACE, "real")
    stray = drafts.folder / "visie.summary.01234567.json"
    stray.write_bytes(content)
    assert [draft.text for draft in drafts.found()] == ["real"]
    assert stray.read_bytes() == content


def test_a_disk_that_refuses_is_told_and_harms_nothing(tmp_path):
    (tmp_path / "drafts").write_text("in the way")
    drafts = Drafts(tmp_path)
    drafts.note(PLACE, "x")
    drafts.flush()
    assert drafts.failed
    assert not drafts.keep(PLACE, "x")
    assert drafts.found() == []
    drafts.close()


def test_the_former_draft_stays_when_a_new_one_cannot_be_written(drafts, monkeypatch):
    from stagekit.store import atomic

    drafts.keep(PLACE, "former")
    monkeypatch.setattr(atomic, "write_new", lambda *_a, **_k: (_ for _ in ()).throw(OSError(28, "full")))
    assert not drafts.keep(PLACE, "newer")
    assert on_disk(drafts) == ["former"]


SCRIPT = """
import sys, time
from pathlib import Path
from stagekit.store.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
drafts.note(("visie", "summary"), "first")
time.sleep(0.3)
drafts.note(("visie", "summary"), "first and more")
time.sleep(1.2)
print("ready", flush=True)
time.sleep(30)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_kill_costs_at_most_the_last_second(tmp_path):
    with subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert [draft.text for draft in Drafts(tmp_path).found()] == ["first and more"]


def test_other_sessions_are_noticed_and_stale_marks_removed(tmp_path):
    first, second = Presence(tmp_path, "aaaaaaaa"), Presence(tmp_path, "bbbbbbbb")
    first.enter()
    assert second.others() == ["aaaaaaaa"]
    assert first.others() == []
    first.leave()
    assert second.others() == []
    stale = json.dumps({"pid": 1, "host": socket.gethostname()})
    (tmp_path / "sessions" / "cccccccc.json").write_text(stale)
    assert second.others() == []
    assert list((tmp_path / "sessions").iterdir()) == []


@pytest.mark.parametrize(("age", "noticed"), [(60, True), (10 * 3600, False)])
def test_a_session_on_another_computer(tmp_path, age, noticed):
    (tmp_path / "sessions").mkdir()
    mark = {"pid": 1, "host": "elsewhere.example", "started": int(time.time()) - age}
    (tmp_path / "sessions" / "dddddddd.json").write_text(json.dumps(mark))
    assert bool(Presence(tmp_path, "aaaaaaaa").others()) is noticed


def test_a_mark_that_cannot_be_left_is_no_error(tmp_path):
    (tmp_path / "sessions").write_text("in the way")
    presence = Presence(tmp_path, "aaaaaaaa")
    presence.enter()
    assert presence.others() == []
    presence.leave()


def test_who_types_never_waits_for_the_disk(drafts, monkeypatch):
    syncing, released = threading.Event(), threading.Event()

    def slow(_descriptor):
        syncing.set()
        released.wait(10)

    monkeypatch.setattr(os, "fsync", slow)
    drafts.note(PLACE, "a")
    assert syncing.wait(5)
    began = time.monotonic()
    drafts.note(PLACE, "ab")
    took = time.monotonic() - began
    released.set()
    assert took < 1
    drafts.flush()
    assert on_disk(drafts) == ["ab"]


def test_what_a_killed_session_left_half_written_goes_away(drafts):
    drafts.keep(PLACE, "real")
    old, fresh = (drafts.folder / f"visie.summary.{token}.tmp" for token in ("01234567", "76543210"))
    for file in (old, fresh):
        file.write_text("{")
    os.utime(old, (0, 0))
    drafts.found()
    assert not old.exists()
    assert fresh.exists()
