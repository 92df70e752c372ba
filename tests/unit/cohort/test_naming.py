"""Folder names: safe on every system, unique in any case, and the same whoever else hands in."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.model import Layout, Origin
from stagekit.cohort.naming import folder_name, keys_of
from stagekit.model.file_names import MAX_NAME, named_after

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def origin(entry="Jan de Vries", key="", name="", container="download.zip", layout=Layout.PLAIN):
    return Origin(Path("/in") / container, layout, entry, False, key, name, "", False)


ODD = ["CON", "../..", "a\u202eb", "é" * 300, "李小龙", "x\x00y", "."]
names = st.text(max_size=320) | st.sampled_from(ODD)


@given(names)
def test_a_folder_name_is_safe_whatever_the_student_is_called(name):
    made = folder_name(name, keys_of([origin(name=name, key="7", layout=Layout.MOODLE)])[0])
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", made)
    assert len(made) <= MAX_NAME
    assert made not in RESERVED


@given(st.lists(st.tuples(names, st.sampled_from(["", "1", "2"])), max_size=12))
def test_no_two_are_the_same_in_any_case(students):
    origins = [origin(entry=name, key=key, name=name) for name, key in students]
    folders = [folder_name(one.name, key) for one, key in zip(origins, keys_of(origins), strict=True)]
    assert len({folder.casefold() for folder in folders}) == len(students)


def test_a_name_stays_when_others_are_added_and_when_it_is_downloaded_again():
    jan = origin(entry="Jan_1_x", key="1", name="Jan", layout=Layout.MOODLE, container="a.zip")
    again = origin(entry="Jan_1_assignsubmission_file", key="1", name="Jan", layout=Layout.MOODLE)
    others = [origin(entry=f"s{n}", key=str(n), name=f"s{n}", layout=Layout.MOODLE) for n in range(2, 9)]
    (alone,) = keys_of([jan])
    assert keys_of([*others, jan])[-1] == alone
    assert keys_of([again, *others])[0] == alone


def test_zipped_or_not_it_is_the_same_student():
    assert keys_of([origin(entry="Jan.zip")]) == keys_of([origin(entry="Jan")])


def test_the_same_student_twice_gets_two_folders():
    both = [origin(key="1", name="Jan", container="a.zip"), origin(key="1", name="Jan", container="b.zip")]
    first, second = keys_of(both)
    assert first != second
    assert keys_of(both[::-1]) == [second, first]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Noor Bakker", "noor-bakker-"),
        ("José Núñez", "jose-nunez-"),
        ("Søren Weiß", "soren-weiss-"),
        ("Łukasz Kowalski", "lukasz-kowalski-"),
        ("李", "student-"),
    ],
)
def test_a_name_can_be_read_in_it(name, start):
    assert folder_name(name, "abcd2345").startswith(start)


@pytest.mark.parametrize("name", ["Łukasz Øster", "Søren Weiß", "Zoë Đorđević", "Noor Bakker"])
def test_a_zip_to_hand_in_spells_a_name_as_the_folder_does(name):
    folder = folder_name(name, "abcd2345").removesuffix("-abcd2345")
    assert named_after("portfolio", name, "abcd2345", ".zip") == f"portfolio-{folder}-abcd23.zip"
