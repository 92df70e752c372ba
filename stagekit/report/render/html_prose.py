"""What a student typed, as HTML: every letter escaped, every link without a word to where it leads."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from stagekit.report.tree import (
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
    words,
)

if TYPE_CHECKING:
    from markupsafe import Markup


_MAX_IN_CELL = 21
_LONG = re.compile(rf"\S{{{_MAX_IN_CELL + 1},}}")


def inline_html(pieces: Inlines) -> "Markup":
    """Give a template what `inline` writes."""
    from markupsafe import Markup

    return Markup(inline(pieces))  # noqa: S704 - every word of it is escaped


def prose_html(text: Prose) -> "Markup":
    """Give a template what `prose` writes."""
    from markupsafe import Markup

    return Markup(prose(text))  # noqa: S704 - every word of it is escaped


@lru_cache(maxsize=4_096)
def label(text: str) -> str:
    """Escape words of the course or of StageKit, to the letter as a template does."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
        .replace("'", "&#39;")
    )  # fmt: skip


def escaped(text: str) -> str:
    """Escape `text` for content and quoted attributes."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        .replace("'", "&#39;")
    )  # fmt: skip


def in_cell(pieces: Inlines) -> str:
    """Write inline pieces for a cell: words break only where they are longer than any column should be."""
    return inline(pieces, cell=True)


def inline(pieces: Inlines, *, cell: bool = False) -> str:
    """Write inline pieces; safe inside any element that holds words."""
    if len(pieces) == 1 and type(pieces[0]) is Plain:  # what most are
        return _words(pieces[0], cell=cell)
    out = []
    for piece in pieces:
        match piece:
            case Plain():
                out.append(_words(piece, cell=cell))
            case LineBreak():
                out.append("<br>")
            case Emphasis():
                out.append(f"<em>{inline(piece.children, cell=cell)}</em>")
            case Strong():
                out.append(f"<strong>{inline(piece.children, cell=cell)}</strong>")
            case Link():
                out.append(_link(piece, cell=cell))
    long = cell and len(out) > 1 and _longest(words(pieces)) > _MAX_IN_CELL
    return ("<wbr>" if long else "").join(out)


def _words(piece: Plain, *, cell: bool) -> str:
    text = escaped(piece.text)
    return _breakable(text) if cell and len(text) > _MAX_IN_CELL else text


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _breakable(text: str) -> str:
    if _longest(text) <= _MAX_IN_CELL:
        return text
    return _LONG.sub(r'<span class="long-word">\g<0></span>', text)


def _link(link: Link, *, cell: bool) -> str:
    """Write a link; `bare` says that its words are its address, so that paper need not repeat it."""
    if not link.target.lower().startswith(("http:", "https:", "mailto:")):
        return inline(link.children, cell=cell)
    shown = words(link.children) in (link.target, link.target.removeprefix("mailto:"))
    bare = ' class="bare"' if shown else ""
    rel = "noopener noreferrer nofollow"
    return f'<a{bare} href="{escaped(link.target)}" rel="{rel}">{inline(link.children, cell=cell)}</a>'


def prose(text: Prose) -> str:
    """Write an answer as paragraphs and lists, each read in the direction of its own first letter."""
    out = []
    for block in text:
        match block:
            case Paragraph():
                out.append(f'<p dir="auto">{inline(block.children)}</p>')
            case BulletList():
                out.append(f'<ul dir="auto">{_items(block.items)}</ul>')
            case OrderedList():
                start = f' start="{block.start}"' if block.start != 1 else ""
                out.append(f'<ol dir="auto"{start}>{_items(block.items)}</ol>')
    return "\n".join(out)


def _items(items: tuple[Prose, ...]) -> str:
    return "".join(f'<li dir="auto">{_item(item)}</li>' for item in items)


def _item(item: Prose) -> str:
    """Write an item; its words stand without a paragraph where they are all it holds, but for lists."""
    first, rest = item[0] if item else None, item[1:]
    if isinstance(first, Paragraph) and not any(isinstance(block, Paragraph) for block in rest):
        return inline(first.children) + prose(rest)
    return prose(item)
