"""Workbooks by XlsxWriter, a row at a time: memory stays small, and the same rows give the same bytes.

Text is only ever text here: no cell can become a formula or a link; what XML cannot carry is made visible.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from stagekit.i18n import N_, translate
from stagekit.model.text import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | bool | date | None
"""A date may be a datetime: then it is a moment."""
MAX_CHARACTERS = 32_767
"""What a cell holds."""
_HEADING_HEIGHT = 48
"""Points: three lines."""
_FITS = 230
"""Characters across that can be read on one sheet of paper."""
_A4 = 9
_MOMENT = datetime(1980, 1, 1)
"""The only date in a workbook that is not of a cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the width in characters, and what may be chosen in its cells (any text where empty)."""

    title: str
    width: float = 12
    choices: tuple[str, ...] = ()
    wrap: bool = False
    text: bool = False
    """Typed in, it stays text: `0123` keeps its zero."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, with headings that stay in sight and filter."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 1
    """Columns that stay in sight."""
    room: int = 0
    """Rows below the last that the choices also hold for."""


def write_workbook(
    stream: IO[bytes], sheets: Sequence[Sheet], title: str, language: str, scratch: Path
) -> None:
    """Write a workbook; `rows` are taken one at a time, and wait in the folder `scratch`, not in memory."""
    from xlsxwriter import Workbook

    options = {
        "constant_memory": True, "tmpdir": str(scratch), "strings_to_formulas": False,
        "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(stream, options) as book:
        book.set_properties({"title": visible(title), "author": "StageKit", "created": _MOMENT})
        styles = _Styles(book, language)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_name(sheet.title)), sheet, styles)


def letters(number: int) -> str:
    """Give the name of a column, counted from 1: `A`, `Z`, `AA`."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_text(text: str) -> str:
    """Give `text` as a cell can hold it: nothing a workbook cannot carry, and not too long."""
    return visible(text)[:MAX_CHARACTERS]


def _name(title: str) -> str:
    """Give a title a workbook takes: at most 31 units of UTF-16, without the signs it refuses."""
    plain = re.sub(r"[\\/*?:\[\]]", " ", visible(title)).strip("' ")
    return plain.encode("utf-16-le")[:62].decode("utf-16-le", "ignore").strip("' ") or "1"


class _Styles:
    """How cells look."""

    def __init__(self, book: "Workbook", language: str) -> None:
        yes, no = (f'"{translate(language, word)}"' for word in (N_("yes"), N_("no")))
        self.heading: Format = book.add_format({
            "bold": True, "bg_color": "#E3EFEE", "bottom": 2, "bottom_color": "#0A5C63", "text_wrap": True,
            "valign": "bottom",
        })  # fmt: skip
        self.boolean: Format = book.add_format({"num_format": f"{yes};{yes};{no}"})
        self.day: Format = book.add_format({"num_format": "yyyy\\-mm\\-dd"})
        self.moment: Format = book.add_format({"num_format": "yyyy\\-mm\\-dd\\ hh:mm"})
        typed, wrapped = {"num_format": "@"}, {"text_wrap": True, "valign": "top"}
        self._of_columns: dict[tuple[bool, bool], Format] = {
            (False, False): book.add_format(),
            (False, True): book.add_format(wrapped),
            (True, False): book.add_format(typed),
            (True, True): book.add_format({**typed, **wrapped}),
        }

    def of(self, column: Column) -> "Format":
        """Give the style of a column's cells, filled in or not."""
        return self._of_columns[column.text, column.wrap]


def _write_sheet(page: "Worksheet", sheet: Sheet, styles: _Styles) -> None:
    page.set_row(0, _HEADING_HEIGHT)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, styles.of(column))
        page.write_string(0, number, cell_text(column.title), styles.heading)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for number, value in enumerate(row):
            _write_cell(page, last, number, value, styles, sheet.columns[number])
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    for number, column in enumerate(sheet.columns):
        if column.choices:
            rule = {"validate": "list", "source": [choice.replace(",", " ") for choice in column.choices]}
            page.data_validation(1, number, max(last, 1) + sheet.room, number, rule)
    _set_paper(page, sheet)


def _write_cell(
    page: "Worksheet", row: int, number: int, value: Cell, styles: _Styles, column: Column
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, number, value, styles.boolean)
    elif isinstance(value, datetime):
        page.write_datetime(row, number, value, styles.moment)
    elif isinstance(value, date):
        page.write_datetime(row, number, value, styles.day)
    elif isinstance(value, int):
        page.write_number(row, number, value, styles.of(column))
    else:
        page.write_string(row, number, cell_text(value), styles.of(column))


def _set_paper(page: "Worksheet", sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.repeat_rows(0)
    page.repeat_columns(0, max(sheet.frozen, 1) - 1)
    if sum(column.width for column in sheet.columns) <= _FITS:
        page.fit_to_pages(1, 0)
