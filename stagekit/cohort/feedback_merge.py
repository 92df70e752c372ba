"""New students in a sheet for feedback that is in use: what the lecturer typed and made of it stays."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stagekit.cohort.feedback_columns import (
    FeedbackColumn,
    feedback_columns,
    folded,
    member_cells,
    ordered,
)
from stagekit.cohort.feedback_members import Member
from stagekit.cohort.feedback_reading import FilledSheet, open_sheet
from stagekit.i18n import LANGUAGES
from stagekit.model.course import Course

_ROOM = 200


def with_members(data: bytes, path: Path, members: Sequence[Member], course: Course) -> bytes | None:
    """Give the workbook `data` with a row for each member it lacks; None where it lacks nobody.

    Raises UserError or InvalidInput where it cannot be read.
    """
    sheet = open_sheet(data, path, course)
    at = next(at for at, column in sheet.columns.items() if column.kind == "key")
    there = {str(row[at].value).strip() for row in sheet.rows if at in row}
    lacking = [each for each in ordered(members) if each.key not in there]
    if not lacking:
        return None
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    found: Any = book[sheet.title]
    language = _language(found, sheet, course)
    last = 1 + max((n for n, row in enumerate(sheet.rows, 1) if row), default=0)
    columns: list[FeedbackColumn] = list(sheet.columns.values())
    for number, each in enumerate(lacking, last + 1):
        for place, value in zip(sheet.columns, member_cells(each, columns, language), strict=True):
            if value:
                cell = found.cell(row=number, column=place + 1)
                cell.value = value
                cell.data_type = "s"  # a name that begins with = is no formula
    for rule in found.data_validations.dataValidation:
        if len(rule.sqref.ranges) == 1:
            area = next(iter(rule.sqref.ranges))
            area.max_row = max(area.max_row, last + len(lacking) + _ROOM)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _language(found: Any, sheet: FilledSheet, course: Course) -> str:
    """Give the language of the headings."""
    first = next(iter(sheet.columns))
    title = folded(str(found.cell(row=1, column=first + 1).value))
    for language in LANGUAGES:
        if title in {folded(each.column.title) for each in feedback_columns(course, language)}:
            return language
    return LANGUAGES[0]
