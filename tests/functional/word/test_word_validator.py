"""Word documents as an Open XML validator reads them: nothing to find, whatever the answers are."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from stagekit.checks.consent import Reader
from stagekit.report.build import build_report
from stagekit.report.render.word import render_docx
from stagekit.report.render.word_sheet import render_sheet_docx
from stagekit.report.sheet_build import build_sheet, sheet_assignments
from tests.unit.report.conftest import course, empty, everywhere, real  # noqa: F401 - fixtures
from tests.unit.report.remarked import everywhere_said

PROGRAM = Path(__file__).parents[2] / "node_modules" / ".bin" / "ooxml-validator"
HOSTILE = "<w:p/></w:t>]]> &amp; {{ 7*7 }} {% for %} \x07\ufffe [a](https://a.nl/?b&c) **x**\n\n- a\n\n1. b"
ANSWERS = {
    "hostile": HOSTILE,
    "emoji": "👩‍👩‍👧‍👦 🏫\n\n- 😀",
    "right to left": "שלום (De Wilgenhof).\n\n- الآباء",
    "long words": "Onderwijs" * 60 + " https://example.org/" + "a" * 300,
    "long": "\n\n".join(["Een zin over ouders, school en thuis. " * 30] * 20),
}


@pytest.fixture
def findings(tmp_path):
    """Give what the validator finds in a document."""
    if not PROGRAM.exists():
        message = "ooxml-validator is not there: npm install --prefix tests --ignore-scripts"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)

    def find(document):
        file = tmp_path / "document.docx"
        file.write_bytes(document)
        command = [str(PROGRAM), str(file), "--officeVersion", "Office2013"]
        said = subprocess.run(command, capture_output=True, timeout=120, check=False)
        return json.loads(said.stdout)["errors"]

    return find


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_found_in_the_real_answers(findings, course, real, language):  # noqa: F811
    assert findings(render_docx(build_report(course, real, language, Reader.MENTOR))) == []


def test_nothing_is_found_in_a_portfolio_without_answers(findings, course, empty):  # noqa: F811
    assert findings(render_docx(build_report(course, empty, "nl"))) == []


@pytest.mark.parametrize("kind", ANSWERS)
def test_nothing_is_found_whatever_is_answered(findings, course, kind):  # noqa: F811
    portfolio = everywhere(course, ANSWERS[kind], items=2)
    assert findings(render_docx(build_report(course, portfolio, "nl"))) == []


def test_nothing_is_found_with_forty_contact_types(findings, course):  # noqa: F811
    portfolio = everywhere(course, "Kijkmoment", items=40)
    assert findings(render_docx(build_report(course, portfolio, "en"))) == []


def test_nothing_is_found_whatever_is_said_in_feedback(findings, course, real):  # noqa: F811
    said = everywhere_said(course, "\n\n".join(ANSWERS.values()))[:12]
    assert findings(render_docx(build_report(course, real, "nl", points=said))) == []


def test_nothing_is_found_in_the_sheets(findings, course, real):  # noqa: F811
    for assignment in sheet_assignments(course):
        for portfolio in (None, real):
            sheet = build_sheet(course, assignment, "nl", portfolio)
            assert findings(render_sheet_docx(sheet)) == []
