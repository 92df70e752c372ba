"""A real browser, the validator and the accessibility checks; skipped where they are not, never in CI."""

import os
import shutil
from pathlib import Path

import pytest

from stagekit.report.build import build_report
from stagekit.report.render.html import render_html
from tests.functional.browser.chromium import Chromium
from tests.unit.report.conftest import course, empty, real, samples  # noqa: F401 - fixtures

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
