"""Words that must fit: estimated widths and lines, for a drawing that cannot measure its letters.

Programs draw the same SVG in different letters (Liberation Sans, Arial, Libertinus Serif); the estimate
is that of the widest of them, so that no line runs out of its place.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_NARROW = frozenset("ijltIJfr.,:;'’‘|!()[]/\\- ·`")
_WIDE = frozenset("mwMW@%—…œæŒÆ&+=<>~")
_JOINED = frozenset("\u200d\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def text_width(text: str, size: float) -> float:
    """Estimate how wide `text` is in letters of `size`, in the units of `size`."""
    return sum(map(_WIDTHS.__getitem__, text)) * size


class _Widths(dict[str, float]):
    """Character to its width, worked out once for those of ordinary text."""

    def __missing__(self, character: str) -> float:
        width = _em(character)
        if len(self) < _MAX_WIDTHS:
            self[character] = width
        return width


_WIDTHS = _Widths()
_MAX_WIDTHS = 2_000


def _em(character: str) -> float:
    if character < "\x7f":
        if character in _NARROW:
            return 0.34
        if character in _WIDE:
            return 0.9
        return 0.7 if character.isupper() else 0.57
    if _is_joined(character):
        return 0.0
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.72 if character.isupper() else 0.6


def _is_joined(character: str) -> bool:
    """Tell whether a character is drawn on, or as one with, the one before it."""
    return character in _JOINED or unicodedata.category(character) in ("Mn", "Me", "Cf")


@lru_cache(maxsize=512)
def wrapped(text: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """Break `text` into at most `lines` lines of `width`; what does not fit becomes an ellipsis.

    Lines break at blanks; a word too long for a line breaks between its letters. Gives one empty line
    for no text.
    """
    made: list[str] = []
    rest = " ".join(text.split())
    while rest and len(made) < lines:
        if text_width(rest, size) <= width:
            made.append(rest)
            rest = ""
        elif len(made) == lines - 1:
            made.append(_cut(rest, width - text_width("…", size), size).rstrip() + "…")
            rest = ""
        else:
            line = _line(rest, width, size)
            made.append(line.rstrip())
            rest = rest[len(line) :].lstrip()
    return tuple(made) or ("",)


def _line(text: str, width: float, size: float) -> str:
    """Give the beginning of `text` that fits: whole words, or part of the first where that is too long."""
    fits = _cut(text, width, size)
    if text[len(fits) : len(fits) + 1] == " ":
        return fits
    blank = fits.rfind(" ")
    return fits[:blank] if blank > 0 else fits


def _cut(text: str, width: float, size: float) -> str:
    """Give the longest beginning that fits, at least one drawn letter, never between joined characters."""
    end = used = 0.0
    for cluster in _clusters(text):
        used += text_width(cluster, size)
        if end and used > width:
            break
        end += len(cluster)
    return text[: int(end)]


def _clusters(text: str) -> Iterator[str]:
    """Give the letters of `text`, each with what is drawn as one with it."""
    cluster = ""
    for character in text:
        if cluster and not _is_joined(character) and not cluster.endswith("\u200d"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def letters(labels: Sequence[str]) -> list[str]:
    """Give each label its first letter, or all of them a number where two begin alike."""
    found = [label[:1].upper() for label in labels]
    if len(set(found)) < len(found):
        return [str(number) for number in range(1, len(found) + 1)]
    return found


def xml(text: str) -> str:
    """Escape `text` for the content or a double-quoted attribute of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
