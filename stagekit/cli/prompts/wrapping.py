"""Prose in rows of a given width: words stay whole, and every row knows where it stands in the text."""

import re
from functools import lru_cache
from typing import NamedTuple

from stagekit.model.text import visible

TAB = "    "
"""How a tab shows."""

# Characters that certainly take one column: Latin, common punctuation, the signs of our own pages.
_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac\u2190-\u2193\u2500-\u257f\u2580-\u25ff]*")


class Row(NamedTuple):
    """One row of a line: the offsets of its characters, `end` not included."""

    start: int
    end: int


@lru_cache(maxsize=4096)
def shown(char: str) -> str:
    """Give how one character of an answer shows: a tab as blanks, what no document can hold by its name."""
    if char == "\t":
        return TAB
    return " " if char == "\x85" else visible(char)


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    from wcwidth import wcwidth

    text = shown(char)
    return len(text) if len(text) > 1 else max(0, wcwidth(text))


def columns(text: str) -> int:
    """Count the columns that `text` takes in a terminal."""
    return len(text) if _NARROW.fullmatch(text) else sum(_columns(char) for char in text)


def rows(line: str, width: int) -> list[Row]:
    """Break one line at blanks into rows of at most `width` columns; a word that is longer is cut.

    The blank at a break ends its row and may stand one column beyond it.
    """
    narrow = bool(_NARROW.fullmatch(line))
    found: list[Row] = []
    start = 0
    while True:
        reach = min(len(line), start + width) if narrow else _reach(line, start, width)
        if reach >= len(line):
            return [*found, Row(start, len(line))]
        blank = line.rfind(" ", start + 1, reach + 1)
        end = blank + 1 if blank > start else max(reach, start + 1)
        found.append(Row(start, end))
        start = end


def _reach(line: str, start: int, width: int) -> int:
    """Give the offset of the first character that no longer fits."""
    used = 0
    for offset in range(start, len(line)):
        used += _columns(line[offset])
        if used > width:
            return offset
    return len(line)


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Give a text of several lines, made harmless, as rows; every row but the first starts with `indent`."""
    found: list[str] = []
    for line in visible(text).replace("\t", TAB).replace("\x85", " ").splitlines():
        narrower = max(1, width - columns(indent))
        found += [line[row.start : row.end].rstrip() for row in rows(line.rstrip(), narrower)]
    return [(indent + row).rstrip() if number else row for number, row in enumerate(found)]


def cut(text: str, width: int, sign: str = "…") -> str:
    """Give `text`, made harmless and on one line, in at most `width` columns, ending in `sign` where cut."""
    line = " ".join(visible(text).split())
    if columns(line) <= width:
        return line
    return line[: max(0, _reach(line, 0, width - columns(sign)))].rstrip() + sign if width > 0 else ""
