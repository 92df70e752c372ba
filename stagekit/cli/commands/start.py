"""`stagekit start`: begin or go on."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit import i18n
from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Lang, checked_language
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
    plain: Annotated[
        bool,
        typer.Option("--plain", help=_("Plain lines only, for a screen reader or a simple terminal.")),
    ] = False,
) -> None:
    """Begin a portfolio, or go on with it."""
    language = checked_language(lang)
    if answers is not None:
        _fill(folder or _here(), answers, language)
    else:
        _interview(folder, language, plain=plain)


def _here() -> Path:
    from stagekit.store.last_used import find_folder

    return find_folder(Path.cwd()) or Path("portfolio")


def _interview(folder: Path | None, language: str | None, *, plain: bool) -> None:
    _refuse_without_terminal()
    from stagekit.api.interviews import prepare
    from stagekit.cli.commands import COMMANDS
    from stagekit.cli.prompts.opening import prompter_for

    with prompter_for(plain=plain) as prompter:
        sitting = prepare(folder, prompter, language=language, commands=frozenset(COMMANDS))
        saved = True
        if sitting is None:
            prompter.show(_("Nothing was changed. Begin whenever you like: stagekit start"))
        else:
            prompter.edit_folder = sitting.drafts_folder
            prompter.on_end = sitting.rescue
            saved = sitting.hold()
    if not saved:
        raise typer.Exit(2)


def _refuse_without_terminal() -> None:
    from stagekit.cli.prompts.opening import refuse_without_terminal

    refuse_without_terminal(
        _("Open a terminal window, or fill in from a file: stagekit start FOLDER --answers FILE")
    )


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
    console.show(_("Next: stagekit status {folder}", folder=console.typed_path(folder)))


app = make_app(start, help=_("Begin your portfolio, or go on where you were."))
