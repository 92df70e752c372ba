"""Plain text to paste: all of it, no marks, and no answer that passes for a heading."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagekit.report.build import build_report
from stagekit.report.render.text import render_text
from tests.unit.report.conftest import DATA, everywhere

GOLDEN = DATA.parent / "golden"


def render(course, portfolio, language="nl"):
    return render_text(build_report(course, portfolio, language))


def headings(text):
    return re.findall(r"(?m)^(?:==|--).*", text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_real_answers(course, real, language, update_golden):
    text = render(course, real, language)
    file = GOLDEN / f"portfolio-{language}.txt"
    if update_golden:
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


def test_answers_stand_without_marks(course, real):
    text = render(course, real)
    assert "- het begint bij welkom zijn, pas daarna gaat het over leren;" in text
    assert "hangt af van het kind. #maatwerk" in text
    assert "1. Eerst vragen, dan vinden.\n2. Een ochtend thuis is ook onderwijs." in text


def test_each_part_and_answer_has_one_heading_in_order(course, real, empty):
    for portfolio in (real, empty):
        report = build_report(course, portfolio, "nl")
        found = headings(render_text(report))
        for section in report.sections:
            assert found.count(f"== {section.number}. {section.title} ==") == 1
            for answer in section.answers:
                assert found.count(f"-- {answer.number} {answer.label} --") == 1


def test_what_is_missing_is_marked_and_listed(course, empty):
    report = build_report(course, empty, "nl")
    text = render_text(report)
    assert text.count("[ ] ") >= len(report.todo)
    assert all(entry.text in text for entry in report.todo)


HOSTILE = st.sampled_from(
    ["== 6. Reflectie ==", "-- 1.1 Citaten --", "--", "==", "- --", "a\n\n== x ==", "\u2028== x"]
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HOSTILE | st.text(max_size=20), min_size=1, max_size=4).map("\n\n".join))
def test_no_answer_adds_a_heading(course, typed):
    plain = headings(render(course, everywhere(course, "woord", items=2)))
    assert headings(render(course, everywhere(course, f"woord\n\n{typed}", items=2))) == plain
