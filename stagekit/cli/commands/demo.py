"""`stagekit demo`: a complete sample portfolio, rendered."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit import i18n
from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Lang, checked_language
from stagekit.i18n import _


def demo(
    folder: Annotated[Path, typer.Argument(metavar=_("[FOLDER]"), help=_("A new folder for it."))] = Path(
        "stagekit-demo"
    ),
    lang: Lang = None,
) -> int:
    """Make a sample portfolio."""
    from stagekit.api.demo import make_demo
    from stagekit.api.rendering import render
    from stagekit.cli.documents import show_documents

    opened = make_demo(folder, checked_language(lang) or i18n.active())
    console.show(
        _("A sample portfolio, with invented people:") + " " + console.styled(str(folder.resolve()), "strong")
    )
    code = show_documents(render(opened, ("all",)))
    console.show(
        _("Look at it, try `stagekit status {folder}`, and throw it away when you are done.", folder=folder)
    )
    return code


app = make_app(demo, help=_("Make a complete sample portfolio, to look around in."))
