"""A portfolio as a folder of YAML files: read whole, saved answer by answer, nothing overwritten unseen."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Assignment, Course
from stagekit.model.feedback import hidden_names
from stagekit.model.node import Mapping as Tree
from stagekit.model.node import Node
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.values import Value, Values
from stagekit.store import answer_file, identity_file, journal
from stagekit.store.answer_file import AnswerFile
from stagekit.store.feedback_folder import load_rounds
from stagekit.store.identity_file import IdentityFile
from stagekit.store.last_used import PORTFOLIO_FILE, holds_portfolio
from stagekit.store.merge import Significant
from stagekit.store.results import Changes, Conflict, LoadedPortfolio, SaveConflict, SaveResult, Snapshot
from stagekit.store.stored import Stored, read_stored
from stagekit.store.strays import find_strays
from stagekit.store.writing import PRIVATE, FileChangedMeanwhile, commit, writing

__all__ = [
    "Changes", "Conflict", "LoadedPortfolio", "PortfolioFolder", "SaveConflict", "SaveResult", "Snapshot",
    "course_of",
]  # fmt: skip

ANSWERS = "answers"
_ATTEMPTS = 3


@dataclass(slots=True)
class _Disk:
    """The files as read within one save, and what they are to become."""

    identity: IdentityFile | None = None
    answers: dict[str, AnswerFile] = field(default_factory=dict)
    read: dict[str, Stored | None] = field(default_factory=dict)
    trees: dict[str, Tree] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)


class PortfolioFolder:
    """The portfolio in one folder. It keeps nothing open and locks only while it saves."""

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the person sees them
        self._parsed: dict[str, AnswerFile] = {}
        self._parsed_identity: IdentityFile | None = None

    def exists(self) -> bool:
        """Tell whether a portfolio stands here, readable or not, also one that was interrupted."""
        return holds_portfolio(self.path)

    def course_id(self) -> str:
        """Give the id of its course. Raises UserError or InvalidInput as `load` does."""
        self._finish_interrupted()
        return self._identity().identity.course

    def create(self, course: Course, identity: Identity, answers: Mapping[str, Values]) -> SaveResult:
        """Make a new portfolio with these answers, all files or none.

        Raises UserError where the folder holds a portfolio or a file that would be overwritten,
        InvalidInput for a value that would not come back.
        """
        disk = self._new(course, identity, answers)
        with writing(self.path):
            for name in disk.new:
                if read_stored(self.path / name) is not None:
                    message = _("“{file}” is there already; nothing was overwritten.", file=self.path / name)
                    raise UserError(message, _("Choose an empty folder, or go on with what is there."))
            commit(self.path, disk.new, {})
        return self._result(disk, identity, None, answers)

    def files(self, course: Course, identity: Identity, answers: Mapping[str, Values]) -> dict[str, bytes]:
        """Give the files that `create` would write, by their path below the folder; nothing is written."""
        return dict(self._new(course, identity, answers).new)

    def _new(self, course: Course, identity: Identity, answers: Mapping[str, Values]) -> _Disk:
        tree = identity_file.new_identity_tree(identity)
        _refuse_unknown(course, answers)
        path = self.path / PORTFOLIO_FILE
        disk = _Disk()
        disk.new[PORTFOLIO_FILE], _notices = identity_file.compose_identity(path, b"", tree)
        for assignment in course.assignments:
            disk.answers[assignment.id] = AnswerFile(self.path / _target(course, assignment), assignment)
            self._change(disk, course, assignment.id, answers.get(assignment.id, {}), identity.language)
        return disk

    def load(self, course: Course) -> LoadedPortfolio:
        """Read everything. A wrong line costs only its own answer and is a problem with file and line.

        Raises UserError or InvalidInput where `portfolio.yaml` cannot be read.
        """
        notices = self._finish_interrupted()
        identity = self._identity()
        problems = list(identity.problems)
        notices += identity.notices
        files: dict[str, AnswerFile] = {}
        for assignment in course.assignments:
            try:
                file = self._answer_file(course, assignment)[0]
            except UserError as error:
                path = self.path / _target(course, assignment)
                message = f"{error.message} {error.next_step}".strip()
                problems.append(Problem(message, assignment.id, path))
                continue
            files[assignment.id] = file
            problems += file.problems
            notices += file.notices
        notices += find_strays(self.path, [PORTFOLIO_FILE])
        notices += find_strays(self.path / ANSWERS, course.files.values())
        answers = {key: file.values for key, file in files.items() if file.values}
        snapshot = Snapshot({key: _raw(file) for key, file in files.items()}, identity.identity)
        feedback = load_rounds(self.path, identity.identity.id)
        portfolio = Portfolio(identity.identity, answers, hidden_names(feedback.rounds))
        return LoadedPortfolio(
            self.path,
            portfolio,
            (*problems, *feedback.problems),
            (*notices, *feedback.notices),
            snapshot,
            feedback.rounds,
        )

    def save(
        self,
        course: Course,
        changes: Changes,
        *,
        base: Snapshot | None = None,
        identity: Identity | None = None,
    ) -> SaveResult:
        """Set the given answers, and only those, in what stands on disk now; all of them or none.

        `base` is what the session saw: where one of these answers changed since, SaveConflict is raised and
        nothing is written. `identity` replaces the fields of portfolio.yaml that differ from it. UserError or
        InvalidInput where nothing could be saved.
        """

        def plan(disk: _Disk) -> None:
            current = self._read_identity(disk)
            _refuse_unknown(course, changes)
            conflicts: list[Conflict] = []
            for assignment_id, values in changes.items():
                self._read_answers(disk, course, assignment_id)
                if base is not None:
                    conflicts += _conflicts(disk.answers[assignment_id], values, base)
            if conflicts:
                raise SaveConflict(conflicts)
            language = current.language if identity is None else identity.language
            self._plan_identity(disk, identity, base.identity if base else None)
            for assignment_id, values in changes.items():
                self._change(disk, course, assignment_id, values, language)

        disk = self._write(plan)
        current = disk.identity.identity if disk.identity else None
        assert current is not None  # noqa: S101 - plan has read it
        return self._result(disk, identity or current, base, changes)

    def save_identity(self, identity: Identity, *, base: Identity | None = None) -> tuple[Path, ...]:
        """Set the fields that differ from `base` (None: from the file); gives the files written."""

        def plan(disk: _Disk) -> None:
            self._read_identity(disk)
            self._plan_identity(disk, identity, base)

        return tuple(self.path / name for name in self._write(plan).new)

    def append(self, course: Course, assignment_id: str, question_id: str, item: Values) -> int:
        """Add an item to a list, after whatever stands there now; gives how many there are."""
        count = 0

        def plan(disk: _Disk) -> None:
            nonlocal count
            language = self._read_identity(disk).language
            _refuse_unknown(course, {assignment_id: {}})
            file = self._read_answers(disk, course, assignment_id)
            tree, count = answer_file.tree_with_item(file, question_id, item, course)
            self._compose(disk, course, file, tree, language)

        self._write(plan)
        return count

    def _write(self, plan: Callable[[_Disk], None]) -> _Disk:
        if not self.exists():
            message = _("There is no portfolio in {folder}.", folder=self.path)
            raise UserError(message, _("Begin one with `stagekit start`."))
        with writing(self.path):
            attempt = 1
            while True:
                disk = _Disk()
                plan(disk)
                try:
                    if disk.new:
                        commit(self.path, disk.new, disk.read)
                except FileChangedMeanwhile:
                    if attempt == _ATTEMPTS:
                        raise
                    attempt += 1
                else:
                    return disk

    def _read_identity(self, disk: _Disk) -> Identity:
        disk.read[PORTFOLIO_FILE], disk.identity = self._stored_identity()
        return disk.identity.identity

    def _read_answers(self, disk: _Disk, course: Course, assignment_id: str) -> AnswerFile:
        assignment = course.assignment(assignment_id)
        assert assignment is not None  # noqa: S101 - _refuse_unknown has looked
        file, stored = self._answer_file(course, assignment)
        answer_file.refuse_broken(file)
        disk.answers[assignment_id] = file
        disk.read[_target(course, assignment)] = stored
        return file

    def _plan_identity(self, disk: _Disk, identity: Identity | None, base: Identity | None) -> None:
        file = disk.identity
        if identity is None or file is None:
            return
        tree = identity_file.changed_identity(file, identity, base)
        if tree is not None:
            if file.broken:
                raise InvalidInput(file.problems)
            data, notices = identity_file.compose_identity(file.path, file.data, tree)
            disk.new[PORTFOLIO_FILE] = data
            disk.notices += notices

    def _change(self, disk: _Disk, course: Course, assignment_id: str, values: Any, language: str) -> None:
        file = disk.answers[assignment_id]
        tree = answer_file.changed_tree(file, values, course)
        if tree is not None:
            self._compose(disk, course, file, tree, language)

    def _compose(self, disk: _Disk, course: Course, file: AnswerFile, tree: Tree, language: str) -> None:
        data, notices = answer_file.compose(file, tree, language)
        disk.new[_target(course, file.assignment)] = data
        disk.trees[file.assignment.id] = tree
        disk.notices += notices

    def _result(
        self,
        disk: _Disk,
        identity: Identity,
        base: Snapshot | None,
        changes: Mapping[str, Any],
    ) -> SaveResult:
        """Give the next base: of what was saved as it is now, of all else what the session saw."""
        answers = dict(base.answers) if base else {}
        for assignment_id, file in disk.answers.items():
            now = _raw(file, disk.trees.get(assignment_id))
            seen = answers.get(assignment_id)
            keep = now if seen is None else {key: now.get(key) for key in changes.get(assignment_id, {})}
            answers[assignment_id] = {**(seen or {}), **keep}
        written = tuple(self.path / name for name in disk.new)
        return SaveResult(written, tuple(disk.notices), Snapshot(answers, identity))

    def _finish_interrupted(self) -> list[Problem]:
        private = self.path / PRIVATE
        try:
            (private / journal.JOURNAL).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError:
            pass
        with writing(self.path):
            message = _("A save that was interrupted has now been finished.")
            return [Problem(message, file=self.path)]

    def _identity(self) -> IdentityFile:
        return self._stored_identity()[1]

    def _stored_identity(self) -> tuple[Stored, IdentityFile]:
        path = self.path / PORTFOLIO_FILE
        stored = read_stored(path)
        if stored is None:
            message = _("There is no portfolio in {folder}.", folder=self.path)
            raise UserError(message, _("Begin one with `stagekit start`."))
        known = self._parsed_identity
        if known is None or known.data != stored.data:
            known = self._parsed_identity = identity_file.read_identity(path, stored.data)
        return stored, known

    def _answer_file(self, course: Course, assignment: Assignment) -> tuple[AnswerFile, Stored | None]:
        stored = read_stored(self.path / _target(course, assignment))
        return self._parse(course, assignment, None if stored is None else stored.data), stored

    def _parse(self, course: Course, assignment: Assignment, data: bytes | None) -> AnswerFile:
        """Read a file's content, once for the same bytes."""
        known = self._parsed.get(assignment.id)
        if data is None or known is None or known.data != data or known.assignment is not assignment:
            path = self.path / _target(course, assignment)
            known = answer_file.read_answer_file(path, data, assignment, course)
            self._parsed[assignment.id] = known
        return known


def course_of(folder: Path) -> str:
    """Give the id of the course a portfolio belongs to. Raises UserError or InvalidInput as `load` does."""
    return PortfolioFolder(folder).course_id()


def _target(course: Course, assignment: Assignment) -> str:
    return f"{ANSWERS}/{course.files[assignment.id]}"


def _raw(file: AnswerFile, tree: Tree | None = None) -> Mapping[str, Node | None]:
    """Give what stands at each question in the file, or in the tree that it becomes."""
    answers = file.answers if tree is None else tree.entries["answers"]
    assert isinstance(answers, Tree)  # noqa: S101 - every tree is made so
    return Significant((q.id for q in file.assignment.questions), answers.entries)


def _refuse_unknown(course: Course, changes: Mapping[str, object]) -> None:
    for assignment_id in changes:
        if course.assignment(assignment_id) is None:
            message = _("The course has no assignment “{id}”.", id=assignment_id[:60])
            raise UserError(message, _("`stagekit course show` lists them."))


def _conflicts(file: AnswerFile, changes: Mapping[str, Value | None], base: Snapshot) -> list[Conflict]:
    """List the questions whose answer is neither what the session saw nor what it wants to save."""
    seen = base.answers.get(file.assignment.id, {})
    found = []
    for question_id, ours in changes.items():
        theirs = file.values.get(question_id)
        if file.raw(question_id) != seen.get(question_id) and theirs != ours:
            line = file.answers.line_of(question_id)
            found.append(Conflict(file.assignment.id, question_id, file.path, line, theirs, ours))
    return found
