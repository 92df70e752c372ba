"""The pages of a sheet: what belongs together stays together, and the lines fill each page.

Heights are estimates in millimetres on A4, on the large side, so that what is planned for a page fits on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from stagekit.report.sheet import Blanks, Boxes, Hints, Page, ReadAloud, SheetBlock, Title, Writing
from stagekit.report.tree import plain

HEIGHT = 250
"""Room on a page, below its header and above its footer."""
LINE = 8.5
"""From one ruled line to the next: room for handwriting."""
TALK_LINES, NOTE_LINES = 5, 3
"""Lines an answer gets at least: in a talk, and in an item that shares its page."""

_TEXT = 5.2
_COLUMNS = 88
"""Characters on a line of the page, on the low side."""


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that belong together; one that is not `repeated` begins a page, and may take more than one."""

    blocks: tuple[SheetBlock, ...]
    repeated: bool = False


def paginate(parts: list[Part]) -> tuple[Page, ...]:
    """Lay out `parts` on whole pages.

    Items that are short follow on what is there as long as they fit; any other part begins a page.
    """
    pages: list[list[SheetBlock]] = []
    for part in parts:
        if not part.repeated:
            pages.extend(_balanced(part.blocks))
            continue
        blocks = [_with_lines(block, NOTE_LINES) for block in part.blocks]
        if not pages or _height([*pages[-1], *blocks]) > HEIGHT:
            pages.append([])
        pages[-1].extend(blocks)
    return tuple(Page(tuple(_filled(page))) for page in pages)


def _balanced(blocks: tuple[SheetBlock, ...]) -> list[list[SheetBlock]]:
    """Put blocks on as few pages as their least lines need, cut where each answer gets the most lines."""
    fewest = _packed(blocks, TALK_LINES)
    for lines in range(int(HEIGHT / LINE), TALK_LINES, -1):
        if len(pages := _packed(blocks, lines)) == len(fewest):
            return pages
    return fewest


def _packed(blocks: tuple[SheetBlock, ...], lines: int) -> list[list[SheetBlock]]:
    """Fill page after page; the title stands again, smaller, on each that goes on with it."""
    again = [replace(block, lead="", level=3) for block in blocks if isinstance(block, Title)][:1]
    pages: list[list[SheetBlock]] = [[]]
    for block in (_with_lines(block, lines) for block in blocks):
        if pages[-1] and _height([*pages[-1], block]) > HEIGHT:
            pages.append([*again])
        pages[-1].append(block)
    return pages


def _with_lines(block: SheetBlock, lines: int) -> SheetBlock:
    if not isinstance(block, Writing):
        return block
    return replace(block, lines=max(2, lines - _rows(plain(block.prose))) if block.prose else lines)


def _filled(page: list[SheetBlock]) -> Iterable[SheetBlock]:
    """Share out the room that is left over the answers, the first ones first."""
    writing = [index for index, block in enumerate(page) if isinstance(block, Writing)]
    spare = int((HEIGHT - _height(page)) / LINE)
    for place, index in enumerate(writing):
        block = page[index]
        extra = max(0, spare // len(writing) + (place < spare % len(writing)))
        if isinstance(block, Writing):
            page[index] = replace(block, lines=block.lines + extra)
    return page


def _height(blocks: Iterable[SheetBlock]) -> float:
    return sum(_block_height(block) for block in blocks)


def _block_height(block: SheetBlock) -> float:
    match block:
        case Title():
            return (13 if block.level == 2 else 9) + _TEXT * _rows(block.lead)
        case Blanks():
            return 11 * ceil(len(block.blanks) / 2)
        case Boxes():
            return 2 + 6.5 * _rows(block.label + "".join(f"      {box.label}" for box in block.boxes))
        case ReadAloud():
            return 14 + _TEXT * _rows(block.text)
        case Hints():
            return 8 + _TEXT * sum(_rows(text) for text in block.texts)
        case Writing():
            text = _rows(block.prompt) + sum(_rows(hint) for hint in block.hints)
            return 5 + _TEXT * (text + _rows(plain(block.prose))) + LINE * block.lines


def _rows(text: str) -> int:
    """Give the lines a text takes."""
    return sum(max(1, ceil(len(line) / _COLUMNS)) for line in text.split("\n")) if text else 0
