"""`overview.csv`: a row per student, for a gradebook or any program that reads tables."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TextIO

from stagekit.cohort.xlsx import Cell
from stagekit.i18n import translate

_BEFORE = (
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
)
"""What a spreadsheet skips, or nobody sees, before the sign that begins a formula."""
_FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212"
_BEGINS = re.compile(f"({_BEFORE})(?=[{_FORMULA}])")
_LATER = re.compile(f"([;\t])({_BEFORE})(?=[{_FORMULA}])")
"""A spreadsheet set to semicolons begins a cell here, whatever the quotes say."""
_PHONE = re.compile(r"\+\d+(?: \d+)+")
"""`+31 6 12345678` is no formula, and a spreadsheet leaves it as it is."""


def write_csv(out: TextIO, titles: Sequence[str], rows: Iterable[Sequence[Cell]], language: str) -> None:
    """Write headings and rows as RFC 4180 asks: commas, CRLF; give `out` as utf-8-sig with newline=""."""
    yes, no = translate(language, "yes"), translate(language, "no")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([csv_text(title) for title in titles])
    for row in rows:
        writer.writerow([_cell(value, yes, no) for value in row])


def _cell(value: Cell, yes: str, no: str) -> str:
    if isinstance(value, str):
        return csv_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_text(text: str) -> str:
    """Give `text` with an apostrophe wherever a spreadsheet would begin a formula."""
    if _PHONE.fullmatch(text):
        return text
    begins = _BEGINS.match(text)
    at = begins.end() if begins else 0
    return ("'" if begins else "") + text[:at] + _LATER.sub(r"\1'\2", text[at:])
