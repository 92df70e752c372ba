"""`stagekit status`: what is done, what is missing, what is advised."""

from typing import TYPE_CHECKING, Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Folder, Lang, portfolio_folder
from stagekit.i18n import _, active, ngettext

if TYPE_CHECKING:
    from stagekit.api.status import Status


def status(
    folder: Folder = None,
    lang: Lang = None,
    json: Annotated[bool, typer.Option("--json", help=_("One JSON document, for programs."))] = False,
) -> None:
    """Show how far the portfolio is."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.status import as_json
    from stagekit.api.status import status as make_status
    from stagekit.cli.notices import show_notices

    place = portfolio_folder(folder, lang)
    state = make_status(open_portfolio(place))
    show_notices(state.opened)
    if json:
        console.print_json(as_json(state))
    else:
        _show(state)


def _show(state: "Status") -> None:
    opened = state.opened
    name = opened.portfolio.identity.student.name
    title = opened.course.title[active()]
    console.show(console.styled(f"{title} · {name}" if name else title, "strong"))
    console.show(console.styled(str(opened.folder.resolve()), "quiet"))
    console.show()
    for number, assignment in enumerate(state.completeness.assignments, 1):
        found = opened.course.assignment(assignment.id)
        heading = found.title[active()] if found else assignment.id
        mark, word, style = (
            ("✓", _("complete"), "good") if assignment.complete else ("○", _("not yet"), "todo")
        )
        console.show(f"{console.styled(mark, style)} {number} {heading} – {console.styled(word, style)}")
        for item in assignment.missing:
            console.show(console.wrapped(item.sentence, "      ", "    - "))
        for item in assignment.advised:
            text = _("advised: {what}", what=item.sentence)
            console.show(console.wrapped(text, "      ", "    · "))
        if state.points:
            _show_feedback(state, assignment.id)
    console.show()
    if state.points:
        _show_feedback(state, None)
    _show_privacy(state)
    _show_next(state)


def _show_feedback(state: "Status", assignment_id: str | None) -> None:
    """Show the feedback on an assignment, or with None that on the whole portfolio."""
    from stagekit.cli.remarks import show_standing, show_whole

    if assignment_id is None:
        show_whole(state)
    else:
        show_standing(state, assignment_id)


def _show_privacy(state: "Status") -> None:
    """Show what the student let stand, with the reasons, and the day until which the portfolio is kept."""
    settings = state.opened.portfolio.identity.settings
    if settings.accepted_findings:
        console.show(_("You let this stand, after `stagekit check`:"))
        for kept in settings.accepted_findings:
            console.show(console.wrapped(f"{kept.reason} ({kept.id})", "    ", "  - "))
        console.show()
    _show_keep_until(state)


def _show_keep_until(state: "Status") -> None:
    from datetime import date

    from stagekit.model.portfolio import keep_until
    from stagekit.report.dates import long_date

    day = keep_until(state.opened.portfolio.identity.settings)
    if day is None:
        return
    words = {"day": long_date(day, active())}
    if day < date.today():
        line = _("Kept until {day}: that has passed. Clean it: stagekit clean", **words)
        console.show(console.styled(line, "todo"))
    else:
        console.show(_("Keep it until {day}; then: stagekit clean", **words))
    console.show()


def _show_next(state: "Status") -> None:
    done = sum(assignment.complete for assignment in state.completeness.assignments)
    total = len(state.completeness.assignments)
    line = ngettext(
        "{done} of {count} assignment complete.", "{done} of {count} assignments complete.", total, done=done
    )
    console.show(console.styled(line, "strong"))
    if state.completeness.complete:
        console.show(
            console.wrapped(_("Complete is not the same as good: read it once more beside the rubric."), "")
        )
        console.show(_("Next: stagekit check, then stagekit render"))
    else:
        console.show(_("Next: stagekit start"))


app = make_app(status, help=_("What is done and what is missing, per assignment."))
