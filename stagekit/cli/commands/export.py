"""`stagekit export`: every portfolio of a cohort, and the overview."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagekit import i18n
from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.failures import STOPPED
from stagekit.cli.parameters import Lang, checked_language
from stagekit.errors import UserError
from stagekit.i18n import _

if TYPE_CHECKING:
    from stagekit.cohort.export import ExportOptions

SOME_FAILED = 1
"""The exit code where something could not be made."""
_MEGABYTE = 1_000_000


def export(
    submissions: Annotated[
        list[Path],
        typer.Argument(
            metavar=_("SUBMISSIONS…"),
            help=_("What you downloaded: folders, zips or answer files, also several."),
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help=_("Folder to write to; it may be there."), show_default=False)
    ],
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="md|html|pdf|docx|txt|all",
            help=_("Format; may be given more than once. Else html."),
            show_default=False,
        ),
    ] = None,
    reader: Annotated[
        str, typer.Option("--for", metavar="student|mentor|lecturer", help=_("Who will read it."))
    ] = "lecturer",
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            min=1,
            max=1000,
            help=_("Processes; else one for each processor."),
            show_default=False,
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            help=_("The list of the class, CSV or XLSX: names who is missing."),
            show_default=False,
        ),
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help=_("Codes instead of students' names; the key stands apart."))
    ] = False,
    feedback: Annotated[
        bool, typer.Option("--feedback", help=_("Show in the documents what reviewers said."))
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=_("Make everything again, also what you changed in the folder."))
    ] = False,
    json: Annotated[bool, typer.Option("--json", help=_("One JSON document, for programs."))] = False,
    max_mb: Annotated[
        int, typer.Option("--max-mb", min=1, help=_("Megabytes a submission may be, unpacked."))
    ] = 200,
    max_files: Annotated[
        int, typer.Option("--max-files", min=1, help=_("Files a submission may have."))
    ] = 500,
    lang: Lang = None,
) -> int:
    """Export a cohort."""
    from stagekit.checks.consent import Reader
    from stagekit.cohort.export import ExportOptions
    from stagekit.cohort.model import Limits

    if reader not in list(Reader):
        raise UserError(
            _("There is no reader “{name}”.", name=reader[:20]), _("Choose student, mentor or lecturer.")
        )
    language = checked_language(lang)
    if language is not None:
        i18n.activate(language)
    options = ExportOptions(
        formats=tuple(format or ()),
        reader=Reader(reader),
        language=language,
        jobs=jobs,
        roster=roster,
        blind=blind,
        force=force,
        feedback=feedback,
        limits=Limits(submission_bytes=max_mb * _MEGABYTE, submission_files=max_files),
    )
    return _export(submissions, out, options, json=json)


def _export(sources: list[Path], out: Path, options: "ExportOptions", *, json: bool) -> int:
    from stagekit.api.exporting import as_json, export_cohort
    from stagekit.cli.exporting import progress_bar, show_result, show_stopped

    try:
        with progress_bar() as progress:
            result = export_cohort(sources, out, options, progress=progress)
    except KeyboardInterrupt:
        show_stopped()
        return STOPPED
    if json:
        console.print_json(as_json(result))
    else:
        show_result(result)
    return SOME_FAILED if result.failed or result.problems else 0


app = make_app(export, help=_("Make every portfolio of a cohort, and an overview."))
