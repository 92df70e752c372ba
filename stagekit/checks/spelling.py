"""One spelling for many: text folded so that names compare, with the way back to what was typed."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

APOSTROPHES = "'’‘‛ʼʻʽˈʹ′‵´`＇"
QUOTES = frozenset(APOSTROPHES + '"“”„‟«»‹›‚')
SENTENCE_ENDS = frozenset(".!?…")
WORD = re.compile(r"[^\W\d_]+|\d+")
"""A run of letters, or of digits, of folded text: `_` and digits end a name as blanks do."""
ASCII_WORD = re.compile(r"[a-z]+|[0-9]+")
"""The same of folded text that is ASCII, many times as fast."""
_APART, _ASCII_APART = (re.compile(f"({words.pattern})") for words in (WORD, ASCII_WORD))

_BLANKS = "\t\v\f\r \x1c\x1d\x1e\x1f"
_LINE_ENDS = "\n\x85\u2028\u2029"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_LETTER = "\x01"  # stands for what is neither letter, digit, blank, hyphen nor apostrophe, one for one
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ĸ": "k", "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k",
}  # fmt: skip


class _Fold(dict[str, str]):
    """Character to its folded spelling, worked out once."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if char in APOSTROPHES:
        return "'"
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category == "Pd" or char == "−":
        return "-"
    if category == "Zs" or char in _BLANKS:
        return " "
    if category in {"Mn", "Me", "Cf"}:  # accents apart, zero-width characters, soft hyphens, directions
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category[0] != "L":
        return _NO_LETTER if char.isalnum() else char
    apart = unicodedata.normalize("NFKD", char.casefold()).casefold()
    letters = [_LETTERS.get(each, each) for each in apart if unicodedata.category(each)[0] == "L"]
    return "".join(letters) or _NO_LETTER


_fold = _Fold()
_ASCII = {code: _fold[chr(code)] for code in range(128)}
_ASCII_CHARS = frozenset(map(chr, range(128)))
_ASCII_LETTERS = {code: each if each.isalpha() else " " for code, each in _ASCII.items()}


class _Letters(dict[str, str | None]):
    """Character to its folded letters, a blank for what is none; None where they would fold once more."""

    def __missing__(self, char: str) -> str | None:
        folded = _fold[char]
        stays = all(_fold[each] == each for each in folded)
        found = self[char] = "".join(each if each.isalpha() else " " for each in folded) if stays else None
        return found


_letters = _Letters()


def letter_words(text: str) -> list[str]:
    """Give the words of letters in folded text, as WORD finds them, many times as fast as by folding it."""
    if not text.isascii():
        for char in set(text) - _ASCII_CHARS:
            letters = _letters[char]
            if letters is None:
                return [word for word in WORD.findall(fold(text).text) if word.isalpha()]
            text = text.replace(char, letters)
    return text.translate(_ASCII_LETTERS).split()


@dataclass(slots=True)
class Folded:
    """Folded text; `raw` leads back. They hold where the two drift apart, and by how much they have."""

    text: str
    length: int
    marks: Sequence[int] = ()
    places: Sequence[int] = ()

    def raw(self, index: int) -> int:
        """Give the place in the text as typed of a place in the folded one; the end leads to the end."""
        if index >= len(self.text):
            return self.length
        mark = bisect_right(self.marks, index) - 1
        return index if mark < 0 else self.places[mark] + index - self.marks[mark]


def fold(text: str) -> Folded:
    """Fold case, accents, apostrophes, hyphens and blanks, and leave out what cannot be seen."""
    if text.isascii():
        return Folded(text.translate(_ASCII), len(text))
    if (alike := _one_for_one(text)) is not None:
        return Folded(alike, len(text))
    marks: list[int] = []
    places: list[int] = []
    pieces: list[str] = []
    size = done = 0
    for run in _NOT_ASCII.finditer(text):
        start = run.start()
        pieces.append(text[done:start].translate(_ASCII))
        size += start - done
        drifts = False
        for index, char in enumerate(run.group(), start):
            folded = _fold[char]
            if drifts and folded:
                marks.append(size)
                places.append(index)
                drifts = False
            for extra in range(1, len(folded)):  # every letter of “ß” leads back to the one character
                marks.append(size + extra)
                places.append(index)
            drifts = drifts or len(folded) != 1
            pieces.append(folded)
            size += len(folded)
        done = run.end()
        if drifts:
            marks.append(size)
            places.append(done)
    pieces.append(text[done:].translate(_ASCII))
    return Folded("".join(pieces), len(text), marks, places)


def _one_for_one(text: str) -> str | None:
    """Fold a text in which every character becomes one; None where the two drift apart."""
    for char in set(text) - _ASCII_CHARS:
        folded = _fold[char]
        if len(folded) != 1 or _fold[folded] != folded:
            return None
        text = text.replace(char, folded)
    return text.translate(_ASCII)


def apart(folded: str) -> list[str]:
    """Give what stands before, between and behind the words of folded text, and the words, in turns."""
    return (_ASCII_APART if folded.isascii() else _APART).split(folded)


class Place(NamedTuple):
    """Where a word stands: first in its sentence or not, and whether a quotation may begin with it."""

    first: bool
    quoted: bool


_MARKER = re.compile(r"[ \t>]*(?:[-*+•>#]+|\d{1,3}[.)])[ \t]+|[ \t]*>")
_NUMBERED = re.compile(r"(?:^|\n)[ \t>]*\d{1,3}\)[ \t]*$")
_ABBREVIATION = re.compile(r"(?:^|\W)(?:[^\W\d_]\.){2,}$")
_FAR = 100
_OWN_LINE = 40  # a shorter line was not broken for want of room: what follows begins anew


def place_of(text: str, index: int) -> Place:
    """Tell where the word at `index` of a text as typed stands, from what stands before it."""
    quoted = False
    for at in range(index - 1, max(-1, index - _FAR), -1):
        char = text[at]
        if char == "\n":
            return Place(_begins_line(text, at, index), quoted)
        if char in SENTENCE_ENDS:
            return Place(_ABBREVIATION.search(text, max(0, at - 12), at + 1) is None, quoted)
        if char in QUOTES:
            quoted = True
        elif char in ",;:" or char.isalnum():
            numbered = _NUMBERED.search(text, max(0, at - 8), index) is not None
            return Place(numbered or (char == ":" and quoted), quoted)
        elif char == "|":
            return Place(True, quoted)
    return Place(index < _FAR, quoted)


def _begins_line(text: str, line_end: int, index: int) -> bool:
    """Tell whether the first word of a line begins a sentence, or the line above was broken within one."""
    if _MARKER.match(text, line_end + 1, index):
        return True
    above = text[max(text.rfind("\n", 0, line_end) + 1, line_end - 2 * _OWN_LINE) : line_end].strip()
    if len(above) < _OWN_LINE:
        return True
    return above.rstrip("".join(QUOTES) + ")*_ ")[-1:] in {*SENTENCE_ENDS, ":"}
