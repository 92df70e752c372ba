"""Feedback beside its question: read, answered, marked done; and what the mentor may see."""

import pytest

from stagekit.checks.completeness import Completeness
from stagekit.interview import overview
from stagekit.interview.feedback import points_of
from stagekit.interview.prompter import Kind, Move
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reply, Reviewer
from stagekit.store.drafts import Drafts
from stagekit.store.feedback_folder import add_round, load_rounds, save_reply
from stagekit.store.portfolio_folder import PortfolioFolder

from .scripted import keep, typing

COMMENT = "Fine words. Which of them do you *see* in school?"


def on(course, folder, **assignments):
    identity = PortfolioFolder(folder).load(course).portfolio.identity
    return Feedback(
        portfolio=identity.id,
        reviewer=Reviewer(name="Karin de Wit", date="2026-03-04"),
        overall="You listen well.",
        assignments=assignments,
    )


@pytest.fixture
def taken(course, folder):
    said = {"summary": AnswerFeedback(comment=COMMENT, seen="0" * 16)}
    visie = AssignmentFeedback(level="sufficient", signed_off=True, comment="A clear part.", answers=said)
    contacts = {"contacts": AnswerFeedback(comment="And the walk-in morning?")}
    other = AssignmentFeedback(answers=contacts)
    feedback = on(course, folder, visie=visie, **{"soorten-contact": other})
    return add_round(folder, feedback, course)


def replies(folder):
    return {key: (reply.text, reply.done) for key, reply in load_rounds(folder).rounds[0].replies.items()
            if reply.text or reply.done}  # fmt: skip


def go(*script):
    return ["visie", Move.JUMP, lambda prompt: next(o.id for o in prompt.options if "Summary" in o.label
                                                    or "own words" in o.label), *script]  # fmt: skip


class TestBesideTheQuestion:
    def test_comment_who_when_and_that_it_changed(self, sit, taken):
        session = sit(*go(Move.STOP))
        overview.run(session, new=False)
        asked = session.prompter.asked[-1]
        (line,) = [text for text in asked.aside if COMMENT in text]
        assert "Karin de Wit" in line
        assert "2026-03-04" in line
        assert "changed since feedback" in line
        assert Move.FEEDBACK in asked.moves
        assert "A clear part." in session.prompter.said

    def test_no_key_and_no_line_where_nothing_was_said(self, sit, taken):
        session = sit("visie", Move.STOP)
        overview.run(session, new=False)
        asked = session.prompter.asked[-1]
        assert Move.FEEDBACK not in asked.moves
        assert not any("Feedback" in text for text in asked.aside)

    def test_answered_and_done_and_back_at_the_question(self, sit, taken, folder):
        session = sit(*go(Move.FEEDBACK, "reply", "I *asked* it.\n\nTwice.", "done", "back", Move.STOP))
        overview.run(session, new=False)
        assert replies(folder) == {"visie.summary": ("I *asked* it.\n\nTwice.", True)}
        assert session.prompter.script == []
        last = session.prompter.asked[-1]
        assert not any(COMMENT in text for text in last.aside)
        (line,) = [text for text in last.help if COMMENT in text]
        assert "Twice." in line
        assert "done" in line

    def test_done_can_be_taken_back(self, sit, taken, folder):
        session = sit(*go(Move.FEEDBACK, "done", "open", "back", Move.STOP))
        overview.run(session, new=False)
        assert replies(folder) == {}

    def test_half_an_answer_is_found_back(self, sit, taken, folder):
        session = sit(*go(Move.FEEDBACK, "reply", typing("Half", Move.STOP)))
        overview.run(session, new=False)
        session.presence.leave()
        later = sit(*go(Move.FEEDBACK, "reply", keep, "back", Move.STOP))
        overview.run(later, new=False)
        assert replies(folder) == {"visie.summary": ("Half", False)}
        assert Drafts(folder / ".stagekit").at(("feedback", taken.id, "visie.summary")) == []

    def test_half_an_answer_is_offered_in_the_overview(self, sit, taken, folder):
        session = sit(*go(Move.FEEDBACK, "reply", typing("Half", Move.STOP)))
        overview.run(session, new=False)
        session.presence.leave()
        later = sit("draft:0", "Half and half", "back", Move.STOP)
        overview.run(later, new=False)
        assert later.prompter.script == []
        assert replies(folder) == {"visie.summary": ("Half and half", False)}

    def test_at_a_list(self, sit, taken, folder):
        session = sit("soorten-contact", Move.JUMP,
                      lambda prompt: next(o.id for o in prompt.options if "ontact" in o.label),
                      Move.FEEDBACK, "done", "back", Move.STOP)  # fmt: skip
        overview.run(session, new=False)
        assert replies(folder) == {"soorten-contact.contacts": (None, True)}


class TestOverview:
    def test_level_signature_and_open_points_in_words(self, sit, taken):
        session = sit(Move.STOP)
        overview.run(session, new=False)
        hints = {option.id: option.hint for option in session.prompter.asked[-1].options}
        assert hints["visie"] == "not begun, on level, 2 open points"
        assert "1 open point" in hints["soorten-contact"]
        assert hints["feedback"] == "4 open points"
        assert hints["reflection"] == "not begun"

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_all_that_is_said_fits_beside_the_names_in_eighty_columns(self, sit, taken, folder, language):
        place = ("mentor-interview", "learning_moments", 0, "learned")
        Drafts(folder / ".stagekit", "aaaaaaaa").keep(place, "Half a sentence")
        session = sit(Move.STOP, language=language)
        overview.run(session, new=False)
        options = session.prompter.asked[0].options
        assert {"feedback", "draft:0"} <= {option.id for option in options}
        label, hint = (max(len(getattr(option, name)) for option in options) for name in ("label", "hint"))
        assert 2 + 4 + label + 2 + hint <= 76

    def test_the_end_says_what_is_still_open_and_where_to_answer(self, sit, taken):
        session = sit(Move.STOP)
        overview.run(session, new=False)
        assert "4 points of your feedback are still open." in session.prompter.shown
        assert "mark it done: stagekit start" in session.prompter.said

    def test_the_end_is_silent_once_all_is_done(self, sit, taken):
        session = sit("feedback", *[step for n in range(4) for step in (str(n), "done", "back")], Move.STOP)
        overview.run(session, new=False)
        assert "still open" not in session.prompter.said

    def test_no_entry_without_feedback(self, sit):
        session = sit(Move.STOP)
        overview.run(session, new=False)
        assert "still open" not in session.prompter.said
        assert "feedback" not in {option.id for option in session.prompter.asked[-1].options}

    def test_all_points_from_one_list_and_on_to_the_question(self, sit, taken, folder):
        session = sit("feedback", "0", "done", "back", "2", "go", Move.STOP)
        overview.run(session, new=False)
        assert replies(folder) == {"overall": (None, True)}
        assert COMMENT in "".join(session.prompter.asked[-1].aside)

    def test_feedback_taken_in_meanwhile_is_there_at_the_next_question(self, sit, folder, course):
        def taken_in(_prompt):
            add_round(folder, on(course, folder), course)
            return "language"

        session = sit(taken_in, "en", Move.STOP)
        overview.run(session, new=False)
        assert "feedback" in {option.id for option in session.prompter.asked[-1].options}

    def test_a_disk_that_refuses_is_said_and_what_was_typed_is_kept(self, sit, taken, folder, monkeypatch):
        def refuse(*_args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("stagekit.store.feedback_folder.save_reply", refuse)
        session = sit(*go(Move.FEEDBACK, "reply", "My answer", "back", Move.STOP))
        overview.run(session, new=False)
        assert "not saved" in session.prompter.said
        drafts = Drafts(folder / ".stagekit").at(("feedback", taken.id, "visie.summary"))
        assert [draft.text for draft in drafts] == ["My answer"]


class TestWhenAllIsComplete:
    @pytest.fixture(autouse=True)
    def complete(self, monkeypatch):
        monkeypatch.setattr(overview, "completeness", lambda *_: Completeness(()))

    def test_the_overview_points_at_feedback_as_long_as_a_point_is_open(self, sit, folder, course, taken):
        session = sit(Move.STOP)
        overview.run(session, new=False)
        assert session.prompter.asked[0].initial == "feedback"
        for point in points_of(session):
            save_reply(folder, point.round, point.id, Reply(done=True))
        session = sit(Move.STOP)
        overview.run(session, new=False)
        assert session.prompter.asked[0].initial == "stop"


class TestReflection:
    def test_all_feedback_is_material(self, sit, taken):
        session = sit("reflection", Move.STOP)
        overview.run(session, new=False)
        asked = session.prompter.asked[-1]
        shown = "\n".join(asked.help)
        for text in (COMMENT, "You listen well.", "A clear part.", "And the walk-in morning?"):
            assert text in shown
        assert any("Fine words." in text for text in asked.aside)
        assert Move.FEEDBACK in asked.moves


class TestWhatTheMentorMaySee:
    def sees(self, folder, course):
        return PortfolioFolder(folder).load(course).portfolio.identity.settings.mentor_sees

    def test_ticked_and_kept(self, sit, folder, course):
        session = sit("mentor", ("visie", "observation"), Move.STOP)
        overview.run(session, new=False)
        assert self.sees(folder, course) == ("visie", "observation")

    def test_none_at_all(self, sit, folder, course):
        session = sit("mentor", (), Move.STOP)
        overview.run(session, new=False)
        assert self.sees(folder, course) == ()

    def test_looking_changes_nothing(self, sit, folder, course):
        session = sit("mentor", keep, Move.STOP)
        overview.run(session, new=False)
        assert self.sees(folder, course) is None
        (asked,) = [prompt for prompt in session.prompter.asked if prompt.kind is Kind.CHOICES]
        assert "observation" not in asked.initial
        assert len(asked.initial) == len(course.assignments) - 1
