"""From a portfolio to documents, each format apart: one that cannot be made never stops the others."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit.api.portfolios import Opened
from stagekit.checks.consent import Reader
from stagekit.errors import StageKitError, UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.report.model import Report
from stagekit.report.render.formats import FORMATS
from stagekit.store import atomic

if TYPE_CHECKING:
    from stagekit.checks.feedback import Point

PORTFOLIO = "portfolio"
MAX_STEM = 40
"""Characters of a file name before its ending: 45 is what every learning environment takes."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document: the file that was written, or the error that says why not and what to do."""

    format: str
    file: Path
    error: StageKitError | None = None


def _foreign_jinja(report: Report, _course: Course, template: Path) -> bytes:
    from stagekit.report.render.foreign import render_foreign

    return render_foreign(report, template).encode()


def _foreign_docx(report: Report, course: Course, template: Path) -> bytes:
    from stagekit.report.render.word_foreign import render_docx_template

    return render_docx_template(report, course, template)


FOREIGN: dict[str, Callable[[Report, Course, Path], bytes]] = {
    "md": _foreign_jinja,
    "docx": _foreign_docx,
}
"""Format to what makes it by someone else's template."""

_WORD = (".docx", ".dotx", ".docm", ".dotm")


def render(
    opened: Opened,
    formats: tuple[str, ...] = (),
    *,
    out: Path | None = None,
    reader: Reader = Reader.STUDENT,
    language: str | None = None,
    template: Path | None = None,
    feedback: bool = False,
) -> list[Rendered]:
    """Write the portfolio in each format into `out` (the portfolio's own folder by default).

    No format is Markdown, or what `template` is for; `all` is every one. `language` is that of the
    document, the portfolio's by default; with `feedback`, what reviewers said stands in it. Raises
    UserError for an unknown format, InvalidInput where somebody else would read what blocks; what fails
    in making one format is in its `Rendered`.
    """
    wanted = checked_formats(formats, template)
    if reader is not Reader.STUDENT:
        from stagekit.api.checking import refuse_blocking

        refuse_blocking(opened, reader)
    made = make_documents(opened, wanted, reader, language, template, feedback=feedback)
    folder = out or opened.folder
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(document, data, folder) for document, data in made]


def make_documents(
    opened: Opened,
    formats: tuple[str, ...],
    reader: Reader = Reader.STUDENT,
    language: str | None = None,
    template: Path | None = None,
    *,
    feedback: bool = False,
) -> list[tuple[Rendered, bytes]]:
    """Make the documents and write none: each with its file name, and its bytes or its error."""
    from stagekit.report.build import build_report

    spoken = language or opened.portfolio.identity.language
    points = _points(opened, reader, spoken) if feedback else ()
    report = build_report(opened.course, opened.portfolio, spoken, reader, points)
    stem = file_stem(opened, reader, spoken, template, feedback=feedback)
    return [_made(report, opened.course, name, Path(f"{stem}.{name}"), template) for name in formats]


def _points(opened: Opened, reader: Reader, language: str) -> "tuple[Point, ...]":
    """Give the feedback for a document; for others without numbers and addresses that lead to one person."""
    from stagekit.checks.feedback import points

    found = points(opened.course, opened.portfolio, opened.rounds, language)
    if reader is Reader.STUDENT or not found:
        return found
    from stagekit.api.masking import Mask

    mask = Mask(opened, language)
    return tuple(mask.point(point) for point in found)


def checked_formats(formats: Iterable[str], template: Path | None = None) -> tuple[str, ...]:
    """Give the formats that are meant, each once; raises UserError for one there is not."""
    fitting = "docx" if template is not None and template.suffix.lower() in _WORD else "md"
    wanted = tuple(dict.fromkeys(formats)) or (fitting,)
    unknown = next((name for name in wanted if name not in FORMATS and name != "all"), None)
    if unknown is not None:
        raise UserError(
            _("There is no format “{name}”.", name=unknown[:20]),
            _("Choose from: {formats}.", formats=", ".join([*FORMATS, "all"])),
        )
    if template is not None and wanted != (fitting,):
        raise UserError(
            _("This template makes {format} and nothing else.", format=fitting),
            _("Give -f {format}, or leave -f out.", format=fitting),
        )
    return tuple(FORMATS) if "all" in wanted else wanted


def _made(
    report: Report, course: Course, name: str, file: Path, template: Path | None
) -> tuple[Rendered, bytes]:
    try:
        data = FORMATS[name](report) if template is None else FOREIGN[name](report, course, template)
    except StageKitError as error:
        return Rendered(name, file, error), b""
    except ImportError as error:
        message = _("The part that makes {format} is not installed: {name}.", format=name, name=error.name)
        error_shown = UserError(message, _("Install StageKit again; the other formats work."))
        return Rendered(name, file, error_shown), b""
    return Rendered(name, file), data


def _written(document: Rendered, data: bytes, folder: Path) -> Rendered:
    file = folder / document.file
    if document.error is not None:
        return replace(document, file=file)
    try:
        atomic.write_file(file, data, durable=False)
    except StageKitError as error:
        return Rendered(document.format, file, error)
    return Rendered(document.format, file)


def file_stem(
    opened: Opened, reader: Reader, language: str, template: Path | None = None, *, feedback: bool = False
) -> str:
    """Name a document after its reader, feedback, a language not the portfolio's, and one's own template."""
    parts = [PORTFOLIO]
    if reader is not Reader.STUDENT:
        parts.append(reader.value)
    if feedback:
        parts.append("feedback")
    if language != opened.portfolio.identity.language:
        parts.append(language)
    if template is not None:
        name = template.name.partition(".")[0].encode("ascii", "ignore").decode()
        parts.append(re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:20] or "template")
    return "-".join(parts)[:MAX_STEM].rstrip("-")
