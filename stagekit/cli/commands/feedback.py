"""`stagekit feedback`: the lecturer's feedback, packed as the bulk download came."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit import i18n
from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Lang, checked_language
from stagekit.i18n import _, ngettext

if TYPE_CHECKING:
    from stagekit.api.giving_back import GivenBack


def feedback(
    folder: Annotated[
        Path,
        typer.Argument(metavar=_("FOLDER"), help=_("The folder that you gave to `stagekit export` with -o.")),
    ],
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", metavar="html|pdf", help=_("Format of the page; may be given more than once.")
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help=_("Your name, for the students to see."), show_default=False),
    ] = None,
    lang: Lang = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace zips that were changed since they were made."))
    ] = False,
    json: Annotated[bool, typer.Option("--json", help=_("One JSON document, for programs."))] = False,
) -> int:
    """Pack the feedback."""
    from datetime import date

    from stagekit.api.giving_back import give_back

    language = checked_language(lang) or i18n.active()
    given = give_back(
        folder, language, formats=tuple(format or ("html",)), name=name, day=date.today(), force=force
    )
    if json:
        console.print_json(_document(given))
    else:
        _show(given, named=bool(name))
    return 2 if given.problems else 0


def _show(given: "GivenBack", *, named: bool) -> None:
    for each in given.zips:
        line = ngettext(
            "{file}: feedback for {count} student", "{file}: feedback for {count} students", each.students,
            file=console.visible_path(each.file),
        )  # fmt: skip
        console.show(console.wrapped(line, "  ", "✓ "))
    for notice in given.notices:
        console.tell(console.wrapped(notice, "  ", "· "), "todo")
    for problem in given.problems:
        console.tell(console.wrapped(f"{problem.message} {problem.next_step}".strip(), "  ", "· "), "bad")
    if given.without:
        line = ngettext(
            "{count} student has no feedback yet.", "{count} students have no feedback yet.",
            len(given.without),
        )  # fmt: skip
        console.tell(line, "quiet")
    if not named:
        console.tell(_("Your name is not on the pages; --name puts it there."), "quiet")
    if given.zips:
        console.show(_("Next: upload each zip where you downloaded the submissions."))


def _document(given: "GivenBack") -> dict[str, object]:
    return {
        "zips": [
            {"file": str(each.file), "layout": each.layout.value, "students": each.students}
            for each in given.zips
        ],
        "students": given.students,
        "without": list(given.without),
        "notices": list(given.notices),
        "problems": [f"{problem.message} {problem.next_step}".strip() for problem in given.problems],
    }


app = make_app(feedback, help=_("Pack your feedback for the students as the download came."))
