"""From a portfolio to its row in the overview: how far it is, how much is written, what the figures count."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stagekit.checks.completeness import AssignmentCompleteness, completeness, given
from stagekit.checks.consent import Reader, may_read, mentor_sees, visibility
from stagekit.checks.feedback import Point
from stagekit.cohort.model import AssignmentRow, RowStatus
from stagekit.model import course as c
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import Consent, Value, Values

_PLANNED = frozenset({"due"})
"""Questions for a day to come."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a portfolio's row says of its content; `counts` as in `Row`."""

    status: RowStatus
    assignments: tuple[AssignmentRow, ...]
    counts: Mapping[str, Mapping[str, int]]


def standing(
    course: c.Course,
    portfolio: Portfolio,
    reader: Reader,
    points: Sequence[Point] = (),
    lacking: Mapping[str, AssignmentCompleteness] | None = None,
) -> Standing:
    """Work out the standing of a portfolio; words and dates are of what `reader` may read.

    `lacking` is how far each assignment is, where that is known already.
    """
    if lacking is None:
        lacking = {found.id: found for found in completeness(course, portfolio).assignments}
    by_assignment: dict[str | None, list[Point]] = {}
    for point in points:
        by_assignment.setdefault(point.assignment, []).append(point)
    rows = []
    counts = _Counts(course)
    for assignment in course.assignments:
        values = portfolio.of(assignment.id)
        words, latest = 0, ""
        if reader is not Reader.MENTOR or mentor_sees(course, portfolio, assignment):
            words, latest = _written(assignment.questions, values, reader)
            counts.add(assignment, values, reader)
        said = by_assignment.get(assignment.id, [])
        rows.append(_assignment(assignment.id, lacking.get(assignment.id), words, latest, said))
    written = any(given(values) for values in portfolio.answers.values())
    complete = all(row.complete for row in rows)
    status: RowStatus = "empty" if not written else "complete" if complete else "started"
    return Standing(status, tuple(rows), counts.found())


def length(portfolio: Portfolio) -> int:
    """Count the characters of all answers, whoever may read them."""
    return sum(_length(values) for values in portfolio.answers.values())


def _length(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_length, value.values()))
    return sum(map(_length, value)) if isinstance(value, tuple) else 0


def _assignment(
    assignment_id: str, lacking: AssignmentCompleteness | None, words: int, latest: str, points: list[Point]
) -> AssignmentRow:
    levels = [point.level for point in points if point.level]
    return AssignmentRow(
        id=assignment_id,
        complete=lacking is not None and lacking.complete,
        missing=len(lacking.missing) if lacking else 0,
        words=words,
        date=latest,
        level=levels[-1] if levels else "",
        signed_off=any(point.signed_off and not point.changed for point in points),
        comments=sum(1 for point in points if point.text),
    )


def _written(questions: tuple[c.Question, ...], values: Values, reader: Reader) -> tuple[int, str]:
    """Count the words a student wrote, and give the latest day named; addresses and choices are no words."""
    words, latest = 0, ""
    for question, value in _answers(questions, values, reader):
        if isinstance(question, c.TextQuestion | c.LongTextQuestion):
            words += len(str(value).split())
        elif question.id not in _PLANNED:
            latest = max(latest, _day(value))
    return words, latest


def _answers(
    questions: tuple[c.Question, ...], values: Values, reader: Reader
) -> Iterator[tuple[c.Question, Value]]:
    for question in questions:
        value = values.get(question.id)
        if value is None or question.private:
            continue
        if isinstance(question, c.GroupQuestion) and isinstance(value, Mapping):
            yield from _answers(question.questions, value, reader)
        elif isinstance(question, c.RepeatQuestion) and isinstance(value, tuple):
            for item in _items(question, value, reader):
                yield from _answers(question.questions, item, reader)
        else:
            yield question, value


def _items(question: c.RepeatQuestion, value: object, reader: Reader) -> Iterator[Values]:
    for item in value if isinstance(value, tuple) else ():
        if isinstance(item, Mapping) and given(item) and may_read(visibility(question, item), reader):
            yield item


def _day(value: Any) -> str:
    found = value.date if isinstance(value, Consent) else value
    if isinstance(found, datetime):
        return found.date().isoformat()
    return found.isoformat() if isinstance(found, date) else ""


@dataclass(frozen=True, slots=True)
class _Judged:
    """The list of contact types of a course: which of its questions play which part."""

    repeat: str
    type: c.ReferenceQuestion
    judgement: str
    blocks: str


class _Counts:
    """Counts what the cohort's figures are made of."""

    def __init__(self, course: c.Course) -> None:
        self.course = course
        themes = ("contact_types", "blocks", "judgements", "kinds_of_talk")
        self.themes: dict[str, Counter[str]] = {theme: Counter() for theme in themes}

    def add(self, assignment: c.Assignment, values: Values, reader: Reader) -> None:
        for question in assignment.questions:
            if not isinstance(question, c.RepeatQuestion) or question.id not in values:
                continue
            items = list(_items(question, values[question.id], reader))
            if (judged := _judged(self.course, question)) is not None:
                for item in items:
                    self.contact(judged, item)
            elif (talk := _talk(question)) is not None:
                self.themes["kinds_of_talk"].update(each for item in items for each in _chosen(item, talk))

    def contact(self, judged: _Judged, item: Values) -> None:
        kind, judgement = item.get(judged.type.id), item.get(judged.judgement)
        self.themes["blocks"].update(_chosen(item, judged.blocks))
        if not isinstance(kind, str):
            return
        self.themes["contact_types"][kind] += 1
        if isinstance(judgement, str):
            entry = self.course.catalogues[judged.type.catalogue].entry(kind)
            reference = entry.impact.value if entry and entry.impact else ""
            self.themes["judgements"][f"{judgement}/{reference}"] += 1

    def found(self) -> dict[str, dict[str, int]]:
        return {theme: dict(sorted(counted.items())) for theme, counted in self.themes.items() if counted}


def _chosen(item: Values, question_id: str) -> tuple[str, ...]:
    value = item.get(question_id)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, tuple) else ()


def _talk(question: c.RepeatQuestion) -> str | None:
    """Give the question of an observation that says which kinds of talk it was."""
    if question.person is not None:
        return None
    wanted = (q.id for q in question.questions if isinstance(q, c.ChoicesQuestion) and q.required)
    return next(wanted, None)


def _judged(course: c.Course, question: c.RepeatQuestion) -> _Judged | None:
    """Give the parts of a list whose judgement reveals the reference; None for any other list."""
    by_id = {inner.id: inner for inner in question.questions}
    judgement = next((inner for inner in question.questions if inner.reveals), None)
    kind = by_id.get(judgement.reveals or "") if judgement else None
    if judgement is None or not isinstance(kind, c.ReferenceQuestion):
        return None
    return _Judged(question.id, kind, judgement.id, _blocks(course, question, kind.catalogue))


def _blocks(course: c.Course, question: c.RepeatQuestion, catalogue: str) -> str:
    named = {block for entry in course.catalogues[catalogue].entries for block in entry.blocks}
    lists = [q for q in question.questions if isinstance(q, c.ChoicesQuestion) and q.catalogue]
    found = (q.id for q in lists if named & {e.id for e in course.catalogues[q.catalogue or ""].entries})
    return next(found, "")
