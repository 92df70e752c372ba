"""Downloads of learning environments, in their variants: whoever handed in is found, nothing is dropped."""

import io
import json
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.intake import take_in
from stagekit.cohort.model import Layout, Limits
from stagekit.cohort.reading import NotUsable, read_submission
from stagekit.errors import UserError
from tests.functional.cohort.containers import ANSWERS, portfolio_files, zipped

JAN, PIET = portfolio_files("Jan de Vries"), portfolio_files("Piet Smit")
JAN_ZIP, PIET_ZIP = zipped(JAN), zipped(PIET)
JUNK = {
    "__MACOSX/._x": b"\0",
    ".DS_Store": b"\0",
    "Thumbs.db": b"\0",
    "desktop.ini": b"\0",
    "index.html": b"<p>",
}

MOODLE = "Jan de Vries_11_assignsubmission_file", "Piet Smit_22_assignsubmission_file"
BRIGHTSPACE = (
    "397063-2557369 - Jan de Vries - Sep 24, 2024 926 PM",
    "397064-2557369 - Piet Smit - Sep 25, 2024 1026 AM",
)


def under(folder, files):
    return {f"{folder}/{name}": data for name, data in files.items()}


CONTAINERS = {
    "Moodle": (Layout.MOODLE, {f"{MOODLE[0]}/p.zip": JAN_ZIP, f"{MOODLE[1]}/p.zip": PIET_ZIP}),
    "Moodle before 4.1": (Layout.MOODLE, {f"{MOODLE[0]}_/p.zip": JAN_ZIP, f"{MOODLE[1]}_/p.zip": PIET_ZIP}),
    "Moodle unpacked portfolio": (
        Layout.MOODLE,
        under(MOODLE[0], JAN) | under(f"{MOODLE[1]}/mijn map", PIET),
    ),
    "Moodle flat": (Layout.MOODLE, {f"{MOODLE[0]}_p.zip": JAN_ZIP, f"{MOODLE[1]}_p.zip": PIET_ZIP}),
    "Moodle flat files": (
        Layout.MOODLE,
        {
            f"{name.rpartition('/')[0]}/{who}_{name.rpartition('/')[2]}".lstrip("/"): data
            for who, files in zip(MOODLE, (JAN, PIET), strict=True)
            for name, data in files.items()
        },
    ),
    "Moodle with text online": (
        Layout.MOODLE,
        {
            f"{MOODLE[0]}/p.zip": JAN_ZIP,
            f"{MOODLE[1]}/p.zip": PIET_ZIP,
            "Jan de Vries_11_assignsubmission_onlinetext/onlinetext.html": b"<p>Zie bijlage",
        },
    ),
    "Canvas": (
        Layout.CANVAS,
        {"vriesjande_11_901_portfolio.zip": JAN_ZIP, "smitpiet_LATE_22_902_portfolio.zip": PIET_ZIP},
    ),
    "Canvas files": (
        Layout.CANVAS,
        {f"vriesjande_11_9{n}_{name.rpartition('/')[2]}": data for n, (name, data) in enumerate(JAN.items())}
        | {
            f"smitpiet_22_8{n}_{name.rpartition('/')[2].replace('.yaml', '-1.yaml')}": data
            for n, (name, data) in enumerate(PIET.items())
        },
    ),
    "Canvas anonymous": (
        Layout.CANVAS,
        {"anon_aB3xY_901_portfolio.zip": JAN_ZIP, "LATE_anon_Zz9_902_portfolio.zip": PIET_ZIP},
    ),
    "Brightspace": (
        Layout.BRIGHTSPACE,
        {f"{BRIGHTSPACE[0]}/p.zip": JAN_ZIP, f"{BRIGHTSPACE[1]}/p.zip": PIET_ZIP},
    ),
    "Brightspace flat": (
        Layout.BRIGHTSPACE,
        {f"{BRIGHTSPACE[0]} - p - 2.zip": JAN_ZIP, f"{BRIGHTSPACE[1]} - p.zip": PIET_ZIP},
    ),
    "Brightspace in Dutch": (
        Layout.BRIGHTSPACE,
        {
            "1-9 - Jan de Vries - 24 sep. 2024 2126/p.zip": JAN_ZIP,
            "2-9 - Piet Smit - 5 mrt 2024 930/p.zip": PIET_ZIP,
        },
    ),
    "Brightspace, a date nobody knows": (
        Layout.BRIGHTSPACE,
        {
            "1-9 - Jan de Vries - 24 xyz 2024 2126/p.zip": JAN_ZIP,
            "2-9 - Piet Smit - 5 xyz 2024 930/p.zip": PIET_ZIP,
        },
    ),
    "Brightspace in a folder": (
        Layout.BRIGHTSPACE,
        under("Portfolio Download", {f"{name}/p.zip": JAN_ZIP for name in BRIGHTSPACE}),
    ),
    "Blackboard": (
        Layout.BLACKBOARD,
        {
            "Stage_1_jan_v_attempt_2026-11-20-12-00-00.txt": b"Naam: Jan de Vries (jan_v)\r\nx",
            "Stage_1_jan_v_attempt_2026-11-20-12-00-00_p.zip": JAN_ZIP,
            "Stage_1_s22_attempt_2026-11-20-12-00-00.txt": b"Name: Piet Smit (s22)\n",
            "Stage_1_s22_attempt_2026-11-20-12-00-00_p.zip": PIET_ZIP,
        },
    ),
    "Blackboard without texts": (
        Layout.BLACKBOARD,
        {
            "Stage_1_jan_attempt_2026-11-20-12-00-00_p.zip": JAN_ZIP,
            "Stage_1_piet_attempt_2026-11-20-12-00-00_p.zip": PIET_ZIP,
        },
    ),
    "folders": (Layout.PLAIN, under("Jan", JAN) | under("Piet", PIET)),
    "folders in a folder": (Layout.PLAIN, under("Klas 1B/Jan", JAN) | under("Klas 1B/Piet", PIET)),
    "folders in folders": (Layout.PLAIN, under("Klas 1A/Jan", JAN) | under("Klas 1B/Piet/stage/map", PIET)),
    "zips": (Layout.PLAIN, {"jan.zip": JAN_ZIP, "piet.ZIP": PIET_ZIP}),
    "zips in a folder each": (Layout.PLAIN, {"Jan/portfolio.zip": JAN_ZIP, "Piet/portfolio.zip": PIET_ZIP}),
    "answers": (Layout.PLAIN, {"jan.yaml": ANSWERS, "piet.yml": ANSWERS}),
    "a mix": (Layout.PLAIN, {"jan.zip": JAN_ZIP, **under("Piet", PIET)}),
    "by a Windows program": (
        Layout.PLAIN,
        {f"Jan\\{k.replace('/', chr(92))}": v for k, v in JAN.items()}
        | {f"Piet\\{k.replace('/', chr(92))}": v for k, v in PIET.items()},
    ),
}


def unpacked(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.mark.parametrize("form", ["zip", "zip with junk", "folder", "zip in a folder", "wrapped"])
@pytest.mark.parametrize("name", CONTAINERS)
def test_each_student_is_found_and_read(tmp_path, name, form):
    layout, files = CONTAINERS[name]
    if form == "folder" and "\\" in "".join(files):
        pytest.skip("only zips have such names")
    if name == "answers" and form == "zip in a folder":
        pytest.skip("several answers files in a student's zip are refused")
    if form == "folder":
        source = unpacked(tmp_path / "download", {**files, **JUNK})
    elif form == "wrapped":
        source = tmp_path / "download.zip"
        source.write_bytes(zipped(under("download", files)))
    else:
        source = tmp_path / "download.zip"
        source.write_bytes(zipped({**files, **JUNK} if form == "zip with junk" else files))
    if form == "zip in a folder":
        (tmp_path / "roster.csv").write_text("Naam\n")
        source = tmp_path
    found = take_in([source], Limits())
    assert [each.origin.layout for each in found.submissions] == [layout, layout]
    assert all(each.kind in {"portfolio", "answers"} for each in found.submissions)
    for each in found.submissions:
        read = read_submission(each, Limits())
        assert read.problems == ()
        assert read.portfolio.answers["visie"]["summary"] == "Samen."
        assert each.origin.name
        assert bool(each.origin.key) == (layout is not Layout.PLAIN)


def entries(files, tmp_path):
    file = tmp_path / "download.zip"
    file.write_bytes(zipped(files))
    return take_in([file], Limits()).submissions


def test_what_the_name_says_is_kept(tmp_path):
    moodle = entries(CONTAINERS["Moodle before 4.1"][1], tmp_path)[0].origin
    assert (moodle.name, moodle.key, moodle.flat) == ("Jan de Vries", "11", False)
    assert moodle.entry == "Jan de Vries_11_assignsubmission_file_"
    canvas = entries(CONTAINERS["Canvas"][1], tmp_path)[0].origin
    assert (canvas.name, canvas.key, canvas.late, canvas.flat) == ("smitpiet", "22", True, True)
    assert canvas.names == ("smitpiet_LATE_22_902_portfolio.zip",)
    brightspace = entries(CONTAINERS["Brightspace"][1], tmp_path)[0].origin
    assert (brightspace.name, brightspace.submitted) == ("Jan de Vries", "2024-09-24T21:26:00")
    assert brightspace.entry == BRIGHTSPACE[0]
    blackboard = entries(CONTAINERS["Blackboard"][1], tmp_path)[0].origin
    assert (blackboard.name, blackboard.key) == ("Jan de Vries", "jan_v")
    assert blackboard.submitted == "2026-11-20T12:00:00"


def test_the_latest_attempt_counts_and_the_others_are_listed(tmp_path):
    days = {"Sep 24, 2024 926 PM": JAN_ZIP, "Oct 2, 2024 1115 AM": PIET_ZIP, "Oct 2, 2024 905 AM": JAN_ZIP}
    (found,) = entries({f"7-9 - Jan - {day}/p.zip": data for day, data in days.items()}, tmp_path)
    assert found.origin.submitted == "2024-10-02T11:15:00"
    assert [each.submitted for each in found.earlier] == ["2024-09-24T21:26:00", "2024-10-02T09:05:00"]
    assert read_submission(found, Limits()).portfolio.identity.student.name == "Piet Smit"


def test_a_late_attempt_at_blackboard_replaces_the_earlier(tmp_path):
    (found,) = entries(
        {
            "T_jan_attempt_2026-11-20-12-00-00_p.zip": JAN_ZIP,
            "T_jan_attempt_2026-11-21-12-00-00_p.docx": b"x",
        },
        tmp_path,
    )
    assert found.kind == "document"
    assert len(found.earlier) == 1


def test_blind_participants_are_told_apart(tmp_path):
    files = {f"Deelnemer_{number}_assignsubmission_file/p.zip": JAN_ZIP for number in (11, 22)}
    assert [each.origin.name for each in entries(files, tmp_path)] == ["Deelnemer 11", "Deelnemer 22"]


def test_students_of_one_name_stay_two(tmp_path):
    found = entries(
        {"Jan_1_assignsubmission_file/p.zip": JAN_ZIP, "Jan_2_assignsubmission_file/p.zip": PIET_ZIP},
        tmp_path,
    )
    assert [each.origin.key for each in found] == ["1", "2"]


def test_one_student_in_two_downloads_is_kept_twice_and_named(tmp_path, english):
    (tmp_path / "a.zip").write_bytes(zipped({"Jan de Vries_1_assignsubmission_file/p.zip": JAN_ZIP}))
    unpacked(tmp_path / "map" / "de Vries, Jan", JAN)
    unpacked(tmp_path / "map" / "Piet", PIET)
    found = take_in([tmp_path / "a.zip", tmp_path / "map"], Limits())
    assert len(found.submissions) == 3
    assert any("Jan de Vries" in notice and "2 times" in notice for notice in found.skipped)


@pytest.mark.parametrize(
    ("files", "kind", "word"),
    [
        ({"verslag.docx": b"PK"}, "document", "Word or PDF"),
        ({"verslag.pdf": b"%PDF"}, "document", "PDF"),
        ({"IMG_1.heic": b"x"}, "nothing", "IMG_1.heic"),
        ({"p.7z": b"7z"}, "nothing", ".7z"),
        ({"answers/1-visie.yaml": b""}, "nothing", "portfolio.yaml is missing"),
        ({"a.yaml": ANSWERS, "b.yaml": ANSWERS}, "refused", "a.yaml, b.yaml"),
        ({"p.zip": zipped({"x.docx": b""})}, "document", "Word or PDF"),
        ({"p.zip": zipped({})}, "nothing", "Nothing"),
    ],
)
def test_what_cannot_be_used_is_listed_with_a_reason(tmp_path, english, files, kind, word):
    (found,) = entries(under("Jan_1_assignsubmission_file", files), tmp_path)
    reason = found.reason
    if found.packed:
        with pytest.raises(NotUsable) as raised:
            read_submission(found, Limits())
        assert raised.value.kind == kind
        reason = raised.value.message
    else:
        assert found.kind == kind
    assert word in reason
    assert "Ask the student" in reason


def test_an_empty_folder_of_a_student_is_a_row(tmp_path, english):
    (tmp_path / "Jan").mkdir()
    unpacked(tmp_path / "Piet", PIET)
    found = take_in([tmp_path], Limits()).submissions
    assert [(each.origin.name, each.kind) for each in found] == [("Jan", "nothing"), ("Piet", "portfolio")]


def test_one_portfolio_folder_and_one_zip_are_arguments_too(tmp_path):
    folder = unpacked(tmp_path / "Jan", JAN)
    (tmp_path / "portfolio-piet-smit-abc123.zip").write_bytes(PIET_ZIP)
    (tmp_path / "kees.yaml").write_bytes(ANSWERS)
    sources = [folder, tmp_path / "portfolio-piet-smit-abc123.zip", tmp_path / "kees.yaml"]
    found = take_in(sources, Limits()).submissions
    assert [(each.origin.name, each.kind) for each in found] == [
        ("Jan", "portfolio"),
        ("piet smit", "portfolio"),
        ("kees", "answers"),
    ]
    assert [read_submission(each, Limits()).portfolio.identity.student.name for each in found] == [
        "Jan de Vries",
        "Piet Smit",
        "Piet Smit",
    ]


def test_one_portfolio_by_two_students_is_kept_twice_and_named(stagekit, tmp_path):
    (tmp_path / "in.zip").write_bytes(
        zipped({f"{name}_{n}_assignsubmission_file/p.zip": JAN_ZIP for n, name in enumerate(("Jan", "Piet"))})
    )
    result = stagekit("export", "in.zip", "-o", "out", "-f", "md", "--lang", "en")
    assert "same portfolio was handed in 2 times" in " ".join(result.err.split())
    assert len(list((tmp_path / "out").glob("*/portfolio.md"))) == 2


def test_what_is_left_aside_is_named(tmp_path, english):
    unpacked(tmp_path / "map", {"jan.zip": JAN_ZIP, "opdracht.txt": b"x"})
    found = take_in([tmp_path / "map"], Limits())
    assert len(found.submissions) == 1
    assert any("opdracht.txt" in notice for notice in found.skipped)


def test_nothing_at_all_is_said(tmp_path, english):
    (tmp_path / "leeg").mkdir()
    assert "no submission" in take_in([tmp_path / "leeg"], Limits()).skipped[0]
    with pytest.raises(UserError, match="is not there"):
        take_in([tmp_path / "weg.zip"], Limits())


def test_a_folder_given_twice_counts_once(tmp_path, english):
    folder = unpacked(tmp_path / "map", {"jan.zip": JAN_ZIP, "piet.zip": PIET_ZIP})
    found = take_in([folder, tmp_path / "map" / ".." / "map", folder / "jan.zip"], Limits())
    assert len(found.submissions) == 2
    assert any("given too" in notice for notice in found.skipped)


def test_two_numbers_in_a_name_do_not_make_it_canvas(tmp_path):
    for names in (
        ["portfolio_2026_11_jan.zip", "portfolio_2026_11_piet.zip"],
        ["p_2026_1_j.zip", "p_2026_2_p.zip"],
    ):
        found = entries(dict(zip(names, (JAN_ZIP, PIET_ZIP), strict=True)), tmp_path)
        assert [each.origin.layout for each in found] == [Layout.PLAIN, Layout.PLAIN]


def test_dates_in_names_do_not_make_one_student_of_two(tmp_path):
    found = entries({"jan_12_01_2026.zip": JAN_ZIP, "piet_12_02_2026.zip": PIET_ZIP}, tmp_path)
    assert [each.origin.name for each in found] == ["jan", "piet"]
    assert not any(each.earlier for each in found)


def test_a_fingerprint_follows_the_content_and_not_the_download(tmp_path):
    files = CONTAINERS["Moodle"][1]
    former = [each.fingerprint for each in entries(files, tmp_path)]
    assert [each.fingerprint for each in entries({**files, **JUNK}, tmp_path)] == former
    changed = {**files, f"{MOODLE[1]}/p.zip": JAN_ZIP}
    assert [
        each.fingerprint == old for each, old in zip(entries(changed, tmp_path), former, strict=True)
    ] == [
        True,
        False,
    ]


def test_a_fingerprint_of_a_folder_follows_its_files(tmp_path):
    unpacked(tmp_path / "Jan", JAN)
    (former,) = take_in([tmp_path / "Jan"], Limits()).submissions
    path = tmp_path / "Jan" / "answers" / "1-visie.yaml"
    path.write_bytes(path.read_bytes() + b"# x\n")
    (now,) = take_in([tmp_path / "Jan"], Limits()).submissions
    assert now.fingerprint != former.fingerprint


NAMES = st.text(st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(st.lists(NAMES.filter(lambda name: name.strip("._ ")), min_size=1, max_size=5, unique=True))
def test_whatever_students_are_called_moodle_gives_each_a_row(tmp_path_factory, names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(f"x{name}_{number}_assignsubmission_file/portfolio.yaml", b"")
    file = tmp_path_factory.getbasetemp() / "names.zip"
    file.write_bytes(stream.getvalue())
    found = take_in([file], Limits()).submissions
    assert sorted(each.origin.key for each in found) == [str(number) for number in range(len(names))]
    assert all(each.kind == "portfolio" for each in found)
    for each in found:
        assert "\x1b" not in each.origin.name
        assert "\n" not in each.origin.name


@given(st.lists(NAMES.filter(lambda name: not name.startswith(".")), max_size=6, unique=True))
def test_whatever_files_are_called_none_is_dropped_silently(tmp_path_factory, names):
    """Every file of a folder is a submission, or is named among what was left aside."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a-goed.yaml", b"")
        for name in names:
            archive.writestr(f"{name}.docx", b"")
    file = tmp_path_factory.getbasetemp() / "files.zip"
    file.write_bytes(stream.getvalue())
    found = take_in([file], Limits())
    listed = {name for each in found.submissions for name in each.origin.names}
    distinct = {entry.filename for entry in zipfile.ZipFile(file).infolist()}
    assert listed == distinct - {name for name in distinct if name.casefold() == "index.html"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_unicode_are_read_from_a_disk(tmp_path):
    try:
        unpacked(tmp_path / os.fsdecode(b"J\xe9"), JAN)
    except OSError:
        pytest.skip("this disk takes only Unicode names")
    (found,) = take_in([tmp_path], Limits()).submissions
    found.origin.name.encode()
    assert read_submission(found, Limits()).portfolio.identity.student.name == "Jan de Vries"


def test_the_roster_is_read_first_and_not_left_aside(stagekit, tmp_path):
    listed = b"Naam\nJan de Vries\nKees Mol\nSiham de Boer\n"
    unpacked(tmp_path / "in", {"jan.zip": JAN_ZIP, "deboersiham.docx": b"x", "lijst.csv": listed})
    result = stagekit(
        "export", "in", "-o", "out", "-f", "md", "--roster", "in/lijst.csv", "--lang", "en", "--json"
    )
    rows = {row["name"]: row["status"] for row in json.loads(result.out)["rows"]}
    assert rows == {"Jan de Vries": "started", "Kees Mol": "missing", "Siham de Boer": "document"}
    assert "lijst.csv" not in result.out + result.err
    (tmp_path / "fout.csv").write_text("Groep\n1B\n")
    failed = stagekit(
        "export", "in", "-o", "out2", "-f", "md", "--roster", "fout.csv", "--lang", "en", ok=False
    )
    assert failed.code == 2
    assert "fout.csv has no column" in failed.err
    assert not list((tmp_path / "out2").glob("*/portfolio.md"))
