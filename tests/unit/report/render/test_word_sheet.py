"""Printable sheets: their pages, boxes and lines, and what is known filled in."""

from stagekit.report.render.word_sheet import render_sheet_docx
from stagekit.report.sheet_build import build_sheet, sheet_assignments
from tests.unit.report.render.docx import W, body, headings, parts, style_of, words


class TestSheets:
    def test_every_sheet_empty_and_filled_in(self, course, real):
        for assignment in sheet_assignments(course):
            for portfolio in (None, real):
                sheet = build_sheet(course, assignment, "nl", portfolio)
                document = render_sheet_docx(sheet)
                assert render_sheet_docx(sheet) == document
                breaks = list(body(document).iter(W + "pageBreakBefore"))
                assert len(breaks) == len(sheet.pages) - 1
                for content in parts(document).values():
                    assert b"Karin" not in content
                    assert b"Samira" not in content

    def test_questions_boxes_and_lines(self, course, real):
        assignment = course.assignment("parent-interview")
        sheet = build_sheet(course, assignment, "nl", real)
        document = render_sheet_docx(sheet)
        assert any(level == 2 for level, _ in headings(document))
        text = "\n".join(words(document))
        assert "☒" in text
        assert "☐" in text
        assert "Wekker om zes uur" in text
        lines = [p for p in body(document).iter(W + "p") if style_of(p) == "WritingLine"]
        planned = sum(getattr(block, "lines", 0) for page in sheet.pages for block in page.blocks)
        assert len(lines) == planned
