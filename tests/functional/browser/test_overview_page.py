"""The overview as a lecturer meets it: valid, quiet, and usable by mouse, keyboard, phone and on paper."""

import json
import subprocess
from dataclasses import replace

import pytest

from stagekit.cohort import overview_html
from stagekit.cohort.feedback_pages import feedback_files
from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.overview import write_overview
from stagekit.model.feedback import AssignmentFeedback, Feedback, Reviewer
from tests.functional.browser.hands import Hands
from tests.functional.browser.test_html_page import FOUND, RULES
from tests.unit.cohort.rows import NOOR, cohort, hostile

VIEWS = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"width": 360, "height": 740, "phone": True},
    "phone-dark": {"width": 320, "height": 640, "phone": True, "dark": True},
    "tablet": {"width": 820},
    "print": {"media": "print", "width": 1000},
}
ROWS = "[...document.querySelectorAll('#students tbody tr:not([hidden])')]"
SHOWN = f"{ROWS}.map(row => row.querySelector('bdi').textContent)"
FOUND_TEXT = "document.querySelector('.found').textContent"
SORTED = "[...document.querySelectorAll('#students thead th')].map(e => e.getAttribute('aria-sort'))"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("overview")


@pytest.fixture
def files(folder, course):
    """Write an overview, each in a folder of its own."""

    def write(rows, name, language="en"):
        out = folder / f"{name}-{language}"
        if not out.exists():
            with OutFolder(out).held():
                write_overview(rows, course, out, language)
        return out

    return write


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(overview_html, "MAX_ON_ONE_PAGE", 20)
    monkeypatch.setattr(overview_html, "PAGE_SIZE", 20)


@pytest.fixture
def rows(course):
    return cohort(course, 40, seed=4)


@pytest.fixture
def show(chromium, files, rows):
    pages = []

    def open_page(given=None, name="forty", language="en", file="overview.html", **view):
        out = files(rows if given is None else given, name, language)
        pages.append(chromium.open((out / file).as_uri(), **view))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def feedback_page(folder, course):
    """Write what a student gets back, with something that means harm in every place."""
    harm = "<script>alert(1)</script> [x](javascript:alert(1)) **b**\n\n- a\n- " + "w" * 400
    parts = {a.id: AssignmentFeedback(level="strong", comment=harm) for a in course.assignments}
    reviewer = Reviewer(name="<b>J. Docent</b>", show_name=True, date="2026-12-01")
    given = Feedback(portfolio=NOOR.portfolio, reviewer=reviewer, overall=harm, assignments=parts)
    file = folder / "feedback.html"
    file.write_bytes(feedback_files(NOOR, given, course, "nl")["feedback.html"])
    return file


@pytest.fixture
def violations(npm_file):
    source = npm_file("axe-core/axe.min.js").read_text(encoding="utf-8")

    def check(page):
        page.value(source + "; true")
        return page.value(f"axe.run(document, {json.dumps(RULES)}).then(found => {FOUND})")

    return check


def choose(page, field, value):
    page.value(f"""(() => {{
      const field = document.getElementById({field!r});
      field.value = {value!r};
      field.dispatchEvent(new Event("input"));
      field.dispatchEvent(new Event("change"));
    }})()""")


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_stands_in_a_readers_way(show, violations, rows, view):
    page = show(rows[:12], "twelve", **VIEWS[view])
    assert violations(page) == []
    assert not page.value(WIDER)
    if view != "print":
        choose(page, "find", "nobody has this name")
        assert violations(page) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_width_of_window_needs_scrolling_sideways(show, rows, language):
    name = "Jan-Willem van der Voorstonden"
    reason = "Er zit geen portfolio in, alleen: IMG_2041.heic. Vraag de student om een zip."
    rows[3] = replace(rows[3], name=name, status="failed", reason=reason, documents=())
    documents = tuple(f"a/portfolio.{format}" for format in ("docx", "html", "md", "pdf", "txt"))
    rows = [replace(row, documents=documents) if row.documents else row for row in rows]
    page = show(rows, "wide", language)
    for width in (340, 700, 1100, 1130, 1200, 1240, 1256, 1280, 1500):
        page.resize(width, 900)
        assert not page.value(WIDER), width


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("file", ["overview.html", "overview-2.html"])
def test_nor_in_an_index_of_pages(show, violations, file):
    page = show(name="pages", file=file)
    assert violations(page) == []
    assert page.requests() == []


@pytest.mark.parametrize("view", ["light", "phone-dark"])
def test_nor_where_rows_mean_harm(show, violations, course, view):
    page = show(hostile(course), "hostile", **VIEWS[view])
    assert violations(page) == []
    assert page.complaints() == []
    assert page.requests() == []
    assert not page.value(WIDER)


@pytest.mark.parametrize("view", ["light", "phone-dark", "print"])
def test_nor_in_the_page_that_a_student_gets_back(chromium, violations, feedback_page, view):
    page = chromium.open(feedback_page.as_uri(), **VIEWS[view])
    assert violations(page) == []
    assert page.complaints() == []
    assert page.requests() == []
    assert not page.value(WIDER)
    page.close()


def test_no_errors_in_the_nu_validator(files, course, rows, npm_file, needs, monkeypatch, feedback_page):
    needs("java")
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    made = [files(rows, "forty", language) for language in ("nl", "en")]
    made += [files(hostile(course), "hostile"), files([], "nobody")]
    monkeypatch.setattr(overview_html, "MAX_ON_ONE_PAGE", 20)
    made.append(files(rows, "pages"))
    pages = [feedback_page, *(page for out in made for page in out.glob("*.html"))]
    done = subprocess.run(["java", "-jar", jar, "--format", "json", *pages], capture_output=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    guesses = ("Content Security Policy", "appears to be written in")
    assert [m for m in messages if m["type"] == "error" or not any(g in m["message"] for g in guesses)] == []


def test_every_student_is_there_and_asks_for_nothing(show, rows):
    page = show()
    assert len(page.value(SHOWN)) == 40
    assert page.value(FOUND_TEXT) == "40 of 40 students shown"
    assert page.requests() == []
    assert page.complaints() == []


def test_search_knows_no_accents_or_case(show, rows):
    page = show()
    choose(page, "find", "ZOE")
    names = page.value(SHOWN)
    assert len(names) == sum(row.name.startswith("Zoë") for row in rows) > 0
    assert all(name.startswith("Zoë") for name in names)
    choose(page, "find", rows[7].number)
    assert page.value(SHOWN) == [rows[7].name]


def test_filters_join(show, rows):
    page = show()
    choose(page, "by-status", "started")
    choose(page, "by-part", "reflection")
    wanted = [
        row.name for row in rows
        if row.status == "started" and any(a.id == "reflection" and not a.complete for a in row.assignments)
    ]  # fmt: skip
    assert sorted(page.value(SHOWN)) == sorted(wanted)
    assert page.value(FOUND_TEXT).startswith(f"{len(wanted)} of 40")
    page.value("document.querySelector('.filters').reset()")
    page.settle()
    assert len(page.value(SHOWN)) == 40


def test_findings_and_lateness_filter_too(show, rows):
    page = show()
    choose(page, "by-finding", "block")
    assert len(page.value(SHOWN)) == sum(row.findings.get("block", 0) > 0 for row in rows) > 0
    choose(page, "by-finding", "none")
    read = [row for row in rows if row.status not in {"missing", "failed", "document"}]
    assert len(page.value(SHOWN)) == sum(not row.findings for row in read) < len(read)
    choose(page, "by-finding", "")
    page.value("document.getElementById('late-only').click()")
    assert len(page.value(SHOWN)) == sum(row.late for row in rows) > 0


def test_headings_sort_by_keyboard_and_say_so(show):
    page = show()
    assert page.value(SORTED)[0] == "ascending"
    names = page.value(SHOWN)
    assert names == sorted(names, key=lambda name: name.casefold().translate(str.maketrans("öëó", "oeo")))
    hands = Hands(page)
    page.value("document.querySelector('thead th:nth-child(3) button').focus()")
    hands.press("Enter")
    assert page.value(SORTED)[2] == "ascending"
    times = f"{ROWS}.map(row => row.cells[2].dataset.sort)"
    given = page.value(times)
    assert given == sorted(given, key=lambda time: (time == "", time))
    hands.press("Enter")
    assert page.value(SORTED)[2] == "descending"
    filled = [time for time in page.value(times) if time]
    assert filled == sorted(filled, reverse=True)
    assert page.value(times)[: len(filled)] == filled  # what is empty stays last


def test_a_phone_orders_by_a_list(show):
    page = show(**VIEWS["phone"])
    choose(page, "by-column", "1 false")
    ranks = [int(rank) for rank in page.value(f"{ROWS}.map(row => row.cells[1].dataset.sort)")]
    assert ranks == sorted(ranks, reverse=True)


def test_headings_stay_in_sight(show):
    page = show()
    page.value("document.querySelector('#students tbody tr:nth-child(20)').scrollIntoView()")
    assert page.value("document.querySelector('#students thead th').getBoundingClientRect().top") == 0


def test_documents_are_beside_the_page(show, rows):
    page = show()
    links = page.value("[...document.querySelectorAll('#students td a')].map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(f"./{path}" for row in rows for path in row.documents)


@pytest.mark.usefixtures("small_pages")
def test_an_index_finds_everybody(show, rows):
    page = show(name="pages")
    choose(page, "find", rows[30].number)
    assert page.value("document.querySelector('.hits bdi').textContent") == rows[30].name
    link = page.value("document.querySelector('.hits a').getAttribute('href')")
    file, row_id = link.split("#")
    page = show(name="pages", file=file)
    assert page.value(f"document.querySelector('#{row_id} bdi').textContent") == rows[30].name


def test_without_script_everything_is_readable(show):
    page = show(script=False)
    assert page.value("document.querySelectorAll('#students tbody tr').length") == 40
    assert page.value("getComputedStyle(document.querySelector('.filters')).display") == "none"


def test_paper_has_the_rows_and_no_form(show):
    page = show(**VIEWS["print"])
    assert page.value("getComputedStyle(document.querySelector('.filters')).display") == "none"
    assert page.pdf().startswith(b"%PDF")
