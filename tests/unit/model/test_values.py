from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.model.decode import Problems
from stagekit.model.values import Consent, decode_values, encode, parse_date, parse_date_time
from stagekit.store.course_files import load_course
from stagekit.store.yaml_reader import parse

COURSE = load_course()


def read(assignment, text, unknown=None):
    problems = Problems()
    questions = COURSE.assignment(assignment).questions
    values = decode_values(questions, parse(text.encode()), (assignment,), COURSE, problems, unknown)
    return values, [(p.line, p.path, p.message) for p in problems.found]


def test_scalars_are_typed_by_their_question():
    values, problems = read("visie", "visited_on: 2026-10-06\nsummary: no\nnothing_found: no\n")
    assert problems == []
    assert values == {"visited_on": date(2026, 10, 6), "summary": "no", "nothing_found": False}


def test_consent_says_what_may_be_used():
    values, problems = read(
        "parent-interview",
        "parents:\n- consent: {informed: true, form: spoken, date: 2026-10-27, may_use: no}\n",
    )
    assert problems == []
    consent = values["parents"][0]["consent"]
    assert consent == Consent(informed=True, form="spoken", date=date(2026, 10, 27), may_use="no")
    assert consent.refused
    assert not consent.recorded


def test_one_wrong_answer_leaves_the_others_usable(english):
    values, problems = read("visie", "visited_on: 2026-02-30\nsummary: Zo zit het.\nquotes: hoi\n")
    assert values == {"summary": "Zo zit het."}
    assert [(line, path) for line, path, _message in problems] == [
        (1, "visie.visited_on"),
        (3, "visie.quotes"),
    ]
    assert "2026-10-06" in problems[0][2]


def test_an_unknown_question_is_named_with_the_one_meant(english):
    _values, problems = read("visie", "sumary: x\n")
    assert problems == [(1, "visie.sumary", "No question is called “sumary”. Did you mean “summary”?")]


def test_unknown_keys_are_set_apart_where_they_may_be_kept():
    unknown = []
    values, problems = read("visie", "own: 1\nquotes:\n- {text: a, mine: 2}\n", unknown)
    assert problems == []
    assert values == {"quotes": ({"text": "a"},)}
    assert unknown == [(("visie", "own"), 1), (("visie", "quotes", 0, "mine"), 3)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("staff_room", "staff_room"),
        ("teamkamer", "staff_room"),
        ("Teamkamer", "staff_room"),
        ("staff room", "staff_room"),
        ("STAFF-ROOM", "staff_room"),
        ("keuken", None),
    ],
)
def test_a_choice_is_accepted_by_id_and_by_label_in_both_languages(text, meant):
    question = next(
        q for q in COURSE.assignment("observation").question("notes").questions if q.id == "where"
    )
    assert COURSE.chosen(question, text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//x",
        "https://",
        "https://a b",
        'https://a"b',
        "data:text/html,x",
    ],
)
def test_only_web_addresses_are_addresses(text):
    values, problems = read("visie", "url: '" + text + "'\n")
    assert values == {}
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-06", date(2026, 10, 6)),
        ("6-10-2026", date(2026, 10, 6)),
        ("06/10/2026", date(2026, 10, 6)),
        ("2020-13-45", None),
        ("2026-02-29", None),
        ("0001-01-01", None),
        ("٢٠٢٦-١٠-٠٦", None),
        ("gisteren", None),
    ],
)
def test_dates_as_people_write_them(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-06T10:20", datetime(2026, 10, 6, 10, 20)),
        ("6-10-2026 10.20", datetime(2026, 10, 6, 10, 20)),
        ("2026-10-06 10:20:33", datetime(2026, 10, 6, 10, 20)),
        ("2026-10-06T25:00", None),
        ("10:20", None),
    ],
)
def test_moments_as_people_write_them(text, moment):
    assert parse_date_time(text) == moment


def test_bounds_on_items_and_on_length(english):
    _values, problems = read("observation", "notes:\n" + "- {heard: a}\n" * 501)
    assert "500" in problems[0][2]
    _values, problems = read("visie", "summary: " + "a" * 1_000_001)
    assert "too long" in problems[0][2]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_comes_back_through_node_and_value(text):
    values = {"summary": text}
    problems = Problems()
    questions = COURSE.assignment("visie").questions
    read_back = decode_values(questions, encode(values), (), COURSE, problems)
    assert read_back == ({} if "\ufffe" in text or "\uffff" in text else values)
