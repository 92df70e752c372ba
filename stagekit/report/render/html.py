"""The Report as one HTML page that needs nothing beside it: own style and script, named by their hashes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from stagekit.i18n import translate
from stagekit.report.model import AnswerBlock, Contact, Facts, ImpactFigure, Item, Passage, Report
from stagekit.report.render.html_prose import cell_html, inline_html, prose_html
from stagekit.report.tree import plain, words

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

MAX_BRIEF = 1_500
"""Characters that fit, with their labels, in less than half an A4 page."""


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that stand in one element: short answers and labelled passages together, all else alone."""

    kind: str
    blocks: Sequence[AnswerBlock]


@dataclass(frozen=True, slots=True)
class _Page:
    """What does not change from report to report: template, style, script and the policy that names them."""

    template: "Template"
    style: "Markup"
    script: "Markup"
    policy: str


def render_html(report: Report) -> str:
    """Give the page of a report; the same report always gives the same text."""
    page = _page(feedback=has_remarks(report), form=report.form is not None)
    language = report.language
    missing = Counter(entry.section for entry in report.todo)
    done = sum(not missing[section.id] for section in report.sections)
    total = len(report.sections)
    keys = {source.key: source.id for group in report.sources for source in group.sources if source.key}
    text = page.template.render(
        report=report, labels=report.labels, title=_title(report), policy=page.policy, style=page.style,
        script=page.script, open=missing, done=done, keys=keys, inline=inline_html, in_cell=cell_html,
        prose=prose_html, runs=runs, brief=brief, drawing=_drawing(report), **_form(report),
        words={
            "skip": translate(language, "Skip to the text"),
            "back": translate(language, "Back to the contents"),
            "complete": translate(language, "complete"),
            "progress": translate(language, "{done} of {total} parts complete", done=done, total=total),
            "print": translate(language, "Print or save as PDF"),
        },
    )  # fmt: skip
    return text.strip() + "\n"


def _title(report: Report) -> str:
    student = " ".join(words(report.cover.student).split())
    title = f"{report.cover.subtitle}: {report.cover.title}"
    return f"{title} – {student}" if student else title


def runs(blocks: Iterable[AnswerBlock]) -> Iterator[Run]:
    """Put short answers and labelled passages that follow each other together."""
    together: list[AnswerBlock] = []
    for block in blocks:
        if isinstance(block, Facts) or (isinstance(block, Passage) and block.label):
            together.append(block)
            continue
        if together:
            yield Run("facts", tuple(together))
            together.clear()
        yield Run(type(block).__name__.lower(), (block,))
    if together:
        yield Run("facts", tuple(together))


def brief(item: Item | Contact) -> bool:
    """Tell whether an item is short enough to stay in one piece on paper."""
    if isinstance(item, Contact):
        prose = [item.why.prose] if item.why else []
    else:
        prose = [block.prose for block in item.blocks if isinstance(block, Passage)]
    return sum(len(plain(each)) for each in prose) < MAX_BRIEF


def _drawing(report: Report) -> Any:
    """Give the template's way to draw a figure, for a wide or a narrow screen."""
    from markupsafe import Markup

    from stagekit.report.render.figure import impact_svgs

    def draw(figure: ImpactFigure, prefix: str, narrow: bool) -> "Markup":
        svgs = impact_svgs(figure, report.labels, language=report.language, prefix=prefix, narrow=narrow)
        return Markup("\n".join(svgs))  # noqa: S704 - figure.py escapes every word of it

    return draw


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
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    from stagekit import resources

    class Environment(ImmutableSandboxedEnvironment):
        """Knows the fields of the report's frozen classes as safe without looking at their values."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return attr in getattr(type(obj), "__slots__", ()) or super().is_safe_attribute(obj, attr, value)

    folder = resources.templates_dir() / "html"
    sheets = ["portfolio.css", *(["remarks.css"] if feedback else []), *(["form.css"] if form else [])]
    scripts = ["portfolio.js", *(["feedback.js"] if form else [])]
    style = "".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    script = "".join((folder / name).read_text(encoding="utf-8") for name in scripts)
    environment = Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    return _Page(
        environment.get_template("portfolio.html.j2"),
        Markup(style),  # noqa: S704 - our own files
        Markup(script),  # noqa: S704
        _policy(style, script),
    )


def _policy(style: str, script: str) -> str:
    """Allow the page's own style and script, by their hashes, and nothing else: no request, no form."""
    from base64 import b64encode
    from hashlib import sha256

    def named(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {named(style)}; script-src {named(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
