"""The overview as columns with typed cells, the same for `overview.csv` and `overview.xlsx`."""

from collections.abc import Iterator, Sequence

from stagekit.checks.levels import level_word
from stagekit.cohort.model import AssignmentRow, Row
from stagekit.cohort.overview_words import (
    WEIGHTS,
    day,
    moment,
    one_line,
    reason,
    status_words,
    weight_words,
)
from stagekit.cohort.xlsx import Cell, Column
from stagekit.i18n import translate
from stagekit.model.course import Course
from stagekit.model.feedback import LEVELS


def columns(course: Course, language: str) -> tuple[Column, ...]:
    """Give the headings in order; every heading is there once."""
    parts = [
        column
        for assignment in course.assignments
        for column in _part_columns(assignment.title[language], language)
    ]
    return (
        Column(translate(language, "Student"), 28),
        Column(translate(language, "Student number"), 16, text=True),
        Column(translate(language, "Key in the learning environment"), 16, text=True),
        Column(translate(language, "School"), 24),
        Column(translate(language, "Status"), 18),
        Column(translate(language, "Parts complete"), 10),
        Column(translate(language, "Handed in"), 17),
        Column(translate(language, "Late"), 9),
        Column(translate(language, "Attempts"), 9),
        *parts,
        *(Column(_finding(word, language), 13) for word in weight_words(language).values()),
        Column(translate(language, "Reason"), 50),
        Column(translate(language, "Folder"), 30),
        Column(translate(language, "Language"), 9),
        Column(translate(language, "Portfolio"), 22, text=True),
    )


def _part_columns(title: str, language: str) -> tuple[Column, ...]:
    def named(what: str) -> str:
        return f"{title}: {what}"

    return (
        Column(named(translate(language, "complete")), 11),
        Column(named(translate(language, "missing answers")), 10),
        Column(named(translate(language, "words")), 9),
        Column(named(translate(language, "date")), 12),
        Column(named(translate(language, "mentor's level")), 14),
        Column(named(translate(language, "signed off")), 10),
        Column(named(translate(language, "comments")), 11),
    )


def _finding(weight: str, language: str) -> str:
    return translate(language, "Findings: {weight}", weight=weight.lower())


def cells(rows: Sequence[Row], course: Course, language: str) -> Iterator[list[Cell]]:
    """Give the cells of each row, in the order of `columns`; None where there is nothing to say."""
    statuses = status_words(language)
    levels = {str(level): level_word(level, language) for level in LEVELS}
    ids = [assignment.id for assignment in course.assignments]
    for row in rows:
        parts = {part.id: part for part in row.assignments}
        made: list[Cell] = [
            one_line(row.name), one_line(row.number), one_line(row.key), one_line(row.school),
            statuses[row.status], sum(part.complete for part in parts.values()) if parts else None,
            moment(row.submitted), row.late, row.attempts,
        ]  # fmt: skip
        for id in ids:
            made += _part(parts.get(id), levels)
        made += [row.findings.get(weight, 0) if parts else None for weight in WEIGHTS]
        made += [reason(row), *(one_line(text) for text in (row.folder, row.language, row.portfolio))]
        yield made


def _part(part: AssignmentRow | None, levels: dict[str, str]) -> list[Cell]:
    if part is None:
        return [None] * 7
    return [
        part.complete, part.missing, part.words, day(part.date), levels.get(part.level), part.signed_off,
        part.comments,
    ]  # fmt: skip
