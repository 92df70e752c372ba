"""Feedback of a mentor: taken in from a file, or given beside the student; every round is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stagekit.api.portfolios import Opened
from stagekit.checks.feedback import Point, points
from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.feedback import Feedback, Round, hidden_names, one_name
from stagekit.store import feedback_folder
from stagekit.store.feedback_file import read_feedback

_CANDIDATE = "000"
"""Id of a round that is not taken in yet; no file has it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of feedback: the round it is now, and what it adds, as typed.

    `new` is False where all of it was taken in before: nothing was written then. `number` counts the rounds.
    """

    round: Round
    new: bool
    points: tuple[Point, ...]
    number: int
    file: Path


def take_in(opened: Opened, file: Path) -> Taken:
    """Take a feedback file into the portfolio, as a round of its own; earlier rounds stay as they are.

    Raises UserError or InvalidInput, with nothing changed, for what is not feedback on this portfolio.
    """
    try:
        feedback = read_feedback(file, opened.course, opened.portfolio.identity.id)
    except InvalidInput as error:
        message = _("Nothing was taken in. Ask your mentor to save the feedback in the report again.")
        raise InvalidInput([*error.problems, Problem(message)]) from None
    if not says_something(feedback):
        raise UserError(
            _("There is no feedback in “{file}” yet; nothing was taken in.", file=file),
            _("Ask your mentor to fill in the form, to save it, and to send that file."),
        )
    return keep(opened, feedback)


def says_something(feedback: Feedback) -> bool:
    """Tell whether there is a comment, a judgement or a signature in it."""
    return bool(feedback.overall or feedback.assignments)


def keep(opened: Opened, feedback: Feedback) -> Taken:
    """Add feedback as a round, durably, unless earlier rounds say all of it. Raises UserError."""
    known = _already(opened, feedback)
    if known is not None:
        return _taken(opened, known, (), new=False)
    language = opened.portfolio.identity.language
    added = feedback_folder.add_round(opened.folder, feedback, opened.course, language)
    return _taken(opened, added, _added(opened, added), new=True)


def _taken(opened: Opened, taken: Round, found: tuple[Point, ...], *, new: bool) -> Taken:
    ids = [known.id for known in opened.rounds if known.id != taken.id]
    number = len(ids) + 1 if new else [known.id for known in opened.rounds].index(taken.id) + 1
    file = opened.folder / feedback_folder.FOLDER / f"{taken.id}.yaml"
    return Taken(taken, new, found, number, file)


def _already(opened: Opened, feedback: Feedback) -> Round | None:
    """Give the round that feedback is in already, whole or in parts: the last one it is in."""
    if not opened.rounds:
        return None
    same = [known for known in opened.rounds if known.feedback == feedback]
    if same:
        return same[-1]
    before = _points(opened, opened.rounds)
    after = _points(opened, [*opened.rounds, Round(id=_CANDIDATE, feedback=feedback)])
    if before != after or _was_hidden(opened, feedback):
        return None
    return opened.rounds[-1]


def _was_hidden(opened: Opened, feedback: Feedback) -> bool:
    """Tell whether it changes which names may be shown."""
    after = [*opened.rounds, Round(id=_CANDIDATE, feedback=feedback)]
    return {one_name(n) for n in hidden_names(opened.rounds)} != {one_name(n) for n in hidden_names(after)}


def _points(opened: Opened, rounds: Sequence[Round]) -> tuple[Point, ...]:
    return points(opened.course, opened.portfolio, rounds)


def _added(opened: Opened, added: Round) -> tuple[Point, ...]:
    earlier = [known for known in opened.rounds if known.id != added.id]
    every = points(opened.course, opened.portfolio, [*earlier, added], typed=True)
    return tuple(point for point in every if point.round == added.id)
