"""The overview as pages that need nothing beside them; a large cohort has an index and pages."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from stagekit.cohort.figures import CohortFigures, Number
from stagekit.cohort.model import Row
from stagekit.cohort.overview_view import Part, Student, students, totals, who
from stagekit.cohort.overview_words import STATUSES, status_words, student_name
from stagekit.i18n import translate
from stagekit.model.course import Course
from stagekit.report.render.environment import own_environment
from stagekit.report.render.html_policy import page_policy

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

MAX_ON_ONE_PAGE = 2_000
PAGE_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page of a large cohort."""

    file: str
    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the template shows; either students or pages."""

    language: str
    title: str
    heading: str
    totals: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    statuses: tuple[tuple[str, str], ...]
    students: Iterable[Student]
    script_words: "Markup"
    pages: tuple[PageLink, ...] = ()
    names: "Markup | None" = None
    figures: CohortFigures | None = None
    figures_intro: str = ""


@dataclass(frozen=True, slots=True)
class OverviewPages:
    """The pages of one cohort, by file name, each as pieces of text to write one after the other."""

    course: Course
    language: str
    rows: Sequence[Row]
    figures: CohortFigures

    def files(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Give each page's file name and text; `overview.html` first."""
        count = len(self.rows)
        if count <= MAX_ON_ONE_PAGE:
            yield "overview.html", self._render(self._students_page(0, count, alone=True))
            return
        number = -(-count // PAGE_SIZE)
        size = -(-count // number)
        starts = range(0, count, size)
        names = [f"overview-{index}.html" for index in range(1, len(starts) + 1)]
        yield "overview.html", self._render(self._index(starts, size, names))
        for index, start in enumerate(starts):
            around = (names[index - 1] if index else "", *names[index + 1 : index + 2])
            page = self._students_page(start, min(start + size, count), around=around)
            yield names[index], self._render(page)

    def _students_page(
        self, start: int, stop: int, *, alone: bool = False, around: tuple[str, ...] = ()
    ) -> Page:
        language = self.language
        titles = tuple(Part(a.id, a.title[language]) for a in self.course.assignments)
        statuses = status_words(language)
        rows = self.rows[start:stop]
        heading = self.course.title[language]
        if alone:
            links: list[tuple[str, str]] = [
                ("#students-title", self._("Students")), ("#figures-title", self._("Figures of the cohort")),
            ]  # fmt: skip
        else:
            words = (self._("Previous page"), self._("Next page"))
            links = [("overview.html", self._("All pages"))]
            links += [(file, word) for file, word in zip(around, words, strict=False) if file]
            heading = f"{heading}: {start + 1}–{stop}"
        return Page(
            language=language, title=self._("Overview: {what}", what=heading), heading=heading,
            totals=totals(rows, language), links=tuple(links), parts=titles,
            statuses=tuple((id, statuses[id]) for id in STATUSES),
            students=students(rows, start, self.course, language), script_words=self._script_words(),
            **(self._figures() if alone else {}),
        )  # fmt: skip

    def _index(self, starts: range, size: int, files: Sequence[str]) -> Page:
        language = self.language
        pages = []
        for start, file in zip(starts, files, strict=True):
            stop = min(start + size, len(self.rows))
            first, last = (student_name(self.rows[i], language) for i in (start, stop - 1))
            pages.append(PageLink(file, f"{start + 1}–{stop}", first, last))
        names = [
            [student_name(row, language), " ".join(who(row)), files[index // size], f"s{index + 1}"]
            for index, row in enumerate(self.rows)
        ]
        heading = self.course.title[language]
        return Page(
            language=language, title=self._("Overview: {what}", what=heading), heading=heading,
            totals=totals(self.rows, language),
            links=(("#pages-title", self._("Students")), ("#figures-title", self._("Figures of the cohort"))),
            parts=(), statuses=(), students=(), script_words=self._script_words(), pages=tuple(pages),
            names=_json(names), **self._figures(),
        )  # fmt: skip

    def _figures(self) -> dict[str, Any]:
        figures = self.figures
        if not (figures.figures or figures.comparison):
            intro = self._("Figures are shown from five students with a portfolio.")
        else:
            intro = self._(
                "Over {count} students with a portfolio, all schools together: how many students name what. "
                "A number is shown only where it is about five students or more.",
                count=figures.students,
            )
        return {"figures": figures, "figures_intro": intro}

    def _script_words(self) -> "Markup":
        return _json(
            {
                "one": self._("{count} of {total} students shown"),
                "many": self._("{count} of {total} students shown"),
                "up": self._("{column}, from low to high"),
                "down": self._("{column}, from high to low"),
            }
        )

    def _render(self, page: Page) -> Iterator[str]:
        template, style, script, policy = _assets()
        yield from template.generate(
            page=page, style=style, script=script, policy=policy, words=self._words(), counted=self._counted
        )
        yield "\n"

    def _counted(self, number: Number) -> str:
        if number.at_least:
            return self._("at least {count}", count=number.count)
        return str(number.count)

    def _(self, message: str, **values: object) -> str:
        return translate(self.language, message, **values)

    def _words(self) -> dict[str, str]:
        _ = self._
        return {
            "skip": _("Skip to the text"), "kind": _("Overview of the cohort"),
            "notice": _("This page names students. Keep it where the portfolios are, and share it with "
                        "nobody who does not assess them."),
            "on_this_page": _("Go to"), "students": _("Students"), "student": _("Student"),
            "status": _("Status"), "submitted": _("Handed in"), "findings": _("Privacy findings"),
            "documents": _("Documents"), "find": _("Search by name, number or school"), "all": _("all"),
            "incomplete": _("Part not complete"), "any_finding": _("with findings"),
            "blocking": _("with what must be changed"), "no_finding": _("without findings"),
            "order": _("Order"), "late_only": _("only late"), "late": _("late"), "show_all": _("Show all"),
            "caption": _("Per student what is complete and what is not. The headings sort."),
            "pages": _("Students, page by page"), "figures": _("Figures of the cohort"),
            "hidden": _("Not shown, because too few students name it or because it would give such a number "
                        "away:"),
            "too_few": _("Too few students name the same here to show a number."),
            "not_shown": _("not shown"), "judgement": _("Judgement of the student"),
            "reference": _("Reference list:"),
            "comparison": _("How many students judge at least one contact type so, beside what the reference "
                            "list thinks likely. A difference is neither right nor wrong."),
        }  # fmt: skip


def _json(value: object) -> "Markup":
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - no sign of HTML is left in it


@cache
def _assets() -> "tuple[Template, Markup, Markup, str]":
    from jinja2 import FileSystemLoader
    from markupsafe import Markup

    from stagekit import resources

    folder = resources.templates_dir()
    sheets = ("html/portfolio.css", "overview/overview.css")
    style = "".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    script = (folder / "overview" / "overview.js").read_text(encoding="utf-8")
    environment = own_environment(loader=FileSystemLoader(folder / "overview"), autoescape=True)
    return (
        environment.get_template("overview.html.j2"),
        Markup(style),  # noqa: S704 - our own files
        Markup(script),  # noqa: S704
        page_policy(style, script),
    )
