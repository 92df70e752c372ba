"""A list of the class as a spreadsheet gives it, CSV or XLSX, as rows of text; within bounds."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from stagekit.cohort.archive import BadArchive, looks_like_zip
from stagekit.cohort.model import Limits
from stagekit.cohort.safe_names import shown
from stagekit.cohort.workbook_safety import unsafe_workbook
from stagekit.errors import UserError
from stagekit.i18n import _

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
_MAX_PARTS = 500
_UNPACKED = Limits(submission_bytes=200_000_000, submission_files=_MAX_PARTS, ratio=500)


def read_rows(path: Path) -> list[list[str]]:
    """Read the rows, each as its cells' text without blanks around it.

    Raises UserError where the file cannot be read as a table.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            stream.seek(0)
            if looks_like_zip(start):
                return list(_bounded(_sheet_rows(stream, path)))
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError(_("{path} is not there.", path=shown(str(path), 200)), _next_step()) from error
    except (OSError, ValueError) as error:
        message = _("The roster {file} cannot be read.", file=shown(str(path), 200))
        raise UserError(message, _next_step()) from error
    if len(data) > MAX_BYTES:
        message = _("The roster {file} is larger than {limit} MB.", file=shown(path.name),
                    limit=MAX_BYTES // 1_000_000)  # fmt: skip
        raise UserError(message, _next_step())
    return list(_bounded(_text_rows(_decoded(data, path))))


def _next_step() -> str:
    return _("Save the list of the class as CSV or XLSX, with a row of headings, and give that file.")


def _bounded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            message = _("The roster has more than {limit} rows.", limit=MAX_ROWS)
            raise UserError(message, _next_step())
        yield row


def _decoded(data: bytes, path: Path) -> str:
    """Decode what spreadsheets write: UTF-8, UTF-16 with its mark, or the code page of Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        message = _("The roster {file} is neither CSV nor XLSX.", file=shown(path.name))
        raise UserError(message, _next_step())
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _text_rows(text: str) -> Iterator[list[str]]:
    first, _break, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a cell of more than 131,072 characters
            message = _("The roster cannot be read at line {line}.", line=reader.line_num)
            raise UserError(message, _next_step()) from error
        yield [cell.strip() for cell in row[:MAX_COLUMNS]]


def _delimiter(text: str) -> str:
    """Give the sign that the first lines have most of, outside quotes."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:5]
    outside = "".join(part for line in lines for part in line.split('"')[::2])
    return max(",;\t|", key=lambda sign: (outside.count(sign), sign == ","))


def _sheet_rows(stream: BinaryIO, path: Path) -> Iterator[list[str]]:
    _refuse_unsafe(stream, path)
    import openpyxl

    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:  # it raises whatever a damaged file makes it stumble on
        raise _no_sheet(path) from error
    try:
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not to be trusted
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            yield [_cell(value) for value in row]
    except (IndexError, AttributeError, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise _no_sheet(path) from error
    finally:
        book.close()


def _no_sheet(path: Path) -> UserError:
    message = _("The roster {file} cannot be read as a spreadsheet.", file=shown(path.name))
    return UserError(message, _next_step())


def _refuse_unsafe(stream: BinaryIO, path: Path) -> None:
    """Look through the parts for a bomb, of a zip or of XML entities, before anything is parsed."""
    try:
        reason = unsafe_workbook(stream, _UNPACKED, _MAX_PARTS)
    except BadArchive as error:
        reason = error.message
    if reason:
        message = _("The roster {file} is not read: {reason}", file=shown(path.name), reason=reason)
        raise UserError(message, _next_step())
    stream.seek(0)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a student number that the sheet holds as a number
    return str(value).strip()
