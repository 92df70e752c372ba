"""Feedback in the terminal, for a mentor who sits beside the student."""

from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _


def give(folder: Path | None, lang: str | None, *, plain: bool) -> int:  # noqa: ARG001
    """Ask for feedback, answer by answer."""
    raise UserError(
        _("There is no terminal here to ask questions in."),
        _("Open a terminal window, or take in a file: stagekit review FOLDER --import FILE"),
    )
