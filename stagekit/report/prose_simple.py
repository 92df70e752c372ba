"""What most answers are, read without a parser: paragraphs, flat lists, and emphasis that is beyond doubt.

Whatever might be read in two ways is left to the parser; what is read here, that would read the same.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from stagekit.model.text import is_clean
from stagekit.report.tree import (
    Block,
    BulletList,
    Emphasis,
    Inline,
    OrderedList,
    Paragraph,
    Plain,
    Prose,
    Strong,
)

_ITEM = re.compile(r"([-+*]|([0-9]{1,9})[.)]) (?=[^ ])")
_LIKE_AN_ITEM = re.compile(r" *(?:[-+*]|[0-9]{1,9}[.)])(?: |$)")
_STARS = re.compile(r"(\*+)")
_SENTENCE_SIGNS = frozenset(".,;:!?")
_BEHIND = frozenset(" \n.,;:!?)")


@dataclass(slots=True)
class _Chunk:
    """Lines that stand together: one paragraph, or the items of a list with one sign."""

    sign: str
    texts: list[str]
    numbers: list[int] = field(default_factory=list)


def read_simple(text: str, paragraph: Callable[[list[Inline]], Iterable[Paragraph]]) -> list[Block] | None:
    """Read `text`; None where it holds links, nested lists or breaks, or where emphasis is in doubt.

    `paragraph` makes paragraphs, one or none, of inline pieces.
    """
    if "_" in text or "[" in text or "://" in text or "  \n" in text or not is_clean(text):
        return None
    chunks = _chunks(text)
    blocks: list[Block] = []
    for chunk in chunks or ():
        items: list[Prose] = []
        for words in chunk.texts:
            pieces = _pieces(words)
            if pieces is None:
                return None
            items.append(tuple(paragraph(pieces)))
        if not chunk.sign:
            blocks.extend(items[0])
        elif not all(items):
            return None
        elif not chunk.numbers:
            blocks.append(BulletList(tuple(items)))
        else:
            blocks.append(OrderedList(chunk.numbers[0], tuple(items)))
    return None if chunks is None else blocks


def _chunks(text: str) -> list[_Chunk] | None:
    chunks: list[_Chunk] = []
    apart = True
    for line in text.split("\n"):
        if not line or line.isspace():
            apart = True
            continue
        last = chunks[-1] if chunks else None
        item = _ITEM.match(line)
        if item is None:
            if _LIKE_AN_ITEM.match(line) or (apart and last is not None and last.sign and line[0] == " "):
                return None
            if apart or last is None:
                chunks.append(_Chunk("", [line]))
            else:
                last.texts[-1] += "\n" + line
        elif not _add_item(chunks, item, apart):
            return None
        apart = False
    return chunks if all(_counts(chunk.numbers) for chunk in chunks) else None


def _add_item(chunks: list[_Chunk], item: re.Match[str], apart: bool) -> bool:
    """Add the item that a line begins; false where it is in doubt what the list is."""
    words = item.string[item.end() :]
    last = chunks[-1] if chunks else None
    sign = item[1][-1]
    if _LIKE_AN_ITEM.match(words):
        return False
    if last is None or not last.sign:
        if last is not None and not apart and item[2] not in (None, "1"):
            return False
        last = _Chunk(sign, [])
        chunks.append(last)
    elif apart or last.sign != sign:
        return False
    last.texts.append(words)
    if item[2] is not None:
        last.numbers.append(int(item[2]))
    return True


def _counts(numbers: list[int]) -> bool:
    """Tell whether numbers count on, or are all the same: a list that says no more than that."""
    return len(set(numbers)) < 2 or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _pieces(text: str) -> list[Inline] | None:
    """Give the inline pieces of a paragraph; None where it is in doubt what a star means."""
    if "*" not in text:
        return [Plain(_one_blank(text))]
    parts = _STARS.split(" ".join(text.split()))
    if len(parts) % 4 != 1:
        return None
    pieces: list[Inline] = [Plain(parts[0])] if parts[0] else []
    for at in range(1, len(parts), 4):
        stars, words, closing, after = parts[at : at + 4]
        if stars != closing or len(stars) > 2 or not _is_emphasis(parts[at - 1], words, after):
            return None
        children = (Plain(words),)
        pieces.append(Emphasis(children) if len(stars) == 1 else Strong(children))
        if after:
            pieces.append(Plain(after))
    return pieces


def _is_emphasis(before: str, words: str, after: str) -> bool:
    """Tell whether stars around `words` can only open before them and only close behind them."""
    if (before and before[-1] not in " (") or not words[:1].isalnum():
        return False
    if words[-1].isalnum():
        return not after or after[0] in _BEHIND
    return words[-1] in _SENTENCE_SIGNS and (not after or after[0] == " ")


def _one_blank(text: str) -> str:
    return " ".join(text.split())
