"""`stagekit render`: the portfolio as documents."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.failures import explain
from stagekit.cli.parameters import Folder, Lang, checked_language, portfolio_folder
from stagekit.errors import StageKitError, UserError
from stagekit.i18n import _

if TYPE_CHECKING:
    from stagekit.api.portfolios import Opened
    from stagekit.api.rendering import Rendered
    from stagekit.checks.consent import Reader


def render(
    folder: Folder = None,
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="md|html|pdf|docx|txt|all",
            help=_("Format; may be given more than once."),
        ),
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
    feedback: Annotated[
        bool, typer.Option("--feedback", help=_("With what your mentor or lecturer said, and your answers."))
    ] = False,
    show: Annotated[
        list[str] | None,
        typer.Option("--show", metavar=_("ASSIGNMENT"), help=_("Let your mentor see this part from now on.")),
    ] = None,
    hide: Annotated[
        list[str] | None,
        typer.Option(
            "--hide", metavar=_("ASSIGNMENT"), help=_("Keep this part from your mentor from now on.")
        ),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help=_("Your own template."), show_default=False)
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help=_("Stay, and make it anew at each change; Ctrl-C stops."))
    ] = False,
    open_it: Annotated[bool, typer.Option("--open", help=_("Open the first document made."))] = False,
) -> int:
    """Make the documents."""
    from stagekit.checks.consent import Reader

    if reader not in list(Reader):
        raise UserError(
            _("There is no reader “{name}”.", name=reader[:20]), _("Choose student, mentor or lecturer.")
        )
    place = portfolio_folder(folder, lang)
    wanted = Wanted(tuple(format or ()), out, Reader(reader), checked_language(lang), template, feedback)
    if show or hide:
        _choose(place, wanted, show or [], hide or [])
    code = _make(place, wanted, open_it=open_it)
    return _watch(place, wanted) if watch else code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of one call ask for."""

    formats: tuple[str, ...]
    out: Path | None
    reader: "Reader"
    language: str | None
    template: Path | None
    feedback: bool


def _choose(place: Path, wanted: Wanted, show: list[str], hide: list[str]) -> None:
    """Keep what the student chose that the mentor may see."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.sharing import share

    if wanted.reader != "mentor":
        raise UserError(
            _("--show and --hide are about what your mentor sees."), _("Give --for mentor with them.")
        )
    share(open_portfolio(place), show, hide)


def _say_what_is_in_it(opened: "Opened") -> bool:
    """Say which parts the mentor's version holds, and how to change that; tells whether it holds any."""
    from stagekit.api.sharing import shared
    from stagekit.i18n import active

    found = shared(opened.course, opened.portfolio)
    seen, unseen = ([part.title[active()] for part in parts] for parts in (found.seen, found.unseen))
    lines = [_("Your mentor sees: {parts}.", parts=", ".join(seen) or _("none of the parts"))]
    if unseen:
        lines.append(_("Not in it: {parts}.", parts=", ".join(unseen)))
        other = found.unseen[0].id
        lines.append(_("Change that: stagekit render --for mentor -f html --show {id}", id=other))
    else:
        other = found.seen[0].id
        lines.append(_("Change that: stagekit render --for mentor -f html --hide {id}", id=other))
    console.tell(console.wrapped(" ".join(lines), ""))
    return bool(found.seen)


def _say_where_it_goes(documents: "list[Rendered]") -> None:
    """Say what the mentor's page is for, and which format has room for feedback where it was not made."""
    made = {document.format: document.file for document in documents if document.error is None}
    if "html" in made:
        line = _("Send {file} to your mentor, who opens it in a browser and sends one small file back. "
                 "Take that in: stagekit review --import FILE", file=made["html"].name)  # fmt: skip
    elif made:
        line = _("Feedback can only be typed in the page: stagekit render --for mentor -f html")
    else:
        return
    console.tell(console.wrapped(line, ""))


def _make(place: Path, wanted: Wanted, *, open_it: bool = False) -> int:
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.rendering import render as make
    from stagekit.cli.documents import open_document, show_documents
    from stagekit.cli.notices import show_notices

    opened = open_portfolio(place)
    show_notices(opened)
    to_read = wanted.reader == "mentor" and _say_what_is_in_it(opened)
    if wanted.feedback and not opened.rounds:
        console.tell(_("There is no feedback yet. Take it in: stagekit review FOLDER --import FILE"), "todo")
    documents = make(
        opened,
        wanted.formats,
        out=wanted.out,
        reader=wanted.reader,
        language=wanted.language,
        template=wanted.template,
        feedback=wanted.feedback,
    )
    code = show_documents(documents)
    if to_read:
        _say_where_it_goes(documents)
    if wanted.reader == "student":
        _warn(opened)
    if open_it:
        open_document(documents)
    return code


def _warn(opened: "Opened") -> None:
    """Say in one line that something may give somebody away; the student's own document is made."""
    from stagekit.api.checking import check
    from stagekit.cli.findings import summary

    checked = check(opened)
    if checked.findings:
        style = "bad" if any(finding.weight == "block" for finding in checked.findings) else "todo"
        console.tell(summary(checked) + " " + _("Look: stagekit check"), style)


def _watch(place: Path, wanted: Wanted) -> int:
    from stagekit.api.watching import changes

    console.tell(_("Watching for changes; Ctrl-C stops."), "quiet")
    try:
        for _change in changes(place):
            try:
                _make(place, wanted)
            except StageKitError as error:
                explain(error)
    except KeyboardInterrupt:
        console.tell(_("Stopped watching."), "quiet")
    return 0


app = make_app(render, help=_("Make the portfolio as a document."))
