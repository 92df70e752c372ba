"""How questions are put, and that what stands in a field is read as the same answer."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.interview.fields import as_raw, checker, kind_of, options_of, read
from stagekit.interview.prompter import Kind
from stagekit.model.course import walk
from stagekit.model.text import refused_characters


def question(course, path):
    assignment_id, *steps = path.split(".")
    questions = course.assignment(assignment_id).questions
    for step in steps:
        found = next(q for q in questions if q.id == step)
        questions = getattr(found, "questions", ())
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("visie.url", Kind.TEXT),
        ("visie.summary", Kind.LONG_TEXT),
        ("visie.nothing_found", Kind.CHOICE),
        ("visie.quotes.lenses", Kind.CHOICES),
        ("soorten-contact.contacts.type", Kind.SEARCH),
        ("soorten-contact.contacts.judgement", Kind.CHOICE),
        ("observation.tone", Kind.CHOICE),
        ("reflection.goals.principle", Kind.SEARCH),
    ],
)
def test_kinds(course, path, kind):
    assert kind_of(question(course, path), course) is kind


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("visie.url", "https://a.example/x?y=1"),
        ("visie.visited_on", date(2026, 2, 3)),
        ("visie.nothing_found", False),
        ("visie.quotes.lenses", ("welkom", "communiceren")),
        ("soorten-contact.contacts.type", "other"),
        ("observation.notes.when", datetime(2026, 11, 3, 8, 40)),
        ("observation.tone", 3),
    ],
)
def test_what_stands_in_the_field_is_the_same_answer(course, path, value, language):
    found = question(course, path)
    assert read(found, as_raw(value, language), course) == (value, None)


@given(text=st.text())
def test_any_text_is_taken_exactly_or_refused(course_once, text):
    value, problem = read(question(course_once, "visie.summary"), text, course_once)
    if refused_characters(text) and not (value is None and problem is None):
        assert problem is not None
    elif value is not None:
        assert value == text


@pytest.fixture(scope="module")
def course_once():
    from stagekit.store.course_files import load_course

    return load_course()


@pytest.mark.parametrize(
    ("path", "text"),
    [("visie.url", "the school"), ("visie.visited_on", "31-2-2026"), ("observation.notes.when", "gisteren"),
     ("visie.summary", "a\x1b[31m"), ("visie.summary", "caf\udce9")],
)  # fmt: skip
def test_what_does_not_fit_is_said(course, path, text):
    assert checker(question(course, path), course)(text)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_is_no_answer(course, text):
    assert read(question(course, "visie.summary"), text, course) == (None, None)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_choice_of_the_course_can_be_given(course, language):
    for assignment in course.assignments:
        for found in walk(assignment.questions):
            for option in options_of(found, course, language):
                raw = (option.id,) if kind_of(found, course) is Kind.CHOICES else option.id
                value, problem = read(found, raw, course)
                assert problem is None
                assert as_raw(value, language) == raw


def test_no_option_gives_the_reference_away(course):
    for option in options_of(question(course, "soorten-contact.contacts.type"), course, "en"):
        assert "impact" not in option.hint.lower()


@pytest.mark.parametrize(("typed", "value"), [
    ("dewilgenhof.nl", "https://dewilgenhof.nl"),
    (" www.school.example/ouders/visie ", "https://www.school.example/ouders/visie"),
    ("http://school.nl", "http://school.nl"),
])  # fmt: skip
def test_a_web_address_may_be_typed_without_its_beginning(course, typed, value):
    assert read(course.assignment("visie").question("url"), typed, course) == (value, None)


@pytest.mark.parametrize("typed", ["nothing", "no address.", "a@b.nl", "file:school.nl", "school.nl x"])
def test_what_is_no_web_address_stays_refused(course, typed):
    assert read(course.assignment("visie").question("url"), typed, course)[1] is not None
