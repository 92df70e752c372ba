"""`stagekit clean`: remove what should not outlive the assessment."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Folder, Lang, portfolio_folder
from stagekit.errors import UserError
from stagekit.i18n import _, active, ngettext

if TYPE_CHECKING:
    from stagekit.api.cleaning import Plan

_YES = frozenset({"y", "yes", "j", "ja"})


def clean(
    folder: Folder = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask; remove it."))] = False,
    keep_until: Annotated[
        str | None,
        typer.Option(
            "--keep-until",
            metavar=_("DATE"),
            help=_("Only keep a date: after it, `stagekit status` reminds you to clean."),
            show_default=False,
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Clean a portfolio."""
    from stagekit.api import cleaning

    place = portfolio_folder(folder, lang)
    if keep_until is not None:
        _keep(place, keep_until)
        return
    made = cleaning.plan(place)
    if made.nothing:
        console.show(console.wrapped(_("There is nothing to remove: this portfolio is clean."), ""))
        return
    _show_plan(made)
    if not (yes or _sure()):
        console.show(_("Nothing was removed."))
        return
    cleaning.carry_out(made)
    console.show(console.wrapped("✓ " + _("Removed. What stays is listed above."), "  ", ""))


def _keep(place: Path, typed: str) -> None:
    from stagekit.api.cleaning import set_keep_until
    from stagekit.api.portfolios import open_portfolio
    from stagekit.report.dates import long_date

    day = set_keep_until(open_portfolio(place), typed)
    if day is None:
        console.show(_("No date is kept any more."))
        return
    line = _("Kept: until {day}. After that `stagekit status` reminds you.", day=long_date(day, active()))
    console.show(console.wrapped(line, ""))


def _sure() -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            _("There is no terminal here to ask in; nothing was removed."),
            _("Read what goes and what stays; then: stagekit clean --yes"),
        )
    from stagekit.cli.findings import ask_line

    return ask_line(_("Remove it now? Type yes: ")).casefold() in _YES


def _show_plan(made: "Plan") -> None:
    console.show(console.styled(console.visible_path(made.folder), "quiet"))
    console.show(console.wrapped(_("Do this when your portfolio has been assessed, not before."), ""))
    console.show()
    console.show(console.styled(_("This goes, and nothing brings it back:"), "strong"))
    for line in _goes(made):
        console.show(console.wrapped(line, "    ", "  - "))
    console.show()
    console.show(console.styled(_("This stays:"), "strong"))
    for line in _stays(made):
        console.show(console.wrapped(line, "    ", "  - "))
    console.show()
    if made.doubtful:
        line = ngettext(
            "At {count} place a word may be a private name; it would stay. Look first: stagekit check",
            "At {count} places a word may be a private name; they would stay. Look first: stagekit check",
            made.doubtful,
        )
        console.show(console.wrapped(console.styled(line, "todo"), ""))
        console.show()


def _goes(made: "Plan") -> list[str]:
    counted = [
        (made.people, ngettext(
            "{count} private name; in your texts the alias takes its place",
            "{count} private names; in your texts the aliases take their place", made.people)),
        (made.notes, ngettext(
            "the words of {count} observation; when, where and what kind stay",
            "the words of {count} observations; when, where and what kind stay", made.notes)),
        (made.conversations, ngettext(
            "{count} conversation that may be shown to nobody, but for its alias",
            "{count} conversations that may be shown to nobody, but for their aliases", made.conversations)),
        (made.drafts, ngettext("{count} draft", "{count} drafts", made.drafts)),
        (made.versions, ngettext("{count} earlier version", "{count} earlier versions", made.versions)),
    ]  # fmt: skip
    own = _("comments and keys of your own in the answer files")
    return [line for count, line in counted if count] + [own]


def _stays(made: "Plan") -> list[str]:
    lines = [
        _("your answers with aliases, your own name, your school, your goals, the consent that was given")
    ]
    if made.documents:
        names = ", ".join(file.name for file in made.documents[:8]) + (
            " …" if len(made.documents) > 8 else ""
        )
        lines.append(
            _("the documents you made ({files}): they hold aliases, and the observations too. "
              "Remove them yourself when you need them no more", files=names)
        )  # fmt: skip
    if made.rounds:
        lines.append(_("the feedback you were given, with aliases"))
    if made.feedback:
        lines.append(_("what else is in the folder feedback: a name may stand in it. Look, and remove it"))
    lines.append(
        _("what stands elsewhere: what you handed in, a back-up, the recycle bin of OneDrive or iCloud")
    )
    return lines


app = make_app(
    clean, help=_("Remove what should not outlive the assessment: names, raw notes, drafts, history.")
)
