"""The Report as plain text, to paste into the fields of a web form: no marks, one part after the other.

Only headings begin with `==` (a part) or `--` (an answer); a line of an answer that does is moved one blank.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from stagekit.report.model import (
    Answer,
    AnswerBlock,
    Cell,
    Contact,
    Fact,
    Facts,
    ImpactFigure,
    Item,
    Labels,
    Note,
    Passage,
    Report,
    Section,
    Source,
    Table,
    Tally,
    Todo,
)
from stagekit.report.tree import Inlines, Paragraph, Prose, plain

if TYPE_CHECKING:
    from stagekit.report.feedback_model import Remark

_LIKE_A_HEADING = re.compile(r"(?m)^(?===|--)")


def render_text(report: Report) -> str:
    """Give the text of a report: cover, what is missing, each part, sources; ends in a line end."""
    writer = _Writer(report.labels)
    cover = report.cover
    parts = [
        f"{cover.subtitle}: {cover.title}",
        writer.facts(cover.facts),
        *report.notices,
        *([] if report.todo else [report.labels.complete]),
    ]
    if report.todo:
        titles = {section.id: f"{section.number}. {section.title}" for section in report.sections}
        lines = [f"- {titles[entry.section]}: {entry.text}" for entry in report.todo]
        parts += [_heading("==", report.labels.todo), "\n".join(lines)]
    parts += map(writer.remark, report.feedback)
    for section in report.sections:
        parts += writer.section(section)
    if report.sources:
        parts.append(_heading("==", report.labels.sources))
        for group in report.sources:
            lines = [f"- {_source(source)}" for source in group.sources]
            parts.append("\n".join([group.title, *lines]))
    return "\n\n".join(part for part in parts if part) + "\n"


def passages(labels: Labels, blocks: Iterable[AnswerBlock]) -> tuple[str, ...]:
    """Give the blocks of one answer, each as text without a heading."""
    return tuple(_Writer(labels).blocks(blocks))


def short_answers(labels: Labels, facts: Iterable[Fact]) -> str:
    """Give short answers, one a line."""
    return _Writer(labels).facts(facts)


def _heading(mark: str, text: str) -> str:
    return f"{mark} {text} {mark}"


def _line(pieces: Inlines) -> str:
    """Give inline pieces on one line, with the addresses of links."""
    return " ".join(plain((Paragraph(pieces),)).split("\n"))


def _typed(prose: Prose) -> str:
    return _LIKE_A_HEADING.sub(" ", plain(prose))


def _source(source: Source) -> str:
    return f"[{source.key}] {_line(source.text)}" if source.key else _line(source.text)


class _Writer:
    """Writes the blocks of an answer in the words of one report."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def section(self, section: Section) -> Iterator[str]:
        yield _heading("==", f"{section.number}. {section.title}")
        yield section.intro
        yield self.facts(section.facts)
        for answer in section.answers:
            yield self.answer(answer)
        yield from map(self.remark, section.feedback)
        if section.advised:
            yield "\n".join([f"{self.labels.advised}:", *(f"- {text}" for text in section.advised)])

    def answer(self, answer: Answer) -> str:
        heading = _heading("--", f"{answer.number} {answer.label}")
        return "\n\n".join([heading, *self.blocks(answer.blocks), *map(self.remark, answer.feedback)])

    def remark(self, remark: "Remark") -> str:
        """Write what a reviewer said, set apart by a line before each of its lines."""
        head = f"{remark.heading}:"
        parts = [" ".join([head, " · ".join(remark.standing)]).rstrip(), _typed(remark.prose)]
        if remark.reply:
            parts.append(self.passage(Passage(remark.id, remark.reply_label, remark.reply)))
        lines = "\n\n".join(part for part in parts if part).split("\n")
        return "\n".join(f"| {line}".rstrip() for line in lines)

    def blocks(self, blocks: Iterable[AnswerBlock]) -> Iterator[str]:
        for block in blocks:
            yield _KINDS[type(block)](self, block)

    def todo(self, todo: Todo) -> str:
        return f"[ ] {todo.text}"

    def facts(self, facts: Iterable[Fact]) -> str:
        return "\n".join(self.fact(fact) for fact in facts)

    def fact(self, fact: Fact) -> str:
        return f"{fact.label}: {self.todo(fact.todo) if fact.todo else _line(fact.value)}"

    def passage(self, passage: Passage) -> str:
        text = self.todo(passage.todo) if passage.todo else _typed(passage.prose)
        if not passage.label:
            return text
        brief = passage.todo or (len(passage.prose) == 1 and isinstance(passage.prose[0], Paragraph))
        return f"{passage.label}: {text}" if brief else f"{passage.label}:\n\n{text}"

    def table(self, table: Table) -> str:
        """Write each row as an item, each cell behind the label of its column; empty cells are left out."""
        rows = []
        for row in table.rows:
            cells = [
                f"{column.label}: {self.cell(cell)}"
                for column, cell in zip(table.columns, row, strict=True)
                if cell.value or cell.todo
            ]
            rows.append("- " + "\n  ".join(cells))
        return "\n".join(rows)

    def cell(self, cell: Cell) -> str:
        return f"[ ] {self.labels.todo_short}" if cell.todo else _line(cell.value)

    def tally(self, tally: Tally) -> str:
        lines = [f"- {each.label}: {each.count}" for each in tally.counts]
        return "\n".join([f"{tally.label}, {self.labels.count.lower()}:", *lines])

    def item(self, item: Item) -> str:
        return "\n\n".join([item.title, *self.blocks(item.blocks)])

    def figure(self, figure: ImpactFigure) -> str:
        return "\n\n".join(
            [figure.intro, *([figure.note] if figure.note else []),
             *(self.contact(figure, contact) for contact in figure.contacts)]
        )  # fmt: skip

    def contact(self, figure: ImpactFigure, contact: Contact) -> str:
        labels = self.labels
        judged = contact.judgement.label if contact.judgement else f"[ ] {labels.todo_short}"
        lines = [contact.title]
        if contact.own:
            lines.append(f"{labels.contact}: {_line(contact.name)}")
        lines.append(f"{labels.judgement}: {judged}")
        if contact.why:
            lines.append(self.passage(contact.why))
        if contact.likely:
            likely = contact.likely
            sources = f" ({labels.source}: {', '.join(likely.sources)})" if likely.sources else ""
            lines.append(f"{labels.reference}: {likely.text} ({likely.confidence}). {likely.reason}{sources}")
        if contact.comparison:
            lines.append(f"{labels.comparison}: {contact.comparison}")
        if blocks := "; ".join(block.label for block in figure.blocks if block.id in contact.blocks):
            lines.append(f"{labels.blocks}: {blocks}")
        if contact.characteristics_text:
            named = "; ".join(contact.characteristics)
            text = f"{contact.characteristics_text}: {named}" if named else contact.characteristics_text
            lines.append(f"{labels.characteristics}: {text}")
        lines.extend(self.fact(fact) for fact in contact.facts)
        return "\n".join(lines)


_KINDS: dict[type, Callable[[_Writer, Any], str]] = {
    Facts: lambda writer, block: writer.facts(block.facts),
    Passage: _Writer.passage,
    Table: _Writer.table,
    Tally: _Writer.tally,
    Note: lambda _writer, block: _LIKE_A_HEADING.sub(" ", _line(block.text)),
    Todo: _Writer.todo,
    Item: _Writer.item,
    ImpactFigure: _Writer.figure,
}
"""What writes each kind of block."""
