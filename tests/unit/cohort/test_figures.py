"""Figures of a cohort tell what is common and nothing about fewer than five, not even by subtraction."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.figures import SMALLEST, FiguresBuilder, disclosed
from stagekit.cohort.model import Row
from stagekit.store.course_files import load_course

BLOCKS = ("thuisbetrokkenheid", "ouderparticipatie", "communicatie")
STUDENT = Row(
    name="Noor", number="", key="", school="", folder="", status="started", reason="", submitted="",
    late=False, attempts=1, portfolio="", language="nl",
)  # fmt: skip
LEVELS = ("lower", "depends", "higher")


@pytest.fixture(scope="module")
def course():
    return load_course()


def figures(course, students):
    builder = FiguresBuilder()
    for counts in students:
        builder.add(replace(STUDENT, counts=counts))
    return builder.figures(course, "en")


def naming(**students):
    """Give as many students as a word says for each building block, nobody with two."""
    return [{"blocks": {block: 1}} for block, count in students.items() for _each in range(count)]


def blocks(course, students):
    figure = next(f for f in figures(course, students).figures if f.id == "blocks")
    return {n.label: n.count for n in figure.numbers}, set(figure.hidden)


def test_a_number_is_shown_from_five_students(course):
    shown, hidden = blocks(course, [*naming(communicatie=5, ouderparticipatie=4), *[{}] * 10])
    assert shown == {"communication": 5} or "communication" in hidden
    assert "parent participation" in hidden


def test_students_count_once_however_often_they_name_something(course):
    shown, _hidden = blocks(course, [{"blocks": {"communicatie": 9}}] * 6 + [{}] * 10)
    assert shown["communication"] == 6


def test_nor_is_a_number_that_leaves_fewer_than_five_out(course):
    made = figures(course, [{"blocks": {"communicatie": 1}}] * 18 + [{}] * 2)
    number = next(figure for figure in made.figures if figure.id == "blocks").numbers[0]
    assert number.at_least
    assert number.count == 16  # the same whether 16, 17, 18, 19 or 20 of the 20 name it


def test_what_is_hidden_cannot_be_worked_out_from_what_all_students_name(course):
    # Twenty students name something: 8 + 8 shown would prove that the third block has its four.
    shown, hidden = blocks(course, naming(communicatie=8, ouderparticipatie=8, thuisbetrokkenheid=4))
    assert "home involvement" in hidden
    assert len(hidden) == 2
    assert len(shown) == 1


def test_no_figures_of_fewer_than_five_students(course):
    made = figures(course, naming(communicatie=4))
    assert made.figures == ()
    assert made.comparison is None


def test_only_students_with_a_portfolio_count(course):
    builder = FiguresBuilder()
    for status in ("empty", "document", "failed", "missing"):
        for _each in range(9):
            builder.add(replace(STUDENT, status=status, counts={"blocks": {"communicatie": 1}}))
    assert builder.students == 0


def test_judgement_beside_reference_has_a_column_for_what_the_list_lacks(course):
    students = [{"judgements": {"higher/": 1, "lower/depends": 2}}] * 7 + [{}] * 7
    rows = dict(figures(course, students).comparison.rows)
    columns = figures(course, students).comparison.columns
    assert rows["higher impact"][columns.index("not in the reference list")].count == 7
    assert rows["lower impact"][columns.index("it depends")].count == 7


def test_what_nobody_knows_breaks_nothing(course):
    odd = {"contact_types": {"__proto__": 1}, "blocks": {"<b>": 2}, "kinds_of_talk": {"": 1},
           "judgements": {"x/y/z": 1, "higher": 1, "/": 1}}  # fmt: skip
    made = figures(course, [odd] * 8 + [{}] * 8)
    assert any(number.label == "<b>" for figure in made.figures for number in figure.numbers)


members = st.lists(st.frozensets(st.sampled_from("abcd")), min_size=SMALLEST, max_size=40)


@given(members)
def test_no_hidden_number_can_be_proved_to_be_about_anybody(students):
    counts = {id: sum(id in each for each in students) for id in "abcd"}
    groups = [("abcd", sum(map(bool, students))), ("ab", sum(bool(each & set("ab")) for each in students))]
    shown = disclosed(counts, groups, len(students))
    for ids, anything in groups:
        hidden = [id for id in ids if shown[id] is None]
        surely_small = all(counts[id] < SMALLEST for id in hidden)  # the rule is known, and guessed right
        top = {}
        for id in ids:
            if shown[id] is None:
                top[id] = SMALLEST - 1 if surely_small else len(students)
            else:
                top[id] = len(students) if len(students) - counts[id] < SMALLEST else counts[id]
        for id in hidden:
            if counts[id] < SMALLEST and surely_small and len(hidden) < len(ids):
                known = sum(top[other] for other in ids if other not in hidden)
                assert known >= anything


@given(members)
def test_what_is_shown_is_true_and_about_five_or_more(students):
    counts = {id: sum(id in each for each in students) for id in "abcd"}
    shown = disclosed(counts, [("abcd", sum(map(bool, students)))], len(students))
    assert all(number is None or number == counts[id] >= SMALLEST for id, number in shown.items())
