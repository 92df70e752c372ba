"""The row of a portfolio: how far it is, words and days of what a reader may see, counts for the figures."""

from dataclasses import replace

import pytest

from stagekit.checks.consent import Reader
from stagekit.checks.feedback import Point
from stagekit.cohort.row import standing
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import load_course
from tests.functional.conftest import REAL_ANSWERS


@pytest.fixture(scope="module")
def real():
    course = load_course()
    given = read_answers(REAL_ANSWERS, course)
    identity = given.identity.over(Identity(id="a" * 16, course=course.id, language="nl"))
    return Portfolio(identity, given.answers)


def stands(portfolio, reader=Reader.LECTURER, points=()):
    return standing(load_course(), portfolio, reader, points)


def part(found, assignment_id):
    return next(row for row in found.assignments if row.id == assignment_id)


def test_a_whole_portfolio(real):
    found = stands(real)
    assert found.status == "complete"
    assert [row.complete for row in found.assignments] == [True] * 6
    assert all(row.words > 50 for row in found.assignments)
    assert part(found, "visie").date == "2026-10-06"
    assert found.counts["contact_types"]["other"] == 1
    assert found.counts["judgements"]["depends/"] == 1  # its own contact type: no reference
    assert found.counts["judgements"]["higher/higher"] == 2
    assert sum(found.counts["blocks"].values()) >= 8
    assert found.counts["kinds_of_talk"]["sharing"] == 2


def test_what_is_withheld_is_neither_counted_nor_read(real):
    people = real.answers["parent-interview"]["parents"]
    hidden = tuple({**person, "consent": replace(person["consent"], may_use="no")} for person in people)
    answers = {**real.answers, "parent-interview": {**real.answers["parent-interview"], "parents": hidden}}
    found = stands(replace(real, answers=answers))
    assert part(found, "parent-interview").words < part(stands(real), "parent-interview").words
    assert found.status == "complete"


def test_what_the_mentor_does_not_see_has_no_words(real):
    found = stands(real, Reader.MENTOR)
    assert part(found, "observation").words == 0
    assert "kinds_of_talk" not in found.counts


@pytest.mark.parametrize(
    ("answers", "status"),
    [({}, "empty"), ({"visie": {"summary": "  "}}, "empty"), ({"visie": {"summary": "Samen."}}, "started")],
)
def test_begun_or_not(real, answers, status):
    assert stands(replace(real, answers=answers)).status == status


def test_the_last_level_counts_and_a_signature_until_the_answer_changes(real):
    def point(**said):
        return Point(round="001", id="visie", assignment="visie", question=None, reviewer="mentor",
                     date=None, **{"text": "", **said})  # fmt: skip

    said = [point(level="not_yet", text="Nog eens."), point(level="strong", signed_off=True)]
    found = part(stands(real, points=said), "visie")
    assert (found.level, found.signed_off, found.comments) == ("strong", True, 1)
    assert not part(stands(real, points=[point(signed_off=True, changed=True)]), "visie").signed_off
