"""Which questions are asked, in which order, and where answers stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.interview.places import steps, value_at, with_value
from stagekit.model.values import Consent


def asked(course, assignment_id, values):
    found = steps(course.assignment(assignment_id).questions, (assignment_id,), values, values)
    return [".".join(map(str, step.place[1:])) for step in found if step.asked]


def test_conditions_decide_what_is_asked(course):
    assert "looked_where" not in asked(course, "visie", {})
    assert "summary" in asked(course, "visie", {})
    nothing = asked(course, "visie", {"nothing_found": True})
    assert "looked_where" in nothing
    assert "summary" not in nothing
    assert "quotes" not in nothing


def test_groups_are_opened_up_in_order(course):
    found = asked(course, "soorten-contact", {})
    assert found[:4] == [
        "school_guide.title",
        "school_guide.school_year",
        "school_guide.url",
        "school_guide.page",
    ]
    assert found[4:6] == ["mentor_asked_on", "contacts"]


def item_steps(course, item):
    repeat = course.assignment("parent-interview").question("parents")
    found = steps(repeat.questions, ("parent-interview", "parents", 0), item, {})
    return found, [".".join(map(str, step.place[3:])) for step in found if step.asked]


def test_a_refusal_ends_the_questions_about_that_conversation(course):
    _all, names = item_steps(course, {"name": "A", "consent": Consent(informed=True, may_use="no")})
    assert names[-1] == "consent.may_use"
    _all, names = item_steps(course, {"consent": Consent(informed=True, may_use="paraphrased")})
    assert names[-1] == "surprise"


def test_the_number_of_steps_never_depends_on_answers(course):
    counts = {len(item_steps(course, item)[0]) for item in ({}, {"consent": Consent(may_use="no")})}
    assert len(counts) == 1
    visie = course.assignment("visie")
    assert len(steps(visie.questions, ("visie",), {}, {})) == len(
        steps(visie.questions, ("visie",), {"nothing_found": True}, {"nothing_found": True})
    )


def test_setting_and_removing_inner_answers():
    values = with_value({}, ("parents", 0, "consent", "may_use"), "no")
    assert values == {"parents": ({"consent": Consent(may_use="no")},)}
    values = with_value(values, ("parents", 5, "name"), "B")
    assert [item.get("name") for item in values["parents"]] == [None, "B"]
    values = with_value(values, ("parents", 0, "consent", "may_use"), None)
    assert values["parents"][0] == {}
    assert with_value({"guide": {"title": "x"}}, ("guide", "title"), None) is None
    day = with_value({}, ("parents", 0, "consent", "date"), date(2026, 1, 2))
    assert value_at(day, ("parents", 0, "consent", "date")) == date(2026, 1, 2)


@pytest.mark.parametrize(
    "path", [("a", "b"), ("list", 7), ("list", 0, "x", "y"), ("text", "deeper"), ("text", 1)]
)
def test_looking_where_nothing_stands(path):
    assert value_at({"text": "t", "list": ({"x": "1"},)}, path) is None


keys = st.sampled_from(["a", "b"])
paths = st.one_of(
    keys.map(lambda k: (k,)), st.tuples(st.just("l"), st.integers(0, 3), keys), st.tuples(st.just("g"), keys)
)


@given(st.lists(st.tuples(paths, st.one_of(st.none(), st.text(min_size=1))), max_size=8))
def test_what_is_set_is_found_and_nothing_else_changes(changes):
    values = {}
    for wanted, new in changes:
        length = len(values.get("l", ()))
        path = wanted if wanted[0] != "l" else ("l", min(wanted[1], length), wanted[2])
        others = [p for p, _new in changes if p != path and p[0] != "l"]
        before = [value_at(values, p) for p in others]
        values = with_value(values, path, new) or {}
        assert value_at(values, path) == new
        assert [value_at(values, p) for p in others] == before
