"""A list to choose from, and a field that searches one. Knows no terminal."""

from stagekit.cli.prompts import wrapping
from stagekit.cli.prompts.keys import Fragments
from stagekit.cli.prompts.lists import Chooser
from stagekit.cli.prompts.page import ROOMY, Cursor, Drawn
from stagekit.cli.prompts.signs import Signs
from stagekit.cli.prompts.textfield import TextField
from stagekit.i18n import _
from stagekit.interview.prompter import Option

HINT_ROWS = 3
"""Rows below a list for the explanation of the option pointed at."""

BESIDE = 24
"""Columns an explanation beside its label has at least."""


class ListField:
    """Options one below the other, scrolled so that the one pointed at is in sight.

    `answered` says that what was chosen at first is the answer so far, which stays marked.
    """

    def __init__(
        self, chooser: Chooser, signs: Signs, *, numbers: bool = True, answered: bool = False
    ) -> None:
        self.chooser = chooser
        self.signs = signs
        self.numbers = numbers
        self.page = 5
        self._top = 0
        self._was = frozenset(chooser.chosen) if answered else frozenset()

    def wanted(self, width: int, height: int) -> int:
        """Give the rows of all options and of the explanation below them; a search keeps its size."""
        rows = len(self.chooser.options)
        return min(height, rows + (0 if self._beside(width) else self._below(width)))

    def least(self, height: int) -> int:
        """Give the rows below which one cannot choose."""
        return min(len(self.chooser.options), 6 if height >= ROOMY else 3 if height >= 10 else 1) or 1

    def draw(self, width: int, height: int) -> Drawn:
        """Draw the options around the one pointed at, with what is meant by it."""
        if not self.chooser.listed:
            rows: list[Fragments] = [[("", _("Nothing found. Try another word."))]]
            return Drawn([*rows, *([] for _row in range(height - 1))][:height], Cursor(0, 0), shown=False)
        beside = self._beside(width)
        below = [] if beside else self._explained(width)
        if height - len(below) < min(3, len(self.chooser.listed)):
            below = []
        space = max(1, height - len(below))
        rows, pointed = self._listed(width, space, beside)
        rows += [[] for _row in range(space - len(rows))] if below else []
        rows += below
        rows += [[] for _row in range(height - len(rows))]
        return Drawn(rows, Cursor(0, pointed), shown=False)

    def _listed(self, width: int, space: int, beside: int) -> tuple[list[Fragments], int]:
        """Give the rows in sight, with a sign where there are more, and the row pointed at."""
        options, pointer = self.chooser.listed, self.chooser.pointer
        self.page = max(1, space - 2)
        if len(options) <= space:
            self._top = 0
            return [self._row(number, width, beside) for number in range(len(options))], pointer
        inside = max(1, space - 2)
        self._top = max(min(self._top, pointer), pointer - inside + 1)
        self._top = max(0, min(self._top, len(options) - inside))
        end = self._top + inside
        rows = [self._row(number, width, beside) for number in range(self._top, end)]
        if space < 3:
            return rows[:space], 0
        above, under = self._top, len(options) - end
        up = [("class:frame", f"  {self.signs.up} {above}")] if above else []
        down = [("class:frame", f"  {self.signs.down} {under}")] if under else []
        return [up, *rows, down], pointer - self._top + 1

    def _row(self, number: int, width: int, beside: int) -> Fragments:
        chooser, signs = self.chooser, self.signs
        option = chooser.listed[number]
        here = number == chooser.pointer
        row: Fragments = [("class:pointer", f"{signs.pointer} " if here else "  ")]
        if self.numbers:
            wide = len(str(len(chooser.options)))
            row.append(("class:instruction", f"{number + 1:>{wide}}  "))
        if chooser.several:
            ticked = option.id in chooser.chosen
            row.append(("class:selected" if ticked else "", f"{signs.ticked if ticked else signs.unticked} "))
        used = sum(len(text) for _style, text in row)
        now = f"  {signs.fit('·')} {_('your answer now')}" if option.id in self._was else ""
        room = (beside or width) - used
        now = now if wrapping.columns(now) + min(8, wrapping.columns(option.label)) <= room else ""
        label = wrapping.cut(signs.fit(option.label), room - wrapping.columns(now), signs.dots)
        row += [("class:highlighted" if here else "", label), ("class:instruction", now)]
        if beside and option.hint:
            gap = " " * (beside - used - wrapping.columns(label) - wrapping.columns(now) + 2)
            row += [("", gap), ("class:instruction", signs.fit(option.hint))]
        return row

    def _beside(self, width: int) -> int:
        """Give the columns before the explanations where all of them fit beside their labels, else 0."""
        options = self.chooser.options
        if not any(option.hint for option in options):
            return 0
        signs = self.signs
        before = 2 + (len(str(len(options))) + 2 if self.numbers else 0) + (2 if self.chooser.several else 0)
        before += max(self._label_columns(option) for option in options)
        longest = max(wrapping.columns(signs.fit(option.hint)) for option in options)
        return before if before + 2 + longest <= width else 0

    def _label_columns(self, option: Option) -> int:
        now = wrapping.columns(_("your answer now")) + 4 if option.id in self._was else 0
        return wrapping.columns(self.signs.fit(option.label)) + now

    def _below(self, width: int) -> int:
        """Give the rows kept for the explanation of the option pointed at, the blank one included."""
        most = max((self._hint_rows(option, width) for option in self.chooser.options), default=0)
        return min(HINT_ROWS, most) + 1 if most else 0

    def _hint_rows(self, option: Option, width: int) -> int:
        return len(self._meant(option, width))

    def _meant(self, option: Option, width: int) -> list[str]:
        fit = self.signs.fit
        room = width - 2 - (len(str(len(self.chooser.options))) + 2 if self.numbers else 0)
        room -= 2 if self.chooser.several else 0
        whole = fit(option.label) if wrapping.columns(fit(option.label)) > room else ""
        text = ": ".join(part for part in (whole, fit(option.hint)) if part)
        return wrapping.wrap(text, width - 2)

    def _explained(self, width: int) -> list[Fragments]:
        kept = self._below(width)
        if not kept or self.chooser.current is None:
            return []
        meant = self._meant(self.chooser.current, width)[: kept - 1]
        rows: list[Fragments] = [[], *([("class:instruction", f"  {row}")] for row in meant)]
        return [*rows, *([] for _row in range(kept - len(rows)))]


class SearchField:
    """A field to type in, with what it finds below it."""

    def __init__(self, text: TextField, listed: ListField) -> None:
        self.text = text
        self.listed = listed

    def wanted(self, width: int, height: int) -> int:
        """Give the rows of the field and of all options."""
        return min(height, 3 + self.listed.wanted(width, height))

    def least(self, height: int) -> int:
        """Give the rows below which one cannot search."""
        return self.text.least(height) + self.listed.least(height)

    def draw(self, width: int, height: int) -> Drawn:
        """Draw the field, then the list; the cursor stays in the field."""
        own = 3 if height >= 7 else 1
        field = self.text.draw(width, min(own, height))
        if height <= own:
            return field
        return Drawn(field.rows + self.listed.draw(width, height - own).rows, field.cursor)
