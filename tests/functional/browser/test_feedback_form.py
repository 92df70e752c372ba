"""The mentor's form from a local file: typed, kept, found back, saved, wiped; by mouse, finger or keys."""

import json
from dataclasses import replace
from datetime import date

import pytest

from stagekit.checks.seen import seen_hashes
from stagekit.store.feedback_file import decode_feedback
from tests.functional.browser.chromium import Chromium
from tests.functional.browser.hands import Hands

SUMMARY = "[data-assignment=visie][data-question=summary]"
QUOTES = "[data-assignment=visie][data-question=quotes]"
PART = ".fb-part[data-assignment=visie]"
PHONE = {"width": 360, "height": 640, "phone": True}
TYPED = "Mooi gezegd.\nWaar zie je dat <b>terug</b>? \u00e9\U0001f389"
BROKEN = {
    "none": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('x'); }})",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('x', 'QuotaExceededError'); }",
}


def visible(page, selector):
    return page.value(f"document.querySelector({selector!r}).checkVisibility({{visibilityProperty: true}})")


def text(page, selector):
    return page.value(f"document.querySelector({selector!r}).innerText")


def written(page, selector):
    return page.value(f"document.querySelector({selector!r}).value")


def quiet(page):
    """The page asks for nothing: only the browser itself, for the picture of a date field."""
    assert [url for url in page.requests() if not url.startswith("data:image/svg+xml")] == []
    assert page.complaints() == []


def write(page, hands, selector=SUMMARY, words=TYPED):
    hands.click(f"{selector} .fb-open")
    hands.type(words)


class TestByMouse:
    def test_type_close_reopen_save(self, form, own, saved, course):
        portfolio = own()
        page, hands = form(portfolio)
        assert not visible(page, f"{SUMMARY} textarea")
        write(page, hands)
        hands.click(f"{PART} input[value=sufficient]")
        hands.click(f"{PART} input[type=checkbox]")
        hands.click(f"{PART} textarea")
        hands.type("Helder deel.")
        hands.click("#fb-overall")
        hands.type("Ga zo door!")
        hands.click("#fb-name")
        hands.type("M. de Boer")
        page.close()
        again, hands = form(portfolio)
        assert visible(again, ".fb-restored")
        assert written(again, f"{SUMMARY} textarea") == TYPED
        assert written(again, f"{PART} textarea") == "Helder deel."
        hands.click(".fb-save")
        name, data = saved()
        assert name == f"feedback-noor-van-den-berg-{portfolio.identity.id[:6]}.json"
        seen = seen_hashes(course, portfolio)
        assert json.loads(data) == {
            "stagekit_feedback": 1,
            "portfolio": portfolio.identity.id,
            "reviewer": {"date": date.today().isoformat(), "name": "M. de Boer", "show_name": False},
            "overall": "Ga zo door!",
            "assignments": {
                "visie": {
                    "level": "sufficient",
                    "comment": "Helder deel.",
                    "signed_off": True,
                    "seen": seen["visie"],
                    "answers": {"summary": {"comment": TYPED, "seen": seen["visie.summary"]}},
                }
            },
        }
        assert decode_feedback(data, course, portfolio.identity.id).overall == "Ga zo door!"
        assert name in text(again, ".fb-message")
        quiet(again)

    def test_only_what_was_filled_in_is_in_the_file(self, form, own, saved):
        page, hands = form(own())
        write(page, hands)
        hands.click(f"{QUOTES} .fb-open")
        hands.type("   ")
        hands.click(f"{PART} input[value=strong]")
        hands.click(f"{PART} .fb-clear")
        assert page.value("document.activeElement.value") == "not_yet"
        assert not visible(page, f"{PART} .fb-clear")
        hands.click(".fb-save")
        whole = json.loads(saved()[1])
        assert sorted(whole) == ["assignments", "portfolio", "reviewer", "stagekit_feedback"]
        assert sorted(whole["reviewer"]) == ["date"]
        assert list(whole["assignments"]) == ["visie"]
        assert list(whole["assignments"]["visie"]) == ["answers"]
        assert list(whole["assignments"]["visie"]["answers"]) == ["summary"]

    def test_a_closed_comment_shows_its_beginning(self, form, own):
        page, hands = form(own())
        write(page, hands)
        hands.click(f"{SUMMARY} .fb-open")
        assert not visible(page, f"{SUMMARY} textarea")
        assert text(page, f"{SUMMARY} .fb-preview").startswith("Mooi gezegd. Waar zie je dat <b>terug</b>?")

    def test_nothing_to_save(self, form, own):
        page, hands = form(own())
        hands.click(".fb-save")
        assert text(page, ".fb-message") == page.value("document.querySelector('.fb-bar').dataset.empty")

    def test_a_signature_needs_a_name(self, form, own, saved):
        page, hands = form(own())
        hands.click(f"{PART} input[type=checkbox]")
        hands.click(".fb-save")
        assert page.value("document.activeElement.id") == "fb-name"
        assert page.value("document.activeElement.ariaInvalid") == "true"
        assert visible(page, "#fb-name-missing")
        hands.type("Mila")
        assert not visible(page, "#fb-name-missing")
        hands.click("#fb-show")
        hands.click(".fb-save")
        assert json.loads(saved()[1])["reviewer"]["show_name"] is True

    def test_a_comment_that_no_portfolio_takes_is_named_and_not_cut(self, form, own):
        page, hands = form(own())
        write(page, hands, words="x" * 20_001)
        hands.click(f"{SUMMARY} .fb-open")
        hands.click(".fb-save")
        assert "20001" in text(page, ".fb-message")
        assert page.value(f"document.activeElement.closest({SUMMARY!r}) !== null")
        assert len(written(page, f"{SUMMARY} textarea")) == 20_001


class TestWiping:
    def test_asks_first_and_then_leaves_nothing(self, form, own):
        portfolio = own()
        kept = f"localStorage.getItem('stagekit-feedback:{portfolio.identity.id}')"
        page, hands = form(portfolio)
        write(page, hands)
        hands.until(f"{kept} !== null")
        hands.click(".fb-closing .fb-wipe")
        hands.click(".fb-no")
        assert written(page, f"{SUMMARY} textarea") == TYPED
        hands.click(".fb-closing .fb-wipe")
        hands.click(".fb-yes")
        assert page.value(kept) is None
        assert written(page, f"{SUMMARY} textarea") == ""
        page.close()
        again, _ = form(portfolio)
        assert not visible(again, ".fb-restored")
        assert written(again, f"{SUMMARY} textarea") == ""

    def test_from_the_top_by_keyboard(self, form, own):
        portfolio = own()
        page, hands = form(portfolio)
        write(page, hands)
        page.close()
        again, hands = form(portfolio)
        hands.tab_to(".fb-restored .fb-wipe")
        hands.press("Enter")
        assert again.value("document.activeElement.className") == "fb-no"
        hands.press("Escape")
        assert again.value("document.activeElement.className") == "fb-wipe"
        hands.press("Enter")
        hands.press("Tab")
        hands.press("Enter")
        assert written(again, f"{SUMMARY} textarea") == ""
        assert again.value("document.activeElement.id") == "main-text"


def test_by_keyboard_alone(form, own, saved, course):
    portfolio = own()
    page, hands = form(portfolio)
    hands.tab_to(f"{SUMMARY} .fb-open")
    hands.press("Enter")
    hands.type("Eerst dit.")
    hands.press("Escape")
    assert not visible(page, f"{SUMMARY} textarea")
    assert page.value(f"document.activeElement.matches('{SUMMARY} .fb-open')")
    hands.press(" ")
    hands.tab_to(f"{PART} input[type=radio]")
    hands.press(" ")
    hands.press("ArrowDown")
    hands.tab_to(f"{PART} .fb-rubric .fb-open")
    hands.press("Enter")
    assert visible(page, f"{PART} .fb-rubric table")
    hands.tab_to(f"{PART} input[type=checkbox]")
    hands.press(" ")
    hands.tab_to("#fb-name")
    hands.type("Mila")
    hands.tab_to(".fb-save")
    hands.press("Enter")
    feedback = decode_feedback(saved()[1], course, portfolio.identity.id)
    part = feedback.assignments["visie"]
    assert feedback.reviewer.name == "Mila"
    assert part.answers["summary"].comment == "Eerst dit."
    assert part.level == "sufficient"
    assert part.signed_off


def test_on_a_phone_by_touch(form, own, saved, course):
    portfolio = own()
    page, hands = form(portfolio, **PHONE)
    page.call("Emulation.setTouchEmulationEnabled", enabled=True)
    hands.tap(f"{SUMMARY} .fb-open")
    hands.type(TYPED + "w" * 200)
    hands.tap(f"{PART} input[value=not_yet]")
    hands.tap(f"{PART} .fb-rubric .fb-open")
    hands.tap(".fb-save")
    part = decode_feedback(saved()[1], course, portfolio.identity.id).assignments["visie"]
    assert (part.level, part.answers["summary"].comment) == ("not_yet", TYPED + "w" * 200)
    for width in (360, 320):
        page.resize(width, 640, phone=True)
        assert page.value("document.documentElement.scrollWidth") <= width
        assert page.value("document.querySelector('.fb-bar').offsetHeight") < 640 / 3


def test_found_back_by_another_browser_process(file, own, chromium, tmp_path):
    portfolio = own()
    url = file(portfolio).as_uri()
    program, profile = chromium.program, tmp_path / "profile"
    browser = Chromium(program, profile)
    page = browser.open(url)
    write(page, Hands(page))
    Hands(page).until("localStorage.length === 1")
    browser.close()
    browser = Chromium(program, profile)
    try:
        assert written(browser.open(url), f"{SUMMARY} textarea") == TYPED
    finally:
        browser.close()


def test_two_tabs_hold_the_same(form, own):
    portfolio = own()
    first, hands = form(portfolio)
    second, others = form(portfolio)
    write(second, others)
    hands.until(f"document.querySelector('{SUMMARY} textarea').value !== ''")
    assert written(first, f"{SUMMARY} textarea") == TYPED


class TestANewerReport:
    @pytest.fixture
    def newer(self, own, form, course):
        """Comment on a part and two of its answers, one of which changes then."""
        old = own()
        page, hands = form(old)
        write(page, hands)
        write(page, hands, QUOTES, "Goed gekozen.")
        hands.click(f"{PART} input[value=strong]")
        page.close()
        visie = {**old.answers["visie"], "summary": "Iets heel anders."}
        new = replace(old, answers={**old.answers, "visie": visie})
        return seen_hashes(course, old), seen_hashes(course, new), *form(new)

    def test_says_what_changed_and_keeps_the_mark_of_what_was_seen(self, newer, saved):
        old, new, page, hands = newer
        assert visible(page, f"{SUMMARY} .fb-changed")
        assert not visible(page, f"{QUOTES} .fb-changed")
        assert visible(page, f"{PART} .fb-changed")
        assert written(page, f"{SUMMARY} textarea") == TYPED
        hands.click(".fb-save")
        part = json.loads(saved()[1])["assignments"]["visie"]
        assert part["seen"] == old["visie"] != new["visie"]
        assert part["answers"]["summary"]["seen"] == old["visie.summary"] != new["visie.summary"]
        assert part["answers"]["quotes"]["seen"] == old["visie.quotes"] == new["visie.quotes"]

    def test_it_still_holds(self, newer, saved):
        _, new, page, hands = newer
        hands.click(f"{SUMMARY} .fb-holds")
        hands.click(f"{PART} .fb-holds")
        assert not visible(page, f"{SUMMARY} .fb-changed")
        hands.click(".fb-save")
        part = json.loads(saved()[1])["assignments"]["visie"]
        assert part["seen"] == new["visie"]
        assert part["answers"]["summary"]["seen"] == new["visie.summary"]

    def test_what_is_written_anew_is_about_the_new_answer(self, newer, saved):
        _, new, page, hands = newer
        hands.click(f"{SUMMARY} textarea")
        hands.type("Nu beter. ")
        assert not visible(page, f"{SUMMARY} .fb-changed")
        hands.click(".fb-save")
        assert (
            json.loads(saved()[1])["assignments"]["visie"]["answers"]["summary"]["seen"]
            == new["visie.summary"]
        )

    def test_a_comment_whose_answer_is_gone_is_neither_lost_nor_hidden(self, own, form, saved):
        old = own()
        page, hands = form(old)
        write(page, hands)
        page.close()
        visie = {"nothing_found": True, "looked_where": "Overal."}
        again, hands = form(replace(old, answers={**old.answers, "visie": visie}))
        assert TYPED in text(again, ".fb-gone")
        hands.click(".fb-save")
        answers = json.loads(saved()[1])["assignments"]["visie"]["answers"]
        assert answers["summary"]["comment"] == TYPED
        hands.click(".fb-gone button")
        assert not visible(again, ".fb-gone")
        assert again.value("document.activeElement.localName") == "h2"
        hands.click(".fb-save")
        assert text(again, ".fb-message") == again.value("document.querySelector('.fb-bar').dataset.empty")


class TestABrowserThatKeepsNothing:
    @pytest.fixture(params=BROKEN)
    def broken(self, request, chromium, file, own):
        page = chromium.open("about:blank")
        page.call("Page.addScriptToEvaluateOnNewDocument", source=BROKEN[request.param])
        page.url = file(own()).as_uri()
        chromium.events.clear()
        page.call("Page.navigate", url=page.url)
        chromium.wait_for("Page.loadEventFired")
        yield page
        page.close()

    def test_says_so_goes_on_and_warns_who_leaves(self, broken, chromium, saved):
        hands = Hands(broken)
        write(broken, hands)
        unkept = broken.value("document.querySelector('.fb-bar').dataset.unkept")
        hands.until(f"document.querySelector('.fb-kept').innerText === {unkept!r}")
        broken.value("setTimeout(() => location.assign('about:blank')); 0")
        asked = chromium.wait_for("Page.javascriptDialogOpening")
        assert asked["params"]["type"] == "beforeunload"
        broken.call("Page.handleJavaScriptDialog", accept=False)
        hands.click(".fb-save")
        answers = json.loads(saved()[1])["assignments"]["visie"]["answers"]
        assert answers["summary"]["comment"] == TYPED
        chromium.events.clear()
        broken.value("setTimeout(() => location.assign('about:blank')); 0")
        chromium.wait_for("Page.loadEventFired")
        assert broken.complaints() == []


class TestWithoutScript:
    def test_reads_and_says_how_to_give_feedback(self, form, own, page):
        portfolio = own()
        shown, _ = form(portfolio, script=False)
        assert visible(shown, ".no-script")
        shown_controls = "[...document.querySelectorAll('.fb :is(button, input, textarea)')]"
        assert not shown.value(f"{shown_controls}.some(e => e.checkVisibility())")
        assert "Samenvatting" in text(shown, "main")

    def test_prints_with_room_to_write(self, form, own):
        shown, _ = form(own(), script=False, media="print", width=680)
        assert not visible(shown, ".no-script")
        room = f"document.querySelector('{PART} .typed').offsetHeight"
        assert shown.value(room) > 100
        assert shown.value(f"document.querySelectorAll('{PART} input').length") == 4
        assert visible(shown, f"{PART} input[type=radio]")
        assert visible(shown, ".fb-line.on-paper")
        assert not shown.value("[...document.querySelectorAll('.fb button')].some(e => e.checkVisibility())")


def test_what_was_typed_is_printed(form, own):
    page, hands = form(own())
    write(page, hands)
    hands.click(f"{SUMMARY} .fb-open")
    hands.click(f"{PART} input[value=strong]")
    page.call("Emulation.setEmulatedMedia", media="print")
    assert visible(page, f"{SUMMARY} .typed")
    assert text(page, f"{SUMMARY} .typed").strip() == TYPED
    assert not visible(page, f"{QUOTES} label")
    tick = f"getComputedStyle(document.querySelector('{PART} :checked'), '::before').content"
    assert page.value(tick) == '"✓"'
