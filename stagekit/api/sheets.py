"""Printable sheets for talks and observations, each format apart."""

from collections.abc import Callable, Iterable
from pathlib import Path

from stagekit.api.portfolios import Opened
from stagekit.api.rendering import Rendered
from stagekit.errors import StageKitError, UserError
from stagekit.i18n import DEFAULT_LANGUAGE, _
from stagekit.model.course import Assignment, Course
from stagekit.model.decode import did_you_mean
from stagekit.report.sheet import Sheet
from stagekit.store import atomic

MAX_STEM = 40
"""Characters of a file name before its ending: 45 is what every learning environment takes."""


def _pdf(sheet: Sheet) -> bytes:
    from stagekit.report.render.pdf_sheet import render_sheet_pdf

    return render_sheet_pdf(sheet)


def _docx(sheet: Sheet) -> bytes:
    from stagekit.report.render.word_sheet import render_sheet_docx

    return render_sheet_docx(sheet)


FORMATS: dict[str, Callable[[Sheet], bytes]] = {"pdf": _pdf, "docx": _docx}
"""Format, and file ending, to what makes it."""


def make_sheet(
    course: Course,
    assignment_id: str,
    formats: Iterable[str] = (),
    *,
    out: Path,
    language: str,
    filled: Opened | None = None,
    usual: str = DEFAULT_LANGUAGE,
) -> list[Rendered]:
    """Write the sheet of an assignment (its id, or its number in the course) into the folder `out`.

    No format is PDF, `all` is every one; `filled` is the portfolio to take what is known from; a language
    that is not the `usual` one is part of the file name. Raises UserError for an assignment without a sheet
    or an unknown format; what fails in making one format is in its `Rendered`.
    """
    from stagekit.report.sheet_build import build_sheet

    assignment = _assignment(course, assignment_id)
    chosen = _formats(formats)
    sheet = build_sheet(course, assignment, language, filled.portfolio if filled else None)
    marks = [*(["filled"] if filled else []), *([language] if language != usual else [])]
    stem = "-".join(["sheet", assignment.id, *marks])[:MAX_STEM]
    atomic.make_folder(out)
    return [_written(sheet, name, out / f"{stem}.{name}") for name in chosen]


def _written(sheet: Sheet, name: str, file: Path) -> Rendered:
    try:
        atomic.write_file(file, FORMATS[name](sheet), durable=False)
    except StageKitError as error:
        return Rendered(name, file, error)
    except ImportError as error:
        message = _("The part that makes {format} is not installed: {name}.", format=name, name=error.name)
        return Rendered(name, file, UserError(message, _("Install StageKit again; the other formats work.")))
    return Rendered(name, file)


def _assignment(course: Course, assignment_id: str) -> Assignment:
    from stagekit.report.sheet_build import sheet_assignments

    offered = sheet_assignments(course)
    numbered = {str(number): each for number, each in enumerate(course.assignments, 1)}
    found = course.assignment(assignment_id.lower()) or numbered.get(assignment_id)
    if found in offered:
        return found
    ids = ", ".join(each.id for each in offered)
    next_step = _("There is a sheet for: {assignments}.", assignments=ids)
    if found is None:
        hint = did_you_mean(assignment_id, [each.id for each in offered])
        message = _("There is no assignment “{name}”.", name=assignment_id[:40])
        raise UserError(message + hint, next_step)
    raise UserError(_("The assignment “{name}” has no sheet to print.", name=found.id), next_step)


def _formats(formats: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(formats)) or ("pdf",)
    for name in wanted:
        if name not in FORMATS and name != "all":
            raise UserError(
                _("There is no format “{name}”.", name=name[:20]),
                _("Choose from: {formats}.", formats=", ".join([*FORMATS, "all"])),
            )
    return tuple(FORMATS) if "all" in wanted else wanted
