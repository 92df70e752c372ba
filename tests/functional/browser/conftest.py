"""A real browser, the validator and the accessibility checks; skipped where they are not, never in CI."""

import os
import shutil
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from stagekit.checks.consent import Reader
from stagekit.report.build import build_report
from stagekit.report.render.html import render_html
from tests.functional.browser.chromium import Chromium
from tests.functional.browser.hands import Hands
from tests.unit.report.conftest import course, empty, real, samples  # noqa: F401 - fixtures

NUMBERS = count(1)
TOOLS = Path(__file__).parents[2] / "node_modules"


@pytest.fixture(scope="session")
def npm_file():
    """Give a file of an npm package of tests/package.json."""

    def find(path):
        file = TOOLS / path
        if not file.is_file():
            message = f"{path} is not there: npm install --prefix tests --ignore-scripts"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        return file

    return find


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not on this machine, and CI must have it")
        pytest.skip("chromium is not on this machine")
    browser = Chromium(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
def page(chromium, course, tmp_path):  # noqa: F811
    """Render a portfolio and open it."""
    pages = []

    def show(portfolio, language="nl", **view):
        file = tmp_path / "portfolio.html"
        html = render_html(build_report(course, portfolio, language))
        file.write_text(html, encoding="utf-8", newline="\n")
        pages.append(chromium.open(file.as_uri(), **view))
        return pages[-1]

    yield show
    for each in pages:
        each.close()


@pytest.fixture
def own(real):  # noqa: F811
    """Portfolios with ids of their own: pages from a disk share what they keep."""

    def make(**answers):
        identity = replace(real.identity, id=f"form{next(NUMBERS):08}")
        return replace(real, identity=identity, answers={**real.answers, **answers})

    return make


@pytest.fixture
def file(course, tmp_path):  # noqa: F811
    """Write the report that a mentor gets, always in the same place."""

    def write(portfolio, language="nl"):
        html = render_html(build_report(course, portfolio, language, Reader.MENTOR))
        path = tmp_path / "portfolio-mentor.html"
        path.write_text(html, encoding="utf-8", newline="\n")
        return path

    return write


@pytest.fixture
def form(chromium, file):
    """Open a portfolio's form; give the page and the hands to use it."""
    pages = []

    def show(portfolio, language="nl", **view):
        pages.append(chromium.open(file(portfolio, language).as_uri(), **view))
        return pages[-1], Hands(pages[-1])

    yield show
    for page in pages:
        page.close()


@pytest.fixture
def saved(chromium, tmp_path):
    """Give the file that lands where the browser puts what it saves."""
    folder = tmp_path / "Downloads"
    chromium.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def find():
        end = time.monotonic() + 20
        while not (found := [f for f in folder.glob("*.json") if f.stat().st_size]):
            assert time.monotonic() < end, "nothing was saved"
            time.sleep(0.02)
        data = found[0].read_bytes()
        found[0].unlink()
        return found[0].name, data

    return find
