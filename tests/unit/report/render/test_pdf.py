"""The PDF a student hands in: readable by programs and people, and no answer can break out of its place."""

import re
import shutil
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagekit.checks.consent import Reader
from stagekit.model.portfolio import Identity, Portfolio, School, Student
from stagekit.report.build import build_report
from stagekit.report.model import Todo
from stagekit.report.prose import parse
from stagekit.report.render import pdf_typst
from stagekit.report.render.pdf import render_pdf
from stagekit.report.tree import flat, words
from tests.unit.report.conftest import everywhere
from tests.unit.report.render import reading_pdf as seen

TYPST = [
    '#include "house.typ"', '#eval("1+1")', "#panic()", "#sys.inputs", "$x^2$", "= Kop", "== Kop", "@ref",
    "<visie>", "#[a]", "\\u{41}", "// weg", "/* weg */", "#let a = 1", "#pagebreak()",
    "#set page(width: 1pt)", '#read("x")', "] #text[a", '") #a("', "~ -- --- ...", "'aanhaling' \"dubbel\"",
    '#link("javascript:alert(1)")[x]',
]  # fmt: skip
OTHERS = [
    "<script>alert(1)</script>", "{{ 7*7 }} {% x %}", "=1+1", "\\input{x} \\LaTeX %", "<!-- ", "]]>",
    "&lt;", "(\\) Tj ET endstream endobj", "/JavaScript /OpenAction", "a\x00b\x1b[31m", "[U+1F600]",
    "½ № ℃ ﬁ", "Łódź İstanbul", "Привет, мир", "Καλημέρα", "a\u0301e\u0308", "x\u0302\u0302",
    "a\ufeffb",
]  # fmt: skip


def render(course, portfolio, language="nl", reader=Reader.STUDENT):
    return render_pdf(build_report(course, portfolio, language, reader))


@pytest.fixture(scope="module")
def made(course, real, samples, empty):
    """Every portfolio worth looking at, rendered once."""
    half = Portfolio(real.identity, {key: real.answers[key] for key in ("visie", "observation")})
    return {
        "nl": render(course, real),
        "en": render(course, real, "en"),
        "sample": render(course, samples["en"], "en"),
        "empty": render(course, empty),
        "half": render(course, half),
        "mentor": render(course, real, reader=Reader.MENTOR),
    }


@pytest.fixture(scope="module")
def harmless(course, tmp_path_factory):
    """Give the bookmarks of a portfolio with one word everywhere."""
    pdf = render(course, everywhere(course, "woord"))
    return seen.bookmarks(seen.structure(pdf, tmp_path_factory.mktemp("pdf"))) if shutil.which("qpdf") else []


class TestDocument:
    @pytest.mark.parametrize("name", ["nl", "en", "sample", "empty", "half", "mentor"])
    def test_is_sound_tagged_and_has_title_and_language(self, made, name, needs, tmp_path):
        needs("qpdf", "pdfinfo")
        found = seen.structure(made[name], tmp_path)
        info = seen.info(made[name])
        assert info["Tagged"] == "yes"
        assert info["JavaScript"] == "no"
        assert info["Page size"].endswith("(A4)")
        assert info["Title"].startswith("Portfolio: ")
        catalogue = next(x for x in seen.objects(found) if x.get("/Type") == "/Catalog")
        assert catalogue["/Lang"] == ("u:en" if name in {"en", "sample"} else "u:nl")
        assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] is True

    def test_says_which_standards_it_keeps(self, made, needs, tmp_path):
        needs("qpdf")
        plain = seen.plain_bytes(made["nl"], tmp_path)
        assert b"<pdfuaid:part>1<" in plain
        assert b"<pdfaid:part>2<" in plain
        assert b"<pdfaid:conformance>A<" in plain

    def test_only_fonts_that_come_along_all_embedded(self, made, needs, tmp_path):
        needs("qpdf")
        fonts = [
            x
            for x in seen.objects(seen.structure(made["nl"], tmp_path))
            if x.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        families = {re.sub(r"^/[A-Z]{6}\+", "", font["/FontName"]).partition("-")[0] for font in fonts}
        assert families <= {"LibertinusSerif", "DejaVuSansMono", "NewCM10", "NewCMMath", "NotoEmoji"}
        assert all(any(key.startswith("/FontFile") for key in font) for font in fonts)

    def test_bookmarks_are_the_parts_and_their_answers(self, course, real, made, needs, tmp_path):
        needs("qpdf")
        report = build_report(course, real, "nl")
        wanted = [report.labels.contents]
        for section in report.sections:
            wanted.append(f"{section.number} {section.title}")
            wanted.extend(f" {answer.number} {answer.label}" for answer in section.answers)
        wanted.append(report.labels.sources)
        marks = seen.bookmarks(seen.structure(made["nl"], tmp_path))
        assert [" ".join(mark.split()) for mark in marks] == [" ".join(each.split()) for each in wanted]

    def test_every_answer_stands_in_reading_order(self, course, real, made, needs):
        needs("pdftotext")
        text = seen.squeezed(seen.text(made["nl"]))
        report = build_report(course, real, "nl")
        place = text.rindex(seen.squeezed("1 Visie" + report.sections[0].intro[:40]))
        for section in report.sections:
            for answer in section.answers:
                place = text.index(seen.squeezed(f"{answer.number}{answer.label}{answer.prompt[:30]}"), place)

    def test_running_header_has_title_student_and_page(self, made, needs):
        needs("pdftotext", "pdfinfo")
        pages = seen.text(made["nl"]).split("\f")
        count = int(seen.info(made["nl"])["Pages"])
        assert "1 / " not in pages[0]
        for number, page in enumerate(pages[1:count], 2):
            head = page.strip().split("\n\n")[:2]
            assert "Portfolio: Samenwerken met ouders · " in head[0]
            assert f"{number} / {count}" in " ".join(head)

    def test_running_header_stays_on_its_line(self, course, needs):
        needs("pdftotext")
        identity = Identity(id="a", course=course.id, language="nl", student=Student(name="Jan " * 100))
        page = seen.text(render(course, Portfolio(identity))).split("\f")[1]
        head = re.sub(r"\s+", " ", page.strip().partition("Inhoud")[0])
        assert re.fullmatch(r"Portfolio: Samenwerken met ouders · (Jan )+(J|Ja|Jan)?… 2 ?/ ?\d+ ", head)

    def test_what_is_missing_shows_in_its_place_and_on_the_list(self, course, empty, made, needs):
        needs("pdftotext")
        text = seen.squeezed(seen.text(made["empty"]))
        report = build_report(course, empty, "nl")
        for entry in report.todo:
            assert seen.squeezed(entry.text) in text
        marks = [b.text for s in report.sections for a in s.answers for b in a.blocks if isinstance(b, Todo)]
        assert len(marks) == len(report.todo)
        for mark in set(marks):
            assert text.count(seen.squeezed(mark)) == marks.count(mark)

    def test_a_table_over_pages_repeats_its_header(self, course, real, needs):
        needs("pdftotext")
        contacts = real.answers["soorten-contact"]["contacts"]
        many = {
            **real.answers["soorten-contact"],
            "contacts": tuple(contacts[i % len(contacts)] for i in range(40)),
        }
        pages = seen.text(
            render(course, Portfolio(real.identity, {**real.answers, "soorten-contact": many}))
        ).split("\f")
        label = course.assignment("soorten-contact").question("contacts").questions[0].label["nl"]
        assert sum(page.count(f"\n{label}\n") or page.startswith(label) for page in pages) >= 2

    def test_the_figure_has_a_text_alternative(self, course, real, made, needs, tmp_path):
        needs("qpdf")
        report = build_report(course, real, "nl")
        figure = next(
            b for s in report.sections for a in s.answers for b in a.blocks if hasattr(b, "alternative")
        )
        alternatives = [x["/Alt"] for x in seen.objects(seen.structure(made["nl"], tmp_path)) if "/Alt" in x]
        assert f"u:{figure.alternative}" in alternatives

    def test_an_address_behind_words_shows_on_paper(self, course, empty, needs):
        needs("pdftotext")
        portfolio = Portfolio(
            empty.identity, {"visie": {"summary": "Lees [de pagina](https://school.example/ouders)."}}
        )
        assert "Leesdepagina(https://school.example/ouders)." in seen.squeezed(
            seen.text(render(course, portfolio))
        )


class TestSameBytes:
    def test_twice_and_in_threads(self, course, real, made):
        report = build_report(course, real, "nl")
        results = []
        threads = [threading.Thread(target=lambda: results.append(render_pdf(report))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [result == made["nl"] for result in results] == [True, True, True]

    def test_after_a_document_that_was_hard(self, course, real, made):
        render(course, everywhere(course, "你好 ❤️ x\u0302\u0302\u0302"))
        assert render(course, real) == made["nl"]


class TestHostile:
    @pytest.mark.parametrize("text", [*TYPST, *OTHERS])
    def test_appears_as_typed_in_each_place_and_changes_no_section(
        self, course, text, needs, tmp_path, harmless
    ):
        needs("pdftotext", "qpdf")
        pdf = render(course, everywhere(course, text))
        found = seen.structure(pdf, tmp_path)
        assert seen.bookmarks(found) == harmless
        shown = seen.squeezed(seen.text(pdf))
        assert shown.count(seen.squeezed(words(flat(parse(text))).replace("\ufeff", "\u2060"))) >= 20
        actions = {str(x.get("/S")) for x in seen.objects(found)} & {
            "/JavaScript",
            "/Launch",
            "/SubmitForm",
            "/GoToR",
        }
        assert actions == set()

    def test_links_lead_only_where_they_say(self, course, needs, tmp_path):
        needs("qpdf")
        text = '[a](javascript:alert(1)) [b](https://a.example/x) [c](file:///etc) mailto:x@a.nl #link("x")'
        found = seen.structure(render(course, everywhere(course, text)), tmp_path)
        addresses = {x["/URI"] for x in seen.objects(found) if "/URI" in x and x.get("/S") == "/URI"}
        assert addresses == {"u:https://a.example/x"}

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_no_private_name_in_any_byte(self, course, real, language, needs, tmp_path):
        needs("pdftotext", "qpdf")
        names = ("Annemieke Zwartjes-van der Poel", "Dirk-Jan Ypma")
        told = [f"{name} staat vroeg op, en {name.split()[0]}s kind ook." for name in names]
        held = real.answers["parent-interview"]["parents"][:2]
        parents = tuple(
            {**item, "name": name, "on_time": text}
            for item, name, text in zip(held, names, told, strict=True)
        )
        interview = {**real.answers["parent-interview"], "parents": parents}
        answers = {**real.answers, "parent-interview": interview}
        pdf = render(course, Portfolio(real.identity, answers), language)
        plain, text = seen.plain_bytes(pdf, tmp_path), seen.text(pdf)
        private = [*names, "Annemieke", "Zwartjes", "Ypma", real.identity.mentor.name]
        for name in filter(None, private):
            assert name not in text
            for encoding in ("utf-8", "utf-16-be"):
                data = name.encode(encoding)
                assert data not in plain
                assert data.hex().encode() not in plain.lower()

    def test_nothing_withheld(self, course, samples, needs):
        needs("pdftotext")
        consent = samples["nl"].answers["parent-interview"]["parents"]
        withheld = [item for item in consent if item["consent"].refused]
        assert withheld
        text = seen.squeezed(seen.text(render(course, samples["nl"])))
        for item in withheld:
            for answer in item.values():
                assert (
                    not isinstance(answer, str) or len(answer) < 12 or seen.squeezed(answer)[:40] not in text
                )

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    def test_any_text_makes_a_document(self, course, text):
        identity = Identity(
            id="abcdefgh12345678", course=course.id, language="nl", student=Student(name=text)
        )
        portfolio = Portfolio(identity, {"visie": {"summary": text}, "soorten-contact": {"contacts": (
            {"type": "other", "own_type": text, "judgement": "lower", "why": text},)}})  # fmt: skip
        assert render(course, portfolio).startswith(b"%PDF-1.7")


class TestRare:
    @pytest.mark.parametrize(
        "text",
        [
            "😀",
            "😀🎉🥳" * 40,
            "👩‍👩‍👧 🇳🇱 ❤️ 👍🏽 1️⃣ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ],
    )
    def test_only_emoji(self, course, text, needs):
        needs("pdftotext")
        assert seen.squeezed(text) in seen.squeezed(seen.text(render(course, everywhere(course, text))))

    @pytest.mark.parametrize("word", ["שלום", "הורים", "صباح", "مدرسة"])
    def test_from_right_to_left(self, course, word, needs):
        needs("pdftotext")
        assert word in seen.text(render(course, everywhere(course, f"{word} {word}")))

    def test_what_turns_the_direction_ends_with_the_answer(self, course, needs):
        needs("pdftotext")
        text = seen.text(render(course, everywhere(course, "\u202eabc\u2067")))
        assert "Welke zinnen van de website" in " ".join(text.split())

    def test_what_no_font_has_shows_as_its_code(self, course, needs, monkeypatch):
        """As on a computer without fonts of its own."""
        needs("pdftotext")
        monkeypatch.setattr(pdf_typst, "_found", dict.fromkeys("家长한", False))
        text = seen.squeezed(seen.text(render(course, everywhere(course, "家长 \ue000 한"))))
        assert "[U+5BB6][U+957F][U+E000][U+D55C]" in text

    def test_an_endless_word_stays_on_the_page(self, course, needs):
        needs("pdftotext")
        pdf = render(course, everywhere(course, "a" * 500 + " " + "https://a.example/" + "pad/" * 100))
        assert "a" * 500 in seen.squeezed(seen.text(pdf))
        boxes = re.findall(rb'<word xMin="[^"]*" yMin="[^"]*" xMax="([0-9.]+)"',
                           seen.run("pdftotext", "-bbox", "-", "-", data=pdf))  # fmt: skip
        assert max(map(float, boxes)) < 595.3 - 56

    def test_five_thousand_words(self, course, real, needs):
        needs("pdfinfo")
        answers = {
            **real.answers,
            "visie": {**real.answers["visie"], "summary": "Ouders vertellen veel. " * 1700},
        }
        assert int(seen.info(render(course, Portfolio(real.identity, answers)))["Pages"]) > 15

    def test_a_name_that_is_long_or_strange(self, course, empty, needs):
        needs("pdftotext")
        student, school = Student(name="#panic() 😀 " + "Jan " * 100), School(name="= Kop")
        identity = Identity(
            id="abcdefgh12345678", course=course.id, language="nl", student=student, school=school
        )
        text = seen.text(render(course, Portfolio(identity)))
        assert "#panic() 😀 Jan Jan" in " ".join(text.split())
        assert "= Kop" in text
