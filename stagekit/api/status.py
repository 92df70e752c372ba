"""What is done, missing and advised."""

from dataclasses import dataclass
from typing import Any

from stagekit.api.portfolios import Opened
from stagekit.checks.completeness import Completeness, completeness


@dataclass(frozen=True, slots=True)
class Status:
    """A portfolio, and how far it is."""

    opened: Opened
    completeness: Completeness


def status(opened: Opened) -> Status:
    """Tell how far a portfolio is."""
    return Status(opened, completeness(opened.course, opened.portfolio))


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
            }
            for assignment in state.completeness.assignments
        ],
    }
