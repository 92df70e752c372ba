import csv
import io

import pytest

from stagekit.cohort.intake import take_in
from stagekit.cohort.model import Layout, Limits
from stagekit.cohort.sample import sample_students
from stagekit.cohort.sample_packing import roster, write_cohort
from stagekit.store.cohort_pool_file import load_pool
from stagekit.store.course_files import load_course


@pytest.fixture(scope="module")
def cohort():
    course = load_course()
    return list(sample_students(course, load_pool(course, "nl"), "nl", 60))


@pytest.fixture(scope="module")
def folder(cohort, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    write_cohort(cohort, load_course(), folder)
    return folder


def test_every_download_is_recognised_and_nobody_is_lost(cohort, folder):
    found = take_in([folder], Limits()).submissions
    assert len(found) == len(cohort)
    assert {each.origin.layout for each in found} == set(Layout)


def test_what_counts_is_the_last_attempt(cohort, folder):
    kept = {Layout.BRIGHTSPACE, Layout.BLACKBOARD}
    found = [each for each in take_in([folder], Limits()).submissions if each.origin.layout in kept]
    turns = {list(Layout).index(layout) for layout in kept}
    expected = [len(student.handed_in) - 1 for student in cohort if student.number % 5 in turns]
    assert sorted(len(each.earlier) for each in found) == sorted(expected)
    assert any(expected)


def test_the_same_cohort_gives_the_same_bytes(cohort, folder, tmp_path):
    write_cohort(cohort, load_course(), tmp_path)
    for file in folder.glob("*.zip"):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_the_class_has_two_more_than_handed_in(cohort):
    rows = list(csv.DictReader(io.StringIO(roster(cohort))))
    assert len(rows) == len(cohort) + 2
    assert rows[0]["Studentnummer"].startswith("0")
