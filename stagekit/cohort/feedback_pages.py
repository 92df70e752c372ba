"""What one student gets back: a page to read, and the feedback file that StageKit takes in."""

import json
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

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

PAGE = "feedback.html"
FILE = "feedback.json"


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    title: str
    level: str
    comment: str


def feedback_files(each: Member, feedback: Feedback, course: Course, language: str) -> dict[str, bytes]:
    """Give the files for one student by name; the feedback file only where there is a portfolio to take it.

    The page is in the language of the portfolio, in `language` where there is none.
    """
    spoken = each.language if each.language in LANGUAGES else language
    files = {PAGE: _page(each, feedback, course, spoken).encode()}
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


def _page(each: Member, feedback: Feedback, course: Course, language: str) -> str:
    from stagekit.report.prose import parse
    from stagekit.report.render.html_prose import prose_html

    template, style, policy = _assets()
    take_in = translate(
        language,
        "Do you want this in your portfolio, to answer it there? Save feedback.json beside this page, open a "
        "terminal in that folder, and type this with the folder of your portfolio:",
    )
    return template.render(
        language=language,
        course=course.title[language],
        student=one_line(each.name),
        style=style,
        policy=policy,
        overall=feedback.overall,
        parts=_parts(feedback, course, language),
        prose=lambda text: prose_html(parse(text)) if text else "",
        command=f"stagekit review {translate(language, 'FOLDER')} --import {FILE}",
        words={
            "title": translate(language, "Feedback"),
            "by": _by(feedback, language),
            "overall": translate(language, "On the whole portfolio"),
            "level": translate(language, "Level"),
            "take_in": take_in if each.portfolio else "",
        },
    )


def _parts(feedback: Feedback, course: Course, language: str) -> list[_Part]:
    found = []
    for number, assignment in enumerate(course.assignments, 1):
        given = feedback.assignments.get(assignment.id, AssignmentFeedback())
        if given.level or given.comment:
            level = level_word(given.level, language) if given.level else ""
            found.append(_Part(number, assignment.title[language], level, given.comment or ""))
    return found


def _by(feedback: Feedback, language: str) -> str:
    reviewer = feedback.reviewer
    name = one_line(reviewer.name or "") if reviewer.show_name else ""
    day = long_date(date.fromisoformat(reviewer.date), language) if reviewer.date else ""
    return ", ".join(part for part in (name, day) if part)


@cache
def _assets() -> "tuple[Template, Markup, str]":
    from base64 import b64encode
    from hashlib import sha256

    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from stagekit import resources

    folder = resources.templates_dir() / "overview"
    style = (folder / "feedback.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    named = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{named}'; base-uri 'none'; form-action 'none'"
    return environment.get_template("feedback.html.j2"), Markup(style), policy  # noqa: S704 - our own file
