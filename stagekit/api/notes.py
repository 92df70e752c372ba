"""An observation kept at once: text, now, and where and what kind where that is said."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from stagekit.api.portfolios import open_portfolio
from stagekit.errors import InvalidInput, UserError
from stagekit.i18n import _
from stagekit.model.course import Course, RepeatQuestion
from stagekit.model.decode import Problems
from stagekit.model.node import Mapping, Node, Scalar, Sequence
from stagekit.model.values import Values, decode_values
from stagekit.store.portfolio_folder import PortfolioFolder

ASSIGNMENT = "observation"
_OPTIONS = {"wher": "--where", "kind": "--kind", "when": "--when"}
"""Beginning of a question's path to the option that gives it."""
QUESTION = "notes"


def add_note(
    folder: Path,
    text: str,
    *,
    where: str | None = None,
    kinds: list[str] | None = None,
    when: str | None = None,
) -> int:
    """Append an observation to the portfolio; gives how many there are now.

    `where` and `kinds` are choices by id or by label in either language; `when` is a date-time as
    people write it, else now. Raises InvalidInput for a value that does not fit.
    """
    if not text.strip():
        raise UserError(_("The note is empty."), _('Write what you heard: stagekit note "…"'))
    opened = open_portfolio(folder)
    item = note_values(opened.course, text, where, kinds or [], when)
    return PortfolioFolder(folder).append(opened.course, ASSIGNMENT, QUESTION, item)


def note_values(course: Course, text: str, where: str | None, kinds: list[str], when: str | None) -> Values:
    """Read one note's fields by the questions of the course; raises InvalidInput for what does not fit."""
    question = _notes_question(course)
    entries: dict[str, Node] = {
        "when": Scalar(when or f"{datetime.now():%Y-%m-%dT%H:%M}"),
        "heard": Scalar(text),
    }
    if where:
        entries["where"] = Scalar(where)
    if kinds:
        entries["kinds"] = Sequence([Scalar(kind) for kind in kinds])
    problems = Problems()
    values = decode_values(question.questions, Mapping(entries), (), course, problems)
    if problems.found:
        raise InvalidInput(
            [replace(problem, path=_OPTIONS.get(problem.path[:4], "")) for problem in problems.found]
        )
    return values


def _notes_question(course: Course) -> RepeatQuestion:
    assignment = course.assignment(ASSIGNMENT)
    question = assignment.question(QUESTION) if assignment else None
    if not isinstance(question, RepeatQuestion):
        raise UserError(
            _("The course “{id}” has no observation notes.", id=course.id),
            _("Use `stagekit start` for its assignments."),
        )
    return question
