"""The portfolio as a Word document: real headings, lists, links and tables, and each word as typed."""

import io
import re
import zipfile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from stagekit.checks.consent import Reader
from stagekit.model.text import visible
from stagekit.report.build import build_report
from stagekit.report.render.word import render_docx
from stagekit.report.tree import words as plain_words
from tests.unit.report.conftest import everywhere
from tests.unit.report.render.docx import W, body, fields, headings, parts, style_of, text_of, words

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def report(course, real):
    return build_report(course, real, "nl", Reader.STUDENT)


@pytest.fixture(scope="module")
def document(report):
    return render_docx(report)


def of(course, text, items=1):
    return render_docx(build_report(course, everywhere(course, text, items), "nl", Reader.STUDENT))


def stale(document):
    """List the fields that Word asks about on opening."""
    return [each for each in body(document).iter(W + "fldChar") if each.get(W + "dirty")]


class TestStructure:
    def test_headings_are_those_of_the_report(self, document, report):
        found = headings(document)
        assert [text for level, text in found if level == 1] == [
            *(f"{s.number}. {s.title}" for s in report.sections), report.labels.sources,
        ]  # fmt: skip
        questions = [f"{a.number} {a.label}" for s in report.sections for a in s.answers]
        assert [text for level, text in found if level == 2][: len(questions)] == questions
        assert (3, "Leermoment 1") in found

    def test_the_contents_are_a_field_that_is_filled_in_already(self, document, report):
        assert [name for name in fields(document) if name == "TOC"] == ["TOC"]
        root = body(document)
        entries = [p for p in root.iter(W + "p") if style_of(p) in ("TOC1", "TOC2")]
        assert text_of(entries[0]) == "1. Visie"
        assert len(entries) > 20
        marks = {mark.get(W + "name") for mark in root.iter(W + "bookmarkStart")}
        assert {link.get(W + "anchor") for p in entries for link in p.iter(W + "hyperlink")} <= marks
        (begin,) = stale(document)
        assert begin.get(W + "fldCharType") == "begin"

    @pytest.mark.parametrize("reader", [Reader.MENTOR, Reader.LECTURER])
    def test_word_asks_nothing_of_those_who_only_read(self, course, real, reader):
        assert stale(render_docx(build_report(course, real, "nl", reader))) == []

    def test_tables_repeat_their_head_and_keep_rows_whole(self, document):
        tables = list(body(document).iter(W + "tbl"))
        assert len(tables) >= 5
        for table in tables:
            first, *rest = table.findall(W + "tr")
            assert first.find(f"{W}trPr/{W}tblHeader") is not None
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rest)
            assert table.find(f"{W}tblPr/{W}tblCaption").get(W + "val")

    def test_a_row_higher_than_a_page_may_break(self, course):
        document = of(course, "woord " * 2_000)
        rows = [row for table in body(document).iter(W + "tbl") for row in table.findall(W + "tr")[1:]]
        tall = [row for row in rows if len(text_of(row)) > 5_000]
        assert tall
        assert all(row.find(f"{W}trPr/{W}cantSplit") is None for row in tall)

    def test_the_figure_is_a_picture_with_a_text_alternative(self, document, report):
        blocks = [block for section in report.sections for a in section.answers for block in a.blocks]
        (figure,) = [block for block in blocks if hasattr(block, "alternative")]
        (drawing,) = body(document).iter("{*}docPr")
        assert drawing.get("descr") == figure.alternative
        assert parts(document)["word/media/figure1.png"].startswith(b"\x89PNG")

    def test_many_contact_types_take_more_pictures(self, course):
        document = of(course, "x", items=40)
        pictures = [name for name in parts(document) if name.endswith(".png")]
        assert len(pictures) >= 2
        ids = [each.get("id") for each in body(document).iter("{*}docPr")]
        assert len(set(ids)) == len(ids) == len(pictures)

    def test_without_typst_the_figure_is_a_table(self, report, monkeypatch):
        def missing(*_, **__):
            raise ImportError("typst")

        monkeypatch.setattr("stagekit.report.render.raster.png", missing)
        document = render_docx(report)
        captions = [c.get(W + "val") for c in body(document).iter(W + "tblCaption")]
        assert "Van lagere naar hogere impact" in captions or "From lower to higher impact" in captions
        assert not [name for name in parts(document) if name.endswith(".png")]

    @pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
    def test_language_and_properties(self, course, samples, language, tag):
        report = build_report(course, samples[language], language, Reader.STUDENT)
        document = render_docx(report)
        styles = etree.fromstring(parts(document)["word/styles.xml"])
        assert styles.find(f"{W}docDefaults//{W}lang").get(W + "val") == tag
        properties = Document(io.BytesIO(document)).core_properties
        assert properties.title == f"{report.cover.subtitle}: {report.cover.title}"
        assert properties.author == plain_words(report.cover.student)
        assert properties.language == tag
        assert b"dcterms" not in parts(document)["docProps/core.xml"]

    def test_pages_are_counted(self, document):
        assert {"PAGE", "NUMPAGES"} <= set(fields(document))


class TestLists:
    def test_bullets_numbers_and_nesting_are_real(self, course):
        root = body(of(course, "- een\n  - twee\n\nDan:\n\n3. drie\n4. vier\n\nEn weer:\n\n1. een"))
        found = [(text_of(p), level(p)) for p in root.iter(W + "p") if p.find(f"{W}pPr/{W}numPr") is not None]
        assert ("een", 0) in found
        assert ("twee", 1) in found
        assert {"drie", "vier"} <= {text for text, _level in found}

    def test_each_numbered_list_begins_where_the_student_began(self, course):
        document = of(course, "3. drie\n4. vier")
        numbering = etree.fromstring(parts(document)["word/numbering.xml"])
        nums = {num.get(W + "numId"): num for num in numbering.iter(W + "num")}
        listed = [p for p in body(document).iter(W + "p") if text_of(p) == "drie"]
        assert listed
        ids = [p.find(f"{W}pPr/{W}numPr/{W}numId").get(W + "val") for p in listed]
        assert len(set(ids)) == len(ids)
        starts = [nums[id_].find(f"{W}lvlOverride/{W}startOverride").get(W + "val") for id_ in ids]
        assert set(starts) == {"3"}

    def test_a_number_word_cannot_count_from_stands_as_typed(self, course):
        text = words(of(course, "123456. een jaar\n123457. nog een"))
        assert "123456. een jaar" in text
        assert "123457. nog een" in text

    def test_more_lists_than_word_can_number(self, course):
        document = of(course, "\n\n".join(f"1. een\n\nlid {number}" for number in range(200)))
        numbering = etree.fromstring(parts(document)["word/numbering.xml"])
        assert len(list(numbering.iter(W + "num"))) < 2_000
        assert "1. een" in words(document)


def level(paragraph) -> int:
    return int(paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl").get(W + "val"))


class TestWordsAsTyped:
    @pytest.mark.parametrize(
        "text",
        [
            "{{ report }} en {% for x in y %} en {# weg #}",
            "{_{ x }} %} {%p",
            "<w:p/> ]]> & &amp; <script>alert(1)</script>",
            '<w:instrText> DDEAUTO c:\\windows\\cmd.exe "/k calc" </w:instrText>',
            "\ue0001\ue001 \ue000 0 \ue001",
            "=HYPERLINK(“x”) { PAGE } #include “x”",
            "\u202eomgekeerd\u202c en 😀👩‍👧‍👦",
            "שלום, עולם! (3) מרחבא",
            "A_x0041_B \\a \\u0000",
        ],
    )
    def test_in_every_answer_and_no_section_more_or_less(self, course, text):
        document, plain = of(course, text), of(course, "zwaluwstaart")
        found, expected = words(document), words(plain)
        assert len(found) == len(expected)
        where = [index for index, shown in enumerate(expected) if "zwaluwstaart" in shown]
        assert len(where) > 20
        for index in where:
            assert text in found[index]
        assert [level for level, _ in headings(document)] == [level for level, _ in headings(plain)]
        assert sorted(fields(document)) == sorted(fields(plain))

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(st.text(max_size=60))
    def test_anything_gives_a_document_with_the_same_headings(self, course, text):
        document = render_docx(build_report(course, everywhere(course, text), "nl", Reader.STUDENT))
        for name, content in parts(document).items():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(content)
        typed = re.sub(r"\s", "", visible(text))
        if typed and not set(typed) & set("*_[]\\-+.)0123456789:/"):
            assert typed in re.sub(r"\s", "", "".join(words(document)))

    def test_what_xml_cannot_hold_is_named(self, course):
        assert any("a[U+0000]b[U+001B]c[U+FFFE]" in text for text in words(of(course, "a\0b\x1bc\ufffe")))

    def test_emphasis_links_and_breaks(self, course):
        document = of(course, "**sterk** en *schuin* en [hier](https://a.example/x?y=1&z=é)\\\nregel")
        root = body(document)
        assert any(r.find(f"{W}rPr/{W}b") is not None and text_of(r) == "sterk" for r in root.iter(W + "r"))
        assert any(r.find(f"{W}rPr/{W}i") is not None and text_of(r) == "schuin" for r in root.iter(W + "r"))
        rels = etree.fromstring(parts(document)["word/_rels/document.xml.rels"])
        targets = {rel.get("Target") for rel in rels if rel.get("TargetMode") == "External"}
        assert "https://a.example/x?y=1&z=%C3%A9" in targets
        known = {rel.get("Id") for rel in rels}
        assert {link.get(R + "id") for link in root.iter(W + "hyperlink") if link.get(R + "id")} <= known

    @pytest.mark.parametrize(
        "address", ["https://[::1", "https://a b", "https://user:pw@a.example/", "http://%41.nl"]
    )
    def test_an_address_word_cannot_hold_is_words(self, course, address):
        document = of(course, f"zie {address} eens")
        rels = etree.fromstring(parts(document)["word/_rels/document.xml.rels"])
        targets = [rel.get("Target") for rel in rels if rel.get("TargetMode") == "External"]
        assert not [target for target in targets if address in target]
        assert any(f"zie {address} eens" in text for text in words(document))

    def test_right_to_left_reads_so(self, course):
        document = of(course, "שלום עולם")
        found = [p for p in body(document).iter(W + "p") if text_of(p) == "שלום עולם"]
        assert found
        for paragraph in found:
            assert paragraph.find(f"{W}pPr/{W}bidi") is not None
            assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in paragraph.iter(W + "r"))


class TestSameAndSecret:
    def test_same_bytes_and_no_day_of_today(self, report, document):
        assert render_docx(report) == document
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    @pytest.mark.parametrize("reader", list(Reader))
    def test_no_private_name_in_any_part(self, course, real, reader):
        document = render_docx(build_report(course, real, "nl", reader))
        for content in parts(document).values():
            for name in ("Karin", "Fatima", "Amrani", "Joost", "Samira", "Peter Jansen", "Wei Chen"):
                assert name.encode() not in content
            assert b"Wilde liever niet" not in content

    def test_what_is_missing_cannot_be_overlooked(self, course, empty):
        document = render_docx(build_report(course, empty, "nl", Reader.STUDENT))
        marks = [p for p in body(document).iter(W + "p") if style_of(p) == "ToDo"]
        assert len(marks) > 10
        assert all(text_of(p).startswith("☐ ") for p in marks)
