"""From a portfolio to documents, each format apart."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stagekit.api.portfolios import Opened
from stagekit.checks.consent import Reader
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.report.model import Report
from stagekit.store import atomic


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document that was written."""

    format: str
    file: Path


def _markdown(report: Report) -> bytes:
    from stagekit.report.render.markdown import render_markdown

    return render_markdown(report).encode()


FORMATS: dict[str, Callable[[Report], bytes]] = {"md": _markdown}
"""Format, and file ending, to what makes it."""


def render(
    opened: Opened,
    formats: tuple[str, ...] = ("md",),
    *,
    out: Path | None = None,
    reader: Reader = Reader.STUDENT,
    language: str | None = None,
    template: Path | None = None,
) -> list[Rendered]:
    """Write the portfolio in each format into `out` (the portfolio's own folder by default).

    `language` is that of the document, the portfolio's by default; `template` is a Jinja file used
    instead of the Markdown one. Raises UserError for an unknown format or a template that fails.
    """
    from stagekit.report.build import build_report

    for name in formats:
        if name not in FORMATS:
            raise UserError(
                _("There is no format “{name}”.", name=name[:20]),
                _("Choose from: {formats}.", formats=", ".join([*FORMATS, "all"])),
            )
    spoken = language or opened.portfolio.identity.language
    report = build_report(opened.course, opened.portfolio, spoken, reader)
    folder = out or opened.folder
    folder.mkdir(parents=True, exist_ok=True)
    stem = file_stem(opened, reader, spoken)
    rendered = []
    for name in formats:
        data = FORMATS[name](report) if template is None else _foreign(report, template)
        file = folder / f"{stem}.{name}"
        atomic.write_file(file, data, durable=False)
        rendered.append(Rendered(name, file))
    return rendered


def file_stem(opened: Opened, reader: Reader, language: str) -> str:
    """Name a document after its reader, and its language where that is not the portfolio's."""
    parts = ["portfolio"]
    if reader is not Reader.STUDENT:
        parts.append(reader.value)
    if language != opened.portfolio.identity.language:
        parts.append(language)
    return "-".join(parts)


def _foreign(report: Report, template: Path) -> bytes:
    from stagekit.report.render.foreign import render_foreign

    return render_foreign(report, template).encode()
