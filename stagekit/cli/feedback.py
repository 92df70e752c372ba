"""What feedback adds, in lines for the terminal."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from stagekit.checks.levels import level_word
from stagekit.cli import console
from stagekit.i18n import _, active
from stagekit.model.feedback import Reviewer
from stagekit.model.text import closed_directions
from stagekit.report.dates import long_date

if TYPE_CHECKING:
    from stagekit.api.portfolios import Opened
    from stagekit.api.reviewing import Taken
    from stagekit.checks.feedback import Point


def show_added(opened: "Opened", taken: "Taken") -> None:
    """Show what a new round adds, in the order of the course; comments as typed."""
    console.show(console.styled(_heading(taken), "strong"))
    console.show(console.styled(console.visible_path(taken.file), "quiet"))
    former: str | None = ""
    for point in taken.points:
        if point.assignment != former:
            former = point.assignment
            console.show()
            console.show(console.wrapped(_part(opened, point), "  ", ""))
        for line in _lines(opened, point):
            console.show(line)
    if not taken.points:
        console.show(console.wrapped(_("It says nothing new; only whether the name may be shown."), ""))
    console.show()
    if taken.number > 1:
        console.show(console.wrapped(_("This is round {number}; the earlier ones stay as they are.",
                                       number=taken.number), ""))  # fmt: skip


def _heading(taken: "Taken") -> str:
    reviewer: Reviewer = taken.round.feedback.reviewer
    who = closed_directions(" ".join((reviewer.name or _("my mentor")).split()))
    if reviewer.date is None:
        return _("Saved: feedback of {who}", who=who)
    day = long_date(date.fromisoformat(reviewer.date), active())
    return _("Saved: feedback of {who}, {day}", who=who, day=day)


def _part(opened: "Opened", point: "Point") -> str:
    """Name the part of the portfolio a point is about."""
    for number, assignment in enumerate(opened.course.assignments, 1):
        if assignment.id == point.assignment:
            return f"{number} {assignment.title[active()]}"
    return _("The whole portfolio")


def _lines(opened: "Opened", point: "Point") -> Iterator[str]:
    words = [level_word(point.level, active())] if point.level else []
    if point.signed_off:
        words.append(_("signed off"))
    if words:
        yield console.wrapped(" · ".join(words), "    ", "  ✓ ")
    if point.text:
        yield from said(opened, point)
    if point.changed:
        yield console.wrapped(_("changed since this feedback"), "    ", "  ○ ")


def said(opened: "Opened", point: "Point") -> Iterator[str]:
    """Give a comment in lines, with the question it is about."""
    assignment = opened.course.assignment(point.assignment or "")
    question = assignment.question(point.question) if assignment and point.question else None
    if question is not None:
        yield console.wrapped(f"{question.label[active()]}:", "    ", "  - ")
    for number, typed in enumerate(point.text.split("\n")):
        line = closed_directions(typed)
        first = "  - " if question is None and number == 0 else "    "
        yield console.wrapped(line, "    ", first) if line.strip() else ""
