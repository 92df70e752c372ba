"""The page holds all of the report, each word where it belongs, and nothing of anyone else's making."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagekit.checks.consent import Reader
from stagekit.report.build import build_report
from stagekit.report.model import Fact, Facts, Item, Note, Passage, Table
from stagekit.report.render.html import render_html
from stagekit.report.render.html_blocks import MAX_BRIEF, brief, runs
from stagekit.report.render.html_prose import in_cell, inline_html, prose_html
from stagekit.report.tree import (
    BulletList,
    Emphasis,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Plain,
    Strong,
)
from tests.unit.report.conftest import DATA, everywhere

GOLDEN = DATA.parent / "golden"
VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Elements as they open and close; raises where they do not nest."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.headings, self.ids, self.text = [], [], [], [], []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)

    def count(self, tag):
        return sum(found == tag for found, _ in self.elements)


def render(course, portfolio, language="nl", reader=Reader.STUDENT):
    return render_html(build_report(course, portfolio, language, reader))


@pytest.fixture(scope="module")
def portfolios(course, real, samples, empty):
    return [real, samples["nl"], samples["en"], empty, everywhere(course, "woord", items=2)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_real_answers(course, real, language, update_golden):
    html = render(course, real, language)
    file = GOLDEN / f"portfolio-{language}.html"
    if update_golden:
        file.write_text(html, encoding="utf-8", newline="\n")
    assert html == file.read_text(encoding="utf-8")
    assert html == render(course, real, language)


class TestStructure:
    def test_elements_nest_ids_are_unique_and_lead_somewhere(self, course, portfolios):
        for portfolio in portfolios:
            page = Page(render(course, portfolio))
            assert len(page.ids) == len(set(page.ids))
            for _, attributes in page.elements:
                if attributes.get("href", "").startswith("#"):
                    assert attributes["href"][1:] in page.ids
                for name in attributes.get("aria-labelledby", "").split():
                    assert name in page.ids

    def test_headings_go_down_one_step_at_a_time_from_one_title(self, course, portfolios):
        for portfolio in portfolios:
            levels = Page(render(course, portfolio)).headings
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_each_table_has_a_caption_and_scoped_heads(self, course, real):
        page = Page(render(course, real))
        assert page.count("table") == page.count("caption") > 4
        assert all(
            attributes.get("scope") in ("col", "row") for tag, attributes in page.elements if tag == "th"
        )

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_language_title_and_landmarks(self, course, real, language):
        html = render(course, real, language)
        page = Page(html)
        assert ("html", {"lang": language}) in page.elements
        assert re.search("<title>Portfolio: .+ – Noor van den Berg</title>", html)
        assert page.count("main") == page.count("nav") == page.count("h1") == 1

    def test_each_thing_missing_is_marked_where_it_belongs_and_listed_with_a_link(self, course, empty):
        report = build_report(course, empty, "nl")
        html = render_html(report)
        assert len(report.todo) > 5
        for entry in report.todo:
            assert re.search(rf'<a href="#{entry.answer or entry.section}">[^<]+</a>', html)
        assert html.count('class="todo"') >= len(report.todo)
        assert 'value="0"' in html

    def test_progress_counts_the_parts_a_reader_sees(self, course, real):
        assert '<progress id="progress" max="6" value="6">' in render(course, real)
        assert '<progress id="progress" max="5" value="5">' in render(course, real, reader=Reader.MENTOR)

    def test_the_figure_is_there_twice_and_a_table_holds_the_same(self, course, real):
        html = render(course, real)
        assert html.count('role="img"') == 2
        assert html.count("Pleinapp van de klassenouder") >= 4


class TestQuiet:
    def test_the_policy_names_style_and_script_by_hash_and_allows_nothing_else(self, course, real):
        html = render(course, real)
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        for tag in ("style", "script"):
            inner = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
            digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
            assert rules[f"{tag}-src"] == f"'sha256-{digest}'"

    def test_nothing_is_fetched(self, course, portfolios):
        for portfolio in portfolios:
            for tag, attributes in Page(render(course, portfolio)).elements:
                assert not {"src", "srcset", "poster", "style", "action"} & set(attributes)
                assert tag != "link" or attributes["href"] == "data:,"


TEXT = st.text(max_size=30) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</style>",
        "</script>",
        "<!--",
        "-->",
        '"',
        "'",
        "&lt;",
        "]]>",
        "{{ 7*7 }}",
    ]
)


class TestWords:
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(TEXT)
    def test_no_answer_changes_the_elements_of_the_page(self, course, text):
        typed = f"woord {text} woord".replace("\n", " ").replace("\r", " ")
        page = Page(render(course, everywhere(course, typed)))
        plain = Page(render(course, everywhere(course, "woord")))
        inline = {"br", "em", "strong", "span", "a", "p", "text"}
        assert [e for e, _ in page.elements if e not in inline] == [
            e for e, _ in plain.elements if e not in inline
        ]

    def test_prose(self):
        prose = (
            Paragraph((Plain("a <b> "), Strong((Plain("c"),)), LineBreak(), Emphasis((Plain("d"),)))),
            BulletList(((Paragraph((Plain("x"),)),), (Paragraph((Plain("y"),)), Paragraph((Plain("z"),))))),
            OrderedList(3, ((Paragraph((Plain("q"),)), BulletList(((Paragraph((Plain("r"),)),),))),)),
        )
        assert prose_html(prose) == (
            '<p dir="auto">a &lt;b&gt; <strong>c</strong><br><em>d</em></p>\n'
            '<ul dir="auto"><li dir="auto">x</li>'
            '<li dir="auto"><p dir="auto">y</p>\n<p dir="auto">z</p></li></ul>\n'
            '<ol dir="auto" start="3"><li dir="auto">q<ul dir="auto"><li dir="auto">r</li></ul></li></ol>'
        )

    def test_links_say_when_paper_need_not_repeat_their_address(self):
        bare = inline_html((Link("https://a.nl/?a=1&b=2", (Plain("https://a.nl/?a=1&b=2"),)),))
        assert 'class="bare" href="https://a.nl/?a=1&amp;b=2"' in bare
        assert "bare" not in inline_html((Link("https://a.nl", (Plain("hier"),)),))
        assert "noreferrer" in bare

    @pytest.mark.parametrize(
        "target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.nl"]
    )
    def test_a_link_that_leads_elsewhere_is_words(self, target):
        assert inline_html((Link(target, (Plain("hier"),)),)) == "hier"

    def test_an_address_cannot_end_its_attribute(self):
        link = inline_html((Link("https://a.nl/\" onmouseover='x", (Plain("hier"),)),))
        assert 'href="https://a.nl/&quot; onmouseover=&#39;x" rel=' in link

    def test_only_very_long_words_may_break_in_a_cell(self):
        assert in_cell((Plain("thuisbetrokkenheid en zo"),)) == "thuisbetrokkenheid en zo"
        assert in_cell((Plain("a " + "x" * 30),)) == f'a <span class="long-word">{"x" * 30}</span>'

    def test_a_word_of_several_pieces_may_break_between_them(self):
        pieces = (
            Plain('=HYPERLINK("'),
            Link("https://a.example", (Plain("https://a.example"),)),
            Plain('";"x")'),
        )
        assert in_cell(pieces).count("<wbr>") == 2
        assert "<wbr>" not in in_cell((Plain("zie "), Strong((Plain("dit"),))))


class TestRuns:
    def test_short_answers_and_labelled_passages_stand_together(self):
        facts, labelled = Facts((Fact("a", "A"),)), Passage("b", "B")
        bare, note = Passage("c", ""), Note("remark", ())
        found = list(runs([facts, labelled, note, labelled, bare, facts]))
        assert found == [[facts, labelled], note, [labelled], bare, [facts]]

    def test_each_other_kind_of_block_stands_alone(self):
        table = Table("", (), ())
        assert list(runs([table, table])) == [table, table]

    def test_a_long_item_may_break_over_pages(self):
        for length, short in ((10, True), (MAX_BRIEF, False)):
            passage = Passage("a", "A", (Paragraph((Plain("x" * length),)),))
            assert brief(Item("i", 1, "I", (), (passage,))) is short
