"""The Report as one HTML page that needs nothing beside it: own style and script, named by their hashes."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from stagekit.i18n import translate
from stagekit.report.model import Report
from stagekit.report.render.environment import own_environment
from stagekit.report.render.html_blocks import BlockWriter
from stagekit.report.render.html_policy import page_policy
from stagekit.report.render.html_prose import inline_html, prose_html
from stagekit.report.tree import words

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class _Page:
    """What does not change from report to report: template, style, script and the policy that names them."""

    template: "Template"
    style: "Markup"
    script: "Markup"
    policy: str


def render_html(report: Report) -> str:
    """Give the page of a report; the same report always gives the same text."""
    remarks = has_remarks(report)
    page = _page(feedback=remarks, form=report.form is not None)
    language = report.language
    missing = Counter(entry.section for entry in report.todo)
    done = sum(not missing[section.id] for section in report.sections)
    total = len(report.sections)
    keys = {source.key: source.id for group in report.sources for source in group.sources if source.key}
    writer = BlockWriter(report, keys)
    text = page.template.render(
        report=report, labels=report.labels, title=_title(report), policy=page.policy, style=page.style,
        script=page.script, open=missing, done=done, inline=inline_html, prose=prose_html,
        facts=writer.facts, answered=writer.answered, remarks=remarks, asks=report.form is not None,
        **_form(report),
        words={
            "skip": translate(language, "Skip to the text"),
            "back": translate(language, "Back to the contents"),
            "complete": translate(language, "complete"),
            "progress": translate(language, "{done} of {total} parts complete", done=done, total=total),
            "print": translate(language, "Print or save as PDF"),
        },
    )  # fmt: skip
    return text.strip() + "\n"


def load() -> None:
    """Load what every page needs; without, that is done when the first is made."""
    _page(feedback=False, form=False)


def _title(report: Report) -> str:
    student = " ".join(words(report.cover.student).split())
    title = f"{report.cover.subtitle}: {report.cover.title}"
    return f"{title} – {student}" if student else title


def _form(report: Report) -> dict[str, dict[str, str]]:
    """Give the words of the form for a mentor, where the page has one."""
    if report.form is None:
        return {}
    from stagekit.report.render.html_form import form_words, told_words

    return {"say": form_words(report.language), "told": told_words(report.language)}


def has_remarks(report: Report) -> bool:
    """Tell whether a reviewer's words stand anywhere in the report."""
    return bool(report.feedback) or any(
        section.feedback or any(answer.feedback for answer in section.answers) for section in report.sections
    )


@cache
def _page(*, feedback: bool, form: bool) -> _Page:
    from jinja2 import FileSystemLoader
    from markupsafe import Markup

    from stagekit import resources

    folder = resources.templates_dir() / "html"
    sheets = ["portfolio.css", *(["remarks.css"] if feedback else []), *(["form.css"] if form else [])]
    scripts = ["portfolio.js", *(["feedback.js"] if form else [])]
    style = "".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    script = "".join((folder / name).read_text(encoding="utf-8") for name in scripts)
    environment = own_environment(loader=FileSystemLoader(folder), autoescape=True)
    return _Page(
        environment.get_template("portfolio.html.j2"),
        Markup(style),  # noqa: S704 - our own files
        Markup(script),  # noqa: S704
        page_policy(style, script),
    )
