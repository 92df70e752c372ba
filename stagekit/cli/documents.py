"""Documents that were made, and those that were not, each with what to do."""

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
    import typer

    made = next((document for document in documents if document.error is None), None)
    if made is not None and typer.launch(str(made.file.resolve())) != 0:
        console.tell(_("It could not be opened; open the file yourself."), "todo")
