"""A download goes in, feedback comes out, and each learning environment's importer knows whose it is."""

import io
import json
import re
import shutil
import zipfile

import openpyxl
import pytest

from stagekit import i18n
from stagekit.api.demo import make_demo_cohort
from stagekit.api.exporting import ExportOptions, export_cohort
from stagekit.api.portfolios import open_portfolio
from stagekit.api.reviewing import take_in
from stagekit.cohort.feedback_members import load_members
from tests.functional.cohort.cohorts import cohort, small

STUDENTS = 40
COMMENT = "Mooi dat je zelf belde.\n\n- item een\n- item twee"
LEVELS = ("Not there yet", "On level", "Strong")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Export a cohort in all five layouts once; the tests work on copies."""
    i18n.activate("en")
    folder = tmp_path_factory.mktemp("cohort")
    made = make_demo_cohort(folder / "C", "en", STUDENTS)
    options = ExportOptions(formats=("txt",), jobs=1, roster=made[-1], language="en")
    export_cohort([folder / "C"], folder / "OUT", options)
    return folder


@pytest.fixture
def out(exported, tmp_path, english):
    shutil.copytree(exported / "OUT", tmp_path / "OUT")
    return tmp_path / "OUT"


def fill(out, students=None):
    """Fill in the sheet for these keys, for everybody by default."""
    book = openpyxl.load_workbook(out / "feedback.xlsx")
    page = book.worksheets[0]
    titles = {cell.value: cell.column - 1 for cell in page[1]}
    for number, row in enumerate(page.iter_rows(min_row=2)):
        if row[titles["Student"]].value and (students is None or row[-1].value in students):
            row[titles["Vision: level"]].value = LEVELS[number % 3]
            row[titles["Vision: comment"]].value = COMMENT
            row[titles["On the whole portfolio"]].value = f"Beste {row[0].value}!"
    book.save(out / "feedback.xlsx")


def zips(out, layout):
    """Give the names in the zip that goes back to a layout, and those of its download."""
    members = [each for each in load_members(out) if each.origin.layout == layout]
    container = members[0].origin.container
    [back] = [f for f in (out / "feedback").glob("*.zip") if _same(f.stem, container)]
    names = zipfile.ZipFile(back).namelist()
    handed_in = zipfile.ZipFile(container).namelist() if container.is_file() else []
    return names, handed_in, members


def _same(stem, container):
    plain = re.sub("[^a-z0-9]+", "-", container.name.removesuffix(".zip").lower())
    return plain.startswith(stem.removeprefix("feedback-"))


@pytest.fixture
def packed(out, stagekit):
    fill(out)
    done = stagekit("feedback", out, "--name", "J. Docent")
    assert len(list((out / "feedback").iterdir())) == 5
    assert done.out.count("✓") == 5
    return out


def test_moodle_reads_the_number_of_the_participant(packed):
    names, handed_in, members = zips(packed, "moodle")
    known = {name.split("/")[0] for name in handed_in}
    for name in names:
        folder, file = name.split("/")
        assert folder in known
        assert file.startswith("feedback.")
        # What the importer of Moodle does with a name.
        _name, participant, subtype, plugin = folder.split("_", 4)[:4]
        assert (subtype, plugin) == ("assignsubmission", "file")
        assert participant in {each.origin.key for each in members}
    assert {name.split("/")[0] for name in names} == known


def test_canvas_reads_the_numbers_of_user_and_file(packed):
    names, handed_in, members = zips(packed, "canvas")

    def numbers(name):
        # What the importer of Canvas does: the first two parts that are numbers.
        user, attachment = [part for part in name.split("_") if part.isdigit()][:2]
        return user, attachment

    known = {numbers(name) for name in handed_in}
    assert {numbers(name) for name in names} == known
    assert {user for user, _file in known} == {each.origin.key for each in members}
    starts = {name[: name.index(numbers(name)[1])] for name in handed_in}
    assert {name[: name.index(numbers(name)[1])] for name in names} == starts


def test_brightspace_finds_its_folders_again(packed):
    names, handed_in, members = zips(packed, "brightspace")
    known = {name.split("/")[0] for name in handed_in if "/" in name}
    back = {name.split("/")[0] for name in names}
    assert back <= known
    assert {name.split("-")[0] for name in back} == {name.split("-")[0] for name in known}
    assert len(back) == len(members)
    assert "index.html" not in names


def test_blackboard_finds_the_latest_attempt_again(packed):
    names, handed_in, members = zips(packed, "blackboard")
    attempt = re.compile(r".+_attempt_\d{4}(?:-\d\d){5}")
    known: dict[str, str] = {}
    for start in sorted({attempt.match(name)[0] for name in handed_in}):
        known[start.rpartition("_attempt_")[0]] = start
    assert {attempt.match(name)[0] for name in names} == set(known.values())
    assert len(known) == len(members)


def test_plain_folders_get_a_folder_each(packed):
    names, _handed_in, members = zips(packed, "plain")
    assert len({name.rpartition("/")[0] for name in names}) == len(members)


def test_every_student_who_handed_in_gets_a_page(packed):
    pages = [name for each in (packed / "feedback").glob("*.zip") for name in zipfile.ZipFile(each).namelist()
             if name.endswith(".html")]  # fmt: skip
    assert len(pages) == STUDENTS


def test_the_file_lands_in_the_students_own_portfolio(packed, stagekit, tmp_path):
    names, _handed_in, members = zips(packed, "moodle")
    each = next(each for each in members if each.status == "complete" and each.portfolio)
    start = each.origin.entry.rstrip("/") + "/"
    container = zipfile.ZipFile(each.origin.container)
    [handed_in] = [name for name in container.namelist() if name.startswith(start)]
    zipfile.ZipFile(io.BytesIO(container.read(handed_in))).extractall(tmp_path / "P")
    back = next(f for f in (packed / "feedback").glob("*.zip") if names == zipfile.ZipFile(f).namelist())
    (tmp_path / "feedback.json").write_bytes(zipfile.ZipFile(back).read(start + "feedback.json"))
    taken = take_in(open_portfolio(tmp_path / "P", remember=False), tmp_path / "feedback.json")
    assert taken.new
    assert taken.round.feedback.assignments["visie"].comment == COMMENT
    assert taken.round.feedback.reviewer.name == "J. Docent"


def test_the_same_sheet_gives_the_same_zips(packed, stagekit):
    before = {file.name: file.read_bytes() for file in (packed / "feedback").iterdir()}
    stagekit("feedback", packed, "--name", "J. Docent")
    assert {file.name: file.read_bytes() for file in (packed / "feedback").iterdir()} == before


def test_only_who_got_feedback(out, stagekit):
    [one, two, *_rest] = load_members(out)
    fill(out, {one.key, two.key})
    done = stagekit("feedback", out, "--json")
    told = json.loads(done.out)
    assert told["students"] == 2
    assert len(told["without"]) == STUDENTS - 2


def test_a_mistake_is_named_with_its_cell_and_nothing_is_written(out, stagekit):
    fill(out)
    book = openpyxl.load_workbook(out / "feedback.xlsx")
    book.worksheets[0]["D3"] = "voldoende"
    book.worksheets[0]["E4"] = '=HYPERLINK("https://x.example")'
    book.save(out / "feedback.xlsx")
    done = stagekit("feedback", out, ok=False)
    assert done.code == 2
    assert "Feedback!D3" in done.err
    assert "Feedback!E4" in done.err
    assert not (out / "feedback").exists()


def test_nothing_typed_yet(out, stagekit):
    done = stagekit("feedback", out, ok=False)
    assert done.code == 2
    assert not (out / "feedback").exists()


def test_a_folder_without_an_export(tmp_path, stagekit, english):
    done = stagekit("feedback", tmp_path, ok=False)
    assert done.code == 2
    assert not list(tmp_path.iterdir())


def test_exporting_again_keeps_what_was_typed(exported, out, stagekit):
    fill(out)
    typed = (out / "feedback.xlsx").read_bytes()
    export_cohort([exported / "C"], out, ExportOptions(formats=("txt",), jobs=1, language="en"))
    assert (out / "feedback.xlsx").read_bytes() == typed


def test_an_unpacked_download_gives_the_same_names(exported, packed, stagekit, tmp_path):
    for each in (exported / "C").iterdir():
        if each.suffix == ".zip":
            zipfile.ZipFile(each).extractall(tmp_path / "U" / each.stem)
        elif each.is_dir():
            shutil.copytree(each, tmp_path / "U" / each.name)
    export_cohort([tmp_path / "U"], tmp_path / "OUT2", ExportOptions(formats=("txt",), jobs=1, language="en"))
    fill(tmp_path / "OUT2")
    stagekit("feedback", tmp_path / "OUT2")
    both = [
        {name for each in (out / "feedback").glob("*.zip") for name in zipfile.ZipFile(each).namelist()}
        for out in (packed, tmp_path / "OUT2")
    ]
    assert both[0] == both[1]


def test_a_blind_export_finds_the_way_back_by_its_key_file(exported, tmp_path, stagekit, english):
    out = tmp_path / "BLIND"
    options = ExportOptions(formats=("txt",), jobs=1, language="en", blind=True)
    made = export_cohort([exported / "C"], out, options)
    fill(out)
    assert stagekit("feedback", out, "--lang", "en").out.count("✓") == 5
    names = [name for each in (out / "feedback").glob("*.zip") for name in zipfile.ZipFile(each).namelist()]
    assert any("assignsubmission_file/feedback.html" in name for name in names)
    made.key_file.rename(tmp_path / "elsewhere.csv")
    assert stagekit("feedback", out, ok=False).code == 2


def names_in_sheet(out):
    page = openpyxl.load_workbook(out / "feedback.xlsx").worksheets[0]
    return [row[0].value for row in page.iter_rows(min_row=2) if row[0].value]


def test_the_sheet_names_who_handed_in_nothing_usable_as_the_roster_does(exported, out):
    told = {row.split(",")[0] for row in (out / "overview.csv").read_text("utf-8-sig").splitlines()[1:]}
    assert set(names_in_sheet(out)) <= told


def test_a_roster_later_or_no_more_loses_nothing_of_a_sheet_in_use(exported, tmp_path, english, stagekit):
    for first, then in ((None, "roster.csv"), ("roster.csv", None)):
        made = tmp_path / f"made-{then}"
        for roster in (first, then):
            chosen = exported / "C" / roster if roster else None
            export_cohort([exported / "C"], made, ExportOptions(formats=("txt",), jobs=1, roster=chosen))
            if roster == first:
                fill(made)
        given = json.loads(stagekit("feedback", made, "--json").out)
        assert given["without"] == []


def test_who_handed_in_answers_alone_gets_no_file_that_no_portfolio_takes(tmp_path, english, stagekit):
    source = cohort(tmp_path / "in", {"a": small("Anna Smit")})
    export_cohort([source], tmp_path / "OUT", ExportOptions(formats=("txt",), jobs=1))
    fill(tmp_path / "OUT")
    assert stagekit("feedback", tmp_path / "OUT").code == 0
    [back] = (tmp_path / "OUT" / "feedback").glob("*.zip")
    [page] = zipfile.ZipFile(back).namelist()
    assert page.endswith("feedback.html")
    assert "--import" not in zipfile.ZipFile(back).read(page).decode()
