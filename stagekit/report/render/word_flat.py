"""The blocks of a report as paragraphs and lists only, for a template that puts an answer down whole."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from stagekit.report.model import (
    AnswerBlock,
    Fact,
    Facts,
    ImpactFigure,
    Item,
    Note,
    Passage,
    Table,
    Tally,
    Todo,
)
from stagekit.report.tree import Block, BulletList, Emphasis, Inlines, Paragraph, Plain, Prose, Strong, words


def todo(text: str) -> Paragraph:
    """Write what is missing so that it stands out."""
    return Paragraph((Strong((Plain(f"☐ {text}"),)),))


def fact_prose(fact: Fact) -> Prose:
    """Give the value of a short answer."""
    return (todo(fact.todo.text),) if fact.todo else (Paragraph(fact.value),)


def passage_prose(passage: Passage) -> Prose:
    """Give a longer answer without its label."""
    return (todo(passage.todo.text),) if passage.todo else passage.prose


def labelled(fact: Fact) -> Paragraph:
    """Give a short answer behind its label."""
    if fact.todo:
        return Paragraph((*_label(fact.label), Plain(f" ☐ {fact.todo.text}")))
    return Paragraph((*_label(fact.label), Plain(" "), *fact.value))


def cell(table: Table, row: int, column: int) -> Inlines:
    """Give what stands in a cell; a sign to fill in where a required answer is missing."""
    found = table.rows[row][column]
    return found.value or ((Plain("☐"),) if found.todo else ())


def row_line(table: Table, row: int) -> Inlines:
    """Give a row as one line: its first cell, then the others behind their labels."""
    pieces: list[Any] = [Strong((Plain(words(cell(table, row, 0))),))]
    for index, column in enumerate(table.columns[1:], 1):
        if value := cell(table, row, index):
            pieces += [Plain(f"; {column.label.lower()}: "), *value]
    return tuple(pieces)


def flat_blocks(blocks: Iterable[AnswerBlock]) -> Iterator[Block]:
    """Give the blocks of an answer; a table of what is told item by item below stands with the items."""
    blocks = tuple(blocks)
    items = [block for block in blocks if isinstance(block, Item)]
    for block in blocks:
        if isinstance(block, Table) and len(block.rows) == len(items):
            continue
        if isinstance(block, Item):
            table = next((b for b in blocks if isinstance(b, Table) and len(b.rows) == len(items)), None)
            yield from flat_item(block, row_line(table, items.index(block)) if table else ())
        else:
            yield from _KINDS[type(block)](block)


def flat_item(item: Item, line: Inlines = ()) -> Iterator[Block]:
    """Give one of a repeat group: its title, the line of its row, what it has more."""
    yield Paragraph((Strong((Plain(item.title),)),))
    if line:
        yield Paragraph(line)
    for block in item.blocks:
        yield from _KINDS[type(block)](block)


def _label(label: str) -> Inlines:
    return (Strong((Plain(f"{label.rstrip(': ')}:"),)),)


def _passage(passage: Passage) -> Iterator[Block]:
    if passage.label:
        yield Paragraph(_label(passage.label))
    yield from passage_prose(passage)


def _table(table: Table) -> Iterator[Block]:
    yield BulletList(tuple((Paragraph(row_line(table, row)),) for row in range(len(table.rows))))


def _tally(tally: Tally) -> Iterator[Block]:
    counts = ", ".join(f"{each.label} ({each.count})" for each in tally.counts)
    yield Paragraph((Plain(f"{tally.label}: {counts}"),))


def _figure(figure: ImpactFigure) -> Iterator[Block]:
    lines = []
    for contact in figure.contacts:
        judged = contact.judgement.label if contact.judgement else "☐"
        name = Strong((Plain(words(contact.name) or contact.title),))
        lines.append((Paragraph((name, Plain(f": {judged}. {contact.comparison}"))),))
    yield BulletList(tuple(lines))


_KINDS: dict[type, Callable[[Any], Iterable[Block]]] = {
    Facts: lambda block: [labelled(fact) for fact in block.facts],
    Passage: _passage,
    Table: _table,
    Tally: _tally,
    Note: lambda block: [Paragraph((Emphasis(block.text),))],
    Todo: lambda block: [todo(block.text)],
    ImpactFigure: _figure,
}
