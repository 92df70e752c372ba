"""`stagekit render`: the portfolio as documents."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit.cli import console
from stagekit.cli.app import make_app
from stagekit.cli.notices import show_notices
from stagekit.cli.parameters import Folder, Lang, checked_language, portfolio_folder
from stagekit.errors import UserError
from stagekit.i18n import _


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
        Path | None,
        typer.Option("--template", help=_("Your own Jinja template for Markdown."), show_default=False),
    ] = None,
) -> None:
    """Make the documents."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.rendering import FORMATS
    from stagekit.api.rendering import render as make
    from stagekit.checks.consent import Reader

    if reader not in list(Reader):
        raise UserError(
            _("There is no reader “{name}”.", name=reader[:20]), _("Choose student, mentor or lecturer.")
        )
    opened = open_portfolio(portfolio_folder(folder, lang))
    show_notices(opened)
    wanted = tuple(dict.fromkeys(format or ["md"]))
    formats = tuple(FORMATS) if "all" in wanted else wanted
    for rendered in make(
        opened, formats, out=out, reader=Reader(reader), language=checked_language(lang), template=template
    ):
        console.show(console.visible_path(rendered.file))


app = make_app(render, help=_("Make the portfolio as a document."))
