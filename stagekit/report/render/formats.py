"""Every format a report is made in, as one table; each imports its renderer only when it is used."""

from collections.abc import Callable

from stagekit.report.model import Report


def _markdown(report: Report) -> bytes:
    from stagekit.report.render.markdown import render_markdown

    return render_markdown(report).encode()


def _html(report: Report) -> bytes:
    from stagekit.report.render.html import render_html

    return render_html(report).encode()


def _text(report: Report) -> bytes:
    from stagekit.report.render.text import render_text

    return render_text(report).encode()


def _pdf(report: Report) -> bytes:
    from stagekit.report.render.pdf import render_pdf

    return render_pdf(report)


def _docx(report: Report) -> bytes:
    from stagekit.report.render.word import render_docx

    return render_docx(report)


FORMATS: dict[str, Callable[[Report], bytes]] = {
    "md": _markdown,
    "html": _html,
    "txt": _text,
    "pdf": _pdf,
    "docx": _docx,
}
"""Format, and file ending, to what makes it."""
