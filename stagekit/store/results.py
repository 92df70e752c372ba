"""What loading and saving a portfolio give back."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from stagekit.errors import Problem, UserError
from stagekit.i18n import _
from stagekit.model.feedback import Round
from stagekit.model.node import Node
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.record import record_in_order
from stagekit.model.values import Value

Changes = Mapping[str, Mapping[str, Value | None]]
"""Assignment id to question id to value; None clears the answer."""


@record_in_order
class Snapshot:
    """What stood on disk when a session last looked: by assignment and question, and the identity."""

    answers: Mapping[str, Mapping[str, Node | None]]
    identity: Identity


@record_in_order
class LoadedPortfolio:
    """A portfolio as read; `problems` are answers that cannot be used, `notices` what to know besides."""

    folder: Path
    portfolio: Portfolio
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    snapshot: Snapshot
    rounds: tuple[Round, ...] = ()
    """Feedback that was taken in, in order; what is wrong with its files is among the problems."""


@record_in_order
class SaveResult:
    """The files a save wrote (none where nothing changed), and what stands on disk for the next one."""

    written: tuple[Path, ...]
    notices: tuple[Problem, ...]
    snapshot: Snapshot


@record_in_order
class Conflict:
    """An answer that changed on disk and here: `theirs` stands in the file, `ours` was to be saved."""

    assignment_id: str
    question_id: str
    file: Path
    line: int
    theirs: Value | None = field(repr=False)
    ours: Value | None = field(repr=False)


class SaveConflict(UserError):
    """Answers changed on disk since they were read; nothing was saved."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        places = ", ".join(f"{c.file}:{c.line} ({c.assignment_id}.{c.question_id})" for c in conflicts)
        message = _("Changed meanwhile in another window or by hand: {places}. Nothing was overwritten.",
                    places=places)  # fmt: skip
        super().__init__(message, _("Look at both versions and choose; yours has not been saved yet."))
        self.conflicts = tuple(conflicts)
