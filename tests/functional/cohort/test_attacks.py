"""Each attack among good submissions: refused by name or made harmless, the good ones read, bounds kept."""

import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stagekit.cohort.intake import take_in
from stagekit.cohort.model import Limits
from stagekit.cohort.reader import open_file
from tests.functional.cohort import attacks
from tests.functional.cohort.containers import portfolio_files, raw_files, raw_zip, zipped

ROOT = Path(__file__).parents[3]
MAX_GROWTH_MIB = 40
ALL = {**attacks.REFUSED, **attacks.HARMLESS}


def listing(folder):
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """All attacks, each twice: in a learning environment's download and in a plain folder."""
    base = tmp_path_factory.mktemp("attacks")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    good = zipped(portfolio_files())
    for name in ALL:
        data = attacks.attack(name)
        moodle, plain = base / f"moodle {name}", base / f"plain {name}"
        for folder in (moodle, plain):
            folder.mkdir()
        download = {
            "Goed A_1_assignsubmission_file/p.zip": good,
            "Fout_2_assignsubmission_file/p.zip": data,
            "Goed B_3_assignsubmission_file/p.zip": good,
        }
        (moodle / "download.zip").write_bytes(zipped(download, zipfile.ZIP_STORED))
        (plain / "goed-a.zip").write_bytes(good)
        (plain / "fout.zip").write_bytes(data)
        (plain / "goed-b.zip").write_bytes(good)
    before = listing(base)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(elsewhere)}
    result = subprocess.run(
        [sys.executable, "-m", "tests.functional.cohort.attacks", *sorted(map(str, base.iterdir()))],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert listing(base) == before
    assert listing(elsewhere) == {}
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", attacks.REFUSED)
def test_a_bad_submission_is_refused_with_a_reason_and_the_good_ones_are_read(report, name):
    found = report["results"][f"moodle {name}"]
    assert found.keys() == {"Goed A1", "Fout2", "Goed B3"}
    assert found["Goed A1"] == found["Goed B3"] == ["portfolio", ""]
    kind, reason = found["Fout2"]
    assert kind == "refused"
    assert len(reason) > 20
    assert "\x1b" not in reason


@pytest.mark.parametrize("name", sorted(attacks.REFUSED.keys() - {"two portfolios", "many zips"}))
def test_the_same_in_a_plain_folder(report, name):
    found = report["results"][f"plain {name}"]
    assert found.keys() == {"goed-a", "fout", "goed-b"}
    assert found["goed-a"] == found["goed-b"] == ["portfolio", ""]
    assert found["fout"][0] == "refused"


def test_several_portfolios_in_a_zip_that_the_lecturer_put_there_are_several_students(report):
    assert report["results"]["plain two portfolios"].keys() == {"goed-a", "a", "b", "goed-b"}
    assert len(report["results"]["plain many zips"]) == 202


@pytest.mark.parametrize("name", attacks.HARMLESS)
def test_what_is_only_odd_is_read(report, name):
    for layout, key in (("moodle", "Fout2"), ("plain", "fout")):
        assert report["results"][f"{layout} {name}"][key] == ["portfolio", ""]


def test_memory_stays_within_bounds(report):
    if not report["after"]:
        pytest.skip("this system does not tell the peak of memory")
    assert (report["after"] - report["before"]) / 1024 < MAX_GROWTH_MIB


def write_files(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _device(path):
    os.mknod(path, 0o020600, os.makedev(1, 3))


def _socket(path):
    # A socket's path may hold 108 bytes at most.
    former = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(former)


SPECIAL = {
    "link to a file": lambda path: path.symlink_to("/etc/passwd"),
    "link to nowhere": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to above": lambda path: path.symlink_to("../.."),
    "pipe": os.mkfifo if hasattr(os, "mkfifo") else None,
    "socket": _socket,
    "device": _device,
    "folder": Path.mkdir,
}


@pytest.mark.skipif(os.name == "nt", reason="POSIX files")
@pytest.mark.parametrize("name", SPECIAL)
@pytest.mark.parametrize("place", ["portfolio.yaml", "answers/1-visie.yaml", "answers", "feedback", ""])
def test_what_is_no_file_on_a_disk_is_refused(tmp_path, english, name, place):
    if (name, place) == ("folder", ""):
        pytest.skip("an empty folder is nothing, not refused")
    write_files(tmp_path / "Goed", portfolio_files())
    bad = tmp_path / "Fout"
    if place:
        write_files(
            bad, {file: data for file, data in portfolio_files().items() if not file.startswith(place)}
        )
    path = bad / place
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        SPECIAL[name](path)
    except PermissionError:
        pytest.skip("not allowed to make one here")
    outcome = attacks.outcome(tmp_path)
    assert outcome["Goed"] == ["portfolio", ""]
    if name == "folder" and place != "portfolio.yaml":
        assert outcome["Fout"][0] == "portfolio"
        return
    assert outcome["Fout"][0] == "refused"
    assert (place.rpartition("/")[2] or "Fout") in outcome["Fout"][1]


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_file_that_turns_into_a_link_after_it_was_listed_is_not_followed(tmp_path, english):
    write_files(tmp_path / "Jan", portfolio_files())
    (submission,) = take_in([tmp_path], Limits()).submissions
    place = submission.files["portfolio.yaml"]
    place.path.unlink()
    place.path.symlink_to("/etc/passwd")
    with pytest.raises(Exception, match="cannot be read"):
        open_file(place, Limits())


def test_a_zip_that_changed_after_it_was_listed_is_not_believed(tmp_path, english):
    file = tmp_path / "jan.zip"
    file.write_bytes(zipped(portfolio_files()))
    (submission,) = take_in([file], Limits()).submissions
    file.write_bytes(zipped({"other.txt": b"x" * 5_000, **portfolio_files(name="Piet")}))
    with pytest.raises(Exception, match="damaged"):
        open_file(submission.files["portfolio.yaml"], Limits())


def test_a_broken_download_among_good_ones_is_one_refused_row(tmp_path, english):
    (tmp_path / "a-Moodle.zip").write_bytes(zipped({"Jan_1_assignsubmission_file/p.zip": b""})[:60])
    (tmp_path / "b-Moodle.zip").write_bytes(
        zipped(
            {
                f"{name}_{n}_assignsubmission_file/portfolio.yaml": b""
                for n, name in enumerate(("Jan", "Piet"))
            }
        )
    )
    found = take_in([tmp_path / "a-Moodle.zip", tmp_path / "b-Moodle.zip"], Limits()).submissions
    assert [each.kind for each in found] == ["refused", "portfolio", "portfolio"]
    assert found[0].origin.name == "a-Moodle"
    assert "Download it again" in found[0].reason


def test_an_attack_on_the_whole_download_refuses_what_it_touches(tmp_path, english):
    good = {f"Goed_1_assignsubmission_file/{name}": data for name, data in portfolio_files().items()}
    slip = attacks.Raw(b"Fout_2_assignsubmission_file/../../../evil", b"x")
    above = attacks.Raw(b"../Jan_3_assignsubmission_file/portfolio.yaml", b"x")
    (tmp_path / "download.zip").write_bytes(raw_zip([*raw_files(good), slip, above]))
    found = take_in([tmp_path], Limits()).submissions
    kinds = {each.origin.name: each.kind for each in found}
    assert kinds == {"Goed": "portfolio", "Fout": "refused", "download": "refused"}


@pytest.mark.parametrize(
    ("limits", "option"),
    [
        (Limits(submission_files=3), "--max-files"),
        (Limits(submission_bytes=900), "--max-mb"),
        (Limits(container_files=2), "--max-files"),
        (Limits(container_bytes=900), "--max-mb"),
    ],
)
def test_a_bound_names_the_option_that_raises_it(tmp_path, english, limits, option):
    file = tmp_path / "jan.zip"
    file.write_bytes(zipped(portfolio_files()))
    (found,) = take_in([file], limits).submissions
    assert found.kind == "refused"
    assert option in found.reason


def test_an_export_of_all_attacks_makes_the_good_ones_and_writes_nowhere_else(stagekit, tmp_path, english):
    good = zipped(portfolio_files())
    download = {}
    for number, name in enumerate(ALL):
        download[f"Fout {name}_{100 + number}_assignsubmission_file/p.zip"] = attacks.attack(name)
        download[f"Goed {number}_{500 + number}_assignsubmission_file/p.zip"] = good
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "download.zip").write_bytes(zipped(download, zipfile.ZIP_STORED))
    before = listing(tmp_path)
    result = stagekit("export", "in", "-o", "out", "-f", "md", "-j", 1, "--json", "--lang", "en", ok=False)
    assert result.code == 1
    rows = {row["key"]: row for row in json.loads(result.out)["rows"]}
    assert len(rows) == 2 * len(ALL)
    for number, name in enumerate(ALL):
        fine, odd = rows[str(500 + number)], rows[str(100 + number)]
        assert fine["status"] == "started"
        assert (odd["status"] == "failed") == (name in attacks.REFUSED), name
        assert bool(odd["reason"]) == (name in attacks.REFUSED)
        assert len(fine["documents"]) == 1
        assert (tmp_path / "out" / fine["documents"][0]).is_file()
    after = listing(tmp_path)
    assert {name: told for name, told in after.items() if name.split("/")[0] != "out"} == before
    assert not [name for name in after if (tmp_path / name).is_symlink()]
