"""`stagekit start`: begin or go on."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit import i18n
from stagekit.cli import console
from stagekit.cli.app import make_app
from stagekit.cli.parameters import Lang, checked_language
from stagekit.errors import UserError
from stagekit.i18n import _, ngettext

if TYPE_CHECKING:
    from stagekit.interview.prompter import Prompter


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

    sitting = prepare(folder, _prompter(plain=plain), language=language, commands=frozenset(COMMANDS))
    if sitting is None:
        return
    with _rescued(sitting.rescue):
        sitting.hold()


def _refuse_without_terminal() -> None:
    # Without a terminal a menu would take its first choice by itself.
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            _("There is no terminal here to ask questions in."),
            _("Open a terminal window, or fill in from a file: stagekit start FOLDER --answers FILE"),
        )


def _prompter(*, plain: bool) -> "Prompter":
    if plain or os.environ.get("TERM") == "dumb":
        from stagekit.cli.prompts.plain import PlainPrompter

        return PlainPrompter()
    from stagekit.cli.prompts.terminal import TerminalPrompter

    return TerminalPrompter()


@contextlib.contextmanager
def _rescued(rescue: Callable[[], None]) -> Iterator[None]:
    """Keep half-typed text when the window is closed or the process is told to end."""

    def end(number: int, _frame: object) -> None:
        rescue()
        raise SystemExit(128 + number)

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    former = {number: signal.signal(number, end) for number in signals}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


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
