"""A whole cohort: submissions in, a folder of documents for each student and an overview out."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit import i18n
from stagekit.checks.consent import Reader
from stagekit.cohort import state
from stagekit.cohort.keyfile import KeyFile
from stagekit.cohort.model import Limits, Row, Submission
from stagekit.cohort.naming import keys_of
from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.planning import content, guess, made_by, refuse_overlap, seconds_each, warm
from stagekit.cohort.pool import CHUNK_SECONDS, MAX_CHUNK, Spread, processors, worthwhile
from stagekit.cohort.worker import Made, Order, Task, failed, make, make_all
from stagekit.errors import UserError
from stagekit.i18n import _

if TYPE_CHECKING:
    from stagekit.cohort.absent import Somebody
    from stagekit.cohort.roster import RosterEntry

Progress = Callable[[int, int], None]
"""Called with how many of how many submissions that had to be made are done."""

_SAVE_SECONDS = 5.0
"""How often the key file is saved; what was made since is made again after a kill."""
_MARKER = "export.json"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is wanted. `language` is that of documents and overview, by default each portfolio's own."""

    formats: tuple[str, ...] = ("html",)
    reader: Reader = Reader.LECTURER
    language: str | None = None
    jobs: int | None = None
    """Processes; as many as there are processors by default."""
    roster: Path | None = None
    blind: bool = False
    force: bool = False
    """Make everything again, also what somebody changed in OUT."""
    feedback: bool = False
    """Show in the documents what reviewers said."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class CohortResult:
    """What an export did. `rows` are in the order of the overview."""

    out: Path
    rows: tuple[Row, ...]
    overview: tuple[Path, ...]
    problems: tuple[UserError, ...]
    """What kept a file of the overview from being written."""
    notices: tuple[str, ...]
    gone: tuple[str, ...]
    """Folders of students whose submission is no longer there; nothing of them was removed."""
    key_file: Path | None
    made: int
    kept: int

    @property
    def failed(self) -> tuple[Row, ...]:
        """Those of which something could not be made."""
        return tuple(row for row in self.rows if row.status == "failed" or row.failed_formats)


def export_cohort(
    sources: Sequence[Path],
    out: Path,
    options: ExportOptions | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> CohortResult:
    """Make every portfolio among `sources` in `out`, and the overview.

    `executor` does the work where it is given; else processes of our own where that is quicker. A submission
    that cannot be used is a row with its reason. Raises UserError where the call is wrong, where nothing was
    handed in, and where something stands in the way of the whole.
    """
    options = options or ExportOptions()
    folder = OutFolder(out)
    refuse_overlap(sources, folder.path)
    with folder.held():
        return _Export(folder, options, executor, progress).run(sources)


class _Export:
    """One run, with OUT held."""

    def __init__(
        self, out: OutFolder, options: ExportOptions, executor: Executor | None, progress: Progress | None
    ) -> None:
        self.out = out
        self.options = options
        self.executor = executor
        self.progress = progress or (lambda _done, _total: None)
        self.order = Order(
            out=out.path,
            formats=options.formats,
            reader=options.reader,
            language=options.language,
            spoken=i18n.active(),
            feedback=options.feedback,
            force=options.force,
            limits=options.limits,
        )
        self.each = seconds_each(options.formats)
        self.jobs = options.jobs or processors()
        self.spread = Spread(partial(make_all, self.order), _died, self.jobs, executor)
        self.keys: KeyFile | None = None
        self.roster: tuple[RosterEntry, ...] | None = None
        self.saved = time.monotonic()

    def run(self, sources: Sequence[Path]) -> CohortResult:
        """Do it all."""
        from stagekit.cohort.intake import take_in

        self._check_marker()
        self._read_roster()
        with self._processes(sources):
            roster = self.options.roster
            intake = take_in(sources, self.options.limits, () if roster is None else (roster,))
            if not intake.submissions:
                raise UserError(
                    _("Nothing that was handed in was found there."),
                    _("Give the folder or the zip that you downloaded, with the portfolios in it."),
                )
            self._mark()
            tasks = self._tasks(intake.submissions)
            rows, waiting = self._known(tasks)
            kept = _usable(row for row in rows if row)
            for index, made in self._make([tasks[index] for index in waiting]):
                rows[waiting[index]] = made.row
                self._note(tasks[waiting[index]], made)
            done = [row for row in rows if row]
            return self._result(done, tasks, kept, intake.skipped)

    def _read_roster(self) -> None:
        """Read the list of the class first: where that cannot be done, nothing has been made for nothing."""
        if self.options.roster is not None:
            from stagekit.cohort.roster import read_roster

            self.roster = read_roster(self.options.roster)

    @contextmanager
    def _processes(self, sources: Sequence[Path]) -> Iterator[None]:
        try:
            if self.executor is None and self.jobs > 1 and self._looks_worthwhile(sources):
                warm(self.options.formats)
                self.spread.start()
            yield
        finally:
            self.spread.close()
            if self.keys is not None:
                self.keys.save()

    def _looks_worthwhile(self, sources: Sequence[Path]) -> bool:
        """Guess from the outside: processes begun before the submissions are listed are smaller."""
        return worthwhile(self.each * sum(guess(source) for source in sources))

    def _tasks(self, submissions: Sequence[Submission]) -> list[Task]:
        keys = keys_of([submission.origin for submission in submissions])
        order = self.order
        wishes = (made_by(), order.reader.value, order.language, order.spoken, order.feedback)
        if not self.options.blind:
            return [
                Task(key, submission, content(b"", submission, wishes))
                for key, submission in zip(keys, submissions, strict=True)
            ]
        self.keys = self._key_file()
        tasks = []
        for key, submission in zip(keys, submissions, strict=True):
            student = self.keys.student(key, submission.origin)
            fingerprint = content(student.secret.encode(), submission, (*wishes, student.code))
            tasks.append(Task(student.code.lower(), submission, fingerprint, student.code, key))
        self.keys.save()
        return tasks

    def _key_file(self) -> KeyFile:
        keys = KeyFile.beside(self.out.path)
        if not keys.students and state.keys(self.out):
            raise UserError(
                _("The key file “{file}” is gone; without it nobody keeps the same code.", file=keys.path),
                _("Put it back, or choose another folder with -o."),
            )
        return keys

    def _known(self, tasks: Sequence[Task]) -> tuple[list[Row | None], list[int]]:
        """Give the rows that are known without making anything, and which tasks are left."""
        rows: list[Row | None] = [None] * len(tasks)
        waiting: list[int] = []
        for index, task in enumerate(tasks):
            submission = task.submission
            if not submission.packed and submission.kind not in {"portfolio", "answers"}:
                made = failed(task, submission.reason, submission.kind)
                self._note(task, made)
                rows[index] = made.row
            elif self.options.force or (row := self._unchanged(task)) is None:
                waiting.append(index)
            else:
                rows[index] = row
        return rows, waiting

    def _unchanged(self, task: Task) -> Row | None:
        """Give the row of the last time where everything wanted was made of the same content and stands."""
        if self.keys is not None and not self.keys.students[task.student].noted:
            return None
        record = state.load(self.out, task.key)
        if record is None or record.row is None or record.content != task.content:
            return None
        folder = self.out.path / record.folder
        wanted = {f"portfolio.{format}" for format in self.options.formats}
        if not wanted <= record.files.keys() or not self.out.is_folder(folder):
            return None
        if not all(self.out.has(folder / name) for name in record.files):
            return None
        origin = task.submission.origin
        return replace(
            record.row,
            key="" if task.code else origin.key,
            submitted=origin.submitted,
            late=origin.late,
            attempts=1 + len(task.submission.earlier),
        )

    def _make(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Made]]:
        self.progress(0, len(tasks))
        for done, (index, made) in enumerate(self._results(tasks), 1):
            self.progress(done, len(tasks))
            yield index, made

    def _results(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Made]]:
        if self.executor is None and (self.jobs == 1 or not worthwhile(self.each * len(tasks))):
            for index, task in enumerate(tasks):
                yield index, make(self.order, task)
            return
        workers = self.jobs if self.executor is None else max(self.jobs, 8)
        fair = -(-len(tasks) // (4 * workers))
        chunk = max(1, min(MAX_CHUNK, fair, int(CHUNK_SECONDS / self.each)))
        yield from self.spread.run(tasks, chunk)

    def _note(self, task: Task, made: Made) -> None:
        if self.keys is None:
            return
        self.keys.note(task.student, made.name, made.number, made.reason)
        if time.monotonic() > self.saved + _SAVE_SECONDS:
            self.keys.save()
            self.saved = time.monotonic()

    def _result(
        self, rows: list[Row], tasks: Sequence[Task], kept: int, skipped: Iterable[str]
    ) -> CohortResult:
        from stagekit.cohort.feedback_members import member
        from stagekit.cohort.feedback_sheet import write_feedback_sheet
        from stagekit.cohort.overview import write_overview
        from stagekit.cohort.overview_words import order
        from stagekit.cohort.submissions import twins
        from stagekit.store.course_files import load_course

        notices = [*skipped, *twins(rows)]
        made = _usable(rows) - kept
        if self.roster is not None:
            from stagekit.cohort.absent import beside_roster

            people = [self._somebody(task, row) for task, row in zip(tasks, rows, strict=True)]
            rows, more = beside_roster(self.roster, rows, people, self.keys)
            notices += more
        # Who is missing stands behind those who handed in, and has no way back for feedback.
        members = [
            member(task.key, row, None if task.code else task.submission.origin)
            for task, row in zip(tasks, rows, strict=False)
        ]
        problems: list[UserError] = []
        language = self.options.language or i18n.active()
        if self.keys is not None:  # a zip of `stagekit submit` is named after its student and its id
            rows = [replace(row, portfolio="") for row in rows]
        rows.sort(key=order)
        course = load_course()
        overview = write_overview(
            rows, course, self.out.path, language, force=self.options.force, problems=problems
        )
        sheet = write_feedback_sheet(members, course, self.out.path, language, problems)
        return CohortResult(
            out=self.out.path,
            rows=tuple(rows),
            overview=(*overview, *filter(None, (sheet,))),
            problems=tuple(problems),
            notices=tuple(notices),
            gone=tuple(self._gone(tasks)),
            key_file=self.keys.path if self.keys else None,
            made=made,
            kept=kept,
        )

    def _somebody(self, task: Task, row: Row) -> "Somebody":
        from stagekit.cohort.absent import Somebody

        if self.keys is None:
            return Somebody(row.name, row.number, row.key, task.submission.origin.name)
        student, origin = self.keys.students[task.student], task.submission.origin
        return Somebody(student.name, student.number, origin.key, origin.name)

    def _gone(self, tasks: Sequence[Task]) -> Iterator[str]:
        for key in sorted(set(state.keys(self.out)) - {task.key for task in tasks}):
            record = state.load(self.out, key)
            if record is not None and self.out.is_folder(self.out.path / record.folder):
                yield record.folder

    def _check_marker(self) -> None:
        """Refuse to mix an export with names and one without in the same folder."""
        file = self.out.state / _MARKER
        try:
            former = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            former = None
        if isinstance(former, dict) and former.get("blind") not in {None, self.options.blind}:
            raise UserError(
                _("This folder holds an export with names; codes and names are not mixed.")
                if self.options.blind
                else _("This folder holds a blind export; codes and names are not mixed."),
                _("Choose another folder with -o."),
            )

    def _mark(self) -> None:
        file = self.out.state / _MARKER
        if not self.out.has(file):
            marker = {"stagekit_export": 1, "blind": self.options.blind}
            self.out.write(file, json.dumps(marker).encode())


def _usable(rows: Iterable[Row]) -> int:
    return sum(row.status not in {"failed", "document"} for row in rows)


def _died(task: Task) -> Made:
    """Give the row of a submission that ended the process it was made in."""
    reason = _("The process that made it was ended by the system: too little memory, or a document that no "
               "program can make.") + " " + _("Try again with -j 1, or make it alone.")  # fmt: skip
    return failed(task, reason)
