"""Feedback as a mentor or lecturer gives it, and what the student did with it."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Annotated, Literal

from stagekit.model.decode import Pattern
from stagekit.model.record import record

FeedbackLevel = Literal["not_yet", "sufficient", "strong"]
"""A judgement in words, the levels of the course's rubrics; never a mark."""
LEVELS: tuple[FeedbackLevel, ...] = ("not_yet", "sufficient", "strong")
OVERALL = "overall"
"""The point that is about the whole portfolio."""


@record
class Reviewer:
    """Who gives the feedback. The name is private unless `show_name`; `date` is ISO 8601, a day."""

    name: str | None = None
    show_name: bool = False
    date: Annotated[str, Pattern(r"\d{4}-\d{2}-\d{2}")] | None = None


@record
class AnswerFeedback:
    """A comment on one answer; `seen` is the hash of the answer as the reviewer saw it."""

    comment: str | None = None
    seen: str | None = None


@record
class AssignmentFeedback:
    """What the reviewer says of one assignment, and of its answers by question id."""

    level: FeedbackLevel | None = None
    comment: str | None = None
    signed_off: bool = False
    seen: str | None = None
    answers: Mapping[str, AnswerFeedback] = field(default_factory=dict)


@record
class Feedback:
    """One feedback file, whole: what one reviewer says at one moment. All but `portfolio` may be missing."""

    portfolio: str
    reviewer: Reviewer = field(default_factory=Reviewer)
    overall: str | None = None
    assignments: Mapping[str, AssignmentFeedback] = field(default_factory=dict)


@record
class Reply:
    """What the student did with one point: an answer to it, and whether it is done."""

    text: str | None = None
    done: bool = False


@record
class Round:
    """Feedback that was taken in: one file of the portfolio's `feedback/`, and the student's replies.

    `id` is the file's name without ending, in order of taking in; a reply goes by its point's id:
    `overall`, an assignment's id, or `assignment.question`.
    """

    id: str
    feedback: Feedback
    replies: Mapping[str, Reply] = field(default_factory=dict)


def one_name(name: str | None) -> str:
    """Give a reviewer's name as it compares: case and blanks make no other person."""
    return " ".join((name or "").split()).casefold()


def hidden_names(rounds: Iterable[Round]) -> tuple[str, ...]:
    """List the names of the reviewers that no document may show; a reviewer's latest word counts."""
    names: dict[str, str] = {}
    for taken in rounds:
        reviewer = taken.feedback.reviewer
        if not one_name(reviewer.name):
            continue
        names.pop(one_name(reviewer.name), None)
        if not reviewer.show_name:
            names[one_name(reviewer.name)] = reviewer.name or ""
    return tuple(names.values())
