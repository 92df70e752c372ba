"""`stagekit demo`: a complete sample portfolio, rendered, or the submissions of a whole cohort."""

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
    cohort: Annotated[
        int | None,
        typer.Option("--cohort", metavar="N", help=_("Make the submissions of N students instead.")),
    ] = None,
    lang: Lang = None,
) -> int:
    """Make a sample portfolio, or a sample cohort."""
    language = checked_language(lang) or i18n.active()
    return _portfolio(folder, language) if cohort is None else _cohort(folder, language, cohort)


def _cohort(folder: Path, language: str, count: int) -> int:
    from stagekit.api.demo import ROSTER, make_demo_cohort

    made = make_demo_cohort(folder, language, count)
    console.show(_("Submissions of {count} invented students, as five learning environments hand them out:",
                   count=count))  # fmt: skip
    for path in made:
        console.show("  " + console.styled(str(path), "strong"))
    console.show(_("Try: stagekit export {folder} -o {out} --roster {roster}",
                   folder=console.typed_path(folder), roster=console.typed_path(folder / ROSTER),
                   out=console.typed_path(Path(f"{folder}-export"))))  # fmt: skip
    return 0


def _portfolio(folder: Path, language: str) -> int:
    from stagekit.api.demo import make_demo
    from stagekit.api.rendering import render
    from stagekit.cli.documents import show_documents

    opened = make_demo(folder, language)
    console.show(
        _("A sample portfolio, with invented people:") + " " + console.styled(str(folder.resolve()), "strong")
    )
    code = show_documents(render(opened, ("all",)))
    console.show(
        _(
            "Look at it, try `stagekit status {folder}`, and throw it away when you are done.",
            folder=console.typed_path(folder),
        )
    )
    return code


app = make_app(demo, help=_("Make a complete sample portfolio, or a sample cohort."))
