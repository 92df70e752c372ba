"""`stagekit sheet`: a form to print for a talk or an observation."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit import i18n
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Lang, checked_language, portfolio_folder
from stagekit.i18n import _


def sheet(
    assignment: Annotated[
        str,
        typer.Argument(metavar=_("ASSIGNMENT"), help=_("mentor-interview, parent-interview or observation.")),
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("[FOLDER]"),
            help=_("The portfolio folder, for --filled and to write to; else the one you are in."),
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", metavar="pdf|docx|all", help=_("Format; may be given more than once.")
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help=_("Folder to write to; else the portfolio's own."), show_default=False
        ),
    ] = None,
    filled: Annotated[
        bool, typer.Option("--filled", help=_("With what you have answered already; aliases, no names."))
    ] = False,
    lang: Lang = None,
) -> int:
    """Make the sheet."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.sheets import make_sheet
    from stagekit.cli.documents import show_documents
    from stagekit.cli.notices import show_notices
    from stagekit.store.course_files import load_course
    from stagekit.store.last_used import find_folder

    language = checked_language(lang)
    opened = None
    if filled or folder is not None or find_folder(Path.cwd()) is not None:
        opened = open_portfolio(portfolio_folder(folder, lang))
    if opened is not None and filled:
        show_notices(opened)
    usual = opened.portfolio.identity.language if opened else i18n.DEFAULT_LANGUAGE
    return show_documents(
        make_sheet(
            opened.course if opened else load_course(),
            assignment,
            tuple(format or ()),
            out=out or (opened.folder if opened else Path()),
            language=language or (usual if opened else i18n.active()),
            filled=opened if filled else None,
            usual=usual,
        )
    )


app = make_app(sheet, help=_("Make a form to print, for a talk or an observation."))
