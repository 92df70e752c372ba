"""The columns of `feedback.xlsx`, in both languages: one place for who writes the sheet and who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stagekit.checks.levels import level_word
from stagekit.cohort.feedback_members import Member
from stagekit.cohort.overview_words import status_words
from stagekit.cohort.xlsx import Cell, Column, cell_text
from stagekit.i18n import LANGUAGES, translate
from stagekit.model.course import Course
from stagekit.model.feedback import LEVELS, FeedbackLevel

Kind = Literal["name", "number", "status", "level", "comment", "overall", "key"]


@dataclass(frozen=True, slots=True)
class FeedbackColumn:
    """What stands in one column; `assignment` only for a level or a comment on one."""

    kind: Kind
    column: Column
    assignment: str = ""


def feedback_columns(course: Course, language: str) -> tuple[FeedbackColumn, ...]:
    """Give the columns in order; every title is there once."""
    levels = tuple(level_words(language))
    level_title, comment_title = translate(language, "level"), translate(language, "comment")
    found = [
        FeedbackColumn("name", Column(translate(language, "Student"), 28)),
        FeedbackColumn("number", Column(translate(language, "Student number"), 16, text=True)),
        FeedbackColumn("status", Column(translate(language, "Status"), 18)),
    ]
    for assignment in course.assignments:
        title = assignment.title[language]
        level = Column(f"{title}: {level_title}", 15, choices=levels)
        comment = Column(f"{title}: {comment_title}", 36, wrap=True, text=True)
        found.append(FeedbackColumn("level", level, assignment.id))
        found.append(FeedbackColumn("comment", comment, assignment.id))
    overall = Column(translate(language, "On the whole portfolio"), 44, wrap=True, text=True)
    key = Column(translate(language, "Key (leave it as it is)"), 14, text=True)
    return (*found, FeedbackColumn("overall", overall), FeedbackColumn("key", key))


def level_words(language: str) -> dict[str, FeedbackLevel]:
    """Give the levels by the word to choose."""
    return {level_word(level, language): level for level in LEVELS}


def sheet_title(language: str) -> str:
    """Give the name of the sheet to fill in."""
    return translate(language, "Feedback")


def headings(course: Course) -> dict[str, FeedbackColumn]:
    """Give every column by its title, folded, in every language."""
    return {
        folded(each.column.title): each
        for language in LANGUAGES
        for each in feedback_columns(course, language)
    }


def folded(text: str) -> str:
    """Fold a title or a level: case and blanks do not matter."""
    return " ".join(text.split()).casefold()


def ordered(members: Sequence[Member]) -> list[Member]:
    """Give the members in the order of the overview."""
    return sorted(members, key=lambda each: (each.name.casefold(), each.name, each.number, each.key))


def member_cells(each: Member, columns: Sequence[FeedbackColumn], language: str) -> list[Cell]:
    """Give the cells of one student's row, empty where the lecturer types."""
    given = {
        "name": cell_text(each.name),
        "number": cell_text(each.number),
        "status": status_words(language).get(each.status, each.status),
        "key": each.key,
    }
    return [given.get(column.kind) for column in columns]
