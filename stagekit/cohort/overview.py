"""The overview of a cohort in OUT: a page to look at, and the same as CSV and as a workbook."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from stagekit import __version__
from stagekit.cohort.figures import CohortFigures, FiguresBuilder, Number
from stagekit.cohort.model import Row
from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.overview_cells import cells, columns
from stagekit.cohort.overview_words import order
from stagekit.cohort.own_files import OwnFiles, fingerprint
from stagekit.cohort.xlsx import Cell, Column, Sheet, write_workbook
from stagekit.errors import UserError
from stagekit.i18n import translate
from stagekit.model.course import Course


def write_overview(
    rows: Sequence[Row],
    course: Course,
    out: Path,
    language: str,
    *,
    force: bool = False,
    problems: list[UserError] | None = None,
) -> tuple[Path, ...]:
    """Write the overview of `rows` in `out`, an export's folder that the caller holds; gives its files.

    Made from the same rows, nothing is written again. A file that somebody else made or changed is left as
    it is: a UserError for each goes to `problems`, or the first is raised at the end. `force` replaces what
    was changed.
    """
    rows = sorted(rows, key=order)
    folder = OutFolder(out)
    files = OwnFiles(folder, "overview", force=force)
    content = fingerprint(_made_from(rows, course, language))
    if there := files.unchanged(content):
        return there
    for name, data in _files(rows, course, language, folder.scratch):
        files.write(name, data)
    made = files.finish(content)
    if problems is not None:
        problems += files.problems
    elif files.problems:
        raise files.problems[0]
    return made


def _files(rows: Sequence[Row], course: Course, language: str, scratch: Path) -> Iterator[tuple[str, bytes]]:
    """Make each file, one at a time, so that no more than one is in memory."""
    from stagekit.cohort.overview_csv import write_csv
    from stagekit.cohort.overview_html import OverviewPages

    builder = FiguresBuilder()
    for row in rows:
        builder.add(row)
    figures = builder.figures(course, language)
    for name, pieces in OverviewPages(course, language, rows, figures).files():
        yield name, b"".join(piece.encode() for piece in pieces)
    titles = columns(course, language)
    text = io.StringIO(newline="")
    write_csv(text, [column.title for column in titles], cells(rows, course, language), language)
    yield "overview.csv", text.getvalue().encode("utf-8-sig")
    del text
    book = io.BytesIO()
    sheets = [
        Sheet(translate(language, "Students"), titles, cells(rows, course, language)),
        _figures_sheet(figures, language),
    ]
    title = translate(language, "Overview: {what}", what=course.title[language])
    write_workbook(book, sheets, title, language, scratch)
    yield "overview.xlsx", book.getvalue()


def _figures_sheet(figures: CohortFigures, language: str) -> Sheet:
    """Give the figures as a list: what, beside which reference, and how many students."""
    titles = (
        Column(translate(language, "Figure"), 30),
        Column(translate(language, "What"), 44),
        Column(translate(language, "Reference list"), 26),
        Column(translate(language, "Students"), 12),
        Column(translate(language, "Note"), 44),
    )
    return Sheet(translate(language, "Figures"), titles, _figure_rows(figures, language))


def _figure_rows(figures: CohortFigures, language: str) -> Iterator[list[Cell]]:
    hidden = translate(language, "not shown: too few students, or it would give such a number away")

    def said(number: Number) -> list[Cell]:
        if number.count is None:
            return [None, hidden]
        return [number.count, translate(language, "or more") if number.at_least else None]

    for figure in figures.figures:
        for number in figure.numbers:
            yield [figure.title, number.label, None, *said(number)]
        for label in figure.hidden:
            yield [figure.title, label, None, None, hidden]
    if figures.comparison:
        for label, numbers in figures.comparison.rows:
            for number in numbers:
                yield [figures.comparison.title, label, number.label, *said(number)]
    if not (figures.figures or figures.comparison):
        none = translate(language, "Figures are shown from five students with a portfolio.")
        yield [None, None, None, None, none]


def _made_from(rows: Sequence[Row], course: Course, language: str) -> Iterator[object]:
    from stagekit import resources

    yield from (__version__, language, course)
    folder = resources.templates_dir()
    for file in (folder / "html" / "portfolio.css", *sorted((folder / "overview").iterdir())):
        yield file.read_bytes()
    yield from rows
