"""Arguments and options that several commands share, and which portfolio they mean."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit import i18n
from stagekit.errors import UserError
from stagekit.i18n import _

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar=_("[FOLDER]"),
        help=_("The portfolio folder; else the one you are in, else the one you used last."),
        show_default=False,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="nl|en", help=_("Language: nl or en."), show_default=False),
]


def checked_language(lang: str | None) -> str | None:
    """Give the language an option names; raises UserError for one there is not."""
    if lang is not None and i18n.normalise(lang) is None:
        raise UserError(_("There is no language “{lang}” here.", lang=lang[:20]), _("Choose nl or en."))
    return i18n.normalise(lang)


def portfolio_folder(folder: Path | None, lang: str | None = None) -> Path:
    """Find the portfolio that is meant and speak its language from here on.

    Raises UserError where there is none.
    """
    from stagekit.api import places

    chosen = checked_language(lang)
    place = places.find(folder)
    i18n.activate(i18n.preferred(option=chosen, portfolio=places.language_of(place.folder)))
    if place.remembered:
        from stagekit.cli.console import tell

        tell(_("Portfolio: {folder} (the one you used last)", folder=place.folder), "quiet")
    return place.folder
