"""A save that is interrupted, refused or raced: the old or the new, never something between."""

import errno
import json
import multiprocessing
import os
import time

import pytest

from stagekit.errors import InvalidInput, UserError
from stagekit.store import atomic, history, journal, lock
from stagekit.store.portfolio_folder import PortfolioFolder
from tests.unit.store.conftest import ANSWERS, make_course, make_identity

NEW = {"visie": {"summary": "nieuw"}, "observation": {"pattern": "ook nieuw"}}


class Stop(BaseException):
    """The process ends here."""


def stop_at(monkeypatch, name, call):
    """Stop at the given call of a function that saving uses."""
    calls = [0]
    real = getattr(journal, name)

    def stopping(*arguments, **options):
        calls[0] += 1
        if calls[0] == call:
            raise Stop
        return real(*arguments, **options)

    monkeypatch.setattr(journal, name, stopping)


def state(store, course):
    answers = PortfolioFolder(store.path).load(course).portfolio.answers
    changed = [
        answers[key].get(question) == value for key, new in NEW.items() for question, value in new.items()
    ]
    return {(True, True): "new", (False, False): "old"}.get(tuple(changed), "mixed")


@pytest.mark.parametrize(
    ("name", "call", "expected"),
    [
        ("write_new", 1, "old"),
        ("write_new", 2, "old"),
        ("write_new", 3, "old"),
        ("replace", 1, "old"),
        ("replace", 2, "new"),
        ("replace", 3, "new"),
        ("sync_folder", 4, "new"),
        ("sync_folder", 6, "new"),
    ],
)
def test_several_files_are_saved_all_or_none(folder, course, monkeypatch, name, call, expected):
    with monkeypatch.context() as patch:
        stop_at(patch, name, call)
        with pytest.raises(Stop):
            folder.save(course, NEW)
    assert state(folder, course) == expected
    folder.save(course, NEW)
    assert state(folder, course) == "new"
    private = folder.path / ".stagekit"
    assert list((private / "tmp").iterdir()) == []
    assert not (private / "journal.json").exists()


def test_an_interrupted_start_is_finished_by_whoever_opens_it(tmp_path, course, monkeypatch):
    store = PortfolioFolder(tmp_path / "p")
    with monkeypatch.context() as patch:
        stop_at(patch, "replace", 2)
        with pytest.raises(Stop):
            store.create(course, make_identity(), ANSWERS)
    assert not (store.path / "portfolio.yaml").exists()
    assert store.exists()
    loaded = PortfolioFolder(store.path).load(course)
    assert loaded.portfolio.answers == ANSWERS
    assert loaded.notices
    assert PortfolioFolder(store.path).load(course).notices == ()


def test_finishing_keeps_what_a_person_changed_meanwhile(folder, course, monkeypatch, visie):
    with monkeypatch.context() as patch:
        stop_at(patch, "replace", 2)
        with pytest.raises(Stop):
            folder.save(course, NEW)
    visie.write_text("answers:\n  summary: met de hand\n", encoding="utf-8")
    assert folder.load(course).portfolio.of("visie")["summary"] == "nieuw"
    kept = [version.read() for version in history.versions(folder.path / ".stagekit" / "history", visie.name)]
    assert b"answers:\n  summary: met de hand\n" in kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"files": 3}',
        '{"files": [["../../x", "portfolio.yaml"]]}',
        '{"files": [["0123456789ab-0", "../outside.yaml"]]}',
        '{"files": [["0123456789ab-0", "answers/../../x.yaml"]]}',
    ],
)
def test_a_journal_that_is_not_ours_moves_nothing(folder, course, text):
    before = {path: path.read_bytes() for path in folder.path.rglob("*.yaml")}
    (folder.path / ".stagekit" / "journal.json").write_text(text)
    for call in (folder.load, lambda course: folder.save(course, NEW)):
        with pytest.raises(InvalidInput, match=r"journal\.json"):
            call(course)
    assert {path: path.read_bytes() for path in folder.path.rglob("*.yaml")} == before


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_staged_link_is_not_put_in_place(folder, course, tmp_path, visie):
    secret = tmp_path / "secret"
    secret.write_text("answers: {summary: secret}")
    private = folder.path / ".stagekit"
    (private / "tmp" / "0123456789ab-0").symlink_to(secret)
    entry = {"schema": 1, "files": [["0123456789ab-0", "answers/1-visie.yaml"]]}
    (private / "journal.json").write_text(json.dumps(entry))
    with pytest.raises(InvalidInput):
        folder.load(course)
    assert not visie.is_symlink()


def fail_with(number):
    def failing(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    return failing


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EDQUOT, errno.EXDEV]
)
@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_failing_disk_is_a_sentence_and_changes_nothing(folder, course, visie, monkeypatch, number, call):
    before = visie.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail_with(number))
        with pytest.raises(UserError) as caught:
            folder.save(course, {"visie": {"tone": 5}})
    assert str(visie) in caught.value.message
    assert caught.value.next_step
    assert visie.read_bytes() == before
    assert list((folder.path / ".stagekit" / "tmp").iterdir()) == []


def test_a_history_that_cannot_be_kept_blocks_no_save(folder, course, monkeypatch):
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    folder.save(course, {"visie": {"tone": 5}})
    versions = history.versions(folder.path / ".stagekit" / "history", "1-visie.yaml")
    assert b"tone: 3" in versions[0].read()
    monkeypatch.setattr(history, "write_new", fail_with(errno.ENOSPC))
    folder.save(course, {"visie": {"tone": 4}})
    assert folder.load(course).portfolio.of("visie")["tone"] == 4


def test_each_save_keeps_the_former_version_and_the_history_is_bounded(folder, course, visie):
    seen = []
    for number in range(history.NEWEST + 5):
        seen.append(visie.read_bytes())
        folder.save(course, {"visie": {"summary": f"versie {number}"}})
    kept = history.versions(folder.path / ".stagekit" / "history", "1-visie.yaml")
    assert [version.read() for version in kept] == seen[:4:-1]


def test_history_keeps_the_last_of_each_day_for_a_while(tmp_path):
    file = tmp_path / "1-visie.yaml"
    day = 24 * 3600
    for number in range(130 * 3):
        file.write_text(str(number))
        when = 1_700_000_000 + number * day / 3
        os.utime(file, (when, when))
        history.keep(file, tmp_path / "history", file.stat(), file.read_bytes())
        file.unlink()
    kept = history.versions(tmp_path / "history", file.name)
    assert history.NEWEST + 60 < len(kept) <= history.NEWEST + history.DAYS
    assert len({version.written.date() for version in kept[history.NEWEST :]}) == len(kept) - history.NEWEST
    assert (kept[0].written - kept[-1].written).days <= history.DAYS


def test_history_is_bounded_in_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "MAX_BYTES", 10_000)
    file = tmp_path / "1-visie.yaml"
    for number in range(20):
        file.write_text("x" * 3_000)
        os.utime(file, (number, number))
        history.keep(file, tmp_path / "history", file.stat(), b"")
        file.unlink()
    assert 1 <= len(history.versions(tmp_path / "history", file.name)) <= 3


def test_a_lock_that_is_held_is_said_so_and_nothing_is_saved(folder, course, monkeypatch):
    monkeypatch.setattr(lock, "TIMEOUT", 0.1)
    path = folder.path / ".stagekit" / "lock"
    with lock.locked(path), pytest.raises(UserError) as caught, lock.locked(path, timeout=0.1):
        pass
    assert str(folder.path) in caught.value.message
    assert "stagekit" in caught.value.next_step.lower()
    folder.save(course, {"visie": {"tone": 5}})


@pytest.mark.skipif(os.name == "nt", reason="flock")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_disk_without_locks_is_a_sentence(folder, course, monkeypatch, number):
    import fcntl

    monkeypatch.setattr(fcntl, "flock", fail_with(number))
    with pytest.raises(UserError) as caught:
        folder.save(course, {"visie": {"tone": 5}})
    assert caught.value.next_step


def append_many(path, name, count):
    course = make_course()
    for number in range(count):
        PortfolioFolder(path).append(course, "observation", "notes", {"heard": f"{name} {number}"})


def test_two_processes_lose_nothing(folder, course):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=append_many, args=(folder.path, name, 15)) for name in ("een", "twee")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    heard = [note["heard"] for note in folder.load(course).portfolio.of("observation")["notes"]]
    assert sorted(heard[2:]) == sorted(f"{name} {number}" for name in ("een", "twee") for number in range(15))


def test_an_export_is_whole_and_cleans_up_what_is_old(tmp_path):
    target = tmp_path / "portfolio.md"
    old, young = tmp_path / ".stagekit-tmp-old", tmp_path / ".stagekit-tmp-young"
    old.write_text("")
    young.write_text("")
    long_ago = time.time() - 10_000
    os.utime(old, (long_ago, long_ago))
    atomic.write_file(target, b"een", durable=False)
    atomic.write_file(target, b"twee", durable=True)
    assert target.read_bytes() == b"twee"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".stagekit-tmp-young", "portfolio.md"]


def test_an_export_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "portfolio.md"
    atomic.write_file(target, b"een", durable=False)
    monkeypatch.setattr(os, "write", fail_with(errno.ENOSPC))
    with pytest.raises(UserError):
        atomic.write_file(target, b"twee", durable=False)
    assert [path.name for path in tmp_path.iterdir()] == ["portfolio.md"]
    assert target.read_bytes() == b"een"
    with pytest.raises(UserError):
        atomic.write_file(tmp_path / "missing" / "x.md", b"", durable=False)
