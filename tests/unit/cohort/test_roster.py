import contextlib
import io
import zipfile
from dataclasses import dataclass

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.roster import RosterEntry, match_roster, read_roster
from stagekit.errors import UserError
from tests.functional.cohort.containers import Raw, raw_zip


@dataclass
class Someone:
    name: str = ""
    number: str = ""
    key: str = ""
    listed: str = ""


def entries(tmp_path, data, name="roster.csv"):
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [(entry.name, entry.number) for entry in read_roster(file)]


EXPECTED = [("Ayşe van den Berg", "0301234"), ("José O'Brien", "0301235")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_delimiter_and_encoding(tmp_path, delimiter, encoding):
    rows = [["Studentnummer", "Naam", "Groep"], *[[number, f'"{name}"', "1B"] for name, number in EXPECTED]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert entries(tmp_path, text.encode(encoding)) == EXPECTED


def test_the_code_page_of_windows(tmp_path):
    assert entries(tmp_path, "Naam;Nummer\nJosé;1\n".encode("cp1252")) == [("José", "1")]


@pytest.mark.parametrize(
    "text",
    [
        "Voornaam,Tussenvoegsel,Achternaam,Studentnummer\nAyşe,van den,Berg,0301234\nJosé,,O'Brien,0301235\n",
        "First name,Last name,ID number,E-mail\nAyşe,van den Berg,0301234,\nJosé,O'Brien,0301235,j@x\n",
        "OrgDefinedId,Username,Last Name,First Name\n#0301234,a,van den Berg,Ayşe\n#0301235,j,O'Brien,José\n",
        "sep=;\nNaam student;Student ID\nAyşe van den Berg;0301234\nJosé O'Brien;0301235\n",
        "Klassenlijst 1B,\n,\nNaam,Studentnummer\nAyşe van den Berg,0301234\nJosé O'Brien,0301235\n,\n",
    ],
)
def test_whatever_columns_a_learning_environment_gives(tmp_path, text):
    assert entries(tmp_path, text) == EXPECTED


def test_a_gradebook_of_canvas(tmp_path):
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Portfolio (77)\n    Points Possible,,,,,10\n"
        '"van den Berg, Ayşe",901,0301234,ayse@x.nl,1B,\n"Student, Test",902,,,1B,\n'
    )
    assert entries(tmp_path, text) == [("van den Berg, Ayşe", "0301234")]


def sheet(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_spreadsheet_with_numbers_as_numbers(tmp_path):
    rows = [["Klas"], ["Naam", "Studentnummer"], ["Jan", 301234], ["Piet", 301235.0], [None, None]]
    assert entries(tmp_path, sheet(rows), "r.xlsx") == [("Jan", "301234"), ("Piet", "301235")]


def repacked(data, name, change):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == name else content)
    return stream.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        repacked(sheet([["Naam"], ["Jan"]]), "xl/worksheets/sheet1.xml", lambda old: LAUGHS + old),
        repacked(
            sheet([["Naam"]]), "xl/workbook.xml", lambda old: b"<!--" + b" " * 70_000 + b"-->" + LAUGHS + old
        ),
        repacked(sheet([["Naam"]]), "xl/workbook.xml", lambda old: old.decode().encode("utf-16")),
        repacked(sheet([["Naam"]]), "xl/workbook.xml", lambda old: old + b" " * 9_000_000),
        repacked(sheet([["Naam"]]), "xl/workbook.xml", lambda old: b"<x"),
        sheet([["Naam"]])[:900],
        raw_zip([Raw(b"xl/workbook.xml", b"", flags=1)]),
        raw_zip([]),
        b"PK\3\4",
        b"\0" * 90,
        b"Groep,Lokaal\n1B,2\n",
        b"",
        b'Naam\n"' + b"x" * 200_000,
        b"Naam\n" + b"x\n" * 60_000,
        b"x" * 20_000_001,
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(tmp_path, english, data):
    file = tmp_path / "roster.xlsx"
    file.write_bytes(data)
    with pytest.raises(UserError) as raised:
        read_roster(file)
    assert "roster" in raised.value.message
    assert raised.value.next_step


@given(st.binary(max_size=300))
def test_any_bytes(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(b"Naam;Nummer\n" + data)
    with contextlib.suppress(UserError):
        read_roster(file)


LIST = (
    RosterEntry("Jan de Vries", "0301234", ("0301234",), "j.devries@hs.nl"),
    RosterEntry("Çelik-Öztürk, Ayşe", "0301235", ("0301235", "celik")),
    RosterEntry("Piet Smit", "0301236"),
    RosterEntry("Piet Smit", "0301237"),
    RosterEntry("Łukasz Nowak", ""),
)


@pytest.mark.parametrize(
    ("person", "at"),
    [
        (Someone("Jan de Vries"), 0),
        (Someone("VRIES, Jan de"), 0),
        (Someone("vriesjande"), 0),
        (Someone("devriesjan"), 0),
        (Someone("jan  DE vries"), 0),
        (Someone("x", number="0301234"), 0),
        (Someone("x", key="j.devries"), 0),
        (Someone("x", number="s0301234"), 0),
        (Someone("Ayse Celik Ozturk"), 1),
        (Someone("elikztrkaye"), 1),
        (Someone("", key="CELIK"), 1),
        (Someone("Piet Smit", number="0301237"), 3),
        (Someone("lukasz nowak"), 4),
        (Someone("Jan Vries"), None),
        (Someone("Kees"), None),
        (Someone(""), None),
    ],
)
def test_who_is_who(person, at):
    match = match_roster(LIST, [person])
    assert match.found == ({} if at is None else {0: LIST[at]})
    assert match.unknown == ((0,) if at is None else ())
    missing = [entry for entry in LIST if at is None or entry is not LIST[at]]
    assert list(match.missing) == missing


def test_the_name_in_the_learning_environment_counts_too():
    match = match_roster(
        LIST, [Someone("Jan", listed="vriesjande"), Someone("Łukasz Nowak", listed="Jan de Vries")]
    )
    assert match.found == {0: LIST[0]}
    assert set(match.unclear[0].entries) == {LIST[0], LIST[4]}


def test_nobody_is_guessed():
    match = match_roster(LIST, [Someone("Piet Smit"), Someone("Smit, Piet")])
    assert match.found == {}
    assert match.unclear[0].people == (0, 1)
    assert match.unclear[0].entries == (LIST[2], LIST[3])
    assert LIST[2] not in match.missing


def test_a_number_that_says_another_than_the_name_is_unclear():
    match = match_roster(LIST, [Someone("Łukasz Nowak", number="0301234")])
    assert match.found == {}
    assert set(match.unclear[0].entries) == {LIST[0], LIST[4]}


def test_the_worksheet_of_moodle_has_the_participant():
    listed = (RosterEntry("", "", ("Deelnemer 1234567",)), RosterEntry("", "", ("Participant 7654321",)))
    match = match_roster(listed, [Someone("Deelnemer", key="7654321")])
    assert match.found == {0: listed[1]}


def test_a_student_number_with_or_without_its_letter():
    listed = (RosterEntry("", "s1234567", ("s1234567",)),)
    assert match_roster(listed, [Someone("x", number="1234567")]).found == {0: listed[0]}
    assert match_roster(listed, [Someone("x", number="S1234567")]).found == {0: listed[0]}


@given(
    st.lists(st.builds(RosterEntry, st.text(max_size=12), st.text("0123s", max_size=4)), max_size=8),
    st.lists(st.builds(Someone, st.text(max_size=12), st.text("0123s", max_size=4)), max_size=8),
)
def test_everybody_is_in_one_place(listed, people):
    match = match_roster(listed, people)
    unclear = [number for each in match.unclear for number in each.people]
    assert sorted([*match.found, *match.unknown, *unclear]) == list(range(len(people)))
