from datetime import date

import pytest

from stagekit.checks.conditions import applies, holds
from stagekit.model.course import TextQuestion, When
from stagekit.model.text import Text


def question(when: When | None) -> TextQuestion:
    return TextQuestion(id="q", type="text", label=Text.same("Q"), prompt=Text.same("Q?"), when=when)


def test_a_question_without_a_condition_always_applies():
    assert applies(question(None), {}, {})


@pytest.mark.parametrize(
    ("when", "value", "expected"),
    [
        (When(question="a", is_="true"), True, True),
        (When(question="a", is_="true"), False, False),
        (When(question="a", is_="false"), False, True),
        (When(question="a", is_="x"), "x", True),
        (When(question="a", is_="x"), ("y", "x"), True),
        (When(question="a", is_="x"), ("y",), False),
        (When(question="a", is_="3"), 3, True),
        (When(question="a", is_="2026-10-06"), date(2026, 10, 6), True),
        (When(question="a", any_of=("x", "y")), "y", True),
        (When(question="a", any_of=("x", "y")), "z", False),
        (When(question="a", is_not="x"), "x", False),
        (When(question="a", is_not="x"), ("y", "x"), False),
        (When(question="a", is_not="true"), False, True),
    ],
)
def test_a_condition_compares_with_what_the_course_file_writes(when, value, expected):
    assert holds(when, {"a": value}) is expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(question="a", is_="x"), False),
        (When(question="a", any_of=("x",)), False),
        (When(question="a", is_not="x"), True),
    ],
)
def test_without_an_answer_only_is_not_is_met(when, expected):
    assert applies(question(when), {}, {}) is expected


def test_siblings_come_before_the_top_level():
    when = question(When(question="a", is_="x"))
    assert applies(when, {"a": "x"}, {"a": "y"})
    assert not applies(when, {"a": "y"}, {"a": "x"})
    assert applies(when, {}, {"a": "x"})
