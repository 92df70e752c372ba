"""Which prompter asks: on pages of the terminal, or in plain lines; none where there is no terminal."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit.errors import UserError
from stagekit.i18n import _

if TYPE_CHECKING:
    from stagekit.cli.prompts.plain import PlainPrompter
    from stagekit.cli.prompts.terminal import TerminalPrompter


def refuse_without_terminal(instead: str) -> None:
    """Raise UserError where nobody can be asked; `instead` is what to do then.

    Without a terminal a menu would take its first choice by itself.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(_("There is no terminal here to ask questions in."), instead)


def prompter_for(*, plain: bool) -> "PlainPrompter | TerminalPrompter":
    """Make the prompter, to be used in a `with`."""
    if plain or os.environ.get("TERM") == "dumb":
        from stagekit.cli.prompts.plain import PlainPrompter

        return PlainPrompter()
    from stagekit.cli.prompts.terminal import TerminalPrompter

    # No text is asked for before the portfolio is known, and with it the folder for the editor's copy.
    return TerminalPrompter(edit_folder=Path())
