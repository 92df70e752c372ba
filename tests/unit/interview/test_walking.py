"""On, back, to another place, and out again, with answers prefilled and half-typed text kept."""

import pytest

from stagekit.interview import overview
from stagekit.interview.assignments import run_assignment
from stagekit.interview.prompter import Given, Kind, Move
from stagekit.interview.session import Jump, Stopped

from .scripted import keep, typing


def labelled(label):
    """Choose the option whose label ends in `label`."""

    def act(prompt):
        return Given(next(option.id for option in prompt.options if option.label.endswith(label)))

    return act


def titles(session):
    return [prompt.title for prompt in session.prompter.asked]


def go(session, assignment_id, target=()):
    """Work on one assignment; tells how it ended."""
    try:
        return run_assignment(session, session.course.assignment(assignment_id), target)
    except Stopped:
        return "stopped"


def test_back_shows_the_answer_that_stands(sit):
    session = sit("https://a.example", Move.BACK, keep, Move.STOP)
    assert go(session, "visie") == "stopped"
    assert titles(session) == ["Web page", "Visited on", "Web page", "Visited on"]
    assert session.prompter.asked[2].initial == "https://a.example"


def test_back_before_the_first_question_leaves(sit):
    session = sit(Move.BACK)
    assert go(session, "visie") == "back"


def test_jump_within_the_assignment_and_to_the_overview(sit):
    session = sit(Move.JUMP, labelled("Summary"), Move.JUMP, labelled("overview of all parts"))
    with pytest.raises(Jump) as jump:
        run_assignment(session, session.course.assignment("visie"))
    assert jump.value.place == ()
    assert titles(session)[:3] == ["Web page", "Vision", "Summary"]


def test_changing_ones_mind_about_jumping(sit):
    session = sit(Move.JUMP, Move.BACK, Move.STOP)
    go(session, "visie")
    assert titles(session) == ["Web page", "Vision", "Web page"]


def test_jump_out_of_an_item_to_another_question(sit):
    session = sit()
    to = [labelled("Kind of contact"), labelled("Contact types")]
    session.prompter.script = ["add", Move.JUMP, to[0], Move.JUMP, to[1], "done", Move.STOP]
    go(session, "soorten-contact", ("soorten-contact", "contacts"))
    assert titles(session) == ["Contact types", "Kind of contact", "Contact type 1", "Kind of contact",
                               "Contact type 1", "Contact types", "Not reached"]  # fmt: skip


def test_skip_leaves_everything_as_it_is(sit, stored):
    session = sit("https://a.example", Move.SKIP, Move.STOP)
    go(session, "visie")
    assert dict(stored("visie")) == {"url": "https://a.example"}


def test_emptying_an_answer_removes_it_and_says_so(sit, stored):
    session = sit("https://a.example", Move.BACK, "", Move.STOP)
    go(session, "visie")
    assert dict(stored("visie")) == {}
    assert "empty now" in session.prompter.said


def test_interrupt_asks_and_goes_on_with_what_was_typed(sit):
    session = sit(typing("half a tho", Move.INTERRUPT), "on", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert session.prompter.asked[2].initial == "half a tho"
    assert [option.id for option in session.prompter.asked[1].options] == ["on", "back", "stop"]


def test_interrupt_and_back_keeps_the_text_for_later(sit):
    session = sit(Move.SKIP, typing("half", Move.INTERRUPT), "back", Move.SKIP, Move.STOP)
    go(session, "visie", ("visie", "quotes"))
    assert titles(session)[-2:] == ["Quotes", "Summary"]
    assert session.prompter.asked[-1].initial == "half"
    assert "not an answer yet" in session.prompter.asked[-1].aside[0]


@pytest.mark.parametrize("second", [Move.INTERRUPT, Move.STOP, "stop"])
def test_interrupting_twice_stops(sit, second):
    session = sit(Move.INTERRUPT, second)
    assert go(session, "visie") == "stopped"
    assert session.prompter.script == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, EOFError])
def test_an_interrupt_that_slips_through_is_one_too(sit, error):
    def slip(_prompt):
        raise error

    session = sit(slip, "stop")
    overview.run(session, new=False)
    assert session.prompter.script == []
    assert "stagekit start" in session.prompter.said


def test_resume_goes_on_behind_the_last_answer_but_not_past_what_is_missing(sit):
    go(sit("https://a.example", Move.STOP), "visie")
    again = sit(Move.STOP)
    go(again, "visie")
    assert titles(again) == ["Visited on"]
    later = sit("I see it at the door.", Move.STOP)
    go(later, "visie", ("visie", "in_practice"))
    last = sit(Move.STOP)
    go(last, "visie")
    assert titles(last) == ["Summary"]


def test_answers_that_no_longer_apply_are_kept_and_that_is_said(sit, stored):
    session = sit("A summary.", Move.JUMP, labelled("Nothing found"), "yes", Move.BACK, "no", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert "No longer asked: Summary" in session.prompter.said
    assert "Asked again, with your answer: Summary" in session.prompter.said
    assert stored("visie")["summary"] == "A summary."


def test_what_does_not_fit_is_never_saved(sit, stored):
    session = sit(Move.STOP)
    session.prompter.check_reply = lambda *_: None
    session.prompter.script = ["no address", "https://a.example", "32-13-2026", "6-10-2026", Move.STOP]
    go(session, "visie")
    assert stored("visie")["url"] == "https://a.example"
    assert stored("visie")["visited_on"].isoformat() == "2026-10-06"
    assert "beginning with https://" in session.prompter.said


def test_the_closing_insight_comes_at_the_end(sit):
    session = sit()
    session.prompter.script = [Move.SKIP]
    end = go(session, "visie", ("visie", "in_practice"))
    assert end == "done"
    assert "still needs" in session.prompter.said
    assert "promise on paper" not in session.prompter.said


def test_own_earlier_answers_stand_beside_the_reflection(sit):
    session = sit("They want us as partners.", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    later = sit(Move.STOP)
    go(later, "reflection", ("reflection", "vision_now"))
    assert later.prompter.asked[0].kind is Kind.LONG_TEXT
    assert any("They want us as partners." in text for text in later.prompter.asked[0].aside)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_question_of_the_course_can_be_put(sit, course, language):
    for assignment in course.assignments:
        session = sit(*[Move.SKIP] * 40, language=language)
        go(session, assignment.id)
        for prompt in session.prompter.asked:
            assert prompt.breadcrumb.startswith(assignment.title[language])


def test_own_earlier_answers_flow_as_in_a_document(sit):
    wrapped = "They write that parents and teachers each know a part of the child,\nand listen."
    session = sit(f"{wrapped}\n- One point.\nShort.", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    aside = session.prompter.asked[-1].aside[0]
    assert "a part of the child, and listen.\n- One point.\nShort." in aside
