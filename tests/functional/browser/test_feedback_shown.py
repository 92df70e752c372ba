"""A page with feedback in it: nothing a reviewer typed runs, and nothing of it stands in a reader's way."""

import pytest

from stagekit.report.build import build_report
from stagekit.report.render.html import render_html
from tests.functional.browser.test_html_hostile import PAYLOADS, TOUCH, letters
from tests.functional.browser.test_html_page import VIEWS, violations  # noqa: F401 - a fixture
from tests.unit.report.remarked import everywhere_said, remarks


@pytest.fixture
def shown(chromium, course, real, tmp_path):
    pages = []

    def show(points, language="nl", **view):
        html = render_html(build_report(course, real, language, points=points))
        file = tmp_path / "portfolio-feedback.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        pages.append(chromium.open(file.as_uri(), **view))
        return pages[-1]

    yield show
    for page in pages:
        page.close()


def test_every_payload_in_every_field_stays_words(shown, course):
    page = shown(everywhere_said(course, "\n\n".join(PAYLOADS)))
    page.value(TOUCH)
    page.settle()
    assert page.value("window.ran") is None
    assert page.requests() == []
    assert page.complaints() == []
    assert page.value("location.href") == page.url
    text = letters(page.value("document.querySelector('main').textContent"))
    plain = [payload for payload in PAYLOADS if payload.startswith("<")]
    assert len(plain) > 20
    for payload in plain:
        assert letters(payload) in text


@pytest.mark.parametrize("view", ["light", "phone-dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_stands_in_a_readers_way(shown, violations, course, real, language, view):  # noqa: F811
    page = shown(remarks(course, real, language), language, **VIEWS[view])
    assert violations(page) == []
    assert page.value("document.documentElement.scrollWidth <= innerWidth")
    assert page.value("document.querySelectorAll('.remark').length") == 8
