"""Who may read what: consent per conversation, and the parts a mentor sees."""

from enum import StrEnum

from stagekit.model.course import Assignment, Course, GroupQuestion, RepeatQuestion
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import WITHHELD, Consent, Values


class Reader(StrEnum):
    """For whom a document is made."""

    STUDENT = "student"
    MENTOR = "mentor"
    LECTURER = "lecturer"


class Visibility(StrEnum):
    """What the person in a conversation allows."""

    SHOWN = "shown"
    PARAPHRASED = "paraphrased"
    """Shown, and marked as told in the student's words."""
    WITHHELD = "withheld"
    """In no document at all; the conversation counts as held."""
    OWN_ONLY = "own_only"
    """No consent is recorded: only in the student's own rendering."""


def visibility(repeat: RepeatQuestion, item: Values) -> Visibility:
    """Tell what may be done with one item of `repeat`; items that ask for no consent are shown."""
    if repeat.consent is None:
        return Visibility.SHOWN
    if item.get(WITHHELD) is True:
        return Visibility.WITHHELD
    consent = item.get(repeat.consent.id)
    if not isinstance(consent, Consent):
        return Visibility.OWN_ONLY
    if consent.refused:
        return Visibility.WITHHELD
    if not consent.recorded:
        return Visibility.OWN_ONLY
    return Visibility.PARAPHRASED if consent.paraphrased else Visibility.SHOWN


def may_read(found: Visibility, reader: Reader) -> bool:
    """Tell whether a document for `reader` holds a conversation of that visibility."""
    if found is Visibility.WITHHELD:
        return False
    return found is not Visibility.OWN_ONLY or reader is Reader.STUDENT


def mentor_sees(course: Course, portfolio: Portfolio, assignment: Assignment | str) -> bool:
    """Tell whether the mentor's document holds `assignment`: the student's choice, else the course's.

    What the staff room said is not the mentor's to read unless the student turns it on.
    """
    assignment_id = assignment if isinstance(assignment, str) else assignment.id
    chosen = portfolio.identity.settings.mentor_sees
    if chosen is not None:
        return assignment_id in chosen
    found = course.assignment(assignment_id)
    return found is not None and found.mentor_sees


def is_private(assignment: Assignment, *path: str | int) -> bool:
    """Tell whether the answer at `path`, `("parents", 0, "name")`, is in no document: it holds a name."""
    questions = assignment.questions
    for step in path:
        if isinstance(step, int):
            continue
        question = next((q for q in questions if q.id == step), None)
        if question is None:
            return False
        if question.private:
            return True
        questions = question.questions if isinstance(question, GroupQuestion | RepeatQuestion) else ()
    return False
