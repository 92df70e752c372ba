"""The form for a mentor: a place at each answer, levels as the course explains them, a name for the file."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.checks.consent import Reader
from stagekit.checks.seen import seen_hashes
from stagekit.model.file_names import MAX_NAME
from stagekit.report.build import build_report
from stagekit.report.feedback_form import feedback_name
from stagekit.report.model import ImpactFigure

ID = "abcdefgh12345678"


@pytest.fixture(scope="module")
def report(course, real):
    return build_report(course, real, "nl", Reader.MENTOR)


@pytest.mark.parametrize("reader", [Reader.STUDENT, Reader.LECTURER])
def test_only_a_mentor_gets_one(course, real, reader):
    assert build_report(course, real, "nl", reader).form is None


def test_a_place_for_every_part_and_answer_that_is_shown(report):
    assert list(report.form.sections) == [section.id for section in report.sections]
    assert "observation" not in report.form.sections
    for section in report.sections:
        places = report.form.sections[section.id].answers
        for answer in section.answers:
            figure = any(isinstance(block, ImpactFigure) for block in answer.blocks)
            assert (answer.id in places) is not figure


def test_what_is_seen_does_not_hang_on_the_language_of_the_document(course, real, report):
    english = build_report(course, real, "en", Reader.MENTOR).form
    seen = seen_hashes(course, real)
    for id_, section in report.form.sections.items():
        assert section.seen == english.sections[id_].seen == seen[id_]
        assert section.answers == english.sections[id_].answers
        for place in section.answers.values():
            assert place.seen == seen[f"{id_}.{place.question}"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_levels_are_explained_by_the_rubrics_of_the_part(course, real, language):
    form = build_report(course, real, language, Reader.MENTOR).form
    levels = form.sections["visie"].levels
    assert [level.id for level in levels] == ["not_yet", "sufficient", "strong"]
    assert len({level.label for level in levels}) == 3
    summary = course.assignment("visie").question("summary")
    for level in levels:
        assert (summary.label[language], getattr(summary.rubric, level.id)[language]) in level.descriptions
    inside = course.assignment("mentor-interview").question("learning_moments").questions
    rubrics = [q for q in inside if q.rubric]
    assert rubrics
    for question in rubrics:
        told = form.sections["mentor-interview"].levels[0].descriptions
        assert (question.label[language], question.rubric.not_yet[language]) in told


def test_the_file_tells_whose_it_is():
    assert feedback_name("Noor van den Berg", ID) == "feedback-noor-van-den-berg-abcdef.json"
    assert feedback_name("Zoë Šťastná", ID) == "feedback-zoe-stastna-abcdef.json"
    assert feedback_name(None, ID) == feedback_name("李", ID) == "feedback-student-abcdef.json"


@given(st.text())
def test_every_file_name_is_taken_everywhere(name):
    found = feedback_name(name, ID)
    assert len(found) <= MAX_NAME == 45
    assert re.fullmatch(r"feedback(-[a-z0-9]+)+-abcdef\.json", found)


def test_no_private_name_is_in_the_form(course, real):
    school = replace(real.identity.mentor, name="Wilhelmina Xerxes")
    portfolio = replace(real, identity=replace(real.identity, mentor=school))
    assert "Xerxes" not in repr(build_report(course, portfolio, "nl", Reader.MENTOR))
