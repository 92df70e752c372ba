"""What an answer reads as: paragraphs, lists, emphasis and links, in no format's own terms.

A `Prose` is a tuple of blocks, `Inlines` a tuple of inline pieces. Line ends, tabs and repeated blanks
inside a `Plain` are one blank already; what an answer had as another construct is `Plain` words.
"""

from typing import TypeAlias

from stagekit.report.value import value


@value
class Plain:
    """Words as typed, aliases in place; any character but line ends, tabs and controls."""

    text: str


@value
class Emphasis:
    """Words said with stress; never inside another `Emphasis`."""

    children: "Inlines"


@value
class Strong:
    """Words that stand out; never inside another `Strong`."""

    children: "Inlines"


@value
class Link:
    """Words that lead to `target`, which begins with http:, https: or mailto:; no link inside."""

    target: str
    children: "Inlines"


@value
class LineBreak:
    """A line end the student asked for."""


@value
class Paragraph:
    """Inline pieces that stand together."""

    children: "Inlines"


@value
class BulletList:
    """Items in no order; each one or more blocks."""

    items: "tuple[Prose, ...]"


@value
class OrderedList:
    """Items counted from `start` (0 or more)."""

    start: int
    items: "tuple[Prose, ...]"


Inline: TypeAlias = Plain | Emphasis | Strong | Link | LineBreak
Inlines: TypeAlias = tuple[Inline, ...]
Block: TypeAlias = Paragraph | BulletList | OrderedList
Prose: TypeAlias = tuple[Block, ...]


def words(inlines: Inlines) -> str:
    """Give the words of inline pieces, without marks; a line break is a line end."""
    parts = []
    for piece in inlines:
        match piece:
            case Plain():
                parts.append(piece.text)
            case LineBreak():
                parts.append("\n")
            case _:
                parts.append(words(piece.children))
    return "".join(parts)


def _text(inlines: Inlines) -> str:
    """Give the words, and behind each link its address where the words are not that address."""
    parts = []
    for piece in inlines:
        match piece:
            case Plain():
                parts.append(piece.text)
            case LineBreak():
                parts.append("\n")
            case Link():
                label = words(piece.children)
                parts.append(label if label == piece.target else f"{label} ({piece.target})")
            case _:
                parts.append(_text(piece.children))
    return "".join(parts)


def plain(prose: Prose) -> str:
    """Give `prose` as text without marks: blank lines between blocks, `-` and numbers before items."""
    return "\n\n".join(_block(block) for block in prose)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _text(block.children)
        case BulletList():
            return "\n".join(_item("- ", item) for item in block.items)
        case OrderedList():
            numbered = enumerate(block.items, block.start)
            return "\n".join(_item(f"{number}. ", item) for number, item in numbered)


def _item(marker: str, item: Prose) -> str:
    text = "\n".join(_block(block) for block in item)
    return marker + text.replace("\n", "\n" + " " * len(marker))


def flat(prose: Prose) -> Inlines:
    """Give `prose` as one run of inline pieces, for a table cell; items are set apart by their marker."""
    pieces: list[Inline] = []
    for block in prose:
        if pieces:
            pieces.append(Plain(" "))
        if isinstance(block, Paragraph):
            pieces.extend(Plain(" ") if isinstance(piece, LineBreak) else piece for piece in block.children)
            continue
        start = block.start if isinstance(block, OrderedList) else None
        for index, item in enumerate(block.items):
            marker = "• " if start is None else f"{start + index}. "
            pieces.append(Plain(marker if index == 0 else " " + marker))
            pieces.extend(flat(item))
    return tuple(pieces)
