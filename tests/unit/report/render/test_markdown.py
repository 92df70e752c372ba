"""The Markdown a student hands in: it reads well, holds no HTML, and no answer can break out of its place."""

import json
import re
import subprocess
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stagekit.checks.consent import Reader
from stagekit.report.build import build_report
from stagekit.report.prose import parse
from stagekit.report.render.escape import Markdown, escape, escape_line, inline
from stagekit.report.render.markdown import prose_markdown, render_markdown, safe, slug
from stagekit.report.tree import Emphasis, Link, Plain, Strong, flat, words
from tests.unit.report.conftest import DATA, VIEWER, everywhere, headings, kinds, leaves, shown

GOLDEN = DATA.parent / "golden"
FORBIDDEN = {"html_block", "html_inline", "image", "code_inline", "code_block", "fence", "hr", "s_open"}
HOSTILE = [
    "# kop", "Kop\n===", "Kop\n---", "<script>alert(1)</script>", "<!-- ", "-->", "<b>x", "</td></table>",
    "![x](https://a.nl/x.png)",
    "![x][y]\n\n[y]: https://a.nl", "```\ncode", "~~~\ncode", "    code", "\tcode", "`code`", "> citaat",
    "- - -", "***", "___", "a | b\n--- | ---\nc | d",
    "|a|\n|-|", "a  \n--- | ---", "a  \n===", "a  \n# b", "a  \n- b", "[x]: https://a.nl", "[^1]: voet",
    "[^1]", "<https://a.nl>", "<a@b.nl>", "&copy; &#35; &lt;",
    "~~weg~~ ~x~", "$x$ $$y$$", "---\ntitle: x\n---", "a\\", "a\\  \nb", "a  ", "\u202eabc", "\u2066abc",
    "1. a\n1) b", "10. b", "0. a", "+ a\n* b\n- c",
    "- [x] taak", "- [ ] taak", "[x] taak", "(tekst)[https://a.nl]", "www.school.nl", "ftp://a.nl",
    "post@school.nl", "https://", "[hier](https://a.nl)",
    "[link](https://a.nl)", "[here](https://a.nl/a_(b)|c)", "**Kop**", "**Een kopje**", "*x*",
    "*Een zin.*", "** x **", "_ x _", "__init__", "a*b*c **d**e", "*a**b*",
    "**a*b*c**", "*a **b***", "***a** b*", "_a_*b*", "\\*a*", "#", "#maatwerk", "0123456", '100% "welkom"',
    "{{ 7*7 }} {% x %}", "https://a.nl/?a=1&copy=2|3",
    "[[x]](https://a.nl)", "[a|b](https://a.nl)", "a\u2028b\u0085c", "a\x00b\x1b[31m", "-", "1.",
    "| --- |", ":-", "\u00a0# x", "!", "![", "*", "x *y* z  \n*w*", "- a\n\n  b\n\n  1. c\n- d",
]  # fmt: skip


LEAF = st.text("ab .*_\\", min_size=1, max_size=4).map(Plain)
INNER = {kind: st.lists(LEAF, min_size=1, max_size=1).map(tuple).map(kind) for kind in (Emphasis, Strong)}
SPANS = st.one_of(
    st.lists(LEAF | INNER[other], min_size=1, max_size=3).map(tuple).map(kind)
    for kind, other in ((Emphasis, Strong), (Strong, Emphasis))
).filter(lambda piece: words((piece,)).strip())


def render(course, portfolio, language="nl", reader=Reader.STUDENT):
    return render_markdown(build_report(course, portfolio, language, reader))


class TestGolden:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_the_real_answers(self, course, real, language, update_golden):
        text = render(course, real, language)
        file = GOLDEN / f"portfolio-{language}.md"
        if update_golden:
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8")

    def test_the_same_input_gives_the_same_bytes(self, course, real):
        assert render(course, real) == render(course, real)


class TestReading:
    @pytest.mark.parametrize("typed", ["0123456", "#maatwerk", '100% "welkom"'])
    def test_what_a_student_typed_stands_so_in_the_source(self, course, real, typed):
        assert typed in render(course, real)

    @pytest.mark.parametrize("text", [
        "5 < 6 en 7 > 3", "C:\\school", "AT&T", "a_b_c", "[sic]", "(zie 1)", "€ 5, ~5 minuten", "wat?!",
        "een - twee",
        "10% + 5 = 15", "'s ochtends", "e-mail: nee", "#1", "groep 3/4", "1.5", "x^2", "{a}", "a: b",
    ])  # fmt: skip
    def test_ordinary_signs_are_left_alone(self, text):
        assert escape(f"Zo {text} dus", cell=False) == f"Zo {text} dus"

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_links_in_the_contents_lead_somewhere(self, course, real, empty, language):
        for portfolio in (real, empty):
            text = render(course, portfolio, language)
            anchors = {slug(heading.split(" ", 1)[1]) for heading in headings(text)}
            assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors

    def test_headings_are_unique_and_in_order(self, course, real):
        found = headings(render(course, real))
        assert len(found) == len(set(found))
        levels = [int(heading[1]) for heading in found]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_a_contact_type_named_twice_has_two_headings(self, course, real):
        values = dict(real.answers["soorten-contact"])
        values["contacts"] = (*values["contacts"], *values["contacts"])
        found = headings(
            render(course, type(real)(real.identity, {**real.answers, "soorten-contact": values}))
        )
        assert len(found) == len(set(found))


@pytest.fixture(scope="module")
def plain_headings(course):
    return headings(render(course, everywhere(course, "woord", items=2)))


class TestNothingBreaksOut:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_answers(self, course, plain_headings, text):
        check_everywhere(course, plain_headings, text)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        text=st.one_of(st.text(max_size=40), st.lists(st.sampled_from(HOSTILE), max_size=4).map("\n\n".join))
    )
    def test_any_answer(self, course, plain_headings, text):
        check_everywhere(course, plain_headings, f"woord {text}")

    @settings(max_examples=400, deadline=None)
    @example(text="_>_")
    @example(text="*-*")
    @example(text="*1)*")
    @given(text=st.text(st.sampled_from("ab1 \n*_[]()<>-+.#!`~|&;:/\\=$@w"), max_size=30))
    def test_a_viewer_shows_the_words(self, text):
        prose = parse(text)
        for markdown, typed in (
            (prose_markdown(prose), letters(words(flat(prose)))),
            (
                "| x |\n| --- |\n| " + inline(flat(prose), " ", " ", cell=True) + " |",
                "x" + letters(words(flat(prose))),
            ),
            ("**Label:** " + inline(flat(prose), " "), "Label:" + letters(words(flat(prose)))),
            ("# " + escape_line(text), letters(text)),
        ):
            tokens = VIEWER.parse(markdown)
            assert letters(shown(tokens)) == typed
            assert not {token.type for token in leaves(tokens)} & FORBIDDEN

    @settings(max_examples=400, deadline=None)
    @given(SPANS)
    def test_marks_of_emphasis_never_show(self, piece):
        for pieces in ((piece,), (Plain("a"), piece, Plain("b")), (Plain("a "), piece, piece)):
            assert letters(shown(VIEWER.parse(inline(pieces)))) == letters(words(pieces))

    def test_what_the_template_puts_out_is_escaped_unless_it_is_markdown(self):
        assert safe("# <b>") == "\\# \\<b>"
        assert safe(Markdown("# <b>")) == "# <b>"
        assert safe(3) == "3"


def letters(text: str) -> str:
    return "".join(text.replace("•", "").split())


def check_everywhere(course, plain_headings, text):
    for language in ("nl", "en"):
        markdown = render(course, everywhere(course, text, items=2), language)
        if language == "nl" and parse(text):
            assert headings(markdown) == plain_headings
        assert not kinds(markdown) & FORBIDDEN
        assert "\t" not in markdown
        assert not re.search(r"(?m) $", markdown)
        seen = letters(shown(VIEWER.parse(markdown)))
        for block in parse(text):
            for line in words(flat((block,))).replace("• ", "\n").split("\n"):
                assert (
                    letters(re.sub(r"^\d+\. | \d+\. ", "", line)) in re.sub(r"\d+\.", "", seen)
                    or letters(line) in seen
                )


class TestLinks:
    def test_vague_link_words_are_followed_by_the_address(self):
        text = inline((Link("https://a.nl", (Plain("link"),)),))
        assert text == "link ([https\\://a.nl](https://a.nl))"

    def test_an_exclamation_mark_before_a_link_makes_no_picture(self):
        text = inline((Plain("Kijk!"), Link("https://a.nl", (Plain("hier staat het"),))))
        assert "image" not in kinds(text)


class TestMarkdownlint:
    """As GitHub's own tools see it; runs where markdownlint-cli2 is installed."""

    def test_every_kind_of_portfolio_passes(self, course, real, samples, empty, tmp_path, needs):
        needs("markdownlint-cli2")
        (tmp_path / ".markdownlint-cli2.jsonc").write_text(json.dumps({"config": {"MD013": False}}))
        kinds_of = {"real": real, "empty": empty, "nl": samples["nl"], "en": samples["en"]}
        kinds_of |= {f"hostile{i}": everywhere(course, text, items=2) for i, text in enumerate(HOSTILE)}
        for index, (name, portfolio) in enumerate(kinds_of.items()):
            for language in [("nl",), ("en",)][index % 2] if "hostile" in name else ("nl", "en"):
                file = tmp_path / f"{name}-{language}.md"
                file.write_text(render(course, portfolio, language), encoding="utf-8")
        done = subprocess.run(
            ["markdownlint-cli2", "*.md"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
