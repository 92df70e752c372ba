"""`stagekit review`: a mentor's feedback, taken in from a file or given beside the student."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Folder, Lang, portfolio_folder
from stagekit.errors import UserError
from stagekit.i18n import _

if TYPE_CHECKING:
    from stagekit.api.portfolios import Opened


def review(
    folder: Folder = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar=_("FILE"),
            help=_("Take in the file that the form in the report saved."),
            show_default=False,
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option("--plain", help=_("Plain lines only, for a screen reader or a simple terminal.")),
    ] = False,
    lang: Lang = None,
) -> int:
    """Take in feedback, or give it."""
    if import_ is None:
        _refuse_a_file(folder)
        from stagekit.cli.reviewing import give

        return give(folder, lang, plain=plain)
    from stagekit.api.portfolios import open_portfolio
    from stagekit.cli.notices import show_notices

    opened = open_portfolio(portfolio_folder(folder, lang))
    show_notices(opened)
    _take_in(opened, import_)
    return 0


def _refuse_a_file(folder: Path | None) -> None:
    """Refuse a feedback file where the portfolio should stand; raises UserError."""
    if folder is not None and folder.is_file():
        raise UserError(
            _("{folder} is a file, not a folder.", folder=folder),
            _("To take in feedback: stagekit review --import FILE"),
        )


def _take_in(opened: "Opened", file: Path) -> None:
    from stagekit.api.reviewing import take_in
    from stagekit.cli.feedback import show_added

    taken = take_in(opened, file)
    if not taken.new:
        line = _("This feedback was taken in already; nothing was changed.")
        console.show(console.wrapped(line, ""))
    else:
        show_added(opened, taken)
    console.show(console.wrapped(_("What to do with it: stagekit status. Answer it: stagekit start"), ""))


app = make_app(review, help=_("Give feedback beside the student, or take in the file a mentor sent."))
