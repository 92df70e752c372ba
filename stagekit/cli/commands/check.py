"""`stagekit check`: what is missing, and what may give somebody away."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Folder, Lang, portfolio_folder
from stagekit.errors import UserError
from stagekit.i18n import _, active, ngettext

if TYPE_CHECKING:
    from stagekit.api.checking import Checked

FOUND = 1
"""The exit code where findings are open."""


def check(
    folder: Folder = None,
    json: Annotated[bool, typer.Option("--json", help=_("One JSON document, for programs."))] = False,
    accept: Annotated[
        str | None,
        typer.Option(
            "--accept",
            metavar=_("NUMBER"),
            help=_("Let one finding stand; say why with --reason."),
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar=_("TEXT"), help=_("Why it may stay."), show_default=False)
    ] = "",
    alias: Annotated[
        str | None,
        typer.Option(
            "--alias",
            metavar=_("NAME"),
            help=_("A name that gets an alias everywhere; it stays on your computer."),
            show_default=False,
        ),
    ] = None,
    as_: Annotated[
        str, typer.Option("--as", metavar=_("ALIAS"), help=_("What stands for it."), show_default=False)
    ] = "",
    lang: Lang = None,
) -> int:
    """Check a portfolio."""
    if (reason and accept is None) or (as_ and alias is None):
        raise UserError(
            _("--reason goes with --accept, and --as goes with --alias."), _("`stagekit check --help`")
        )
    place = portfolio_folder(folder, lang)
    if accept is not None or alias is not None:
        return _decide(place, accept, reason, alias, as_)
    return _show(place, json=json)


def _decide(place: Path, accept: str | None, reason: str, alias: str | None, wanted: str) -> int:
    from stagekit.api import checking
    from stagekit.api.portfolios import open_portfolio
    from stagekit.model.text import visible

    if accept is not None:
        finding = checking.accept(open_portfolio(place), accept, reason)
        console.show(
            console.wrapped(_("Kept: “{words}” may stay. Your reason stands in `stagekit status`.",
                              words=finding.text), "")
        )  # fmt: skip
    if alias is not None:
        name = visible(" ".join(alias.split()))
        given = visible(checking.name_alias(open_portfolio(place), alias, wanted))
        console.show(
            console.wrapped(
                _("From now on “{name}” reads as “{alias}”.", name=name, alias=given)
                + " "
                + _("The name itself stays on this computer."),
                "",
            )
        )
    return 0


def _show(place: Path, *, json: bool) -> int:
    from stagekit.api.checking import as_json
    from stagekit.api.checking import check as look
    from stagekit.api.portfolios import open_portfolio
    from stagekit.cli.findings import can_ask, show_accepted, show_findings, show_next, walk
    from stagekit.cli.notices import show_notices

    checked = look(open_portfolio(place))
    show_notices(checked.opened)
    if json:
        console.print_json(as_json(checked))
        return FOUND if checked.findings else 0
    _show_head(checked)
    show_findings(checked)
    show_accepted(checked)
    show_next(checked)
    if checked.findings and can_ask():
        console.show()
        checked = walk(place, checked)
    return FOUND if checked.findings else 0


def _show_head(checked: "Checked") -> None:
    title = checked.opened.course.title[active()]
    name = checked.opened.portfolio.identity.student.name
    console.show(console.styled(f"{title} · {name}" if name else title, "strong"))
    console.show(console.styled(str(checked.opened.folder.resolve()), "quiet"))
    console.show()
    missing = [each for each in checked.completeness.assignments if not each.complete]
    if missing:
        line = ngettext(
            "{count} assignment is not complete yet: stagekit status",
            "{count} assignments are not complete yet: stagekit status",
            len(missing),
        )
        console.show(console.wrapped(f"○ {line}", "  ", ""))
    else:
        console.show(console.wrapped("✓ " + _("Everything that is asked for is there."), "  ", ""))
    if not checked.findings:
        console.show(console.wrapped("✓ " + _("Nothing was found that gives somebody away."), "  ", ""))
    console.show()


app = make_app(check, help=_("What is missing, and what may give somebody away."))
