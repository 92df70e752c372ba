"""What an export remembers, and the key of a blind one: read back as written, refused when damaged."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort import state
from stagekit.cohort.keyfile import KeyFile
from stagekit.cohort.model import AssignmentRow, Layout, Origin, Row
from stagekit.cohort.outfolder import InTheWay, OutFolder
from stagekit.errors import UserError

texts = st.text(st.characters(), max_size=30)
counts = st.dictionaries(texts, st.integers(0, 99), max_size=3)
flags, numbers = st.booleans(), st.integers()
several = st.lists(texts, max_size=2).map(tuple)
parts = st.builds(AssignmentRow, texts, flags, numbers, numbers, texts, texts, flags, numbers)
rows = st.builds(
    Row, texts, texts, texts, texts, texts, st.sampled_from(["complete", "failed"]), texts, texts, flags,
    numbers, texts, texts, several, st.dictionaries(texts, texts, max_size=2),
    st.lists(parts, max_size=2).map(tuple), counts, st.dictionaries(texts, counts, max_size=2),
)  # fmt: skip
layouts = st.sampled_from(list(Layout))
origins = st.builds(
    Origin, st.just(Path("/in/a.zip")), layouts, texts, flags, texts, texts, texts, flags, several
)


@pytest.fixture
def out(tmp_path):
    folder = OutFolder(tmp_path / "out")
    with folder.held():
        yield folder


@given(rows, origins)
def test_a_row_and_an_origin_come_back(row, origin):
    assert state.row_from_json(json.loads(json.dumps(state.row_as_json(row)))) == row
    assert state.origin_from_json(json.loads(json.dumps(state.origin_as_json(origin)))) == origin


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"1", b"[" * 100_000, b"\xff", b'{"stagekit_export": 2}', b'{"stagekit_export": 1}'],
)
def test_a_damaged_record_is_none(out, damage):
    state.save(out, "k", state.Record("jan-k", "c", {"portfolio.md": "d"}))
    assert state.load(out, "k") is not None
    (out.students / "k.json").write_bytes(damage)
    assert state.load(out, "k") is None


@pytest.mark.parametrize("folder", ["..", "../x", "/etc", "a/b", "a\\b", "", ".", "a\x00b", "x" * 101])
def test_a_record_never_leads_elsewhere(out, folder):
    state.save(out, "k", state.Record(folder, "c", {}))
    assert state.load(out, "k") is None
    state.save(out, "k", state.Record("a", "c", {folder: "d"}))
    assert state.load(out, "k") is None


def test_two_exports_in_one_folder_wait_for_each_other(out, monkeypatch):
    monkeypatch.setattr("stagekit.cohort.outfolder._WAIT", 0.05)
    with pytest.raises(UserError), OutFolder(out.path).held():
        pass


def test_what_a_killed_export_was_writing_is_removed(tmp_path):
    folder = OutFolder(tmp_path / "out")
    with folder.held():
        (folder.state / "tmp" / "half").write_bytes(b"x")
    with folder.held():
        assert not list((folder.state / "tmp").iterdir())


def test_a_file_may_be_written_over_only_by_who_made_it(out):
    target = out.path / "x"
    out.check_free(target, None, b"new")
    target.write_bytes(b"old")
    with pytest.raises(InTheWay):
        out.check_free(target, None, b"new")
    with pytest.raises(InTheWay):
        out.check_free(target, None, b"new", force=True)
    out.check_free(target, None, b"old")
    out.check_free(target, "", b"new")
    with pytest.raises(InTheWay):
        out.check_free(target, "another", b"new")
    out.check_free(target, "another", b"new", force=True)
    if os.name != "nt":
        target.unlink()
        target.symlink_to(out.path / "elsewhere")
        with pytest.raises(InTheWay):
            out.check_free(target, "another", b"new", force=True)


hostile = st.text(max_size=20) | st.sampled_from(["=1+1", "@cmd", "a,b;c\nd", '"', "'x"])


@given(st.lists(st.tuples(hostile, hostile), max_size=5, unique_by=lambda pair: pair[0]))
def test_the_key_comes_back_and_is_no_formula(tmp_path_factory, students):
    out = tmp_path_factory.mktemp("key") / "out"
    keys = KeyFile.beside(out)
    for name, number in students:
        keys.student(name, Origin(Path("a"), Layout.PLAIN, name, False, "", name, "", False))
        keys.note(name, name, number, name)
    keys.save()
    back = KeyFile.beside(out)
    assert {key: student.code for key, student in back.students.items()} == {
        key: student.code for key, student in keys.students.items()
    }
    assert len({student.code for student in back.students.values()}) == len(students)
    if students:
        text = (out.parent / "out-key.csv").read_text(encoding="utf-8-sig")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            shown = (row["name"], row["number"], row["submission"], row["reason"])
            assert not any(cell.startswith(("=", "@")) for cell in shown)


def test_a_changed_key_is_not_overwritten(tmp_path):
    (tmp_path / "out-key.csv").write_text("my own list", encoding="utf-8")
    with pytest.raises(UserError):
        KeyFile.beside(tmp_path / "out")
