"""Documents that were made, and those that were not, each with what to do."""

from pathlib import Path

from stagekit.api.rendering import Rendered
from stagekit.cli import console
from stagekit.cli.failures import REFUSED, explain
from stagekit.i18n import _


def show_documents(documents: list[Rendered]) -> int:
    """Print the files that were made, and for each that was not why; gives the exit code."""
    for document in documents:
        if document.error is None:
            console.show(console.visible_path(document.file))
    failed = [document for document in documents if document.error is not None]
    for document in failed:
        console.tell(_("{format} was not made:", format=document.format), "bad")
        if document.error is not None:
            explain(document.error)
    return REFUSED if failed else 0


def open_document(documents: list[Rendered]) -> None:
    """Open the first document that was made, in the program the computer has for it."""
    made = next((document for document in documents if document.error is None), None)
    if made is not None and not _opened(made.file.resolve()):
        console.tell(_("It could not be opened; open the file yourself."), "todo")


def _opened(file: Path) -> bool:
    """Tell whether a program takes the file.

    Typer's own way says yes before it knows, and looks for a program `start` that Windows does not have.
    The viewer goes on when we end; one still busy after a moment is taken to be showing the file.
    """
    import os
    import subprocess
    import sys

    try:
        if start := getattr(os, "startfile", None):
            start(file)
            return True
        program = "open" if sys.platform == "darwin" else "xdg-open"
        quiet = subprocess.DEVNULL
        viewer = subprocess.Popen(  # noqa: S603 - the system's own opener, and a file of ours
            [program, file], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        return viewer.wait(_MOMENT) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


_MOMENT = 3
"""Seconds for a viewer to say that it cannot open the file."""
