"""The sheet with feedback, read strictly: every mistake with its cell; with one, nothing is used."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from stagekit.cohort.archive import BadArchive, catching
from stagekit.cohort.feedback_columns import FeedbackColumn, feedback_columns, folded, headings, level_words
from stagekit.cohort.feedback_members import Member
from stagekit.cohort.model import Limits
from stagekit.cohort.people import canvas_spellings
from stagekit.cohort.workbook_safety import unsafe_workbook
from stagekit.cohort.xlsx import cell_text, letters
from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import LANGUAGES, _, active
from stagekit.model.course import Course
from stagekit.model.decode import did_you_mean, shorten
from stagekit.model.feedback import AssignmentFeedback, Feedback, FeedbackLevel
from stagekit.model.text import refused_characters

MAX_BYTES = 100_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 300
_PARTS = 500
_TYPED = frozenset({"level", "comment", "overall"})
"""Columns for the lecturer; a row without anything in them is nobody's loss."""
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty. `value` as openpyxl reads it; `kind` `f` is a formula, `e` an error."""

    place: str
    value: Any
    kind: str


Row = Mapping[int, Cell]
"""Cells by column, from 0."""


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """What a sheet holds: its name, which column is where, and its rows below the headings."""

    title: str
    columns: Mapping[int, FeedbackColumn]
    rows: Sequence[Row]


def read_feedback_sheet(path: Path, members: Sequence[Member], course: Course) -> dict[str, Feedback]:
    """Read what the lecturer typed: feedback by the key of the member, only of who got any.

    Raises UserError where the file cannot be read, InvalidInput with every mistake and its cell.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UserError(
            _("There is no “{file}”.", file=path),
            _("Run `stagekit export` again: it makes the sheet to fill in."),
        ) from None
    except OSError as error:
        from stagekit.store.atomic import cannot_read

        raise cannot_read(path, error) from None
    sheet = open_sheet(data, path, course)
    reading = _Reading(sheet, path, members, course)
    found = reading.all()
    if reading.problems:
        raise InvalidInput(reading.problems)
    return found


def open_sheet(data: bytes, path: Path, course: Course) -> FilledSheet:
    """Find the sheet to fill in, and its columns; raises UserError, or InvalidInput on the headings."""
    _refuse_unsafe(data, path)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except Exception:  # it raises whatever a damaged file makes it stumble on
        raise _not_a_sheet(path) from None
    known = headings(course)
    try:
        for each in book.worksheets:
            rows = _rows(each)
            titles = next(rows, {})
            named = {at: known.get(folded(str(cell.value))) for at, cell in titles.items()}
            columns = {at: column for at, column in named.items() if column is not None}
            if any(column.kind == "key" for column in columns.values()):
                _check_columns(columns, path, course, each.title)
                return FilledSheet(each.title, columns, list(rows))
    except (AttributeError, KeyError, ValueError, TypeError, SyntaxError, IndexError, EOFError):
        raise _not_a_sheet(path) from None
    finally:
        book.close()
    raise UserError(
        _("“{file}” has no column with the keys of the students.", file=path),
        _("Use the sheet that `stagekit export` made, and leave its first row as it is."),
    )


def _rows(sheet: Any) -> Iterator[Row]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what the file says of its size is not to be trusted
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        if number > MAX_ROWS:
            raise ValueError(number)
        yield {
            at: Cell(f"{letters(at + 1)}{number}", cell.value, cell.data_type)
            for at, cell in enumerate(row)
            if cell.value is not None
        }


def _not_a_sheet(path: Path) -> UserError:
    return UserError(
        _("“{file}” cannot be read as a workbook.", file=path),
        _("Save it in your spreadsheet program as .xlsx, under the same name."),
    )


def _refuse_unsafe(data: bytes, path: Path) -> None:
    """Refuse what would unpack to more than a sheet is, before anything is unpacked."""
    if len(data) > MAX_BYTES:
        raise _not_a_sheet(path)
    limits = Limits(submission_bytes=4 * MAX_BYTES, submission_files=_PARTS, ratio=500)
    try:
        with catching():
            unsafe = unsafe_workbook(io.BytesIO(data), limits, _PARTS)
    except BadArchive:
        raise _not_a_sheet(path) from None
    if unsafe:
        raise _not_a_sheet(path)


def _check_columns(columns: Mapping[int, FeedbackColumn], path: Path, course: Course, title: str) -> None:
    """Refuse a sheet of which a column is gone or stands twice: what was typed there would be lost."""
    problems: list[Problem] = []
    expected = {(each.kind, each.assignment): each for each in feedback_columns(course, active())}
    places: dict[tuple[str, str], str] = {}
    for at, column in columns.items():
        which = (column.kind, column.assignment)
        if which in places:
            message = _("This column is there twice, in {other} too; remove one.", other=places[which])
            problems.append(Problem(message, f"{title}!{letters(at + 1)}1", path))
        places[which] = letters(at + 1)
    for which, column in expected.items():
        if which not in places and column.kind not in {"number", "status"}:
            message = _("The column “{title}” is not there; put it back.", title=column.column.title)
            problems.append(Problem(message, f"{title}!1:1", path))
    if problems:
        raise InvalidInput(problems)


@dataclass(slots=True)
class _Student:
    """What is gathered of one row."""

    overall: str | None = None
    levels: dict[str, FeedbackLevel] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


class _Reading:
    """Goes through the rows of one sheet."""

    def __init__(self, sheet: FilledSheet, path: Path, members: Sequence[Member], course: Course) -> None:
        self.sheet = sheet
        self.path = path
        self.members = {each.key: each for each in members}
        self.course = course
        self.problems: list[Problem] = []
        self.levels = {
            folded(word): level for language in LANGUAGES for word, level in level_words(language).items()
        }
        self.places: dict[str, str] = {}

    def all(self) -> dict[str, Feedback]:
        found: dict[str, Feedback] = {}
        for number, row in enumerate(self.sheet.rows, 2):
            cells = {at: cell for at, cell in row.items() if at in self.sheet.columns}
            texts = {at: self.text(cell) for at, cell in cells.items()}
            if not any(texts.values()):
                continue
            typed = {at for at, text in texts.items() if text and self.sheet.columns[at].kind in _TYPED}
            if typed and (each := self.member(number, cells, texts)) is not None:
                found[each.key] = self.feedback(each, self.student(cells, texts))
            elif typed:
                self.student(cells, texts)
        return found

    def problem(self, place: str, message: str) -> None:
        self.problems.append(Problem(message, f"{self.sheet.title}!{place}", self.path))

    def text(self, cell: Cell) -> str:
        """Give what a cell says as text; a formula, an error or a date says nothing that can be used."""
        if cell.kind == "f":
            self.problem(cell.place, _("This is a formula; type the text itself."))
            return ""
        if cell.kind == "e":
            self.problem(cell.place, _("This cell has an error, {error}; type the text again.",
                                       error=shorten(str(cell.value))))  # fmt: skip
            return ""
        if isinstance(cell.value, date | time):
            self.problem(cell.place, _("This became a date; put an apostrophe in front: '1-2."))
            return ""
        value = cell.value
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        text = _CODED.sub(lambda code: chr(int(code[1], 16)), text)
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if refused := refused_characters(text):
            message = _("The character {name} can stand in no document; remove it.", name=refused[0].name)
            self.problem(cell.place, message)
            return ""
        return text

    def member(self, number: int, cells: Row, texts: Mapping[int, str]) -> Member | None:
        """Find whose row it is: by the key, and the name must be that student's."""
        at = {column.kind: at for at, column in self.sheet.columns.items()}
        key, name = texts.get(at["key"], ""), texts.get(at["name"], "")
        place = f"{letters(at['key'] + 1)}{number}"
        if not key:
            if at["key"] not in cells:
                self.problem(place, _("The key is gone; nobody knows whose row this is. Copy it back."))
            return None
        each = self.members.get(key)
        if each is None:
            message = _("No student of this export has the key “{key}”.", key=shorten(key))
            self.problem(place, message + did_you_mean(key, list(self.members)))
            return None
        if key in self.places:
            message = _("This student has a row already, {other}; remove one.", other=self.places[key])
            self.problem(place, message)
            return None
        self.places[key] = place
        if not _names(name, each):
            self.problem(
                f"{letters(at['name'] + 1)}{number}",
                _("This row has the key of {student}, not of “{name}”; put keys and names back together.",
                  student=shorten(each.name), name=shorten(name)),
            )  # fmt: skip
            return None
        return each

    def student(self, cells: Row, texts: Mapping[int, str]) -> _Student:
        found = _Student()
        for at, text in texts.items():
            column = self.sheet.columns[at]
            if not text:
                continue
            if column.kind == "overall":
                found.overall = text
            elif column.kind == "comment":
                found.comments[column.assignment] = text
            elif column.kind == "level":
                level = self.levels.get(folded(text))
                if level is None:
                    words = list(level_words(active()))
                    message = _("“{text}” is no level; choose {levels}.",
                                text=shorten(text), levels=" / ".join(words))  # fmt: skip
                    self.problem(cells[at].place, message)
                else:
                    found.levels[column.assignment] = level
        return found

    def feedback(self, each: Member, student: _Student) -> Feedback:
        given = {
            assignment.id: AssignmentFeedback(
                level=student.levels.get(assignment.id), comment=student.comments.get(assignment.id)
            )
            for assignment in self.course.assignments
            if assignment.id in student.levels or assignment.id in student.comments
        }
        return Feedback(portfolio=each.portfolio, overall=student.overall, assignments=given)


def _names(name: str, each: Member) -> bool:
    """Tell whether that is the student's name, also as the learning environment or the roster writes it."""
    listed = each.origin.name if each.origin else ""
    known = [cell_text(one) for one in (each.name, listed) if one]
    if folded(name) in map(folded, known):
        return True
    return any(canvas_spellings(name) & canvas_spellings(one) for one in known)
