"""Feedback in every format: in its place, told apart from answers, and no word of it can break out."""

import json
import re
import subprocess
from html.parser import HTMLParser

import pytest

from stagekit.report.build import build_report
from stagekit.report.render.data import report_data
from stagekit.report.render.html import render_html
from stagekit.report.render.markdown import render_markdown
from stagekit.report.render.pdf import render_pdf
from stagekit.report.render.text import render_text
from stagekit.report.render.word import render_docx
from tests.unit.report.conftest import DATA, VIEWER, headings, kinds, shown
from tests.unit.report.remarked import everywhere_said, remarks
from tests.unit.report.render import docx
from tests.unit.report.render import reading_pdf as pdf

GOLDEN = DATA.parent / "golden"
FORBIDDEN = {"html_block", "html_inline", "image", "code_inline", "code_block", "fence", "hr"}
HOSTILE = [
    "<script>alert(1)</script>", "</div></article><img src=x onerror=alert(1)>", '" onmouseover="x',
    "[x](javascript:alert(1))", "![x](https://a.example/x.png)", "# kop", "Kop\n===", "> citaat\n\n- - -",
    "```\ncode", "    code", "|a|\n|-|", "== Deel ==\n-- Antwoord --", "{{ 7*7 }} {% x %}",
    '#eval("1+1") #panic() $x$ @ref', "<w:p/></w:t>]]>", "a\x00b\x1b[31mrood\x07", "\u202eabc\u2066d",
    "- a\n  - b\n    - c\n      - d\n\n10. tien\n11. elf", "a" * 300, "x  \ny\u2028z", "=1+1", "**\n**",
    "&lt;",
]  # fmt: skip


@pytest.fixture(scope="module")
def reports(course, real):
    return {
        language: build_report(course, real, language, points=remarks(course, real, language))
        for language in ("nl", "en")
    }


@pytest.fixture(scope="module")
def hostile(course, real):
    return build_report(course, real, "nl", points=everywhere_said(course, "\n\n".join(HOSTILE)))


@pytest.fixture(scope="module")
def tame(course, real):
    return build_report(course, real, "nl", points=everywhere_said(course, "woord"))


@pytest.fixture(scope="module")
def few(course, real):
    """Give the hostile and the tame report with feedback on little: some formats take their time."""
    texts = ("\n\n".join(HOSTILE), "woord")
    return [build_report(course, real, "nl", points=everywhere_said(course, text)[:6]) for text in texts]


class TestMarkdown:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_golden(self, reports, language, update_golden):
        text = render_markdown(reports[language])
        file = GOLDEN / f"portfolio-feedback-{language}.md"
        if update_golden:
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8")

    def test_without_its_quotations_it_is_the_document_without_feedback(self, course, real, reports):
        plain = render_markdown(build_report(course, real, "nl"))
        blocks = [b for b in render_markdown(reports["nl"]).split("\n\n") if not b.startswith("> **Feedback")]
        assert "\n\n".join(blocks) == plain

    def test_each_stands_in_a_quotation_by_itself(self, reports):
        depth, outside = 0, []
        for token in VIEWER.parse(render_markdown(reports["en"])):
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if token.type == "inline" and not depth:
                outside.append(shown([token]))
        assert not any("Feedback of" in text or "Keep going" in text for text in outside)

    def test_nothing_breaks_out(self, hostile, tame):
        text = render_markdown(hostile)
        assert not kinds(text) & FORBIDDEN
        assert headings(text) == headings(render_markdown(tame))
        assert "\x1b" not in text
        assert "javascript" not in str([t.attrs for t in VIEWER.parse(text)])

    def test_the_linter_finds_nothing(self, reports, few, tmp_path, needs):
        needs("markdownlint-cli2")
        (tmp_path / ".markdownlint-cli2.jsonc").write_text(json.dumps({"config": {"MD013": False}}))
        for number, report in enumerate([*reports.values(), *few]):
            (tmp_path / f"{number}.md").write_text(render_markdown(report), encoding="utf-8")
        command = ["markdownlint-cli2", "*.md"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-4000:]


class TestText:
    def test_each_line_is_marked_and_no_heading_is_added(self, hostile, tame):
        def heads(text):
            return [line for line in text.splitlines() if re.match(r"==|--", line)]

        text = render_text(hostile)
        assert heads(text) == heads(render_text(tame))
        assert "\x1b" not in text
        assert "| == Deel ==" in text

    def test_reads(self, reports):
        text = render_text(reports["en"])
        assert "| Feedback of Anouk Willems, 11 December 2026:\n|\n| Now it is there." in text
        assert "Judgement: strong · Signed off" in text


class Outline(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.labels, self.attributes = [], [], [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.attributes |= set(found)
        if tag not in {"p", "ul", "ol", "li", "a", "em", "strong", "br", "bdi", "span"}:
            self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.labels += found.get("aria-labelledby", "").split()
        assert not found.get("href", "").lower().startswith(("javascript", "data:text"))


class TestHtml:
    def test_nothing_breaks_out(self, hostile, tame):
        found, usual = Outline(render_html(hostile)), Outline(render_html(tame))
        assert found.tags == usual.tags
        assert found.ids == usual.ids
        assert not [name for name in found.attributes if name.startswith("on") or name in ("src", "style")]

    def test_ids_are_unique_and_labels_there(self, reports):
        found = Outline(render_html(reports["nl"]))
        assert len(set(found.ids)) == len(found.ids)
        assert set(found.labels) <= set(found.ids)

    def test_style_only_where_there_is_feedback(self, course, real, reports):
        assert ".remark" in render_html(reports["nl"])
        assert ".remark" not in render_html(build_report(course, real, "nl"))


class TestWord:
    def test_in_its_style_with_who_level_and_reply(self, reports):
        text = "\n".join(docx.words(render_docx(reports["en"])))
        assert "Feedback of Anouk Willems, 11 December 2026" in text
        assert "Judgement: on level · Signed off · Changed since it was signed off" in text
        assert "Reply of the student" in text

    def test_nothing_breaks_out(self, few):
        found, usual = (render_docx(report) for report in few)
        assert docx.headings(found) == docx.headings(usual)
        assert docx.fields(found) == docx.fields(usual)
        links = docx.parts(found)["word/_rels/document.xml.rels"]
        assert b"javascript" not in links

    def test_the_document_without_feedback_has_no_place_for_it(self, course, real):
        assert (
            b'w:val="Feedback"'
            not in docx.parts(render_docx(build_report(course, real, "nl")))["word/document.xml"]
        )


class TestPdf:
    def test_reads(self, reports, needs):
        needs("pdftotext")
        text = pdf.squeezed(pdf.text(render_pdf(reports["en"])))
        for words in ("FeedbackofAnoukWillems,11December2026", "Judgement:strong·Signedoff", "Nowitisthere."):
            assert words in text

    def test_nothing_breaks_out(self, few, needs):
        needs("pdftotext")
        text = pdf.squeezed(pdf.text(render_pdf(few[0])))
        for words in ("<script>alert(1)</script>", '#eval("1+1")#panic()', "{{7*7}}"):
            assert words in text


def test_a_template_of_ones_own_gets_it_as_data(reports):
    data = report_data(reports["en"])
    assert data["feedback"][0]["text"].startswith("You listened well")
    visie = data["sections"][0]
    assert visie["feedback"][0]["standing"] == ["Judgement: strong", "Signed off"]
    (first, second) = data["answers"]["visie"]["summary"]["feedback"]
    assert first["reply"].startswith("I asked")
    assert second["reply"] == ""
