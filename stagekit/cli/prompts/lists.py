"""A list of options: where the pointer stands, what is ticked, what a search finds."""

import unicodedata
from collections.abc import Sequence

from stagekit.interview.prompter import Option


def folded(text: str) -> str:
    """Give a text as it is compared in a search: without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def found(options: Sequence[Option], words: str) -> list[Option]:
    """List the options that hold every word, those whose label begins with it first.

    `other` always stays, at the end: what is not in the list can then be given a name.
    """
    from stagekit.model.course import OTHER

    wanted = folded(words).split()
    ranked = []
    for position, option in enumerate(options):
        label = folded(option.label)
        everything = f" {label} " + " ".join(folded(word) for word in option.keywords)
        if all(word in everything for word in wanted):
            rank = 0 if label.startswith(" ".join(wanted)) else 1 if all(w in label for w in wanted) else 2
            ranked.append((option.id == OTHER, rank, position, option))
        elif option.id == OTHER:
            ranked.append((True, 2, position, option))
    return [option for *_order, option in sorted(ranked, key=lambda entry: entry[:3])]


class Chooser:
    """The options as they stand now; moving runs round at both ends."""

    def __init__(
        self,
        options: Sequence[Option],
        initial: str | tuple[str, ...],
        several: bool,
        *,
        pointer: str = "",
    ) -> None:
        self.options = list(options)
        self.listed = self.options
        ids = (initial,) if isinstance(initial, str) else initial
        self.chosen = {option.id for option in self.options if option.id in ids}
        self.several = several
        at = self.chosen or {pointer}
        first = (number for number, option in enumerate(self.options) if option.id in at)
        self.pointer = 0 if several else next(first, 0)
        self._number = ""

    @property
    def current(self) -> Option | None:
        """The option pointed at, or None where nothing is listed."""
        return self.listed[self.pointer] if self.listed else None

    def search(self, words: str) -> None:
        """List only what holds `words`, and point at the first; without words, all as before."""
        if words.split():
            self.listed = found(self.options, words)
            self.pointer = 0
        else:
            held = self.current
            self.listed = self.options
            self.pointer = self.listed.index(held) if held in self.listed else 0

    def move(self, step: int) -> None:
        """Point `step` options further; a step of one runs round, a longer one stops at the ends."""
        self._number = ""
        if not self.listed:
            return
        last = len(self.listed) - 1
        target = self.pointer + step
        self.pointer = target % (last + 1) if abs(step) == 1 else max(0, min(last, target))

    def digit(self, digit: str) -> None:
        """Point at the option of the number typed so far, as in `1` `2` for the twelfth."""
        for typed in (self._number + digit, digit):
            if 1 <= int(typed) <= len(self.listed):
                self._number = typed
                self.pointer = int(typed) - 1
                return
        self._number = ""

    def toggle(self) -> None:
        """Tick the option pointed at, or take the tick away; a digit after it begins another number."""
        self._number = ""
        if self.current is not None:
            self.chosen ^= {self.current.id}

    def taken(self) -> str | tuple[str, ...] | None:
        """Give what Enter takes: an id, or the ticked ids in the order of the list; None for nothing."""
        if self.several:
            return tuple(option.id for option in self.options if option.id in self.chosen)
        return self.current.id if self.current else None
