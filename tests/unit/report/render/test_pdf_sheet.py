"""A sheet on paper: whole A4 pages, room to write, everything the sheet says and no name."""

from itertools import pairwise

import pytest

from stagekit.report.render.pdf_sheet import render_sheet_pdf
from stagekit.report.sheet import Writing
from stagekit.report.sheet_build import build_sheet
from tests.unit.report.conftest import everywhere
from tests.unit.report.render import reading_pdf as seen

NAMES = ["mentor-interview", "parent-interview", "observation"]


def make(course, name, language="nl", portfolio=None):
    sheet = build_sheet(course, course.assignment(name), language, portfolio)
    return sheet, render_sheet_pdf(sheet)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_has_the_planned_pages_and_is_sound(course, name, language, needs, tmp_path):
    needs("qpdf", "pdfinfo")
    sheet, pdf = make(course, name, language)
    info = seen.info(pdf)
    seen.structure(pdf, tmp_path)
    assert int(info["Pages"]) == len(sheet.pages)
    assert info["Page size"].endswith("(A4)")
    assert info["Tagged"] == "yes"
    assert info["Title"] == sheet.title


@pytest.mark.parametrize("name", NAMES)
def test_filled_in_has_the_planned_pages(course, samples, name, needs):
    needs("pdfinfo")
    sheet, pdf = make(course, name, portfolio=samples["nl"])
    assert int(seen.info(pdf)["Pages"]) == len(sheet.pages)


@pytest.mark.parametrize("name", NAMES)
def test_says_what_the_sheet_says(course, name, needs):
    needs("pdftotext")
    sheet, pdf = make(course, name)
    pages = seen.text(pdf).split("\f")
    for page, shown in zip(sheet.pages, pages, strict=False):
        text = seen.squeezed(shown)
        assert seen.squeezed(sheet.reminder) in text
        for block in page.blocks:
            if isinstance(block, Writing):
                assert all(seen.squeezed(each) in text for each in (block.prompt, *block.hints))


def rules(pdf: bytes) -> list[list[float]]:
    """Give for each page where lines over its width stand, in millimetres from above, by looking at it."""
    dpi = 100
    data = seen.run("pdftoppm", "-gray", "-r", str(dpi), "-", data=pdf)
    pages = []
    while data:
        _magic, width, height, _depth = (int(x) if x.isdigit() else x for x in data[:20].split()[:4])
        start = len(b"P5\n%d %d\n255\n" % (width, height))
        rows = [data[start + y * width : start + (y + 1) * width] for y in range(height)]
        dark = [y for y, row in enumerate(rows) if sum(pixel < 225 for pixel in row) > 0.7 * width]
        pages.append([y / dpi * 25.4 for y in dark if y - 1 not in dark])
        data = data[start + width * height :]
    return pages


def test_lines_to_write_on_stand_eight_to_nine_millimetres_apart_and_fill_the_page(course, needs):
    needs("pdftoppm")
    sheet, pdf = make(course, "parent-interview")
    for page, lines in zip(sheet.pages, rules(pdf), strict=True):
        planned = [block.lines for block in page.blocks if isinstance(block, Writing)]
        steps = [b - a for a, b in pairwise(lines)]
        assert sum(8 <= step <= 9 for step in steps) >= sum(planned) - len(planned)
        assert lines[-1] > 265


def test_same_sheet_same_bytes(course):
    assert make(course, "observation")[1] == make(course, "observation")[1]


@pytest.mark.parametrize("text", ["#panic()", "= Kop <x>", "😀", "你好", "a" * 300, "woord " * 3000])
def test_any_answer_is_set_as_typed(course, text, needs):
    needs("pdftotext")
    _sheet, pdf = make(course, "parent-interview", portfolio=everywhere(course, text))
    shown = seen.squeezed(seen.text(pdf))
    wanted = seen.squeezed(text.replace("你好", "[U+4F60][U+597D]"))
    assert wanted[:200] in shown
