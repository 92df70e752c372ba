"""`stagekit note`: an observation kept in under ten seconds."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import portfolio_folder
from stagekit.i18n import _, ngettext


def note(
    text: Annotated[
        list[str],
        typer.Argument(metavar=_("TEXT…"), help=_("What you heard, paraphrased and without names.")),
    ],
    folder: Annotated[
        Path | None, typer.Option("--folder", "-d", help=_("The portfolio folder."), show_default=False)
    ] = None,
    where: Annotated[
        str | None,
        typer.Option("--where", "-w", help=_("Where: staff room, corridor, class, …"), show_default=False),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", "-k", help=_("What kind of talk: sharing, grumbling, …"), show_default=False),
    ] = None,
    when: Annotated[
        str | None, typer.Option("--when", help=_("When, as 2026-10-06T10:20; else now."), show_default=False)
    ] = None,
) -> None:
    """Keep one observation."""
    from stagekit.api.notes import add_note

    place = portfolio_folder(folder)
    count = add_note(place, " ".join(text), where=where, kinds=kind, when=when)
    console.show(ngettext("Kept: {count} observation now.", "Kept: {count} observations now.", count))


app = make_app(
    note,
    help=_("Keep an observation, in ten seconds.")
    + "\n\n"
    + _('Example: stagekit note "Two teachers laugh about a mix-up" --where "staff room" --kind laughing'),
)
