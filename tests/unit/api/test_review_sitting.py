"""A mentor's sitting on a whole portfolio: only what the mentor may see, and a round at the end."""

from dataclasses import replace
from datetime import date

import pytest

from stagekit.api.portfolios import fill, open_portfolio
from stagekit.api.review_sitting import ReviewSitting, reviewed
from stagekit.checks.seen import seen_hashes
from stagekit.errors import UserError
from stagekit.store import feedback_folder
from tests.functional.conftest import REAL_ANSWERS
from tests.unit.interview.scripted import Scripted, keep

TODAY = date(2026, 3, 4)


@pytest.fixture
def folder(tmp_path):
    fill(tmp_path / "P", REAL_ANSWERS, remember=False)
    return tmp_path / "P"


def test_a_mentor_reads_what_the_mentors_document_holds(folder):
    opened = open_portfolio(folder, remember=False)
    seen = seen_hashes(opened.course, opened.portfolio)
    asked = reviewed(opened, TODAY)
    assert [part.id for part in asked.parts] == [
        "visie", "soorten-contact", "mentor-interview", "parent-interview", "reflection",
    ]  # fmt: skip
    told = repr(asked.parts)
    for name in ("Karin", "Fatima", "Samira", "Joost"):
        assert name not in told
    for part in asked.parts:
        assert part.seen == seen[part.id]
        assert len(part.levels) == 3
        for answer in part.answers:
            assert answer.seen == seen[f"{part.id}.{answer.question}"]
            assert any(text.strip() for text in answer.paragraphs)
    assert {answer.question for answer in asked.parts[0].answers} >= {"quotes", "summary", "in_practice"}


def test_a_mentor_who_may_see_nothing_is_told_so(folder):
    opened = open_portfolio(folder, remember=False)
    identity = opened.portfolio.identity
    settings = replace(identity.settings, mentor_sees=())
    portfolio = replace(opened.portfolio, identity=replace(identity, settings=settings))
    with pytest.raises(UserError):
        reviewed(replace(opened, portfolio=portfolio), TODAY)


def test_what_is_said_becomes_a_round(folder):
    script = [keep, "write", "Waarom?", *[keep] * 100]
    sitting = ReviewSitting(folder, Scripted(*script), today=lambda: TODAY)
    assert sitting.hold()
    (taken,) = open_portfolio(folder, remember=False).rounds
    assert taken.id == "001-2026-03-04"
    assert taken.feedback.reviewer.name == "Karin de Wit"
    assert taken.feedback.assignments["visie"].answers["summary"].comment == "Waarom?"
    assert sitting.taken.round == taken
    assert [(point.id, point.changed) for point in sitting.taken.points] == [("visie.summary", False)]
    again = ReviewSitting(folder, Scripted(*script), today=lambda: TODAY)
    assert again.hold()
    assert not again.taken.new
    assert len(open_portfolio(folder, remember=False).rounds) == 1


def test_a_disk_that_refuses_keeps_it_as_a_draft(folder, monkeypatch):
    def refuse(*_arguments):
        raise UserError("De schijf is vol.", "Maak ruimte.")

    monkeypatch.setattr(feedback_folder, "add_round", refuse)
    stopped = []

    def stop_after_refusal(prompt):
        if "De schijf is vol." in person.said:
            stopped.append(prompt.title)
            return "stop"
        return keep(prompt)

    person = Scripted(keep, "write", "Waarom?", *[stop_after_refusal] * 100)
    sitting = ReviewSitting(folder, person, today=lambda: TODAY)
    assert not sitting.hold()
    assert len(stopped) == 1
    assert sitting.taken is None
    assert list((folder / ".stagekit" / "drafts").glob("review.visie.answer.summary.*"))
