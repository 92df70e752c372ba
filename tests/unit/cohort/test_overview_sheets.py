"""`overview.csv` and `overview.xlsx`: what a gradebook reads, and no cell that does anything."""

import csv
import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.overview import write_overview
from stagekit.cohort.overview_csv import csv_text
from stagekit.cohort.xlsx import Column, Sheet, letters, write_workbook
from stagekit.store.course_files import load_course
from tests.unit.cohort.rows import HOSTILE, cohort, hostile


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("scratch")


TITLES = ("Student", "Student number", "Status", "Late", "Vision: complete", "Vision: words")


@pytest.fixture(scope="module")
def course():
    return load_course()


@pytest.fixture
def overview(course, tmp_path):
    def make(rows, language="en"):
        with OutFolder(tmp_path).held():
            write_overview(rows, course, tmp_path, language)
        return tmp_path

    return make


def table(folder):
    data = (folder / "overview.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def sheets(folder):
    return openpyxl.load_workbook(folder / "overview.xlsx")


def test_a_row_for_each_student_with_what_a_gradebook_needs(overview, course):
    rows = cohort(course, 30)
    found = table(overview(rows))
    assert len(found) == 30
    assert set(TITLES) <= set(found[0])
    noor = replace(rows[0], name="Noor", number="0123456", status="complete", late=True)
    [line] = table(overview([noor]))
    assert (line["Student"], line["Student number"], line["Late"]) == ("Noor", "0123456", "yes")


def test_lines_end_and_cells_are_quoted_as_the_standard_asks(overview, course):
    one = replace(cohort(course, 1)[0], name='Jan "de", Vries')
    data = (overview([one]) / "overview.csv").read_bytes()
    assert data.count(b"\r\n") == 2
    assert b'"Jan ""de"", Vries"' in data


FORMULAS = ("=1+1", " =1+1", "\t=1+1", "\ufeff+1", "\u200b-2+3", "@SUM(A1)", "＝1", "+31-6")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula(text):
    assert csv_text(text) == "'" + text


@pytest.mark.parametrize("text", ["+31 6 12345678", "Jan", "0123", "3-2", "a=b", "Jan-Willem", ""])
def test_what_is_no_formula_stays_as_it_is(text):
    assert csv_text(text) == text


def test_a_list_item_stays_readable():
    assert csv_text("- item") == "'- item"


def test_nor_does_a_cell_for_a_spreadsheet_that_parts_at_semicolons():
    assert csv_text("Jan;=1+1; - x") == "Jan;'=1+1;' - x"


@given(st.text())
def test_whatever_the_text_no_formula_begins(text):
    first = csv_text(text).lstrip("\ufeff\u200b \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000")[:1]
    assert first not in set("=-@＝－＠") or not first
    assert csv_text(text).replace("'", "") == text.replace("'", "")


def test_a_workbook_has_real_types(overview, course):
    row = next(row for row in cohort(course, 40) if row.status == "complete")
    row = replace(row, name="Noor", number="0123456", submitted="2026-11-20T09:30:15", late=True)
    first = replace(row.assignments[0], date="2026-10-06", words=321)
    row = replace(row, assignments=(first, *row.assignments[1:]))
    sheet = sheets(overview([row]))["Students"]
    cells = dict(zip((c.value for c in sheet[1]), sheet[2], strict=True))
    assert cells["Student number"].value == "0123456"
    assert cells["Handed in"].value == datetime(2026, 11, 20, 9, 30, 15)
    assert cells["Late"].value is True
    assert cells["Vision: complete"].value is True
    assert cells["Vision: words"].value == 321
    assert cells["Vision: date"].value == datetime(2026, 10, 6)
    assert cells["Vision: date"].number_format == "yyyy\\-mm\\-dd"


def test_its_headings_stay_in_sight_and_filter(overview, course):
    book = sheets(overview(cohort(course, 12)))
    assert book.sheetnames == ["Students", "Figures"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert len({cell.value for cell in sheet[1]}) == sheet.max_column


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hostile_texts_are_text(overview, course, language):
    folder = overview(hostile(course), language)
    for sheet in sheets(folder):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert not any(isinstance(cell.value, str) and "\x1b" in cell.value for cell in row)
    assert len(table(folder)) == len(HOSTILE)
    values = [cell for line in table(folder) for cell in line.values()]
    assert not any(cell.lstrip("\u200b \t").startswith(("=", "@", "-")) for cell in values)


def test_no_formula_among_what_a_spreadsheet_calls_text(overview, course):
    # Excel reads _x0041_ in a text as A: the mark itself is written as such a code.
    names = [replace(cohort(course, 1)[0], name="_x003D_1+1")]
    raw = openpyxl.load_workbook(overview(names) / "overview.xlsx")["Students"]["A2"].value
    assert raw == "_x005F_x003D_1+1"


def test_same_rows_same_bytes_in_any_order(overview, course):
    rows = cohort(course, 20)
    first = {file.name: file.read_bytes() for file in overview(rows).glob("overview*")}
    for file in first:
        (overview(rows) / file).unlink()
    again = overview(rows[::-1])
    assert {file.name: file.read_bytes() for file in again.glob("overview*")} == first


def test_figures_hide_what_is_about_fewer_than_five(overview, course):
    rows = [row for row in cohort(course, 60) if row.status == "complete"][:8]
    sheet = sheets(overview(rows))["Figures"]
    numbers = [cell.value for cell in sheet["D"][1:] if cell.value is not None]
    assert all(number == 4 or number >= 5 for number in numbers)
    rest = [(row[3].value, row[4].value) for row in sheet.iter_rows(min_row=2)]
    assert all(note == "or more" for number, note in rest if number == 4)  # eight students, four or more


@settings(max_examples=30)
@given(st.text(max_size=60), st.text(max_size=60))
def test_a_workbook_can_hold_any_text(scratch, first, second):
    stream = io.BytesIO()
    write_workbook(stream, [Sheet(first, [Column(second)], [[first], [second]])], second, "nl", scratch)
    [sheet] = openpyxl.load_workbook(stream).worksheets
    assert sheet.max_row <= 3


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_have_the_names_of_a_spreadsheet(number, name):
    assert letters(number) == name
