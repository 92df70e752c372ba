"""How far an export is, and what came of it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stagekit.cli import console
from stagekit.i18n import _, ngettext

if TYPE_CHECKING:
    from stagekit.cohort.export import CohortResult
    from stagekit.cohort.model import RowStatus

_MOST_NAMED = 20
_REFRESH_SECONDS = 0.1


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar with the time left on a terminal's stderr; nothing anywhere else.

    The bar has no thread of its own: processes by fork are made while it stands.
    """
    if not sys.stderr.isatty():
        yield None
        return
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    terminal = Console(stderr=True, no_color=not console.in_colour(sys.stderr))
    with Progress(*columns, console=terminal, auto_refresh=False, transient=True) as bar:
        task = bar.add_task(_("Portfolios"), total=None)
        shown = 0.0

        def show(done: int, total: int) -> None:
            nonlocal shown
            bar.update(task, completed=done, total=total)
            if done == total or time.monotonic() > shown + _REFRESH_SECONDS:
                bar.refresh()
                shown = time.monotonic()

        yield show


def show_stopped() -> None:
    """Say that an export that was stopped can be gone on with."""
    console.tell(_("Stopped. Give the same command again to go on where it was."))


def show_result(result: "CohortResult") -> None:
    """Print what needs a look, and then, where a small screen still has it, how many are how far."""
    _show_failed(result)
    for notice in result.notices:
        console.tell(console.wrapped(notice, "  ", "· "), "todo")
    if result.gone:
        names = ", ".join(result.gone[:_MOST_NAMED]) + (", …" if len(result.gone) > _MOST_NAMED else "")
        console.tell(
            console.wrapped(_("No longer among the submissions, and left as they were: {names}", names=names),
                            "  ", "· "), "todo",
        )  # fmt: skip
    for problem in result.problems:
        console.tell(console.wrapped(f"{problem.message} {problem.next_step}".strip(), "  ", "· "), "bad")
    _show_counts(result)
    _show_places(result)


def _show_counts(result: "CohortResult") -> None:
    states = Counter(row.status for row in result.rows)
    console.show(console.styled(_count(len(result.rows)), "strong"))
    for status, sentence in _states().items():
        if states[status]:
            console.show(f"  {states[status]:>5}  {sentence}")
    if result.kept:
        console.show(f"  {result.kept:>5}  " + _("unchanged since the last time, and left as they were"))


def _count(rows: int) -> str:
    return ngettext("{count} student", "{count} students", rows)


def _states() -> "dict[RowStatus, str]":
    return {
        "complete": _("complete"),
        "started": _("not complete yet"),
        "empty": _("without any answer"),
        "document": _("only a Word or PDF file"),
        "failed": _("could not be used"),
        "missing": _("in the roster, not handed in"),
    }


def _show_failed(result: "CohortResult") -> None:
    lines = [(row.name, row.reason) for row in result.rows if row.status == "failed"]
    for row in result.rows:
        lines += [(row.name, f"{format}: {why}") for format, why in sorted(row.failed_formats.items())]
    for name, why in lines[:_MOST_NAMED]:
        console.tell(console.wrapped(f"{name}: {why}", "  ", "· "), "bad")
    if len(lines) > _MOST_NAMED:
        rest = len(lines) - _MOST_NAMED
        console.tell(_("  … and {count} more; the overview names them all.", count=rest), "bad")


def _show_places(result: "CohortResult") -> None:
    page = next((file for file in result.overview if file.suffix == ".html"), None)
    if page is not None:
        place = console.styled(console.visible_path(page), "strong")
        console.show(_("Overview:") + " " + place)
    sheet = next((file for file in result.overview if file.name == "feedback.xlsx"), None)
    if sheet is not None:
        console.show(_("Feedback: fill in {file}, save it, and then:", file=console.visible_path(sheet)))
        console.show(f"  stagekit feedback {console.typed_path(result.out)}")
    if result.key_file is not None:
        place = console.styled(console.visible_path(result.key_file), "strong")
        console.show(_("Which code is whose:") + " " + place)
        console.show(console.wrapped(_("Keep that file apart: whoever has it knows the names."), ""))
