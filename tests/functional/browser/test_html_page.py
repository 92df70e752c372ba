"""The page as a reader meets it: valid, usable by everyone, from any device, and quiet."""

import json
import subprocess
from dataclasses import replace

import pytest

from stagekit.checks.consent import Reader
from stagekit.report.build import build_report
from stagekit.report.render.html import render_html
from tests.unit.report.conftest import everywhere
from tests.unit.report.remarked import everywhere_said

VIEWS = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"width": 320, "height": 640, "phone": True},
    "phone-dark": {"width": 320, "height": 640, "phone": True, "dark": True},
    "tablet": {"width": 760},
    "print": {"media": "print", "width": 680},
    "print-from-dark": {"media": "print", "width": 680, "dark": True},
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FOUND = "found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => [n.html, n.failureSummary])])"
INSIDE = "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.hash.slice(1)))"
OUTSIDE = "[...document.querySelectorAll('a:not([href^=\"#\"])')].map(a => a.rel)"
WORDS = "woord " * 400
"""In every field at once."""
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 5
RIGHT_TO_LEFT = "مرحبا بالآباء والأمهات (2026) في المدرسة"
ODD = {"emoji": "🎉👨‍👩‍👧‍👦" * 40, "right to left": RIGHT_TO_LEFT, "long words": LONG, "many words": WORDS}


def forty(portfolio):
    """The real answers with forty contact types."""
    values = dict(portfolio.answers["soorten-contact"])
    values["contacts"] = (values["contacts"] * 5)[:40]
    return replace(portfolio, answers={**portfolio.answers, "soorten-contact": values})


def half(portfolio):
    return replace(portfolio, answers=dict(list(portfolio.answers.items())[:3]))


@pytest.fixture
def portfolios(course, real, samples, empty):
    odd = {name: everywhere(course, text) for name, text in ODD.items()}
    others = {"demo": samples["nl"], "empty": empty, "half": half(real), "forty": forty(real)}
    return {"real": real, **others, **odd}


@pytest.fixture
def violations(npm_file):
    source = npm_file("axe-core/axe.min.js").read_text(encoding="utf-8")

    def check(page):
        page.value(source + "; true")
        return page.value(f"axe.run(document, {json.dumps(RULES)}).then(found => {FOUND})")

    return check


@pytest.mark.parametrize(
    ("language", "view"), [*(("nl", view) for view in VIEWS), ("en", "light"), ("en", "phone-dark")]
)
def test_nothing_stands_in_a_readers_way(page, violations, real, language, view):
    assert violations(page(real, language, **VIEWS[view])) == []


@pytest.mark.parametrize("name", ["empty", "half", "forty", *ODD])
def test_nor_in_any_other_portfolio(page, violations, portfolios, name):
    for view in ("light", "phone-dark") if name == "forty" else ("phone-dark",):
        assert violations(page(portfolios[name], **VIEWS[view])) == []


def test_an_answer_of_5000_words_is_all_there(page, real):
    values = {**real.answers["visie"], "summary": "\n\n".join(["woord " * 500] * 10)}
    shown = page(replace(real, answers={**real.answers, "visie": values}))
    assert shown.value("document.querySelector('#visie-summary .prose').textContent").count("woord") == 5000


@pytest.mark.parametrize("name", ["real", "empty", "half", "forty", *ODD])
def test_nothing_is_wider_than_the_window(page, portfolios, name):
    shown = page(portfolios[name])
    for width in (320, 480, 736, 760, 1151, 1153):
        shown.resize(width, 640)
        assert shown.value("document.documentElement.scrollWidth") <= width


def test_the_page_asks_for_nothing_and_complains_of_nothing(page, real):
    for view in VIEWS.values():
        shown = page(real, **view)
        shown.settle()
        assert shown.requests() == []
        assert shown.complaints() == []


def test_style_and_script_pass_the_pages_own_policy(page, real):
    shown = page(real)
    assert shown.value("getComputedStyle(document.querySelector('.page')).display") == "grid"
    assert shown.value("document.querySelector('button.print').hidden") is False


def test_contents_follow_the_reader(page, real):
    shown = page(real)
    shown.value("document.getElementById('reflection').scrollIntoView()")
    shown.settle()
    current = "document.querySelector('.contents [aria-current]')?.getAttribute('href')"
    assert shown.value(current) == "#reflection"


def test_all_can_be_read_without_script(page, real):
    with_script = page(real).value("document.querySelector('main').innerText")
    shown = page(real, script=False)
    assert shown.value("document.querySelector('main').innerText") == with_script
    assert shown.value("getComputedStyle(document.querySelector('button.print')).display") == "none"


def test_links_within_the_page_lead_somewhere_and_those_outside_give_nothing_away(page, portfolios):
    for portfolio in portfolios.values():
        shown = page(portfolio)
        assert shown.value(f"{INSIDE}.filter(id => !document.getElementById(id))") == []
        assert set(shown.value(OUTSIDE)) <= {"noopener noreferrer nofollow"}


def test_keyboard_alone_skips_to_the_text(page, real):
    shown = page(real)
    for kind in ("keyDown", "keyUp"):
        shown.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert shown.value("document.activeElement.className") == "skip"
    assert shown.value("document.activeElement.getBoundingClientRect().top") >= 0


def test_right_to_left_answers_begin_at_the_right(page, course):
    shown = page(everywhere(course, RIGHT_TO_LEFT))
    assert shown.value("getComputedStyle(document.querySelector('.prose p')).direction") == "rtl"
    assert shown.value("getComputedStyle(document.querySelector('.prompt')).direction") == "ltr"


def test_paper_is_white_whatever_the_screen_is(page, real):
    shown = page(real, media="print", dark=True)
    assert shown.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.pdf().startswith(b"%PDF")


def test_no_errors_in_the_nu_validator(course, portfolios, npm_file, needs, tmp_path):
    needs("java")
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    for name, portfolio in portfolios.items():
        for language in ("nl", "en"):
            file = tmp_path / f"{name}-{language}.html"
            file.write_text(render_html(build_report(course, portfolio, language)), encoding="utf-8")
    for name in ("real", "empty", "long words"):
        report = build_report(course, portfolios[name], "nl", Reader.MENTOR)
        (tmp_path / f"{name}-mentor.html").write_text(render_html(report), encoding="utf-8")
    said = everywhere_said(course, "Een *woord*.\n\n- a\n- b")
    report = build_report(course, portfolios["real"], "nl", points=said)
    (tmp_path / "feedback.html").write_text(render_html(report), encoding="utf-8")
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", *tmp_path.glob("*.html")], capture_output=True, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    # It does not know the hashes by which the policy names style and script, and guesses at languages.
    guesses = ("Content Security Policy", "appears to be written in")
    assert [m for m in messages if m["type"] == "error" or not any(g in m["message"] for g in guesses)] == []
