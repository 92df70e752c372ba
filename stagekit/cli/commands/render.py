"""`stagekit render`: the portfolio as documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit.cli import console
from stagekit.cli.app import make_app
from stagekit.cli.failures import REFUSED, explain
from stagekit.cli.parameters import Folder, Lang, checked_language, portfolio_folder
from stagekit.errors import UserError
from stagekit.i18n import _

if TYPE_CHECKING:
    from stagekit.api.rendering import Rendered


def render(
    folder: Folder = None,
    format: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", metavar="md|all", help=_("Format; may be given more than once.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help=_("Folder to write to; else the portfolio's own."), show_default=False
        ),
    ] = None,
    reader: Annotated[
        str, typer.Option("--for", metavar="student|mentor|lecturer", help=_("Who will read it."))
    ] = "student",
    lang: Lang = None,
    template: Annotated[
        Path | None, typer.Option("--template", help=_("Your own template."), show_default=False)
    ] = None,
) -> int:
    """Make the documents."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.rendering import render as make
    from stagekit.checks.consent import Reader
    from stagekit.cli.notices import show_notices

    if reader not in list(Reader):
        raise UserError(
            _("There is no reader “{name}”.", name=reader[:20]), _("Choose student, mentor or lecturer.")
        )
    opened = open_portfolio(portfolio_folder(folder, lang))
    show_notices(opened)
    language = checked_language(lang)
    documents = make(
        opened, tuple(format or ()), out=out, reader=Reader(reader), language=language, template=template
    )
    return show_documents(documents)


def show_documents(documents: "list[Rendered]") -> int:
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


app = make_app(render, help=_("Make the portfolio as a document."))
