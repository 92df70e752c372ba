"""What is done, missing and advised, and the feedback on it."""

from dataclasses import dataclass
from typing import Any

from stagekit.api.portfolios import Opened
from stagekit.checks.completeness import Completeness, completeness
from stagekit.checks.feedback import Point, points
from stagekit.model.feedback import FeedbackLevel


@dataclass(frozen=True, slots=True)
class Status:
    """A portfolio, and how far it is."""

    opened: Opened
    completeness: Completeness
    points: tuple[Point, ...] = ()
    """Feedback in the order of the course, as typed: for the student's own eyes."""

    def of(self, assignment_id: str | None) -> "Standing":
        """Give where one assignment, or with None the whole portfolio, stands in its reviewers' eyes."""
        return Standing(tuple(point for point in self.points if point.assignment == assignment_id))


@dataclass(frozen=True, slots=True)
class Standing:
    """The feedback on one assignment, its answers included."""

    points: tuple[Point, ...]

    @property
    def judged(self) -> Point | None:
        """The last judgement in words; None where there is none."""
        return next((point for point in reversed(self.points) if point.level is not None), None)

    @property
    def level(self) -> FeedbackLevel | None:
        """The level of that judgement."""
        return self.judged.level if self.judged else None

    @property
    def signed(self) -> Point | None:
        """The last signature; None where there is none."""
        return next((point for point in reversed(self.points) if point.signed_off), None)

    @property
    def open(self) -> tuple[Point, ...]:
        """The points that are not marked done, in order."""
        return tuple(point for point in self.points if point.open)


def status(opened: Opened) -> Status:
    """Tell how far a portfolio is."""
    found = completeness(opened.course, opened.portfolio)
    return Status(opened, found, points(opened.course, opened.portfolio, opened.rounds, typed=True))


def as_json(state: Status) -> dict[str, Any]:
    """Give the document `status --json` prints."""
    return {
        "complete": state.completeness.complete,
        "assignments": [
            {
                "id": assignment.id,
                "complete": assignment.complete,
                "missing": list(dict.fromkeys(item.question for item in assignment.missing)),
                "advised": list(dict.fromkeys(item.question for item in assignment.advised)),
                **_feedback(state.of(assignment.id)),
            }
            for assignment in state.completeness.assignments
        ],
    }


def _feedback(standing: Standing) -> dict[str, Any]:
    """Give what is known of the feedback on an assignment; nothing where there is none."""
    if not standing.points:
        return {}
    signed = standing.signed
    return {
        "feedback": {
            "level": standing.level,
            "signed_off": signed is not None,
            "changed": signed is not None and signed.changed,
            "open": len(standing.open),
        }
    }
