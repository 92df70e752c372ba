"""`stagekit submit`: one zip to hand in."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Folder, Lang, portfolio_folder
from stagekit.i18n import _


def submit(
    folder: Folder = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help=_("Folder to write to; else the portfolio's own."), show_default=False
        ),
    ] = None,
    lang: Lang = None,
) -> int:
    """Pack the portfolio."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.submitting import submit as pack
    from stagekit.cli.documents import show_documents
    from stagekit.cli.notices import show_notices

    opened = open_portfolio(portfolio_folder(folder, lang))
    show_notices(opened)
    made = pack(opened, out)
    console.show(_("Ready to hand in:") + " " + console.styled(console.visible_path(made.file), "strong"))
    for name in made.entries:
        console.show(f"  {name}")
    console.show(
        console.wrapped(
            _("Names are replaced by aliases, and conversations that may not be shown are left out."), ""
        )
    )
    if not made.complete:
        console.tell(_("Not everything that is asked for is there yet: stagekit status"), "todo")
    return show_documents(list(made.failed))


app = make_app(submit, help=_("Make one zip to hand in, without anyone's name."))
