"""A field to write in: rows of prose around a cursor, in a frame where there is room. Knows no terminal."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from stagekit.cli.prompts import wrapping
from stagekit.cli.prompts.keys import Fragments
from stagekit.cli.prompts.page import ROOMY, Cursor, Drawn
from stagekit.cli.prompts.signs import Signs
from stagekit.i18n import _, ngettext
from stagekit.model.text import refused_characters

COUNT_AT_ONCE = 20_000
"""Characters up to which words are counted at every key; longer texts wait for a pause."""


class Written(NamedTuple):
    """What a field holds: the text, the cursor's offset, the offsets of what is marked."""

    text: str = ""
    cursor: int = 0
    marked: tuple[int, int] = (0, 0)


class _Place(NamedTuple):
    """A row of the whole text: its number, its line, and where both start."""

    number: int
    line: int
    row: wrapping.Row
    offset: int


class TextField:
    """Shows a text of one or several lines, scrolled so that the cursor is in sight.

    `note` stands in the frame of a short field: what it is for.
    """

    def __init__(
        self, signs: Signs, *, several_lines: bool, max_words: int | None = None, note: str = ""
    ) -> None:
        self.signs = signs
        self.note = note
        self.several_lines = several_lines
        self.max_words = max_words
        self.written = Written()
        self.words: int | None = None
        self._width = 1
        self._top = 0
        self._height = 1
        self._goal: tuple[int, int] | None = None
        self._lines: list[str] = [""]
        self._rows: dict[str, list[wrapping.Row]] = {}
        self._firsts: list[int] = [0]
        self._offsets: list[int] = [0]
        self._laid_out: tuple[str, int] | None = None

    def update(self, written: Written) -> None:
        """Take over what is written now."""
        if written.text != self.written.text and len(written.text) <= COUNT_AT_ONCE:
            self.words = None
        self.written = written

    def count(self) -> None:
        """Count the words anew at the next drawing."""
        self.words = None

    def wanted(self, width: int, height: int) -> int:
        """Give the rows it would fill: a long text all there are, a short one what it needs."""
        if self.several_lines:
            return height
        self._lay_out(max(1, width - 5))
        return min(5, self._firsts[-1] + len(self._rows[self._lines[-1]]) + 2)

    def least(self, height: int) -> int:
        """Give the rows below which one cannot write."""
        if self.several_lines:
            return 6 if height >= ROOMY else 3 if height >= 10 else 1
        return 3 if height >= 12 else 1

    def draw(self, width: int, height: int) -> Drawn:
        """Draw the text in a frame, or after a pointer where there is no room for one."""
        framed = height >= (4 if self.several_lines else 3)
        self._height = max(1, height - 2 if framed else height)
        self._lay_out(max(1, width - (5 if framed else 3)))
        here = self._place(self.written.cursor)
        self._top = max(min(self._top, here.number), here.number - self._height + 1)
        self._top = max(0, min(self._top, self._total() - self._height))
        rows = [self._row(number) for number in range(self._top, self._top + self._height)]
        x = self._column(here, self.written.cursor)
        y = here.number - self._top
        if not framed:
            pointer = [("class:pointer", f"{self.signs.pointer} ")]
            return Drawn([[*pointer, *row] for row in rows], Cursor(x + 2, y))
        return Drawn(self._framed(rows, width), Cursor(x + 2, y + 1))

    def vertical(self, step: int) -> int:
        """Give the offset `step` rows below the cursor, in the column where moving up or down began."""
        self._lay_out(self._width)
        here = self._place(self.written.cursor)
        if self._goal is None or self._goal[0] != self.written.cursor:
            self._goal = (self.written.cursor, self._column(here, self.written.cursor))
        target = here.number + step
        if not 0 <= target < self._total():
            offset = 0 if target < 0 else len(self.written.text)
        else:
            offset = self._offset_in(self._numbered(target), self._goal[1])
        self._goal = (offset, self._goal[1])
        return offset

    def page(self) -> int:
        """Give the rows of one screen of the text."""
        return max(1, self._height - 1)

    def edge(self, *, end: bool) -> int:
        """Give the offset of the begin or the end of the cursor's row."""
        self._lay_out(self._width)
        here = self._place(self.written.cursor)
        if not end:
            return here.offset + here.row.start
        last = here.row == self._rows[self._lines[here.line]][-1]
        return here.offset + here.row.end - (0 if last else 1)

    def _lay_out(self, width: int) -> None:
        text = self.written.text
        if self._laid_out == (text, width):
            return
        kept = self._rows if width == self._width else {}
        self._width = width
        self._lines = text.split("\n")
        self._rows = {line: kept.get(line) or wrapping.rows(line, width) for line in self._lines}
        self._firsts = [0, *accumulate(len(self._rows[line]) for line in self._lines)][:-1]
        self._offsets = [0, *accumulate(len(line) + 1 for line in self._lines)][:-1]
        self._laid_out = (text, width)

    def _total(self) -> int:
        return self._firsts[-1] + len(self._rows[self._lines[-1]])

    def _place(self, offset: int) -> _Place:
        line = bisect_right(self._offsets, offset) - 1
        rows = self._rows[self._lines[line]]
        number = bisect_right([row.start for row in rows], offset - self._offsets[line]) - 1
        return _Place(self._firsts[line] + number, line, rows[number], self._offsets[line])

    def _numbered(self, number: int) -> _Place:
        line = bisect_right(self._firsts, number) - 1
        row = self._rows[self._lines[line]][number - self._firsts[line]]
        return _Place(number, line, row, self._offsets[line])

    def _column(self, place: _Place, offset: int) -> int:
        line = self._lines[place.line]
        return wrapping.columns(line[place.row.start : offset - place.offset])

    def _offset_in(self, place: _Place, column: int) -> int:
        line = self._lines[place.line]
        last = place.row == self._rows[line][-1]
        for offset in range(place.row.start, place.row.end if last else place.row.end - 1):
            if wrapping.columns(line[place.row.start : offset + 1]) > column:
                return place.offset + offset
        return place.offset + (place.row.end if last else max(place.row.start, place.row.end - 1))

    def _row(self, number: int) -> Fragments:
        if number >= self._total():
            return []
        place = self._numbered(number)
        text = self._lines[place.line][place.row.start : place.row.end]
        first = place.offset + place.row.start
        start, end = (max(0, min(len(text), mark - first)) for mark in self.written.marked)
        pieces = ((text[:start], ""), (text[start:end], "class:marked"), (text[end:], ""))
        return [fragment for piece, style in pieces if piece for fragment in _shown(piece, style)]

    def _framed(self, rows: list[Fragments], width: int) -> list[Fragments]:
        signs, room = self.signs, width - 4
        bar = ("class:frame", f"{signs.bar} ")
        top = signs.corners[0] + signs.line * (width - 2) + signs.corners[1]
        framed: list[Fragments] = [[("class:frame", top)]]
        for row in rows:
            used = sum(wrapping.columns(text) for _style, text in row)
            framed.append([bar, *row, ("", " " * (room - used)), ("class:frame", f" {signs.bar}")])
        count = self._counted(width - 6)
        line = signs.line * max(0, width - 4 - len(count) - (2 if count else 0))
        tail = [("", f" {count} ")] if count else []
        return [*framed, [("class:frame", signs.corners[2] + line), *tail,
                          ("class:frame", signs.line * 2 + signs.corners[3])]]  # fmt: skip

    def _counted(self, room: int) -> str:
        """Give the words so far, and how many there may be; a short field counts nothing."""
        if not self.several_lines:
            return wrapping.cut(self.note, room, self.signs.dots)
        if self.words is None:
            self.words = len(self.written.text.split())
        if self.max_words:
            text = _("{count} of at most {most} words", count=self.words, most=self.max_words)
        else:
            text = ngettext("{count} word", "{count} words", self.words)
        return wrapping.cut(text, room, self.signs.dots)


def _shown(text: str, style: str) -> Fragments:
    """Give a piece of a row as it shows; what cannot be saved stands out."""
    if text.isprintable():
        return [(style, text)]
    found: Fragments = []
    for char in text:
        one = ("class:unsavable" if refused_characters(char) else style, wrapping.shown(char))
        if found and found[-1][0] == one[0]:
            found[-1] = (one[0], found[-1][1] + one[1])
        else:
            found.append(one)
    return found
