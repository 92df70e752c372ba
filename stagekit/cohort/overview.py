"""The overview of a cohort in OUT: a page to look at, and the same as CSV and as a workbook."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagekit import __version__
from stagekit.cohort.figures import CohortFigures, FiguresBuilder, Number
from stagekit.cohort.model import Row
from stagekit.cohort.outfolder import OutFolder, digest, safe_name
from stagekit.cohort.overview_cells import cells, columns
from stagekit.cohort.overview_words import order
from stagekit.cohort.xlsx import Cell, Column, Sheet, write_workbook
from stagekit.errors import UserError
from stagekit.i18n import translate
from stagekit.model.course import Course

_STATE = "overview.json"
_MAX_STATE = 1_000_000


@dataclass(frozen=True, slots=True)
class _State:
    """What was written last: fingerprint of what it was made from, and of each file by name."""

    content: str = ""
    files: dict[str, str] = field(default_factory=dict)


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
    folder = OutFolder(out)
    rows = sorted(rows, key=order)
    former = _load(folder)
    content = _content(rows, course, language)
    if former.content == content and former.files and not force and _all_there(folder, former):
        return tuple(folder.path / name for name in former.files)
    failed: list[UserError] = []
    known = dict(former.files)
    made: list[str] = []
    for name, data in _files(rows, course, language):
        target = folder.path / name
        try:
            folder.check_free(target, known.get(name), data, force=force)
            _save(folder, _State(files={**known, name: ""}))
            folder.write(target, data)
        except UserError as error:
            failed.append(error)
        else:
            made.append(name)
            known[name] = digest(data)
    for name in set(known) - set(made):
        if _removed(folder, name, known[name]):
            del known[name]
    _save(folder, _State("" if failed else content, known))
    if failed and problems is None:
        raise failed[0]
    if problems is not None:
        problems += failed
    return tuple(folder.path / name for name in made)


def _files(rows: Sequence[Row], course: Course, language: str) -> Iterator[tuple[str, bytes]]:
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
    title = f"{translate(language, 'Overview')}: {course.title[language]}"
    write_workbook(book, sheets, title, language)
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


def _content(rows: Sequence[Row], course: Course, language: str) -> str:
    """Give the fingerprint of all the files are made from; the same in every process."""
    import hashlib

    from stagekit import resources

    found = hashlib.blake2b(digest_size=16)
    found.update(repr((__version__, language, course)).encode())
    for file in sorted((resources.templates_dir() / "overview").iterdir()):
        found.update(file.read_bytes())
    for row in rows:
        found.update(repr(row).encode(errors="backslashreplace"))
    return found.hexdigest()


def _all_there(folder: OutFolder, state: _State) -> bool:
    return all(folder.has(folder.path / name) for name in state.files)


def _removed(folder: OutFolder, name: str, known: str) -> bool:
    """Remove a page of a cohort that was larger, where it is as we wrote it; tell whether it is gone."""
    target = folder.path / name
    try:
        if name.startswith("overview-") and folder.has(target) and digest(target.read_bytes()) == known:
            target.unlink()
    except OSError:
        return False
    return not target.exists()


def _load(folder: OutFolder) -> _State:
    try:
        with (folder.state / _STATE).open("rb") as stream:
            data: Any = json.loads(stream.read(_MAX_STATE))
        files = {name: known for name, known in data["files"].items() if safe_name(name)}
        if all(isinstance(known, str) for known in files.values()):
            return _State(str(data["content"]), files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass  # not there or damaged: what it told of is then not known to be ours
    return _State()


def _save(folder: OutFolder, state: _State) -> None:
    data = {"stagekit_overview": 1, "content": state.content, "files": state.files}
    folder.write(folder.state / _STATE, json.dumps(data, separators=(",", ":")).encode())
