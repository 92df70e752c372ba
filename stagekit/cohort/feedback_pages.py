"""What one student gets back: a page to read, and the feedback file that StageKit takes in."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from stagekit.checks.levels import level_word
from stagekit.cohort.feedback_members import Member
from stagekit.cohort.overview_words import one_line
from stagekit.i18n import LANGUAGES, translate
from stagekit.model.course import Course
from stagekit.model.feedback import AssignmentFeedback, Feedback
from stagekit.report.dates import long_date
from stagekit.report.render.environment import own_environment
from stagekit.report.render.html_policy import page_policy

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

PAGE = "feedback.html"
PDF = "feedback.pdf"
FILE = "feedback.json"
FORMATS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class _Content:
    """What a page says; `parts` are heading, level in words and comment, the last two may be empty."""

    language: str
    course: str
    student: str
    words: dict[str, str]
    parts: tuple[tuple[str, str, str], ...]


def feedback_files(
    each: Member, feedback: Feedback, course: Course, language: str, formats: Sequence[str] = FORMATS[:1]
) -> dict[str, bytes]:
    """Give the files for one student by name; the feedback file only where there is a portfolio to take it.

    The page is in the language of the portfolio, in `language` where there is none.
    """
    spoken = each.language if each.language in LANGUAGES else language
    content = _content(each, feedback, course, spoken)
    files: dict[str, bytes] = {}
    if "html" in formats:
        files[PAGE] = _html(content).encode()
    if "pdf" in formats:
        from stagekit.cohort.feedback_pdf import feedback_pdf

        files[PDF] = feedback_pdf(
            content.words, content.course, content.student, content.parts, content.language
        )
    if each.portfolio:
        files[FILE] = feedback_json(feedback)
    return files


def feedback_json(feedback: Feedback) -> bytes:
    """Give the feedback file; `stagekit review --import` reads it."""
    reviewer = feedback.reviewer
    data = _given(
        stagekit_feedback=1,
        portfolio=feedback.portfolio,
        reviewer=_given(name=reviewer.name, show_name=reviewer.show_name, date=reviewer.date),
        overall=feedback.overall,
        assignments={
            id: _given(level=given.level, comment=given.comment) for id, given in feedback.assignments.items()
        },
    )
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _content(each: Member, feedback: Feedback, course: Course, language: str) -> _Content:
    take_in = translate(
        language,
        "Do you want this in your portfolio, to answer it there? Save feedback.json beside this page, open a "
        "terminal in that folder, and type this with the folder of your portfolio:",
    )
    words = {
        "title": translate(language, "Feedback"),
        "by": _by(feedback, language),
        "level": translate(language, "Level"),
        "take_in": take_in if each.portfolio else "",
        "command": " ".join(("stagekit review", translate(language, "FOLDER"), "--import", FILE)),
    }
    parts = tuple(_parts(feedback, course, language))
    return _Content(language, course.title[language], one_line(each.name), words, parts)


def _html(content: _Content) -> str:
    from stagekit.report.prose import lines_kept, parse
    from stagekit.report.render.html_prose import prose_html

    template, style, policy = _assets()
    return template.render(
        content=content,
        words=content.words,
        style=style,
        policy=policy,
        prose=lambda text: prose_html(parse(lines_kept(text))) if text else "",
    )


def _parts(feedback: Feedback, course: Course, language: str) -> Iterator[tuple[str, str, str]]:
    if feedback.overall:
        yield translate(language, "On the whole portfolio"), "", feedback.overall
    for number, assignment in enumerate(course.assignments, 1):
        given = feedback.assignments.get(assignment.id, AssignmentFeedback())
        if given.level or given.comment:
            level = level_word(given.level, language) if given.level else ""
            yield f"{number}. {assignment.title[language]}", level, given.comment or ""


def _by(feedback: Feedback, language: str) -> str:
    reviewer = feedback.reviewer
    name = one_line(reviewer.name or "") if reviewer.show_name else ""
    day = long_date(date.fromisoformat(reviewer.date), language) if reviewer.date else ""
    return ", ".join(part for part in (name, day) if part)


@cache
def _assets() -> "tuple[Template, Markup, str]":
    from jinja2 import FileSystemLoader
    from markupsafe import Markup

    from stagekit import resources

    folder = resources.templates_dir() / "overview"
    style = (folder / "feedback.css").read_text(encoding="utf-8")
    environment = own_environment(loader=FileSystemLoader(folder), autoescape=True)
    own = Markup(style)  # noqa: S704 - our own file
    return environment.get_template("feedback.html.j2"), own, page_policy(style)
