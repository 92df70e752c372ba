"""The impact figure as SVG: contact types from lower to higher impact, judgement beside reference.

One drawing for every format: plain SVG 1.1 in the colour of the text around it, told apart by shape,
place and words only, so that it reads in black and white, in the dark and on a copy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from stagekit.i18n import translate
from stagekit.report.model import Contact, ImpactFigure, Labels, Level
from stagekit.report.render.figure_text import letters, text_width, wrapped, xml
from stagekit.report.tree import words

Levels: TypeAlias = tuple[Level, ...]
FONTS = "Liberation Sans, Arial, Helvetica, Libertinus Serif, sans-serif"
"""The families to draw in; the fourth is the one that Typst brings along."""

MAX_HEIGHT = 1_010
"""Units one drawing of several may be high: what fits an A4 page, at its width, with a heading."""

WIDTH, NARROW = 720, 320
"""Units a drawing is wide: the name beside the columns, or above them for a phone."""

_SIZE, _SMALL = 15, 13
_LINE = 19
_HEADER = 150
"""About how high the legend and the heads of the columns are."""

_BOLD = 1.08
"""How much wider bold letters are."""

_NAME = 238
_BOX = 30


@dataclass(frozen=True, slots=True)
class _Layout:
    """What every row of a drawing shares: middles of the columns, letters of the building blocks."""

    language: str
    labels: Labels
    width: int
    name: float
    """Width of the lines of a name."""
    left: float
    """Where the first column begins; 0 where names stand above the columns."""
    middles: dict[str, float]
    column: float
    slot: float
    """How far judgement and reference stand from the middle of their column, left and right."""
    blocks: dict[str, tuple[float, str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """A contact type with the lines of its name, what stands below them, and how high all that is."""

    contact: Contact
    name: tuple[str, ...]
    below: str
    height: float


def impact_svg(figure: ImpactFigure, labels: Labels, *, language: str) -> str:
    """Draw the whole figure, however high, as one SVG element of `WIDTH` units."""
    head = _head_of(figure, labels, language, narrow=False)
    rows = [_measured(contact, head.layout) for contact in figure.contacts]
    return _drawing(figure, rows, head, figure.title, "impact-1")


def impact_svgs(
    figure: ImpactFigure, labels: Labels, *, language: str, prefix: str = "impact", narrow: bool = False
) -> tuple[str, ...]:
    """Draw the figure as one or more SVG elements, each of which fits a page, each with its legend.

    `prefix` begins every id, which a page may hold once only; `narrow` draws `NARROW` units wide.
    """
    head = _head_of(figure, labels, language, narrow=narrow)
    parts = _parts([_measured(contact, head.layout) for contact in figure.contacts], MAX_HEIGHT - _HEADER)
    drawn = []
    for number, rows in enumerate(parts, 1):
        title = figure.title
        if len(parts) > 1:
            title = translate(
                language, "{title} ({number} of {total})", title=title, number=number, total=len(parts)
            )
        drawn.append(_drawing(figure, rows, head, title, f"{prefix}-{'n' if narrow else ''}{number}"))
    return tuple(drawn)


def _parts(rows: list[_Row], height: float) -> list[list[_Row]]:
    """Divide rows into as few parts of at most `height` as there can be, about equally high."""
    parts = _filled(rows, height)
    if len(parts) > 1:
        even = sum(row.height for row in rows) / len(parts)
        tries = (_filled(rows, limit) for limit in range(int(even), int(height)))
        return next((each for each in tries if len(each) == len(parts)), parts)
    return parts


def _filled(rows: list[_Row], height: float) -> list[list[_Row]]:
    """Divide rows into parts that each take what goes in `height`, and at least one."""
    parts: list[list[_Row]] = [[]]
    used = 0.0
    for row in rows:
        if parts[-1] and used + row.height > height:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += row.height
    return parts


class _Head(NamedTuple):
    """What stands above the rows, and where these begin."""

    layout: _Layout
    drawn: tuple[str, ...]
    top: float


def _head_of(figure: ImpactFigure, labels: Labels, language: str, *, narrow: bool) -> _Head:
    leans = any(contact.likely and contact.likely.leans for contact in figure.contacts)
    return _head(figure.levels, figure.blocks, labels, language, narrow, leans)


@lru_cache(maxsize=16)
def _head(levels: Levels, blocks: Levels, labels: Labels, language: str, narrow: bool, leans: bool) -> _Head:
    """Draw what is the same above every student's rows."""
    layout = _layout(levels, blocks, labels, language, narrow=narrow)
    legend, y = _legend(blocks, layout, leans=leans)
    header, top = _header(levels, blocks, layout, y)
    return _Head(layout, (*legend, *header), top)


def _drawing(figure: ImpactFigure, rows: Sequence[_Row], head: _Head, title: str, id_: str) -> str:
    layout, body, y = head.layout, list(head.drawn), head.top
    for row in rows:
        body += _row(row, layout, y)
        y += row.height
    id_, width = xml(id_), layout.width
    body = [*_bands(layout, head.top, y), *body, _line_(0, y, width, y, width=1, opacity=0.25)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 {width} {_n(y + 2)}"'
            f' width="{width}" height="{_n(y + 2)}" role="img" aria-labelledby="{id_}-title {id_}-desc"'
            f' color="#1c1c1c" font-family="{FONTS}" font-size="{_SIZE}" fill="currentColor">',
            f'<title id="{id_}-title">{xml(title)}</title>',
            f'<desc id="{id_}-desc">{xml(figure.alternative)}</desc>',
            *body,
            "</svg>",
        ]
    )


def _layout(levels: Levels, blocks: Levels, labels: Labels, language: str, *, narrow: bool) -> _Layout:
    width, box = (NARROW, 24) if narrow else (WIDTH, _BOX)
    left = 0 if narrow else _NAME
    right = width - 2 - (len(blocks) * box)
    column = (right - (4 if narrow else 18) - left) / max(1, len(levels))
    middles = {level.id: left + column * (i + 0.5) for i, level in enumerate(levels)}
    signs = letters([block.label for block in blocks])
    boxes = {block.id: (right + box * (i + 0.5), signs[i]) for i, block in enumerate(blocks)}
    name = width if narrow else _NAME - 12
    slot = 18 if narrow else 22
    return _Layout(language, labels, width, name, left, middles, column, slot, boxes)


def _legend(blocks: Levels, layout: _Layout, *, leans: bool) -> tuple[list[str], float]:
    """Say what the signs mean, above what they are used in; gives the drawing and where it ends."""
    language, labels = layout.language, layout.labels
    reference = translate(language, "{reference} (probably)", reference=labels.reference)
    entries = [(_student, labels.judgement), (_reference, reference)]
    if leans:
        entries.append((_lean_sign, translate(language, "leans that way")))
    drawn: list[str] = []
    x, y = 12.0, 14.0
    for sign, label in entries:
        x, y = _flow(x, y, text_width(label, _SMALL) + 18, layout.width)
        drawn += [sign(x, y), _text(x + 18, y + 5, label, size=_SMALL)]
        x += text_width(label, _SMALL) + 44
    x, y = 12.0, y + 26
    for block in blocks:
        x, y = _flow(x, y, text_width(block.label, _SMALL) + 18, layout.width)
        drawn += [*_box(x, y, layout.blocks[block.id][1]), _text(x + 18, y + 5, block.label, size=_SMALL)]
        x += text_width(block.label, _SMALL) + 44
    return drawn, y + (26 if blocks else 0)


def _flow(x: float, y: float, width: float, most: float) -> tuple[float, float]:
    return (12.0, y + 26) if x > 12 and x + width > most else (x, y)


def _header(levels: Levels, blocks: Levels, layout: _Layout, y: float) -> tuple[list[str], float]:
    """Draw the heads of the columns and the arrow from lower to higher."""
    drawn: list[str] = []
    size = _SIZE if layout.left else _SMALL
    heads: list[tuple[float, str, str, float]] = [
        (layout.middles[each.id], "middle", each.label, layout.column - 8) for each in levels
    ]
    if layout.left:
        heads.append((0, "start", layout.labels.contact, layout.name))
        last = layout.width - layout.left - layout.column * len(levels)
        heads.append((layout.width - 2, "end", layout.labels.blocks if blocks else "", last))
    lines = [wrapped(label, width, size * _BOLD, 2) for _, _, label, width in heads]
    base = y + max(len(each) for each in lines) * _LINE
    for (x, anchor, _, _), head in zip(heads, lines, strict=True):
        for i, line in enumerate(head):
            up = (len(head) - i - 1) * _LINE
            drawn.append(_text(x, base - up, line, size=size, anchor=anchor, bold=True))
    left, right, y = layout.left + 6, layout.left + layout.column * len(levels) - 6, base + 13
    drawn.append(_line_(left, y, right, y, width=1.5))
    drawn.append(
        f'<path d="M{_n(right - 7)} {_n(y - 5)}L{_n(right)} {_n(y)}L{_n(right - 7)} {_n(y + 5)}"'
        f' fill="none" stroke="currentColor" stroke-width="1.5"/>'
    )
    return drawn, y + 11


def _bands(layout: _Layout, top: float, bottom: float) -> Iterator[str]:
    """Draw the columns behind the rows, every other one shaded."""
    for index, middle in enumerate(layout.middles.values()):
        if index % 2 == 0:
            yield (
                f'<rect x="{_n(middle - layout.column / 2)}" y="{_n(top)}" width="{_n(layout.column)}"'
                f' height="{_n(bottom - top)}" fill="currentColor" fill-opacity="0.06"/>'
            )


def _measured(contact: Contact, layout: _Layout) -> _Row:
    name = wrapped(words(contact.name) or contact.title, layout.name, _SIZE, 2)
    below = _below(contact, layout)
    height = len(name) * _LINE + (17 if below else 0) + (15 if layout.left else 43)
    return _Row(contact, name, below, height)


def _row(row: _Row, layout: _Layout, y: float) -> list[str]:
    """Draw a contact type: its name, judgement and reference, and building blocks."""
    middle = y + (row.height / 2 if layout.left else row.height - 19)
    drawn = [_line_(0, y, layout.width, y, width=1, opacity=0.25)]
    base = y + 21
    for i, line in enumerate(row.name):
        drawn.append(_text(0, base + i * _LINE, line))
    if row.below:
        text = wrapped(row.below, layout.name, _SMALL, 1)[0]
        drawn.append(_text(0, base + len(row.name) * _LINE - 2, text, size=_SMALL, italic=True))
    drawn += _signs(row.contact, layout, middle)
    for id_, (x, letter) in layout.blocks.items():
        drawn += _box(x, middle, letter) if id_ in row.contact.blocks else [_dot(x, middle)]
    return drawn


def _below(contact: Contact, layout: _Layout) -> str:
    """Say under the name why a sign is missing."""
    if contact.judgement is None:
        return f"{layout.labels.judgement}: {layout.labels.todo_short}"
    if contact.likely is None:
        return translate(layout.language, "not in the reference list")
    return ""


def _signs(contact: Contact, layout: _Layout, y: float) -> Iterator[str]:
    """Draw judgement and reference in their columns, joined by a dashed line where these differ."""
    judged = layout.middles.get(contact.judgement.id) if contact.judgement else None
    likely = layout.middles.get(contact.likely.level.id) if contact.likely else None
    leans = contact.likely.leans if contact.likely else None
    if judged is not None and likely is not None and judged != likely:
        towards = "lower" if judged < likely else "higher"
        near, far = judged - layout.slot, likely + layout.slot
        gap = 28 if leans == towards else 16
        near, far = (near + 16, far - gap) if judged < likely else (near - 16, far + gap)
        yield _line_(near, y, far, y, width=1.5, dashed=True)
    if judged is not None:
        yield _student(judged - layout.slot, y)
    if likely is not None:
        yield _reference(likely + layout.slot, y)
    if likely is not None and leans:
        yield _lean(likely + layout.slot + (17 if leans == "higher" else -17), y, leans)


def _student(x: float, y: float) -> str:
    return f'<circle class="student" cx="{_n(x)}" cy="{_n(y)}" r="8.5" fill="currentColor"/>'


def _reference(x: float, y: float) -> str:
    return (
        f'<path class="reference" d="M{_n(x)} {_n(y - 10)}L{_n(x + 10)} {_n(y)}L{_n(x)} {_n(y + 10)}'
        f'L{_n(x - 10)} {_n(y)}Z" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    )


def _lean_sign(x: float, y: float) -> str:
    return _lean(x - 5, y, "lower") + _lean(x + 5, y, "higher")


def _lean(x: float, y: float, leans: str) -> str:
    """Draw an arrowhead that points left (`lower`) or right."""
    tip = 4 if leans == "higher" else -4
    return (
        f'<path class="reference" d="M{_n(x - tip / 2)} {_n(y - 6)}L{_n(x + tip)} {_n(y)}'
        f'L{_n(x - tip / 2)} {_n(y + 6)}" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    )


def _box(x: float, y: float, letter: str) -> list[str]:
    return [
        f'<rect x="{_n(x - 10)}" y="{_n(y - 10)}" width="20" height="20" rx="3" fill="none"'
        f' stroke="currentColor" stroke-width="1.5"/>',
        _text(x, y + 5, letter, size=14, anchor="middle", bold=True),
    ]


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="1.5" fill="currentColor" fill-opacity="0.5"/>'


def _line_(x1: float, y1: float, x2: float, y2: float, *, width: float, opacity: float = 1,
           dashed: bool = False) -> str:  # fmt: skip
    faint = f' stroke-opacity="{opacity}"' if opacity != 1 else ""
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="currentColor"'
        f' stroke-width="{width}"{faint}{dashes}/>'
    )


def _text(x: float, y: float, text: str, *, size: int = _SIZE, anchor: str = "start", bold: bool = False,
          italic: bool = False) -> str:  # fmt: skip
    sized = f' font-size="{size}"' if size != _SIZE else ""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    weight = ' font-weight="bold"' if bold else ""
    style = ' font-style="italic"' if italic else ""
    return f'<text x="{_n(x)}" y="{_n(y)}"{sized}{anchored}{weight}{style}>{xml(text)}</text>'


@lru_cache(maxsize=4_096)
def _n(value: float) -> str:
    """Write a coordinate with at most one decimal, alike on every machine."""
    return f"{value + 0.0:.1f}".removesuffix(".0")  # no -0
