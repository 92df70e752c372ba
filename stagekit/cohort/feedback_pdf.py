"""The page of one student's feedback as a PDF."""

from collections.abc import Sequence
from typing import Any

from stagekit.report.prose import inline_text, lines_kept, parse
from stagekit.report.render.pdf_text import prose_data, words_data


def feedback_pdf(
    words: dict[str, str], course: str, student: str, parts: Sequence[tuple[str, str, str]], language: str
) -> bytes:
    """Give the PDF; `parts` are heading, level in words and comment, the last two may be empty.

    `words` are `title`, `by` and `level`. The same feedback always gives the same bytes.
    """
    from stagekit.report.render.pdf_typst import typeset

    data: dict[str, Any] = {
        "language": language,
        "title": f"{words['title']}: {course}",
        "author": "",
        "kind": words["title"],
        "level": words["level"],
        "course": course,
        "student": words_data(inline_text(student)),
        "by": words_data(inline_text(words["by"])),
        "parts": [
            {"title": title, "level": level, "prose": prose_data(parse(lines_kept(comment)))}
            for title, level, comment in parts
        ],
    }
    return typeset("feedback.typ", data)
