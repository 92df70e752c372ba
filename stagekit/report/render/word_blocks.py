"""The blocks of a report in the styles of the Word template."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from stagekit.report.model import (
    AnswerBlock,
    Cell,
    Contact,
    Fact,
    Facts,
    ImpactFigure,
    Item,
    Note,
    Passage,
    Report,
    Table,
    Tally,
    Todo,
)
from stagekit.report.render.word_prose import ProseWriter
from stagekit.report.render.word_table import TALL, column_widths, table
from stagekit.report.render.word_xml import BOLD, escape, paragraph, reads_rtl, run, special
from stagekit.report.tree import Inlines, Paragraph, Plain, words

_TAB = "<w:tab/>"
_EMU = 635
"""English metric units in a twip, the two units of lengths in Word."""
_TALLY = 5_600
"""Twips a table of counts is wide at most."""
_WHOLE = 12
"""Rows of a table of counts that stay on one page."""


class BlockWriter:
    """Writes blocks; `pictures` are the drawings of figures as PNG, with their size in pixels."""

    def __init__(
        self, report: Report, prose: ProseWriter, width: int, draw: Callable[[ImpactFigure], list["Picture"]]
    ) -> None:
        self.report = report
        self.labels = report.labels
        self.prose = prose
        self.width = width
        self.draw = draw
        self.pictures: list[Picture] = []

    def blocks(self, blocks: Iterable[AnswerBlock]) -> str:
        """Write the blocks of an answer, with air between a table and what follows it."""
        written: list[str] = []
        for block in blocks:
            if written and written[-1].endswith("</w:tbl>") and not isinstance(block, Item):
                written.append(paragraph("", self.prose.style("table gap")))
            written.append(_KINDS[type(block)](self, block))
        if written and written[-1].endswith("</w:tbl>"):
            written.append(paragraph("", self.prose.style("table gap")))
        return "".join(written)

    def facts(self, facts: Iterable[Fact]) -> str:
        """Write short answers below each other, the values in line."""
        return "".join(self._fact(fact.label, self._value(fact)) for fact in facts)

    def _fact(self, label: str, value: str, *, keep: bool = False) -> str:
        name = run(label.rstrip(": "), self.prose.character("fact label"))
        look = self.prose.style("fact")
        return paragraph(name + special(_TAB) + value, look.with_paragraph(_WITH_NEXT) if keep else look)

    def _value(self, fact: Fact) -> str:
        return self._mark(fact.todo.text) if fact.todo else self.prose.runs(fact.value)

    def _mark(self, text: str) -> str:
        return run(f"☐ {text}", self.prose.character("to do mark"))

    def todo(self, todo: Todo) -> str:
        """Write what is missing so that nobody looks past it."""
        return paragraph(run(f"☐ {todo.text}"), self.prose.style("to do"))

    def note(self, note: Note, *, keep: bool = False) -> str:
        """Write a sentence of the document itself; `keep` leaves it on the page of what follows."""
        look = self.prose.style("remark")
        return self.prose.inline(note.text, look.with_paragraph(_WITH_NEXT) if keep else look)

    def passage(self, passage: Passage) -> str:
        """Write a longer answer below its label."""
        label = self._label(passage.label) if passage.label else ""
        if passage.todo:
            return label + self.todo(passage.todo)
        return label + self.prose.prose(passage.prose, self.prose.style("body text"))

    def _label(self, text: str) -> str:
        return paragraph(run(text.rstrip(": ")), self.prose.style("answer label"))

    def _heading(self, text: str) -> str:
        return paragraph(run(text), self.prose.style("heading 3"), rtl=reads_rtl(text))

    def item(self, item: Item) -> str:
        """Write one of a repeat group under a heading of its own."""
        *others, last = item.blocks or (None,)
        written = [self._heading(item.title)]
        for block in others:
            written.append(self.note(block, keep=True) if isinstance(block, Note) else self._block(block))
        return "".join([*written, self._block(last)] if last else written)

    def _block(self, block: AnswerBlock) -> str:
        return _KINDS[type(block)](self, block)

    def table(self, table: Table) -> str:
        """Write answers side by side."""
        todo = f"☐ {self.labels.todo_short}"
        texts = [
            [column.label, *(todo if row[i].todo else words(row[i].value) for row in table.rows)]
            for i, column in enumerate(table.columns)
        ]
        rows = [[self._cell(cell) for cell in row] for row in table.rows]
        return self._table([column.label for column in table.columns], rows, texts, table.caption)

    def _cell(self, cell: Cell) -> str:
        if cell.todo:
            return paragraph(self._mark(self.labels.todo_short), self.prose.style("table text"))
        return self.prose.inline(cell.value, self.prose.style("table text"))

    def _table(self, head: list[str], rows: list[list[str]], texts: list[list[str]], caption: str,
               width: int | None = None) -> str:  # fmt: skip
        return table(
            [paragraph(run(label), self.prose.style("table head")) for label in head],
            rows,
            column_widths(texts, width or self.width),
            look=self.prose.styles.get("stagekit table"),
            caption=caption,
            tall=[max(len(texts[i][r + 1]) for i in range(len(head))) > TALL for r in range(len(rows))],
        )

    def tally(self, tally: Tally) -> str:
        """Write how often each choice was made."""
        texts = [
            [tally.label, *(each.label for each in tally.counts)],
            [self.labels.count, *(str(each.count) for each in tally.counts)],
        ]
        last = len(tally.counts) - 1 if len(tally.counts) <= _WHOLE else 0
        rows = [
            [self._text_cell(text, keep=index < last) for text in (each.label, str(each.count))]
            for index, each in enumerate(tally.counts)
        ]
        width = min(_TALLY, self.width)
        return self._table([tally.label, self.labels.count], rows, texts, tally.label, width)

    def _text_cell(self, text: str, *, keep: bool) -> str:
        look = self.prose.style("table text")
        return paragraph(run(text), look.with_paragraph(_WITH_NEXT) if keep else look)

    def figure(self, figure: ImpactFigure) -> str:
        """Write the contact types: drawn, and each with what was said of it."""
        drawn = self.draw(figure)
        intro = self.prose.style("body text").with_paragraph(_WITH_NEXT)
        parts = [paragraph(run(figure.intro), intro)]
        for number, picture in enumerate(drawn):
            self.pictures.append(picture)
            parts.append(self._picture(picture, figure, len(self.pictures), whole=number == 0))
        if drawn:
            parts.append(paragraph(run(figure.title), self.prose.style("caption")))
        else:
            parts += [self._overview(figure), paragraph("", self.prose.style("table gap"))]
        if figure.note:
            parts.append(paragraph(run(figure.note), self.prose.style("remark")))
        parts.extend(self._contact(contact) for contact in figure.contacts)
        return "".join(parts)

    def _picture(self, picture: "Picture", figure: ImpactFigure, number: int, *, whole: bool) -> str:
        """Put a picture on a line of its own; its text alternative is said once."""
        width = self.width * _EMU
        height = width * picture.height // picture.width
        text = figure.alternative if whole else figure.title
        names = f'id="{number}" name="{escape(figure.title)} {number}" descr="{escape(text)}"'
        inner = _DRAWING.format(width=width, height=height, names=names, number=number)
        return paragraph(special(inner), self.prose.style("figure"))

    def _overview(self, figure: ImpactFigure) -> str:
        """Write the figure as a table, where there is no drawing."""
        labels = self.labels
        blocks = {block.id: block.label for block in figure.blocks}
        head = [labels.contact, labels.judgement, labels.reference, labels.blocks]
        lines = [
            [
                words(contact.name),
                contact.judgement.label if contact.judgement else f"☐ {labels.todo_short}",
                contact.likely.text if contact.likely else "–",
                "; ".join(blocks[block] for block in contact.blocks) or "–",
            ]
            for contact in figure.contacts
        ]
        rows = [[self._cell(Cell((Plain(text),))) for text in line] for line in lines]
        texts = [[label, *(line[i] for line in lines)] for i, label in enumerate(head)]
        return self._table(head, rows, texts, figure.title)

    def _contact(self, contact: Contact) -> str:
        """Write what was said of a contact type; its short lines stay on one page."""
        labels, lines = self.labels, list(self._lines(contact))
        lines += [(fact.label, self._value(fact)) for fact in contact.facts]
        parts = [self._heading(contact.title)]
        if contact.own:
            lines.insert(0, (labels.contact, self.prose.runs(contact.name)))
        parts += [self._fact(label, value, keep=True) for label, value in lines[:-1]]
        parts += [self._fact(label, value) for label, value in lines[-1:]]
        if contact.why and _brief(contact.why) is None:
            parts.append(self.passage(contact.why))
        return "".join(parts)

    def _lines(self, contact: Contact) -> Iterator[tuple[str, str]]:
        labels, judgement, likely = self.labels, contact.judgement, contact.likely
        yield labels.judgement, run(judgement.label, BOLD) if judgement else self._mark(labels.todo_short)
        brief = _brief(contact.why)
        if contact.why and brief is not None:
            yield contact.why.label, self.prose.runs(brief)
        if likely:
            source = f" ({labels.source}: {', '.join(likely.sources)})" if likely.sources else ""
            yield labels.reference, run(f"{likely.text} ({likely.confidence}). {likely.reason}{source}")
        if contact.comparison:
            yield labels.comparison, run(contact.comparison)
        if contact.characteristics_text:
            text = "; ".join(contact.characteristics)
            text = f"{contact.characteristics_text}: {text}" if text else contact.characteristics_text
            yield labels.characteristics, run(text)


_KINDS: dict[type, Callable[[BlockWriter, Any], str]] = {
    Facts: lambda writer, block: writer.facts(block.facts),
    Passage: BlockWriter.passage,
    Table: BlockWriter.table,
    Tally: BlockWriter.tally,
    Note: BlockWriter.note,
    Todo: BlockWriter.todo,
    Item: BlockWriter.item,
    ImpactFigure: BlockWriter.figure,
}
"""What writes each kind of block."""


class Picture:
    """A drawing as PNG; width and height are in pixels."""

    def __init__(self, png: bytes) -> None:
        self.png = png
        self.width = int.from_bytes(png[16:20], "big")
        self.height = int.from_bytes(png[20:24], "big")


_WITH_NEXT = ("keepNext", "<w:keepNext/>")
_DRAWING = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr {names}/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    "<pic:nvPicPr><pic:cNvPr {names}/><pic:cNvPicPr/></pic:nvPicPr>"
    '<pic:blipFill><a:blip r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing>"
)


def _brief(why: Passage | None) -> Inlines | None:
    """Give the words of a passage that is one paragraph, which stand behind the label then."""
    if why and not why.todo and len(why.prose) == 1 and isinstance(why.prose[0], Paragraph):
        return why.prose[0].children
    return None
