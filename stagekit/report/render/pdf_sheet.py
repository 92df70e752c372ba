"""A sheet as a PDF to print: lines to write on, as far apart as handwriting needs."""

from typing import Any

from stagekit.report.render.pdf_text import prose_data, words_data
from stagekit.report.sheet import Blanks, Boxes, Hints, ReadAloud, Sheet, SheetBlock, Title, Writing
from stagekit.report.sheet_pages import LINE
from stagekit.report.tree import words

LONG_BLANK = 35
"""Characters from which a value takes more than the line it has."""


def render_sheet_pdf(sheet: Sheet) -> bytes:
    """Give the PDF of a sheet; the same sheet always gives the same bytes."""
    from stagekit.report.render.pdf_typst import typeset

    return typeset("sheet.typ", sheet_data(sheet))


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """Give the sheet as the template reads it."""
    return {
        "language": sheet.language,
        "title": sheet.title,
        "author": "",
        "course": sheet.course,
        "reminder": sheet.reminder,
        "distance": LINE,
        "pages": [[_block(block) for block in page.blocks] for page in sheet.pages],
    }


def _block(block: SheetBlock) -> dict[str, Any]:
    match block:
        case Title():
            return {"kind": "title", "text": block.text, "lead": block.lead, "level": block.level - 1}
        case Blanks():
            blanks = [
                {
                    "label": blank.label,
                    "value": words_data(blank.value),
                    "long": len(words(blank.value)) > LONG_BLANK,
                }
                for blank in block.blanks
            ]
            return {"kind": "blanks", "blanks": blanks}
        case Boxes():
            boxes = [{"label": box.label, "ticked": box.ticked} for box in block.boxes]
            return {"kind": "boxes", "label": block.label, "boxes": boxes}
        case ReadAloud():
            return {"kind": "aloud", "label": block.label, "text": block.text}
        case Hints():
            return {"kind": "hints", "label": block.label, "texts": list(block.texts)}
        case Writing():
            return {
                "kind": "writing",
                "prompt": block.prompt,
                "hints": list(block.hints),
                "prose": prose_data(block.prose),
                "lines": block.lines,
            }
