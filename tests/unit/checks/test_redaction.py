import re

import pytest

from stagekit.checks.completeness import completeness
from stagekit.checks.consent import Reader
from stagekit.checks.redaction import redacted
from stagekit.model.portfolio import Identity, Mentor, Portfolio, Settings
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import load_course
from tests.functional.conftest import REAL_ANSWERS

COURSE = load_course()
GIVEN = read_answers(REAL_ANSWERS, COURSE)
IDENTITY = GIVEN.identity.over(Identity(id="a1b2c3d4", course=COURSE.id, language="nl"))
NAMES = r"\b(karin|fatima|joost|samira|peter|bouzid|jansen|amrani|wei chen|wit)\b"


@pytest.fixture(scope="module")
def lecturers():
    return redacted(COURSE, Portfolio(IDENTITY, GIVEN.answers), "nl", Reader.LECTURER)


def test_no_private_name_is_left_anywhere(lecturers):
    assert not re.search(NAMES, repr(lecturers), re.IGNORECASE)
    assert lecturers.identity.mentor == Mentor()
    assert lecturers.identity.student.name == "Noor van den Berg"


def test_a_withheld_conversation_is_its_alias_and_that_it_is_withheld(lecturers):
    assert lecturers.of("parent-interview")["parents"][2] == {"alias": "Ouder 3", "withheld": True}
    assert "Wilde liever niet" not in repr(lecturers)


def test_it_is_as_complete_as_before(lecturers):
    assert completeness(COURSE, lecturers).complete


def test_without_recorded_consent_only_the_student_has_the_words():
    answers = {"parent-interview": {"parents": ({"name": "Ans Vos", "on_time": "Wekker."},)}}
    portfolio = Portfolio(IDENTITY, answers)
    own = redacted(COURSE, portfolio, "nl", Reader.STUDENT)
    assert own.of("parent-interview")["parents"][0]["on_time"] == "Wekker."
    theirs = redacted(COURSE, portfolio, "nl", Reader.LECTURER)
    assert theirs.of("parent-interview")["parents"] == ({"alias": "Ouder 1", "withheld": True},)


def test_further_private_names_stay_on_the_students_machine():
    settings = Settings(private_names=("Mo Zand",))
    identity = Identity(id="a1b2c3d4", course=COURSE.id, language="nl", settings=settings)
    given = {"visie": {"summary": "Mo Zand vroeg het."}}
    assert "Zand" not in repr(redacted(COURSE, Portfolio(identity, given), "nl", Reader.MENTOR))
