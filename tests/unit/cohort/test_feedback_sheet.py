"""The sheet for feedback: to fill in, read strictly, and never overwritten."""

import resource
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from stagekit.cohort.feedback_members import load_members, save_members, ways_back
from stagekit.cohort.feedback_reading import read_feedback_sheet
from stagekit.cohort.feedback_sheet import FEEDBACK_SHEET, write_feedback_sheet
from stagekit.cohort.model import Layout, Origin
from stagekit.cohort.outfolder import OutFolder
from stagekit.errors import InvalidInput, UserError
from stagekit.i18n import translate
from stagekit.store.course_files import load_course
from tests.unit.cohort.rows import HOSTILE, MEMBERS, NOOR, SEM, WORD


@pytest.fixture(scope="module")
def course():
    return load_course()


@pytest.fixture
def write(course, tmp_path):
    def make(members=MEMBERS, language="en"):
        problems: list[UserError] = []
        with OutFolder(tmp_path).held():
            made = write_feedback_sheet(members, course, tmp_path, language, problems)
        assert (made is None) == bool(problems)
        return problems

    return make


@pytest.fixture
def sheet(tmp_path):
    """Change the sheet as a lecturer would: cells by title and row."""

    def change(changes, *, headings=None):
        file = tmp_path / FEEDBACK_SHEET
        book = openpyxl.load_workbook(file)
        page = book.worksheets[0]
        titles = {cell.value: cell.column for cell in page[1]}
        for (title, row), value in changes.items():
            page.cell(row=row, column=titles[title]).value = value
        for old, new in (headings or {}).items():
            page.cell(row=1, column=titles[old]).value = new
        book.save(file)

    return change


@pytest.fixture
def read(course, tmp_path):
    return lambda members=MEMBERS: read_feedback_sheet(tmp_path / FEEDBACK_SHEET, members, course)


@pytest.fixture
def problems(read):
    def found():
        with pytest.raises(InvalidInput) as caught:
            read()
        return {problem.path: problem.message for problem in caught.value.problems}

    return found


def rows(folder):
    page = openpyxl.load_workbook(folder / FEEDBACK_SHEET).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2) if row[0].value]


def test_a_row_per_student_with_the_levels_to_choose_from(write, course, tmp_path):
    write()
    book = openpyxl.load_workbook(tmp_path / FEEDBACK_SHEET)
    page = book.worksheets[0]
    assert [row[0] for row in rows(tmp_path)] == ["Li Wong", "Noor Bakker", "Sem de Wit"]
    rules = page.data_validations.dataValidation
    assert len(rules) == len(course.assignments)
    assert all(rule.formula1 == '"Not there yet,On level,Strong"' and rule.type == "list" for rule in rules)
    titles = [cell.value for cell in page[1]]
    for rule in rules:
        column = next(iter(rule.sqref.ranges)).min_col
        assert titles[column - 1].endswith(": level")


def test_the_rubric_stands_beside_it(write, tmp_path):
    write()
    rubric = openpyxl.load_workbook(tmp_path / FEEDBACK_SHEET)["Levels"]
    assert [cell.value for cell in rubric[1]][2:] == ["Not there yet", "On level", "Strong"]
    assert rubric.max_row > 6
    assert all(cell.value for cell in rubric[2])


def test_an_empty_sheet_has_no_feedback(write, read):
    write()
    assert read() == {}


def test_what_is_typed_is_read(write, sheet, read):
    write()
    sheet({("Vision: level", 3): "strong", ("Vision: comment", 3): "Mooi.\n\n- één\n- twee",
           ("On the whole portfolio", 4): 7, ("Reflection: level", 2): " Not there  yet "})  # fmt: skip
    found = read()
    assert found[NOOR.key].assignments["visie"].level == "strong"
    assert found[NOOR.key].assignments["visie"].comment == "Mooi.\n\n- één\n- twee"
    assert found[NOOR.key].portfolio == NOOR.portfolio
    assert found[SEM.key].overall == "7"
    assert found[WORD.key].assignments["reflection"].level == "not_yet"


def test_a_sheet_in_the_other_language_is_read_too(write, sheet, read):
    write(language="nl")
    title = f"Visie: {translate('nl', 'level')}"
    sheet({(title, 3): translate("nl", "On level"), (title, 4): "strong"})
    assert read()[NOOR.key].assignments["visie"].level == "sufficient"
    assert read()[SEM.key].assignments["visie"].level == "strong"


def test_every_mistake_is_named_with_its_cell_and_nothing_is_used(write, sheet, problems, english):
    write()
    sheet({("Vision: level", 2): "voldoende", ("Vision: comment", 3): "=1+1", ("Reflection: level", 4): 3})
    found = problems()
    assert set(found) == {"Feedback!D2", "Feedback!E3", "Feedback!N4"}
    assert "voldoende" in found["Feedback!D2"]
    assert "formula" in found["Feedback!E3"]


def test_a_key_that_is_not_of_this_export_or_of_another_student(write, sheet, problems, english):
    write()
    sheet({("Key (leave it as it is)", 2): "unknown1", ("Key (leave it as it is)", 3): SEM.key,
           ("On the whole portfolio", 2): "x", ("On the whole portfolio", 3): "y"})  # fmt: skip
    found = problems()
    assert "unknown1" in found["Feedback!Q2"]
    assert "Sem de Wit" in found["Feedback!A3"]


def test_rows_sorted_or_put_below_each_other_stay_whose_they_are(write, sheet, read):
    write()
    key = "Key (leave it as it is)"
    sheet({("Student", 2): SEM.name, (key, 2): SEM.key, ("On the whole portfolio", 2): "S",
           ("Student", 4): WORD.name, (key, 4): WORD.key, ("On the whole portfolio", 4): "W"})  # fmt: skip
    assert {key: each.overall for key, each in read().items()} == {SEM.key: "S", WORD.key: "W"}


def test_a_row_twice_or_without_its_key(write, sheet, problems, english):
    write()
    key = "Key (leave it as it is)"
    whole = "On the whole portfolio"
    sheet({(whole, row): "x" for row in (2, 3, 4)})
    sheet({("Student", 4): NOOR.name, (key, 4): NOOR.key, (key, 2): None})
    found = problems()
    assert "row already" in found["Feedback!Q4"]
    assert "key is gone" in found["Feedback!Q2"]


def test_a_column_that_is_gone_is_missed(write, sheet, problems, english):
    write()
    sheet({}, headings={"Vision: comment": "my notes"})
    assert "Vision: comment" in next(iter(problems().values()))


def test_columns_of_the_lecturers_own_do_no_harm(write, read, tmp_path):
    write()
    book = openpyxl.load_workbook(tmp_path / FEEDBACK_SHEET)
    page = book.worksheets[0]
    page.insert_cols(2)
    page["B1"], page["B2"], page["T2"] = "notes", "=1+1", "=2+2"
    book.create_sheet("mine", 0)["A1"] = "=1+1"
    book.save(tmp_path / FEEDBACK_SHEET)
    assert read() == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook", b"\xff" * 999])
def test_what_is_no_workbook_is_refused(write, read, tmp_path, data):
    write()
    (tmp_path / FEEDBACK_SHEET).write_bytes(data)
    with pytest.raises(UserError):
        read()


def _repacked(file, part, change):
    """Change one part of a workbook as no spreadsheet program would."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = f'<!DOCTYPE worksheet [<!ENTITY a0 "aaaaaaaaaa">{BOMB}]>'.encode()
SECRET = b'<!DOCTYPE worksheet [<!ENTITY s SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(("head", "entity"), [(ENTITIES, b"&a11;"), (SECRET, b"&s;")])
def test_entities_are_not_followed(write, read, tmp_path, head, entity):
    write()

    def change(xml):
        start, rest = xml.split(b"?>", 1)
        return start + b"?>" + head + rest.replace(b"Li Wong", entity)

    _repacked(tmp_path / FEEDBACK_SHEET, "xl/worksheets/sheet1.xml", change)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UserError):
        read()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # of a terabyte


def test_nor_is_a_part_that_unpacks_to_anything(write, read, tmp_path):
    write()
    _repacked(tmp_path / FEEDBACK_SHEET, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 20_000_000)
    with pytest.raises(UserError):
        read()


def test_a_workbook_without_our_sheet_is_refused(write, read, tmp_path):
    write()
    openpyxl.Workbook().save(tmp_path / FEEDBACK_SHEET)
    with pytest.raises(UserError):
        read()


def test_an_untouched_sheet_follows_the_cohort(write, tmp_path):
    write()
    before = (tmp_path / FEEDBACK_SHEET).read_bytes()
    write()
    assert (tmp_path / FEEDBACK_SHEET).read_bytes() == before
    write(MEMBERS[:1])
    assert [row[0] for row in rows(tmp_path)] == ["Noor Bakker"]


def test_a_sheet_in_use_is_only_added_to_and_the_former_is_kept(write, sheet, read, tmp_path):
    write(MEMBERS[:2])
    sheet({("Vision: level", 2): "Strong", ("Vision: comment", 2): "Typed."})
    typed = (tmp_path / FEEDBACK_SHEET).read_bytes()
    write(MEMBERS[:2])
    assert (tmp_path / FEEDBACK_SHEET).read_bytes() == typed
    late = replace(WORD, name="=HYPERLINK(1)")
    write((*MEMBERS[:2], late))
    assert [row[0] for row in rows(tmp_path)] == ["Noor Bakker", "Sem de Wit", "=HYPERLINK(1)"]
    page = openpyxl.load_workbook(tmp_path / FEEDBACK_SHEET).worksheets[0]
    assert page["A4"].data_type != "f"
    assert all(next(iter(rule.sqref.ranges)).max_row >= 4 for rule in page.data_validations.dataValidation)
    assert read((*MEMBERS[:2], late))[NOOR.key].assignments["visie"].comment == "Typed."
    kept = [file.read_bytes() for file in (tmp_path / ".stagekit-export").glob("feedback-before-*")]
    assert kept == [typed]
    write((*MEMBERS[:2], late))
    assert len(rows(tmp_path)) == 3


@pytest.mark.parametrize("killed_after", [1, 2])
def test_a_kill_while_writing_leaves_a_sheet_nobody_touched(write, tmp_path, monkeypatch, killed_after):
    write(MEMBERS[:1])
    left = [killed_after]
    whole = OutFolder.write

    def dying(folder, target, data):
        if "feedback" in target.name:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
        whole(folder, target, data)

    monkeypatch.setattr(OutFolder, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        write()
    monkeypatch.setattr(OutFolder, "write", whole)
    write()
    assert len(rows(tmp_path)) == 3
    write(MEMBERS[:2])
    assert len(rows(tmp_path)) == 2


def test_a_student_who_is_gone_stays_in_a_sheet_in_use(write, sheet, read, tmp_path):
    write()
    sheet({("Vision: comment", 2): "Typed."})
    write(MEMBERS[:1])
    assert len(rows(tmp_path)) == 3
    members = load_members(tmp_path)
    assert {each.key: each.status for each in members} == {
        NOOR.key: "complete", SEM.key: "gone", WORD.key: "gone",
    }  # fmt: skip
    assert read(members)[WORD.key].assignments["visie"].comment == "Typed."


def test_a_sheet_that_cannot_be_read_is_left_and_named(write, tmp_path):
    write()
    (tmp_path / FEEDBACK_SHEET).write_bytes(b"mine")
    assert write((*MEMBERS, replace(NOOR, key="neww4444")))
    assert (tmp_path / FEEDBACK_SHEET).read_bytes() == b"mine"


def test_hostile_names_are_text(write, read, tmp_path):
    members = [replace(NOOR, key=f"key{n:05}", name=text, number=text) for n, text in enumerate(HOSTILE[:-1])]
    members = [replace(m, name=m.name.encode("utf-8", "replace").decode()) for m in members]
    write(members)
    page = openpyxl.load_workbook(tmp_path / FEEDBACK_SHEET).worksheets[0]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert read(members) == {}


def test_members_come_back_as_they_were(tmp_path):
    origin = Origin(tmp_path / "x.zip", Layout.MOODLE, "Noor_1_assignsubmission_file", False, "1", "Noor", "")
    members = (NOOR, replace(SEM, origin=origin))
    with OutFolder(tmp_path).held():
        save_members(OutFolder(tmp_path), members)
    assert load_members(tmp_path) == members
    assert ways_back(tmp_path, members[1:]) == {SEM.key: origin}


@pytest.mark.parametrize("data", [None, b"", b"[]", b'{"members": [{}]}', b"[" * 100_000])
def test_without_an_export_or_with_a_damaged_one(tmp_path, data):
    with OutFolder(tmp_path).held():
        pass
    if data is not None:
        (tmp_path / ".stagekit-export" / "members.json").write_bytes(data)
    with pytest.raises(UserError):
        load_members(tmp_path)
