"""A finding is shown right after the answer, which is saved all the same."""

import pytest

from stagekit.interview import overview
from stagekit.interview.assignments import run_assignment
from stagekit.interview.prompter import Move
from stagekit.interview.session import Stopped, Surroundings
from tests.unit.interview.scripted import keep

ANSWER = "Bel de moeder van Yusuf: 06 12345678."


def go(session, assignment_id, target):
    with pytest.raises(Stopped):
        run_assignment(session, session.course.assignment(assignment_id), target)


@pytest.mark.parametrize(("language", "words"), [("en", "phone number"), ("nl", "06 12345678")])
def test_a_finding_is_shown_and_nothing_is_stopped(sit, stored, language, words):
    session = sit(ANSWER, Move.STOP, language=language)
    go(session, "visie", ("visie", "summary"))
    assert stored("visie")["summary"] == ANSWER
    assert "“06 12345678”" in session.prompter.said
    assert "“moeder van Yusuf”" in session.prompter.said
    assert words in session.prompter.said


def test_nothing_is_said_where_nothing_is_found(sit, stored):
    session = sit("Ouders zijn welkom.", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert stored("visie")["summary"]
    assert "check" not in session.prompter.said


def test_many_findings_do_not_fill_the_screen(sit):
    session = sit(" ".join(f"Bel 06 1234567{digit}." for digit in range(8)), Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert session.prompter.said.count("“06") == 3
    assert "stagekit check" in session.prompter.said


def test_back_leads_to_the_answer_at_once(sit, stored):
    session = sit(ANSWER, Move.BACK, "Bel een ouder.", Move.STOP)
    go(session, "visie", ("visie", "summary"))
    assert session.prompter.asked[2].initial == ANSWER
    assert session.prompter.asked[2].breadcrumb == session.prompter.asked[0].breadcrumb
    assert stored("visie")["summary"] == "Bel een ouder."


def with_name(prompt):
    """Choose to give the name that was found an alias."""
    return next(option.id for option in prompt.options if "Yusuf" in option.label)


@pytest.mark.parametrize(("typed", "alias"), [("Kind 1", "Kind 1"), (keep, "[naam]"), ("", "[naam]")])
def test_a_name_gets_an_alias_at_once(sit, stored, typed, alias):
    session = sit(ANSWER, with_name, typed, Move.STOP, language="nl")
    go(session, "visie", ("visie", "summary"))
    settings = session.keeper.reload().identity.settings
    given = {**dict.fromkeys(settings.private_names, "[naam]"),
             **{each.name: each.alias for each in settings.private_aliases}}  # fmt: skip
    assert given == {"Yusuf": alias}
    assert "“Yusuf”" in session.prompter.said.splitlines()[-1]
    assert stored("visie")["summary"] == ANSWER  # the name stays in the student's own file


@pytest.mark.parametrize("replies", [("on",), (with_name, Move.BACK), (with_name, "Yusuf")])
def test_going_on_going_back_and_a_refused_alias_name_nobody(sit, replies):
    session = sit(ANSWER, *replies, Move.STOP)
    go(session, "visie", ("visie", "summary"))
    settings = session.keeper.reload().identity.settings
    assert settings.private_names == settings.private_aliases == ()


@pytest.mark.parametrize(("answer", "line"), [(ANSWER, "1 stops handing in, 1 warning"), ("Welkom.", "")])
def test_a_document_made_here_says_what_it_may_give_away(sit, tmp_path, answer, line):
    session = sit("render", "stop")
    session.keeper.save("visie", {"summary": answer})
    session.take(session.keeper.reload())
    session.around = Surroundings(render=lambda: [tmp_path / "portfolio.md"])
    overview.run(session, new=False)
    assert "portfolio.md" in session.prompter.said
    assert ("Look: stagekit check" in session.prompter.said) is bool(line)
    assert line in session.prompter.said
