"""A printable sheet as a Word document, from the template `templates/word/sheet.docx`."""

from collections.abc import Callable
from typing import Any

from stagekit.report.render.word_own import OwnDocument
from stagekit.report.render.word_xml import Blocks, Properties, paragraph, run, special
from stagekit.report.sheet import Blank, Blanks, Boxes, Hints, Page, ReadAloud, Sheet, Title, Writing
from stagekit.report.tree import Paragraph

_BETWEEN = 340
"""Twips between two blanks beside each other."""
_WITH_NEXT = ("keepNext", "<w:keepNext/>")
_NEW_PAGE = ("pageBreakBefore", "<w:pageBreakBefore/>")
_TAB = "<w:tab/>"
_BOX, _TICKED = "☐", "☒"


def render_sheet_docx(sheet: Sheet) -> bytes:
    """Give the .docx of a sheet; the same sheet always gives the same bytes."""
    document = _SheetDocument(sheet)
    properties = {"dc:title": f"{sheet.course}: {sheet.title}"}
    return document.render({"sheet": sheet, "page": document.page}, properties)


class _SheetDocument(OwnDocument):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__("sheet.docx", sheet.language)
        self.kinds: dict[type, Callable[[Any], str]] = {
            Title: self.title,
            Blanks: self.blanks,
            Boxes: self.boxes,
            ReadAloud: self.read_aloud,
            Hints: self.hints,
            Writing: self.writing,
        }

    def page(self, page: Page, first: bool) -> Blocks:
        """Write the blocks of a page, which begins a new one in the document unless it is the first."""
        start = "" if first else paragraph("", self.prose.style("table gap").with_paragraph(_NEW_PAGE))
        return Blocks(start + "".join(self.kinds[type(block)](block) for block in page.blocks))

    def title(self, title: Title) -> str:
        """Write what a part begins with."""
        heading = paragraph(run(title.text), self.prose.style(f"heading {title.level}"))
        return heading + (paragraph(run(title.lead), self.prose.style("intro")) if title.lead else "")

    def blanks(self, blanks: Blanks) -> str:
        """Write short answers two on a line, each a rule to write on or what is known."""
        pairs = [blanks.blanks[i : i + 2] for i in range(0, len(blanks.blanks), 2)]
        return "".join(self._pair(pair) for pair in pairs)

    def _pair(self, pair: tuple[Blank, ...]) -> str:
        width = self.template.width
        half = (width - _BETWEEN) // 2
        stops = _stop(half, "underscore") + _stop(half + _BETWEEN, "none") + _stop(width, "underscore")
        look = self.prose.style("blank").with_paragraph(("tabs", f"<w:tabs>{stops}</w:tabs>"))
        parts = [run(f"{blank.label} ", self._bold()) + self._value(blank) for blank in pair]
        return paragraph(special(_TAB).join(parts), look)

    def _value(self, blank: Blank) -> str:
        return self.prose.runs(blank.value) + special(_TAB)

    def _bold(self) -> Properties:
        return self.prose.character("fact label")

    def boxes(self, boxes: Boxes) -> str:
        """Write choices to tick, each with its box on the same line."""
        inner = run(f"{boxes.label}   ", self._bold())
        for box in boxes.boxes:
            sign = _TICKED if box.ticked else _BOX
            inner += run(f"{sign}\u00a0{box.label.replace(' ', chr(0xA0))}") + run("    ")
        return paragraph(inner, self.prose.style("tick"))

    def read_aloud(self, words: ReadAloud) -> str:
        """Write words to read out in their frame."""
        look = self.prose.style("spoken")
        label = paragraph(run(words.label, self._bold()), look.with_paragraph(_WITH_NEXT))
        return label + paragraph(run(words.text), look)

    def hints(self, hints: Hints) -> str:
        """Write sentences for whoever uses the sheet."""
        look = self.prose.style("sheet help")
        label = paragraph(run(hints.label, self._bold()), look)
        return label + "".join(paragraph(run(f"– {text}"), look) for text in hints.texts)

    def writing(self, writing: Writing) -> str:
        """Write a question, what is known, and lines for the answer."""
        parts = [paragraph(run(writing.prompt), self.prose.style("answer label"))]
        parts += [paragraph(run(hint), self.prose.style("sheet help")) for hint in writing.hints]
        if writing.prose != (Paragraph(()),):
            parts.append(self.prose.prose(writing.prose, self.prose.style("body text")))
        parts += [paragraph("", self.prose.style("writing line"))] * writing.lines
        return "".join(parts)


def _stop(position: int, leader: str) -> str:
    return f'<w:tab w:val="left" w:leader="{leader}" w:pos="{position}"/>'
