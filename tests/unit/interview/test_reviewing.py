"""A mentor beside the student: what is said ends in the feedback, and nothing of it is lost before."""

from dataclasses import replace
from datetime import date

import pytest

from stagekit.interview.prompter import Kind, Move
from stagekit.interview.reviewing import Review, ReviewAnswer, Reviewed, ReviewPart
from stagekit.interview.reviewing_draft import ReviewDraft
from stagekit.model.dates import short_date
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reviewer
from stagekit.store.drafts import Drafts

from .scripted import Scripted, keep, typing

LEVELS = (("not_yet", "nog niet"), ("sufficient", "op niveau"), ("strong", "sterk"))


def part(id_, *questions, seen="a" * 16):
    answers = tuple(
        ReviewAnswer(question, f"1.{number} {question}", (f"Antwoord op {question}",), f"{number}" * 16)
        for number, question in enumerate(questions, 1)
    )
    return ReviewPart(id_, f"Deel {id_}", ("Adres: x",), answers, LEVELS, ("- sterk: goed",), seen)


REVIEWED = Reviewed(
    portfolio="abcdefgh",
    parts=(part("visie", "summary", "practice"), part("reflection")),
    mentor="Karin de Wit",
    today=date(2026, 3, 4),
    language="nl",
    notices=("Deel 5 staat er niet in.",),
)
REST = [keep] * 3
"""Overall, name and date as they stand."""


@pytest.fixture
def sit(tmp_path):
    """Hold a sitting with a script; gives the person, whether it was saved, and the feedback."""

    def hold(*script, reviewed=REVIEWED, works=True):
        drafts = Drafts(tmp_path, interval=0.01)
        saved = []

        def save(feedback):
            saved.append(feedback)
            return works

        person = Scripted(*script)
        done = Review(reviewed, ReviewDraft(drafts), person, save).hold()
        drafts.close()
        return person, done, saved

    hold.left = lambda: sorted(file.name for file in (tmp_path / "drafts").glob("review.*"))
    return hold


def test_everything_that_is_said_is_in_the_feedback(sit):
    person, done, saved = sit(
        "write", "Leg uit.\n\nWaarom?", keep, "strong", "write", "Mooi deel.", "yes",  # visie
        keep, keep, keep,  # reflection: no level, no comment, not signed
        "write", "Ga zo door.", "Petra  Jansen", "5-3-2026", "yes", "save",
    )  # fmt: skip
    assert done
    visie = AssignmentFeedback(
        level="strong", comment="Mooi deel.", signed_off=True, seen="a" * 16,
        answers={"summary": AnswerFeedback(comment="Leg uit.\n\nWaarom?", seen="1" * 16)},
    )  # fmt: skip
    reviewer = Reviewer(name="Petra Jansen", show_name=True, date="2026-03-05")
    assert saved == [
        Feedback(portfolio="abcdefgh", reviewer=reviewer, overall="Ga zo door.", assignments={"visie": visie})
    ]
    assert sit.left() == []
    assert "Deel 5 staat er niet in." in person.said


def test_enter_goes_through_all_of_it_in_reading_order(sit):
    person, done, saved = sit(*[keep] * 5, *[keep] * 3, *[keep] * 4, Move.STOP)
    assert (done, saved) == (False, [])
    titles = [prompt.title for prompt in person.asked]
    assert titles[:5] == ["1.1 summary", "1.2 practice", *["Deel visie"] * 3]
    assert person.asked[0].aside == ("Adres: x", "Antwoord op summary")
    assert "- sterk: goed" in person.asked[2].aside
    assert person.asked[5].aside[0] == "Adres: x"  # a part of short answers only
    assert [prompt.initial for prompt in person.asked[9:11]] == ["Karin de Wit", "4-3-2026"]
    assert "save" not in {option.id for option in person.asked[-1].options}  # nothing was said


def test_stopping_keeps_what_was_given_and_offers_it(sit):
    sit("write", "Leg uit.", "write", typing("half getypt", Move.STOP))
    assert len(sit.left()) == 2
    person, done, saved = sit("on", *[keep] * 8, *REST, "no", "save")
    assert done
    answers = saved[0].assignments["visie"].answers
    assert {key: answer.comment for key, answer in answers.items()} == {
        "summary": "Leg uit.", "practice": "half getypt",
    }  # fmt: skip
    assert "half getypt" in person.asked[2].aside
    assert sit.left() == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_day_it_was_begun_is_written_as_the_language_does(sit, language):
    sit("write", "Leg uit.", Move.STOP)
    person, _done, _saved = sit(Move.STOP, reviewed=replace(REVIEWED, language=language))
    assert short_date(date.today(), language) in person.asked[0].text


def test_beginning_anew_throws_it_away(sit):
    sit("write", "Leg uit.", Move.STOP)
    _person, _done, saved = sit("new", *[keep] * 8, "write", "Alleen dit.", *REST[1:], "no", "save")
    assert saved[0].overall == "Alleen dit."
    assert saved[0].assignments == {}
    assert sit.left() == []


def test_what_was_said_of_an_answer_that_changed_keeps_what_was_seen(sit):
    sit("write", "Leg uit.", Move.STOP)
    now = part("visie", "summary", "practice", seen="b" * 16)
    later = ReviewAnswer("summary", "1.1 summary", ("Nu anders",), "9" * 16)
    changed = ReviewPart(now.id, now.title, now.facts, (later, now.answers[1]), LEVELS, (), now.seen)
    new = Reviewed("abcdefgh", (changed,), "", date(2026, 3, 4), "nl")
    _person, _done, saved = sit("on", *[keep] * 5, *REST, "no", "save", reviewed=new)
    assert saved[0].assignments["visie"].answers["summary"].seen == "1" * 16
    sit("write", "Leg uit.", Move.STOP)
    _person, _done, saved = sit("on", "write", "Nu goed.", *[keep] * 4, *REST, "no", "save", reviewed=new)
    assert saved[0].assignments["visie"].answers["summary"].seen == "9" * 16
    assert sit.left() == []


def test_back_and_the_overview_lead_anywhere(sit):
    person, _done, _saved = sit(
        keep, Move.BACK, keep, Move.JUMP, "reflection", Move.JUMP, "end", Move.JUMP, Move.BACK, Move.STOP
    )
    titles = [prompt.title for prompt in person.asked]
    assert titles[:3] == ["1.1 summary", "1.2 practice", "1.1 summary"]
    where = titles[4]
    assert titles[3:6] == ["1.2 practice", where, "Deel reflection"]
    assert titles[6] == titles[8] == where
    assert titles[7] == titles[9]


def test_the_overview_has_one_number_on_a_line(sit):
    own = part("reflection", "summary")
    numbered = ReviewPart("reflection", "6 Reflectie", own.facts, own.answers, LEVELS, (), own.seen)
    person, _done, _saved = sit(
        Move.JUMP, Move.STOP, reviewed=Reviewed("abcdefgh", (numbered,), "", date(2026, 3, 4), "nl")
    )
    assert person.asked[1].options[0].label == "Reflectie"


def test_back_from_writing_keeps_what_was_typed(sit):
    person, _done, saved = sit(
        "write", typing("bijna", Move.BACK), keep, *[keep] * 7, *REST, "no", "save"
    )  # fmt: skip
    assert "bijna" in person.asked[2].aside
    assert saved[0].assignments["visie"].answers["summary"].comment == "bijna"


def test_a_comment_emptied_is_none(sit):
    _person, _done, saved = sit(
        "write", "weg ermee", Move.BACK, "write", "", *[keep] * 7, "write", "Dag.", keep, keep, "no", "save"
    )
    assert saved[0].assignments == {}


def test_an_interruption_asks_and_goes_on_with_what_was_typed(sit):
    person, _done, _saved = sit("write", typing("half", Move.INTERRUPT), "on", keep, Move.INTERRUPT, "stop")
    assert person.asked[3].initial == "half"
    assert person.asked[3].kind is Kind.LONG_TEXT


def test_what_could_not_be_saved_stays(sit):
    person, done, saved = sit("write", "Leg uit.", *[keep] * 7, *REST, "no", "save", "stop", works=False)
    assert not done
    assert len(saved) == 1
    assert any("answer.summary" in name for name in sit.left())
    assert person.asked[-1].title == person.asked[-2].title


@pytest.mark.parametrize(("title", "typed"), [("name", "x" * 121), ("date", "gisteren")])
def test_what_does_not_fit_is_said(sit, title, typed):
    person, _done, _saved = sit(*[keep] * 12, Move.STOP)
    prompt = person.asked[9 if title == "name" else 10]
    assert prompt.check(typed)
    assert prompt.check(str(prompt.initial)) is None


def test_the_end_of_input_stops(sit):
    def gone(_prompt):
        raise EOFError

    _person, done, _saved = sit("write", gone, gone)
    assert not done
