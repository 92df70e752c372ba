"""`stagekit start`: begin or go on."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit import i18n
from stagekit.cli import console
from stagekit.cli.app import make_app
from stagekit.cli.parameters import Lang, checked_language
from stagekit.errors import UserError
from stagekit.i18n import _, ngettext


def start(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("[FOLDER]"),
            help=_("The portfolio folder; a new one where there is none."),
            show_default=False,
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help=_("Fill in from a YAML file, without questions."), show_default=False),
    ] = None,
    lang: Lang = None,
) -> None:
    """Begin a portfolio, or go on with it."""
    language = checked_language(lang)
    if answers is None:
        raise UserError(
            _("The questions one by one are not here yet."),
            _("Fill in a YAML file and take it in: stagekit start FOLDER --answers FILE"),
        )
    _fill(folder or Path("portfolio"), answers, language)


def _fill(folder: Path, answers: Path, language: str | None) -> None:
    from stagekit.api.places import language_of
    from stagekit.api.portfolios import fill

    i18n.activate(i18n.preferred(option=language, portfolio=language_of(folder)))
    filled = fill(folder, answers, language)
    i18n.activate(i18n.preferred(option=language, portfolio=language_of(folder)))
    place = console.styled(str(folder.resolve()), "strong")
    console.show(_("New portfolio:") + f" {place}" if filled.created else _("Portfolio:") + f" {place}")
    for assignment_id, count in filled.given.items():
        line = ngettext("{count} answer taken in", "{count} answers taken in", count)
        console.show(f"  {assignment_id}: {line}")
    console.show(_("Next: stagekit status {folder}", folder=folder))


app = make_app(start, help=_("Begin your portfolio, or go on where you were."))
