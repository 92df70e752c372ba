"""Words on their way into a PDF: what no font can show becomes visible, what is too long may break.

A PDF for the archive and for screen readers holds no character without a glyph; the fonts are those that
come along, on every machine the same, and only for scripts they lack those of this computer.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

from stagekit import resources
from stagekit.report.tree import (
    Block,
    BulletList,
    Emphasis,
    Inlines,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Plain,
    Prose,
    Strong,
    plain,
    words,
)

LONG_WORD, LONG_IN_CELL = 20, 12
"""Characters from which a word is hyphenated: on the page, and in a cell of a table."""
ENDLESS = 40
"""Characters from which a word may break anywhere, as may a shorter long one that has no syllables."""

_PIECE = 8
_LONGEST_TARGET = 8_000
"""Characters; the typesetter refuses a link to a longer address, and with it the document."""
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_SYLLABLES = re.compile(r"(?:[aeiouyàáâäèéêëìíîïòóôöùúûü]+[^\W\d_aeiouy]+){3,}", re.IGNORECASE)
_VARIANTS = re.compile("[\ufe0e\ufe0f\u20e3]")
_KEYCAP = re.compile("([0-9#*]\ufe0f?\u20e3)")
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_LATIN = re.compile("[^\\x20-\\x7e\xa0-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u20ac]")


@cache
def _unknown() -> re.Pattern[str]:
    """Match a character that the fonts cannot show."""
    text = (resources.templates_dir() / "typst" / "characters.txt").read_text(encoding="utf-8")
    ranges = [entry.partition("-") for line in text.splitlines() if line[0] != "#" for entry in line.split()]
    spans = "".join(f"{_escaped(first)}-{_escaped(last or first)}" for first, _, last in ranges)
    return re.compile(f"[^{spans}\n]")


def _escaped(code: str) -> str:
    return re.escape(chr(int(code, 16)))


def _named(match: re.Match[str]) -> str:
    return "".join(f"[U+{ord(character):04X}]" for character in match.group())


def unknown(text: str) -> frozenset[str]:
    """Give the letters and signs that the fonts that come along cannot show."""
    if text.isascii():
        return frozenset()
    found = set(_unknown().findall(text))
    return frozenset(each for each in found if unicodedata.category(each)[0] in "LMNPS")


def displayable(text: str, lacking: frozenset[str] = frozenset(), also: frozenset[str] = frozenset()) -> str:
    """Replace what the fonts cannot show by its code, `[U+4F60]`; no other character changes.

    `lacking` are sequences that turned out not to be displayable although each character is; `also` are
    characters that another font shows.
    """
    if lacking:
        longest_first = sorted(lacking, key=len, reverse=True)
        text = re.sub("|".join(re.escape(each) for each in longest_first), _named, text)
    if text.isascii():
        return text
    # A byte order mark within text means what the word joiner means, and no PDF may hold it.
    text = text.replace("\ufeff", "\u2060")
    return _unknown().sub(lambda match: match[0] if match[0] in also else _named(match), text)


def drawable(svg: str, *, bare: bool = False) -> str:
    """Leave out of a drawing what an archive cannot keep there: signs that only choose how a letter looks.

    `bare` leaves out every mark that stands on or between letters; the text of the document has them all.
    """
    if svg.isascii():
        return svg
    composed = unicodedata.normalize("NFC", svg)
    if bare:
        return "".join(x for x in composed if x.isascii() or unicodedata.category(x) not in _MARKS)
    return _VARIANTS.sub("", composed)


def plainest(text: str) -> str:
    """Replace every character but those of western European text by its code."""
    return _LATIN.sub(_named, text)


def run(pieces: Inlines, *, cell: bool = False) -> list[Any]:
    """Give inline pieces as the list that the templates read."""
    out: list[Any] = []
    for piece in pieces:
        match piece:
            case Plain():
                out.extend(_plain(piece.text, cell=cell))
            case LineBreak():
                out.append(["n"])
            case Emphasis():
                out.append(["e", run(piece.children, cell=cell)])
            case Strong():
                out.append(["s", run(piece.children, cell=cell)])
            case Link() if len(_target(piece)) > _LONGEST_TARGET:
                out.extend([*run(piece.children, cell=cell), *_address(piece, cell=cell)])
            case Link():
                out.append(
                    ["l", _target(piece), [*run(piece.children, cell=cell), *_address(piece, cell=cell)]]
                )
    return out


def words_data(pieces: Inlines, *, cell: bool = False) -> dict[str, Any]:
    """Give inline pieces with the direction they are read in."""
    return {"rtl": _from_right(words(pieces)), "run": run(pieces, cell=cell)}


def prose_data(prose: Prose) -> list[dict[str, Any]]:
    """Give an answer as the list of blocks that the templates read."""
    return [_block(block) for block in prose]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "p", **words_data(block.children)}
        case BulletList():
            return {
                "kind": "u",
                "rtl": _from_right(plain((block,))),
                "items": [prose_data(x) for x in block.items],
            }
        case OrderedList():
            items = [prose_data(item) for item in block.items]
            return {"kind": "o", "rtl": _from_right(plain((block,))), "start": block.start, "items": items}


def _target(link: Link) -> str:
    """Give the address in ASCII, so that it leads where it did whatever the fonts can show."""
    return quote(link.target, safe="%/?#[]@!$&'()*+,;=:~-._")


def _address(link: Link, *, cell: bool) -> list[Any]:
    """Show the address behind words that are not it: paper has no links."""
    if words(link.children) in (link.target, link.target.removeprefix("mailto:")):
        return []
    return [" (", *_breakable(link.target, cell=cell), ")"]


def _from_right(text: str) -> bool:
    """Tell whether the first letter of a text is of a script written from right to left."""
    if text.isascii():
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def _plain(text: str, *, cell: bool) -> Iterator[Any]:
    """Set keycaps apart: a digit and a frame around it must come from one font."""
    for index, part in enumerate(_KEYCAP.split(text) if "\u20e3" in text else [text]):
        if index % 2:
            yield ["k", part]
        else:
            yield from _breakable(part, cell=cell)


def _breakable(text: str, *, cell: bool) -> Iterator[Any]:
    """Mark the words that would run out of their column: to be hyphenated, or to break between pieces."""
    end = 0
    for match in re.finditer(rf"[^ ]{{{LONG_IN_CELL if cell else LONG_WORD},}}", text):
        word = match.group()
        if match.start() > end:
            yield text[end : match.start()]
        if len(word) < ENDLESS and _SYLLABLES.search(word):
            yield ["h", word]
        else:
            yield ["w", list(_pieces(word))]
        end = match.end()
    if end < len(text):
        yield text[end:]


def _pieces(word: str) -> Iterator[str]:
    piece, size = "", 0
    for cluster in clusters(word):
        piece += cluster
        size += 1
        if size >= _PIECE or (size > 2 and not cluster.isalnum()):
            yield piece
            piece, size = "", 0
    if piece:
        yield piece


def clusters(text: str) -> Iterator[str]:
    """Give what a reader sees as one character: letters with their marks, emoji with their joiners."""
    cluster = ""
    for character in text:
        if cluster and (
            character in _JOINERS
            or cluster[-1] == "\u200d"
            or unicodedata.category(character)[0] == "M"
            or "\U0001f3fb" <= character <= "\U0001f3ff"
            or "\U000e0020" <= character <= "\U000e007f"
            or (_is_flag_letter(character) and len(cluster) == 1 and _is_flag_letter(cluster))
        ):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
