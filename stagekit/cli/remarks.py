"""Feedback in the terminal: where each assignment stands in words, and the points that are open."""

from typing import TYPE_CHECKING

from stagekit.cli import console
from stagekit.i18n import _, active, ngettext

if TYPE_CHECKING:
    from stagekit.api.status import Standing, Status
    from stagekit.checks.feedback import Point

LONGEST = 240
"""Characters of a comment shown; all of it stands beside its question in `stagekit start`."""


def show_standing(state: "Status", assignment_id: str) -> None:
    """Show the feedback on one assignment; nothing where there is none."""
    standing = state.of(assignment_id)
    if standing.points:
        console.show(console.wrapped(_("Feedback: {what}", what=in_words(standing)), "      ", "    "))
        _show_open(state, standing)


def show_whole(state: "Status") -> None:
    """Show the feedback on the portfolio as a whole, and where it is answered."""
    standing = state.of(None)
    if standing.points:
        console.show(_("Feedback on the whole portfolio: {what}", what=in_words(standing)))
        _show_open(state, standing)
    if any(point.open for point in state.points):
        console.show(_("Answer a comment, or mark it done: stagekit start"))
        console.show(_("Your document with the feedback in it: stagekit render --feedback"))
    if state.points:
        console.show()


def in_words(standing: "Standing") -> str:
    """Say where an assignment stands: level, signature, open points."""
    from stagekit.checks.levels import level_word

    parts = []
    if standing.level is not None:
        changed = standing.judged is not None and standing.judged.changed and standing.signed is None
        level = level_word(standing.level, active()).lower()
        parts.append(f"{level} ({_('changed since feedback')})" if changed else level)
    if standing.signed is not None:
        parts.append(_("signed off, changed since") if standing.signed.changed else _("signed off"))
    commented = sum(bool(point.text) for point in standing.points)
    if standing.open:
        count = len(standing.open)
        parts.append(ngettext("{count} open point", "{count} open points", count))
    elif commented:
        parts.append(_("all points done"))
    return ", ".join(parts)


def _show_open(state: "Status", standing: "Standing") -> None:
    for point in standing.open:
        console.show(console.wrapped(_line(state, point), "      ", "    » "))


def _line(state: "Status", point: "Point") -> str:
    from stagekit.interview.display import shortened
    from stagekit.model.text import closed_directions

    text = closed_directions(shortened(point.text, LONGEST))
    label = _label(state, point)
    return f"{label}: {text} ({_about(point)})" if label else f"{text} ({_about(point)})"


def _label(state: "Status", point: "Point") -> str:
    assignment = state.opened.course.assignment(point.assignment or "")
    question = assignment.question(point.question) if assignment and point.question else None
    return question.label[active()] if question else ""


def _about(point: "Point") -> str:
    from stagekit.interview.display import shortened
    from stagekit.model.text import closed_directions
    from stagekit.report.remarks import day_in_words

    parts = [closed_directions(shortened(point.reviewer, 60)), day_in_words(point.date, active())]
    if point.changed:
        parts.append(_("changed since feedback"))
    return ", ".join(part for part in parts if part)
