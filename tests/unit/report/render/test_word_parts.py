"""The pieces Word documents are made of: words, tables, packages, sheets and the templates themselves."""

import contextlib
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stagekit import resources
from stagekit.model.text import visible
from stagekit.report.render import word_package
from stagekit.report.render.word_package import BadPackage
from stagekit.report.render.word_sheet import render_sheet_docx
from stagekit.report.render.word_table import column_widths
from stagekit.report.render.word_xml import Links, escape, field, merged, paragraph, reads_rtl, run
from stagekit.report.sheet_build import build_sheet, sheet_assignments
from tests.unit.report.render.docx import W, body, headings, parts, style_of, words

TEMPLATES = sorted((resources.templates_dir() / "word").glob("*.docx"))


def parsed(xml: str):
    return etree.fromstring(f'<x xmlns:w="{W[1:-1]}" xmlns:r="r">{xml}</x>')


class TestRuns:
    @given(st.text(alphabet=st.characters(exclude_characters="\r")))
    def test_any_text_comes_back(self, text):
        root = parsed(paragraph(run(text)))
        back = "".join("\n" if e.tag == W + "br" else e.text or "" for e in root.iter(W + "t", W + "br"))
        assert back == visible(text)

    @given(st.text(alphabet=st.sampled_from("aZ שלm3 ()،.ع\u0301😀")))
    def test_directions_lose_nothing(self, text):
        assert "".join(t.text or "" for t in parsed(run(text)).iter(W + "t")) == text

    def test_attributes_cannot_be_left(self):
        assert escape('"><x a="') == "&quot;&gt;&lt;x a=&quot;"

    def test_properties_stand_in_the_order_of_the_format(self):
        base = (("sz", "<w:sz/>"), ("rStyle", "<w:rStyle/>"))
        inner = parsed(run("x", merged(base, (("b", "<w:b/>"),)))).find(f".//{W}rPr")
        assert [child.tag.removeprefix(W) for child in inner] == ["rStyle", "b", "sz"]

    def test_a_field_has_its_three_ends(self):
        kinds = [e.get(W + "fldCharType") for e in parsed(field("PAGE", "1")).iter(W + "fldChar")]
        assert kinds == ["begin", "separate", "end"]

    @pytest.mark.parametrize(
        ("text", "rtl"), [("שלום", True), ("1 (שלום", True), ("a שלום", False), ("", False), ("😀", False)]
    )
    def test_which_way_a_paragraph_reads(self, text, rtl):
        assert reads_rtl(text) is rtl


class TestLinks:
    @pytest.mark.parametrize(
        ("target", "address"),
        [
            ("https://a.example/é?q=1 2#x y", "https://a.example/%C3%A9?q=1%202#x%20y"),
            ("https://bücher.example/", "https://xn--bcher-kva.example/"),
            ("https://a.example/100%", "https://a.example/100%25"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ],
    )
    def test_an_address_gets_the_signs_it_may_have(self, target, address):
        links = Links()
        assert links.id(target) == links.id(target)
        assert list(links.ids) == [address]

    @pytest.mark.parametrize(
        "target",
        [
            "javascript:x", "file:///x", "http://", "http://[::1", "https://a:99999/", "https://" + "a" * 70,
            "https://a.example/" + "a" * 3000, "mailto:", "https://u:p@a.example",
        ],
    )  # fmt: skip
    def test_what_is_no_address_is_no_link(self, target):
        assert Links().id(target) is None


class TestTables:
    @given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=5), min_size=1, max_size=8))
    def test_widths_fill_the_page(self, columns):
        widths = column_widths(columns, 9_000)
        assert sum(widths) == 9_000
        assert min(widths) > 0

    def test_long_answers_get_the_room(self):
        short, long = column_widths([["Waar", "gang"], ["Gehoord", "woord " * 40]], 9_000)
        assert long > 2 * short


class TestPackages:
    def test_what_was_written_is_read(self):
        files = {"b.xml": b"<b/>", "[Content_Types].xml": b"<a/>", "c.png": b"x"}
        data = word_package.write(files)
        assert word_package.read(data) == files
        assert zipfile.ZipFile(io.BytesIO(data)).namelist()[0] == "[Content_Types].xml"

    @pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "a/../../x"])
    def test_names_that_lead_outside(self, name):
        with pytest.raises(BadPackage):
            word_package.read(word_package.write({name: b""}))

    def test_the_same_name_twice(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a", "1")
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("a", "2")
        with pytest.raises(BadPackage):
            word_package.read(out.getvalue())

    def test_any_damage_is_a_bad_package_or_none(self):
        data = TEMPLATES[0].read_bytes()
        chance = random.Random(1)
        for _ in range(300):
            damaged = bytearray(data)
            for _ in range(4):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            with contextlib.suppress(BadPackage):
                assert word_package.read(bytes(damaged))


class TestTemplates:
    @pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
    def test_are_small_and_hold_nobodys_name(self, file):
        data = file.read_bytes()
        assert len(data) < 40_000
        core = parts(data)["docProps/core.xml"]
        assert b"lastModifiedBy" not in core
        assert b"creator" not in core

    def test_the_styles_the_document_uses_are_there(self):
        data = TEMPLATES[0].with_name("portfolio.docx").read_bytes()
        styles = etree.fromstring(parts(data)["word/styles.xml"])
        names = {name.get(W + "val").lower() for name in styles.iter(W + "name")}
        used = "title|heading 1|heading 2|heading 3|caption|toc 1|toc 2|list bullet|list number|hyperlink"
        used += "|body text|fact|fact label|to do|to do mark|remark|answer label|figure"
        used += "|table text|table head|table gap"
        assert {*used.split("|"), "stagekit table"} <= names


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
