"""Someone else's Word template: filled in simply, and of no danger to anyone."""

import base64
import io
import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from stagekit import resources
from stagekit.checks.consent import Reader
from stagekit.errors import InvalidInput, UserError
from stagekit.report.build import build_report
from stagekit.report.render import foreign, word_sandbox
from stagekit.report.render.word_foreign import render_docx_template
from stagekit.report.render.word_names import known_names, template_data
from tests.unit.report.conftest import everywhere
from tests.unit.report.render.docx import (
    W,
    body,
    fields,
    paragraph,
    part,
    parts,
    style_of,
    table,
    template,
    text_of,
    words,
)

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SIX = resources.templates_dir() / "word" / "six-cells.docx"


@pytest.fixture(scope="module")
def report(course, real):
    return build_report(course, real, "nl", Reader.STUDENT)


def answered(report, course, data: bytes) -> dict:
    """Do the child's work here, with its job as it gets it."""
    job = {
        "docx": base64.b64encode(data).decode(),
        "data": template_data(report, course),
        "names": known_names(course),
        "properties": {"dc:title": "Portfolio"},
        "max_output": foreign.MAX_OUTPUT,
    }
    return word_sandbox.render(json.loads(json.dumps(job)))


@pytest.fixture
def filled(report, course):
    def fill(content, **more):
        answer = answered(report, course, template(content, **more))
        assert "docx" in answer, answer
        return base64.b64decode(answer["docx"])

    return fill


@pytest.fixture
def refused(report, course):
    def fill(content="", **more):
        answer = answered(report, course, template(content, **more))
        assert "docx" not in answer
        return answer

    return fill


@pytest.fixture
def through_the_child(report, course, tmp_path):
    def fill(data, name="mine.docx"):
        file = tmp_path / name
        file.write_bytes(data)
        return render_docx_template(report, course, file)

    return fill


class TestFillingIn:
    def test_a_word_among_words_keeps_its_look(self, filled):
        bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Naam: {{ student }} ({{ number }})</w:t></w:r></w:p>"
        document = filled(bold)
        assert words(document) == ["Naam: Noor van den Berg (0123456)"]
        assert all(run.find(f"{W}rPr/{W}b") is not None for run in body(document).iter(W + "r"))

    def test_a_placeholder_alone_becomes_paragraphs_that_look_alike(self, filled):
        document = filled(paragraph("{{ reflection.learned }}", properties='<w:jc w:val="right"/>'))
        found = list(body(document).iter(W + "p"))
        assert [text_of(p) for p in found] == [
            "Eerst vragen, dan vinden.", "Een ochtend thuis is ook onderwijs.",
            "Bereikbaar zijn is iets anders dan een app hebben.",
        ]  # fmt: skip
        assert all(p.find(f"{W}pPr/{W}numPr") is not None for p in found)
        assert all(p.find(f"{W}pPr/{W}jc").get(W + "val") == "right" for p in found)
        assert "word/numbering.xml" in parts(document)

    def test_a_tag_that_word_cut_up(self, filled):
        document = filled(paragraph("Van {", "{ stu", "dent }", "} zelf"))
        assert words(document) == ["Van Noor van den Berg zelf"]

    def test_quotes_as_word_types_them(self, filled):
        assert words(filled(paragraph("{% if reader == “student” %}", "ja", "{% endif %}"))) == ["ja"]

    def test_a_loop_over_paragraphs(self, filled):
        document = filled(
            paragraph("{% for contact in soorten_contact.contacts %}")
            + paragraph("{{ loop.index }}. {{ contact.name }}: {{ contact.judgement }}")
            + paragraph("{% endfor %}")
        )
        assert words(document)[0] == "1. Nieuwsbrief: lagere impact"
        assert len(words(document)) == 8

    def test_a_row_that_repeats_itself(self, filled):
        document = filled(
            table(
                ["Wie", "Wat"],
                [
                    "{% for moment in mentor_interview.learning_moments %}{{ moment.name }}",
                    "{{ moment.learning }}{% endfor %}",
                ],
            )
        )
        rows = list(body(document).iter(W + "tr"))
        assert len(rows) == 4
        assert text_of(rows[2]).startswith("Leerkracht A")

    def test_statements_in_rows_of_their_own(self, filled):
        document = filled(
            table(["{% for note in observation.notes %}"], ["{{ note.heard }}"], ["{% endfor %}"])
        )
        assert len(list(body(document).iter(W + "tr"))) == 4

    def test_what_docxtpl_knows_works(self, filled):
        document = filled(
            table(["{%tr for note in observation.notes %}"], ["{{ note.heard }}"], ["{%tr endfor %}"])
            + paragraph("{%p if student %}")
            + paragraph("{{r student }}")
            + paragraph("{%p endif %}")
        )
        assert len(list(body(document).iter(W + "tr"))) == 4
        assert words(document)[-1] == "Noor van den Berg"

    def test_a_cell_never_loses_its_last_paragraph(self, filled):
        document = filled(table(["{% for x in [] %}\n{{ x }}\n{% endfor %}", "x"], ["y", "z"]))
        for cell in body(document).iter(W + "tc"):
            assert cell[-1].tag == W + "p"

    def test_a_table_without_rows_is_gone(self, filled):
        document = filled(table(["{% for x in [] %}"], ["{{ x }}"], ["{% endfor %}"]) + paragraph("x"))
        assert not list(body(document).iter(W + "tbl"))

    def test_a_page_break_beside_a_statement_stays(self, filled):
        """LibreOffice writes the break before a paragraph into the one above it."""
        broken = '<w:p><w:r><w:t>{% endfor %}</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>'
        document = filled(paragraph("{% for x in [1, 2] %}") + paragraph("{{ x }}") + broken + paragraph("z"))
        assert "".join(words(document)).split() == ["12", "z"]
        assert len(list(body(document).iter(W + "br"))) == 1

    def test_a_text_box_is_filled_in(self, filled):
        inner = paragraph("{{ student }}")
        box = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
        assert "Noor van den Berg" in words(filled(box))

    def test_links_work_where_the_template_has_none(self, filled):
        xml = parts(filled(paragraph("{{ visie.url }}")))["word/document.xml"]
        assert etree.fromstring(xml).find(f".//{W}hyperlink").get(f"{{{RELS}}}id")

    def test_headers_are_filled_in(self, filled):
        header = part("w:hdr", paragraph("{{ student }} {{ visie.summary }}"))
        document = filled(
            paragraph("x"), extra={"word/header1.xml": header},
            rels=f'<Relationship Id="rId9" Type="{RELS}/header" Target="header1.xml"/>',
        )  # fmt: skip
        xml = parts(document)["word/header1.xml"].decode()
        assert "Noor van den Berg" in xml
        assert "w:hyperlink" not in xml

    def test_a_part_in_a_whole(self, filled):
        text = "\n".join(words(filled(paragraph("{{ parent_interview }}"))))
        assert "Wekker om zes uur" in text
        assert "Wilde liever niet" not in text
        assert "Samira" not in text

    def test_what_was_not_answered_is_empty(self, course, empty):
        report = build_report(course, empty, "nl", Reader.STUDENT)
        content = paragraph("[{{ visie.in_practice }}{{ student }}{{ soorten_contact.school_guide.title }}]")
        lines = ["{% for parent in parent_interview.parents %}", "nooit", "{% endfor %}"]
        lines += ["{% if not observation.pattern %}", "leeg", "{% endif %}"]
        content += "".join(map(paragraph, lines))
        document = base64.b64decode(answered(report, course, template(content))["docx"])
        assert words(document) == ["[]", "leeg"]

    def test_a_part_the_reader_does_not_see_is_empty(self, course, real):
        report = build_report(course, real, "nl", Reader.MENTOR)
        answer = answered(report, course, template(paragraph("[{{ observation.pattern }}]")))
        assert words(base64.b64decode(answer["docx"])) == ["[]"]

    def test_every_name_the_course_has_can_be_used(self, course, filled):
        def names(known, path):
            for name, below in known.items():
                yield f"{path}{name}"
                yield from names(below, f"{path}{name}.") if not below.get("number") else ()

        every = list(names(known_names(course), ""))
        assert len(every) > 40
        filled("".join(paragraph(f"{{{{ {name} }}}}") for name in every))

    def test_filters(self, filled):
        assert words(filled(paragraph("{{ visie.summary|upper|truncate(30) }}")))[0].startswith("DE SCHOOL")

    def test_the_same_twice(self, filled):
        content = paragraph("{{ visie }}")
        assert filled(content) == filled(content)


class TestTheSixCells:
    def test_each_cell_has_its_answers(self, through_the_child):
        document = through_the_child(SIX.read_bytes())
        cells = [text_of(cell) for cell in body(document).iter(W + "tc")]
        expected = ["educatief partnerschap", "Nieuwsbrief", "Ik wilde gelijk hebben", "Wekker om zes uur",
                    "Twee leerkrachten vragen elkaar", "één vraag een heel gesprek"]  # fmt: skip
        assert len(cells) == 6
        for cell, words_ in zip(cells, expected, strict=True):
            assert words_ in cell
        for content in parts(document).values():
            assert b"Karin" not in content
            assert b"Wei Chen" not in content
            assert b"{{" not in content

    def test_what_is_missing_says_so_in_its_cell(self, course, empty, tmp_path):
        file = tmp_path / "form.docx"
        file.write_bytes(SIX.read_bytes())
        report = build_report(course, empty, "nl", Reader.STUDENT)
        document = render_docx_template(report, course, file)
        cells = [text_of(cell) for cell in body(document).iter(W + "tc")]
        assert len(cells) == 6
        assert all("Nog te doen" in cell for cell in cells)
        assert "Patroon" not in cells[4]
        assert "()" not in " ".join(words(document))

    def test_a_contact_without_judgement_is_still_to_do(self, course, real):
        contacts = real.of("soorten-contact")["contacts"]
        one = {key: value for key, value in contacts[0].items() if key != "judgement"}
        answers = {**real.answers, "soorten-contact": {**real.of("soorten-contact"), "contacts": (one,)}}
        report = build_report(course, replace(real, answers=answers), "nl", Reader.STUDENT)
        content = "{% for c in soorten_contact.contacts %}{{ c.name }}: {{ c.judgement }}{% endfor %}"
        answer = answered(report, course, template(paragraph(content)))
        assert words(base64.b64decode(answer["docx"])) == ["Nieuwsbrief: ☐"]

    def test_its_own_words_are_in_the_language_of_the_document(self, course, samples, tmp_path):
        file = tmp_path / "form.docx"
        file.write_bytes(SIX.read_bytes())
        for language, expected in (("nl", "1. Visie"), ("en", "1. Vision")):
            report = build_report(course, samples[language], language, Reader.STUDENT)
            document = render_docx_template(report, course, file)
            assert expected in words(document)
            assert any("School" in text for text in words(document))
            said = " ".join(words(document))
            assert ("Rode draad" in said) == (language == "nl")
            assert ("Common thread" in said) == (language == "en")


class TestWhatStudentsType:
    @pytest.mark.parametrize(
        "text",
        [
            "{{ student }}",
            "{% for x in y %}",
            "<w:p/>",
            "]]> &amp; <!--",
            "{_{ x",
            "\ue0001\ue001",
            "a\0b",
            "😀 שלום",
        ],
    )
    def test_stands_as_typed(self, course, text):
        report = build_report(course, everywhere(course, text), "nl", Reader.STUDENT)
        content = paragraph("{{ visie.summary }}") + paragraph("x {{ reflection.learned }}")
        answer = answered(report, course, template(content))
        shown = text.replace("\0", "[U+0000]")
        assert words(base64.b64decode(answer["docx"])) == [shown, f"x {shown}"]

    def test_a_styled_answer_keeps_the_style(self, filled):
        document = filled(paragraph("{{ visie.summary }}", properties='<w:pStyle w:val="Mijn"/>'))
        assert {style_of(p) for p in body(document).iter(W + "p")} == {"Mijn"}


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("name", "near"),
        [
            ("visie.sumary", "visie.summary"),
            ("studnt", "student"),
            ("soorten_contact.contact", "soorten_contact.contacts"),
            ("mentor_interview.learning_moments.foo", ""),
            ("qqqqqq", ""),
        ],
    )
    def test_an_unknown_name_with_the_nearest(self, refused, name, near):
        assert refused(paragraph(f"x {{{{ {name} }}}}")) == {"error": "unknown", "name": name, "near": near}
        assert refused(paragraph(f"{{% for x in {name} %}}{{% endfor %}}"))["error"] == "unknown"

    def test_a_private_name_is_no_name_of_ours(self, refused):
        source = "{% for m in mentor_interview.learning_moments %}{{ m.name }}{{ m.consent.x }}{% endfor %}"
        assert refused(paragraph(source))["error"] == "unknown"

    @pytest.mark.parametrize(
        "source",
        [
            "{{ student.__class__.__mro__ }}", "{{ visie._values }}", "{{ ''.__class__ }}",
            "{{ words.__globals__ }}", "{{ visie.summary.__init__.__globals__ }}",
            "{{ self._TemplateReference__context }}",
            "{% include 'x' %}", "{% import 'os' as os %}", "{{ cycler.__init__.__globals__.os }}",
        ],
    )  # fmt: skip
    def test_the_sandbox_holds(self, refused, source):
        answer = refused(paragraph("x " + source))
        assert "Noor" not in json.dumps(answer)

    @pytest.mark.parametrize(
        "more",
        [
            {"main_type": "application/vnd.ms-word.document.macroEnabled.main+xml"},
            {"extra": {"word/vbaProject.bin": "x"}},
            {"rels": f'<Relationship Id="rId9" Type="{RELS}/vbaProject" Target="x.xml"/>'},
        ],
    )
    def test_macros(self, refused, more):
        assert refused(paragraph("x"), **more)["error"] in ("macros", "embedded")

    @pytest.mark.parametrize(
        ("kind", "target"),
        [
            ("image", "https://elsewhere.example/x.png"),
            ("hyperlink", "file:///C:/x.exe"),
            ("hyperlink", "javascript:alert(1)"),
            ("subDocument", "https://elsewhere.example/x.docx"),
            ("frame", "https://elsewhere.example/x.docx"),
            ("oleObject", "https://elsewhere.example/x"),
        ],
    )
    def test_anything_from_elsewhere(self, refused, kind, target):
        rel = f'<Relationship Id="rId9" Type="{RELS}/{kind}" Target="{target}" TargetMode="External"/>'
        assert refused(paragraph("x"), rels=rel)["error"] in ("external", "embedded")

    def test_the_template_of_the_template_is_taken_out(self, filled):
        """Word writes where the house style lay, often with the name of who has the computer."""
        settings = part("w:settings", '<w:attachedTemplate r:id="rId1"/>')
        rels = (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELS}/attachedTemplate" Target="file:///C:/Users/jan/huis.dotx"'
            ' TargetMode="External"/></Relationships>'
        )
        document = filled(
            paragraph("x"), extra={"word/settings.xml": settings, "word/_rels/settings.xml.rels": rels},
            rels=f'<Relationship Id="rId9" Type="{RELS}/settings" Target="settings.xml"/>',
        )  # fmt: skip
        for content in parts(document).values():
            assert b"jan" not in content
            assert b"attachedTemplate" not in content

    @pytest.mark.parametrize(
        "instruction",
        ['INCLUDEPICTURE "https://x"', "DDEAUTO c:\\x", "IMPORT x", 'HYPERLINK "file:///x"', "QUOTE 6"],
    )
    def test_fields_that_fetch_or_run(self, refused, instruction):
        halves = instruction[:5], instruction[5:]
        inner = "".join(f"<w:r><w:instrText>{half}</w:instrText></w:r>" for half in halves)
        field = (
            f'<w:p>{_BEGIN}{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )
        assert refused(field)["error"] == "field"
        simple = instruction.replace('"', "&quot;")
        assert refused(f'<w:p><w:fldSimple w:instr="{simple}"/></w:p>')["error"] == "field"

    def test_fields_that_count_are_kept(self, filled):
        code = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
        field = f'<w:p>{_BEGIN}{code}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        assert fields(filled(field)) == ["PAGE"]

    @pytest.mark.parametrize(
        "content",
        [
            '<w:p><w:fldSimple w:instr="TITLE {{ student }}"/></w:p>',
            f"<w:p>{_BEGIN}<w:r><w:instrText>TITLE {{{{ student }}}}</w:instrText></w:r></w:p>",
            '<w:p><w:bookmarkStart w:id="1" w:name="{{ student }}"/></w:p>',
        ],
    )
    def test_a_placeholder_where_no_text_goes(self, refused, content):
        assert refused(content)["error"] == "place"

    def test_statements_that_cross(self, refused):
        content = paragraph("a {% if not student %} b") + table(["c {% endif %} d", "e"])
        assert refused(content)["error"] == "nesting"

    def test_a_statement_may_go_on_in_the_next_paragraph(self, filled):
        content = paragraph("a {% for x in [1, 2] %} b") + paragraph("c {% endfor %} d")
        assert words(filled(content)) == ["a  b", "c  b", "c  d"]

    def test_jinja_that_is_none(self, refused):
        assert refused(paragraph("x {% for %} y"))["error"] == "syntax"
        assert refused(paragraph("{% for x in visie %}"))["error"] == "syntax"

    def test_entities(self, refused):
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
        assert refused(paragraph("x"), extra={"word/x.xml": bomb})["error"] == "xml"

    def test_zip_bombs_and_what_is_no_zip(self, report, course):
        big = io.BytesIO()
        with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", b"0" * 60_000_000)
        cases = ((big.getvalue(), "large"), (b"PK\x03\x04 no", "zip"), (b"", "zip"), (b"x" * 100, "zip"))
        for data, error in cases:
            assert answered(report, course, data)["error"] == error

    def test_any_cut_of_a_template_is_refused_in_words(self, report, course):
        data = SIX.read_bytes()
        for end in range(0, len(data), 997):
            assert "error" in answered(report, course, data[:end])


class TestLimits:
    def test_a_loop_without_end(self, through_the_child, monkeypatch):
        monkeypatch.setattr(foreign, "SECONDS", 2.0)
        loops = "{% for a in range(99999) %}" * 4 + "{% endfor %}" * 4
        begin = time.perf_counter()
        with pytest.raises(InvalidInput) as caught:
            through_the_child(template(paragraph("x " + loops)))
        assert time.perf_counter() - begin < 10
        assert "Noor" not in str(caught.value)

    def test_a_flood(self, through_the_child):
        loop = "{% for a in range(99999) %}{{ visie.summary }}{% endfor %}"
        with pytest.raises(InvalidInput):
            through_the_child(template(paragraph(f"x {loop}")))

    def test_a_sentence_names_what_was_meant(self, through_the_child, english):
        with pytest.raises(InvalidInput) as caught:
            through_the_child(template(paragraph("{{ visie.sumary }}")))
        (problem,) = caught.value.problems
        assert "visie.sumary" in problem.message
        assert "visie.summary" in problem.message
        assert problem.file.name == "mine.docx"

    @pytest.mark.parametrize("name", ["mine.docm", "mine.dotm", "mine.doc", "mine.txt"])
    def test_other_files(self, through_the_child, name):
        with pytest.raises(UserError) as caught:
            through_the_child(b"x", name)
        assert caught.value.next_step

    def test_a_file_that_is_not_there(self, report, course, tmp_path):
        with pytest.raises(UserError):
            render_docx_template(report, course, Path(tmp_path) / "no.docx")


def test_a_document_template_becomes_a_document(filled):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    document = filled(paragraph("x"), main_type=kind)
    types = etree.fromstring(parts(document)["[Content_Types].xml"])
    assert any(each.get("ContentType", "").endswith("document.main+xml") for each in types)
