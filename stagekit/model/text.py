"""Text in two languages, and which characters a text may hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stagekit.i18n import LANGUAGES

MAX_TEXT = 1_000_000
"""Characters in one answer; 20,000 words are about 130,000."""

# What XML 1.0 forbids, and the controls a terminal would obey. Tab, line ends and U+0085 are text.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
            "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip


class RefusedCharacter(NamedTuple):
    """A character no document can carry: its position in the text (from 0) and its name, `U+001B`."""

    position: int
    name: str


def is_clean(text: str) -> bool:
    """Tell quickly whether `text` holds nothing but printable characters, blanks and line ends."""
    return text.isprintable() or text.replace("\n", " ").isprintable()


def refused_characters(text: str) -> list[RefusedCharacter]:
    """List the characters that YAML or XML cannot carry, in order."""
    if is_clean(text):
        return []
    return [RefusedCharacter(m.start(), f"U+{ord(m.group()):04X}") for m in _REFUSED.finditer(text)]


def visible(text: str) -> str:
    """Replace each refused character by its name in brackets, `[U+001B]`, so that nothing is hidden."""
    if is_clean(text):
        return text
    return _REFUSED.sub(lambda m: f"[U+{ord(m.group()):04X}]", text)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the course in every language of `LANGUAGES`."""

    translations: Mapping[str, str]

    def __getitem__(self, language: str) -> str:
        return self.translations[language]

    @classmethod
    def same(cls, text: str) -> "Text":
        """Give a text that reads the same in every language."""
        return cls(dict.fromkeys(LANGUAGES, text))


def closed_directions(text: str) -> str:
    """End every change of direction that `text` begins, so that it cannot turn what follows."""
    if text.isascii():
        return text
    open_: list[str] = []
    for character in text:
        if character in _OPENERS:
            open_.append(_OPENERS[character])
        elif open_ and character == open_[-1]:
            open_.pop()
    return text + "".join(reversed(open_))
