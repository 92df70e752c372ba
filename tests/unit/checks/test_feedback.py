"""Every point in its place, said once, with an alias for its reviewer, and what changed since."""

from dataclasses import replace

import pytest

from stagekit.checks.aliases import Aliases
from stagekit.checks.feedback import points, redacted_rounds
from stagekit.checks.seen import seen_hashes
from stagekit.model.feedback import (
    AnswerFeedback,
    AssignmentFeedback,
    Feedback,
    Reply,
    Reviewer,
    Round,
    hidden_names,
)
from tests.unit.checks.conftest import Kit, make_course

QUESTIONS = """
  - {id: first, type: long_text, label: LABEL, prompt: LABEL}
  - {id: second, type: long_text, label: LABEL, prompt: LABEL}
  - id: teachers
    type: repeat
    label: LABEL
    prompt: LABEL
    item: LABEL
    person: {name: name, alias: alias, default: {nl: "Leerkracht {letter}", en: "Teacher {letter}"}}
    questions:
      - {id: name, type: text, private: true, label: LABEL, prompt: LABEL}
      - {id: alias, type: text, label: LABEL, prompt: LABEL}
"""
ANSWERS = "work: {first: Karin zegt iets., second: Twee., teachers: [{name: Fatima el Amrani}]}"
MENTOR = "mentor: {name: Karin de Wit}"


@pytest.fixture(scope="module")
def kit():
    return Kit(make_course(QUESTIONS))


@pytest.fixture
def portfolio(kit):
    return kit.portfolio(ANSWERS, MENTOR)


@pytest.fixture
def seen(kit, portfolio):
    return seen_hashes(kit.course, portfolio)


def a_round(id_="001", name="Karin de Wit", *, show=False, date=None, overall=None, replies=(), **given):
    """Make a round on `work`; `answers` is question to comment, or to comment and hash."""
    answers = {}
    for key, value in given.pop("answers", {}).items():
        comment, seen = (value, None) if isinstance(value, str) else value
        answers[key] = AnswerFeedback(comment=comment, seen=seen)
    said = {"work": AssignmentFeedback(answers=answers, **given)} if answers or given else {}
    reviewer = Reviewer(name=name, show_name=show, date=date)
    feedback = Feedback(portfolio="abcdefgh", reviewer=reviewer, overall=overall, assignments=said)
    return Round(id=id_, feedback=feedback, replies=dict(replies))


def told(kit, portfolio, *rounds, **options):
    return points(kit.course, portfolio, rounds, **options)


def test_points_stand_in_the_order_of_the_course_then_of_the_rounds(kit, portfolio):
    one = a_round("001", answers={"second": "b", "first": "a"}, comment="w")
    two = a_round("002", answers={"first": "c"}, overall="o")
    found = [(point.id, point.round, point.text) for point in told(kit, portfolio, one, two)]
    assert found == [
        ("overall", "002", "o"), ("work", "001", "w"), ("work.first", "001", "a"), ("work.first", "002", "c"),
        ("work.second", "001", "b"),
    ]  # fmt: skip


def test_nothing_is_lost_when_the_course_no_longer_has_the_place(kit, portfolio):
    gone = Feedback(
        portfolio="abcdefgh",
        assignments={
            "work": AssignmentFeedback(answers={"third": AnswerFeedback(comment="a")}),
            "play": AssignmentFeedback(comment="b"),
        },
    )
    told_ = told(kit, portfolio, Round(id="001", feedback=gone))
    found = {point.id: (point.assignment, point.question, point.text) for point in told_}
    assert found == {"work.third": ("work", None, "a"), "play": (None, None, "b")}


def test_what_changed_since_is_marked(kit, portfolio, seen):
    mine = a_round(answers={"first": ("a", seen["work.first"]), "second": ("b", "0" * 16)}, signed_off=True,
                   seen=seen["work"])  # fmt: skip
    changed = {point.id: point.changed for point in told(kit, portfolio, mine)}
    assert changed == {"work": False, "work.first": False, "work.second": True}
    later = kit.portfolio(ANSWERS.replace("Twee", "Drie"), MENTOR)
    changed = {point.id: point.changed for point in told(kit, later, mine)}
    assert changed == {"work": True, "work.first": False, "work.second": True}
    unknown = a_round(answers={"second": "zonder hash"})
    assert not told(kit, portfolio, unknown)[0].changed


def test_the_same_words_again_are_one_point_with_its_reply(kit, portfolio, seen):
    reply = [("work.first", Reply(text="Dank", done=True))]
    one = a_round("001", answers={"first": ("a", "0" * 16)}, replies=reply)
    two = a_round("002", answers={"first": ("a", seen["work.first"]), "second": "b"})
    first, second = told(kit, portfolio, one, two)
    assert (first.round, first.reply.text, first.changed, first.open) == ("001", "Dank", False, False)
    assert (second.id, second.round) == ("work.second", "002")
    other = a_round("002", "Petra Jansen", answers={"first": "a"})
    assert [point.round for point in told(kit, portfolio, one, other)] == ["001", "002"]


def test_the_last_judgement_is_the_last_one_said(kit, portfolio):
    rounds = [
        a_round(f"00{number}", level=level, comment="Zelfde woorden")
        for number, level in enumerate(["not_yet", "sufficient", "sufficient", "not_yet"], 1)
    ]
    found = [(point.round, point.level, point.text) for point in told(kit, portfolio, *rounds)]
    assert found == [("001", "not_yet", "Zelfde woorden"), ("002", "sufficient", ""), ("004", "not_yet", "")]


def test_a_point_is_open_until_it_is_done(kit, portfolio):
    replies = [("work.second", Reply(done=True)), ("work.first", Reply(text="later"))]
    one = a_round(answers={"first": "a", "second": "b"}, level="strong", replies=replies)
    assert [(point.id, point.open) for point in told(kit, portfolio, one)] == [
        ("work", False), ("work.first", True), ("work.second", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mentor", "name", "called"),
    [
        (MENTOR, "Karin de Wit", "mijn mentor"),
        (MENTOR, "karin", "mijn mentor"),
        (MENTOR, None, "mijn mentor"),
        (MENTOR, "Petra Jansen", "Begeleider A"),
        (MENTOR, "Fatima el Amrani", "Leerkracht A"),
        (MENTOR, "FATIMA EL AMRANI", "Leerkracht A"),
        ("", "Petra Jansen", "mijn mentor"),
        ("", "Fatima el Amrani", "Leerkracht A"),
        (MENTOR, "juf", "mijn mentor"),
    ],
)
def test_a_reviewer_goes_by_an_alias(kit, mentor, name, called):
    portfolio = kit.portfolio(ANSWERS, mentor)
    (point,) = told(kit, portfolio, a_round(name=name, overall="a"))
    assert point.reviewer in {called, called.replace("Begeleider", "Reviewer")}


def test_two_reviewers_are_told_apart(kit, portfolio):
    rounds = [a_round(f"00{n}", name, overall="a") for n, name in enumerate(["Petra Jansen", "Wei Chen"], 1)]
    first, second = (point.reviewer for point in told(kit, portfolio, *rounds))
    assert first != second
    assert {first[-2:], second[-2:]} == {" A", " B"}


def test_a_name_shows_where_its_owner_lets_it(kit, portfolio):
    (point,) = told(kit, portfolio, a_round(name="Petra  Jansen", show=True, overall="Groet, Petra"))
    assert (point.reviewer, point.text) == ("Petra Jansen", "Groet, Petra")
    taken_back = a_round("002", "Petra Jansen", overall="b")
    shown = a_round("001", "Petra Jansen", show=True, overall="Groet, Petra Jansen")
    for point in told(kit, portfolio, shown, taken_back):
        assert "Petra" not in point.reviewer + point.text


def test_names_in_comments_and_replies_become_aliases_unless_typed_ones_are_asked_for(kit, portfolio):
    reply = [("overall", Reply(text="Dank je Petra"))]
    mine = a_round(name="Petra Jansen", overall="Vraag Fatima of Karin.", replies=reply)
    (point,) = told(kit, portfolio, mine)
    assert point.text == "Vraag Leerkracht A of mijn mentor."
    assert "Petra" not in (point.reply.text or "")
    (typed,) = told(kit, portfolio, mine, typed=True)
    assert (typed.reviewer, typed.text, typed.reply.text) == (
        "Petra Jansen", "Vraag Fatima of Karin.", "Dank je Petra",
    )  # fmt: skip


def test_the_name_of_a_reviewer_is_private_in_answers_too(kit):
    portfolio = kit.portfolio(ANSWERS, MENTOR)
    named = replace(portfolio, reviewers=hidden_names([a_round(name="Petra Jansen", overall="a")]))
    text = Aliases.of(kit.course, named, "nl").apply("Toen zei mevrouw Jansen dat het klopt.")
    assert "Jansen" not in text


def test_what_leaves_the_computer_holds_no_name_and_reads_the_same(kit, portfolio, seen):
    mine = a_round(
        name="Petra Jansen", date="2026-03-04", overall="Groet, Petra", level="strong", comment="Zie Karin.",
        answers={"first": ("Vraag Fatima.", seen["work.first"])}, replies=[("work", Reply(text="Petra?"))],
    )  # fmt: skip
    safe = redacted_rounds(kit.course, portfolio, [mine])
    for name in ("Petra", "Karin", "Fatima"):
        assert name not in repr(safe)
    again = [(p.id, p.reviewer, p.text, p.changed, p.reply) for p in told(kit, portfolio, *safe)]
    assert again == [(p.id, p.reviewer, p.text, p.changed, p.reply) for p in told(kit, portfolio, mine)]
    assert hidden_names(safe) == ()


def test_no_rounds_are_no_points(kit, portfolio):
    assert told(kit, portfolio) == ()
    assert redacted_rounds(kit.course, portfolio, []) == ()
