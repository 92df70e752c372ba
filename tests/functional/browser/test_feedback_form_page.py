"""The mentor's form as a page: valid, open to everyone in every state, and deaf to what is typed into it."""

import json
from dataclasses import replace

import pytest

from stagekit.api.portfolios import open_portfolio
from tests.functional.browser.hands import Hands
from tests.functional.browser.test_feedback_form import (
    PART,
    PHONE,
    QUOTES,
    SUMMARY,
    text,
    visible,
    write,
    written,
)
from tests.functional.browser.test_html_hostile import PAYLOADS, RUN, TOUCH
from tests.functional.browser.test_html_page import violations  # noqa: F401 - a fixture
from tests.functional.conftest import REAL_ANSWERS, stagekit  # noqa: F401 - a fixture
from tests.unit.report.conftest import everywhere

VIEWS = {"light": {}, "dark": {"dark": True}, "phone": PHONE}
HOSTILE = "\n".join(PAYLOADS)


@pytest.mark.parametrize(("view", "language"), [("light", "nl"), ("dark", "en"), ("phone", "nl")])
def test_nothing_stands_in_a_mentors_way(form, own, saved, violations, language, view):  # noqa: F811
    portfolio = own()
    page, hands = form(portfolio, language, **VIEWS[view])
    if view == "light":
        assert violations(page) == []
    write(page, hands)
    hands.click(f"{PART} input[value=strong]")
    hands.click(f"{PART} input[type=checkbox]")
    hands.click(f"{PART} .fb-rubric .fb-open")
    hands.click(".fb-save")
    assert visible(page, "#fb-name-missing")
    assert violations(page) == []
    hands.type("Mila")
    hands.click(".fb-save")
    saved()
    assert violations(page) == []
    page.close()
    visie = {**portfolio.answers["visie"], "summary": "Anders."}
    again, hands = form(replace(portfolio, answers={"visie": visie}), language, **VIEWS[view])
    assert visible(again, ".fb-restored")
    assert visible(again, f"{SUMMARY} .fb-changed")
    hands.click(".fb-closing .fb-wipe")
    assert violations(again) == []


def test_what_has_the_focus_is_not_behind_the_bar(form, own):
    page, hands = form(own(), height=500)
    below = "document.activeElement.getBoundingClientRect().bottom"
    bar = "document.querySelector('.fb-bar').getBoundingClientRect().top"
    for _ in range(60):
        hands.press("Tab")
        if not page.value("document.activeElement.closest('.fb-bar') !== null"):
            assert page.value(f"{below} <= {bar} + 1")


class TestHostile:
    def test_answers_run_nothing_and_ask_for_nothing(self, form, course):
        page, _ = form(everywhere(course, HOSTILE, items=2))
        page.value(TOUCH)
        page.settle()
        self.inert(page)
        assert page.value("document.querySelectorAll('.fb-part').length") > 3

    def test_nor_does_what_a_mentor_types(self, form, own, saved):
        portfolio = own()
        page, hands = form(portfolio)
        write(page, hands, words=HOSTILE)
        hands.click(f"{SUMMARY} .fb-open")
        hands.click(f"{PART} textarea")
        hands.type(HOSTILE)
        hands.click("#fb-name")
        hands.type(PAYLOADS[0])
        hands.click(".fb-save")
        assert json.loads(saved()[1])["reviewer"]["name"] == PAYLOADS[0]
        self.inert(page)
        page.close()
        gone = {"nothing_found": True, "looked_where": "Overal."}
        again, _ = form(replace(portfolio, answers={**portfolio.answers, "visie": gone}))
        assert PAYLOADS[0] in text(again, ".fb-gone")
        again.value(TOUCH)
        again.settle()
        self.inert(again)

    def test_nor_does_what_another_page_left_in_the_browser(self, form, own):
        portfolio = own()
        part = {"level": PAYLOADS[0], "comment": PAYLOADS[1], "signed": "yes", "seen": PAYLOADS[2]}
        page, _ = form(portfolio)
        key = f"stagekit-feedback:{portfolio.identity.id}"
        for kept in (
            "no JSON", "null", "[]", "7", '"x"', '{"parts": 1, "answers": {"a": 1}}',
            json.dumps({"answers": [["visie.summary", {"comment": 7}], ["visie.summary", None], 1, [1, 2]]}),
            json.dumps({"parts": [["__proto__", part], ["visie", part]], "overall": {}, "name": [RUN],
                        "answers": [["__proto__.x", {"comment": "x"}], ["visie.summary", part]]}),
        ):  # fmt: skip
            page.value(f"localStorage.setItem('{key}', {json.dumps(kept)})")
            page.browser.events.clear()
            page.call("Page.reload")
            page.browser.wait_for("Page.loadEventFired")
            assert page.value("document.documentElement.classList.contains('scripted')")
            self.inert(page)
        assert written(page, f"{PART} textarea") == PAYLOADS[1]
        assert page.value("({}).comment") is None

    def inert(self, page):
        assert page.value("window.ran") is None
        assert [url for url in page.requests() if not url.startswith("data:image/svg+xml")] == []
        assert page.complaints() == []


def test_from_the_mentor_back_into_the_students_documents(stagekit, chromium, saved, tmp_path):  # noqa: F811
    stagekit("start", "P", "--answers", REAL_ANSWERS)
    stagekit("render", "P", "--for", "mentor", "-f", "html")
    page = chromium.open((tmp_path / "P" / "portfolio-mentor.html").as_uri())
    hands = Hands(page)
    write(page, hands, words="Mooi gezegd.")
    write(page, hands, QUOTES, "Goed gekozen.")
    hands.click(f"{PART} input[value=strong]")
    hands.click("#fb-overall")
    hands.type("Ga zo door!")
    hands.click(".fb-save")
    name, data = saved()
    page.close()
    (tmp_path / name).write_bytes(data)
    assert "Mooi gezegd." in stagekit("review", "P", "--import", name).out
    (taken,) = open_portfolio(tmp_path / "P").rounds
    assert taken.feedback.assignments["visie"].answers["quotes"].comment == "Goed gekozen."
    stagekit("render", "P", "--feedback", "-f", "md")
    shown = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "P").glob("*feedback*.md"))
    for words in ("Mooi gezegd.", "Goed gekozen.", "Ga zo door!"):
        assert shown.count(words) == 1
    assert "ewijzigd sinds" not in shown
