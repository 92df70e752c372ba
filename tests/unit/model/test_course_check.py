"""A course with a mistake is refused with file, line, path and a sentence; all mistakes in one go."""

import shutil

import pytest

from stagekit import resources
from stagekit.errors import InvalidInput
from stagekit.store.course_files import DEFAULT_COURSE, load_course_folder


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / DEFAULT_COURSE
    shutil.copytree(resources.assignments_dir() / DEFAULT_COURSE, folder)
    return folder


def problems_of(folder):
    with pytest.raises(InvalidInput) as caught:
        load_course_folder(folder)
    return caught.value.problems


def edit(file, old, new, count=1):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def test_the_shipped_course_is_right(course):
    assert load_course_folder(course).id == DEFAULT_COURSE


MISTAKES = [
    ("1-visie.yaml", "type: url", "type: link", "“link”"),
    ("1-visie.yaml", "id: url\n", "id: summary\n", "twice"),
    ("1-visie.yaml", "catalogue: lenses", "catalogue: lense", "“lenses”"),
    ("2-soorten-contact.yaml", "reveals: type", "reveals: typ", "“type”"),
    (
        "2-soorten-contact.yaml",
        "title: {nl: Soorten contact, en: Kinds of contact}",
        "title: {nl: Soorten}",
        "“en”",
    ),
    ("3-mentor-interview.yaml", "private: true", "private: false", "private"),
    ("3-mentor-interview.yaml", "need: required", "need: must", "“must”"),
    ("5-observation.yaml", "minimum: 1", "minimum: one", "whole number"),
    ("5-observation.yaml", "intro:", "entro:", "“intro”"),
    ("references/contact-types.yaml", "impact: lower", "impact: low", "“lower”"),
    ("references/contact-types.yaml", "- id: nieuwsbrief", "- id: huisbezoek", "twice"),
    ("course.yaml", "references/lenses.yaml", "references/lences.yaml", "is it there"),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), MISTAKES, ids=[f"{m[0]}: {m[2]}" for m in MISTAKES])
def test_a_mistake_is_named_with_its_file_and_line(course, english, name, old, new, words):
    edit(course / name, old, new)
    fitting = [problem for problem in problems_of(course) if words in problem.message]
    assert fitting
    for problem in fitting:
        if problem.line is not None:
            line = problem.file.read_text(encoding="utf-8").splitlines()[problem.line - 1]
            step = problem.path.rpartition(".")[2].partition("[")[0]
            assert step in line or new in line


def test_all_mistakes_of_all_files_come_in_one_go(course, english):
    for name, old, new in [
        ("1-visie.yaml", "type: url", "type: link"),
        ("4-parent-interview.yaml", "need: required", "need: must"),
        ("references/lenses.yaml", "title:", "titel:"),
    ]:
        edit(course / name, old, new)
    assert {problem.file.name for problem in problems_of(course)} >= {
        "1-visie.yaml", "4-parent-interview.yaml", "lenses.yaml",
    }  # fmt: skip


def test_a_condition_that_can_never_hold_is_refused(course, english):
    edit(
        course / "2-soorten-contact.yaml",
        "when: {question: type, is: other}",
        "when: {question: type, is: othr}",
    )
    assert any("“othr”" in problem.message for problem in problems_of(course))


def test_a_recalled_answer_must_exist(course, english):
    edit(course / "6-reflection.yaml", "visie.summary", "visie.sumary")
    assert any("visie.sumary" in problem.message for problem in problems_of(course))
