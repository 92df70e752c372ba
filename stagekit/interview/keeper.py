"""The answers of a portfolio as the interview sees and saves them: nothing is overwritten unseen."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from stagekit.model.course import Assignment, Course
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.record import record_in_order
from stagekit.model.values import Value, Values
from stagekit.store.portfolio_folder import LoadedPortfolio, PortfolioFolder, Snapshot
from stagekit.store.writing import PRIVATE

Changes = Mapping[str, Value | None]
"""Question id to its new answer; None removes it."""


@record_in_order
class Former:
    """The answers of an assignment as they stood until some moment (UTC)."""

    written: datetime
    values: Values


class Keeper:
    """Loads and saves for one session, and remembers what the session has seen."""

    def __init__(self, folder: Path, course: Course) -> None:
        self.store = PortfolioFolder(folder)
        self.course = course
        self.loaded: LoadedPortfolio = self.store.load(course)
        self._base: Snapshot = self.loaded.snapshot
        self._signature = self._look()

    @property
    def private(self) -> Path:
        """The folder `.stagekit` of the portfolio."""
        return self.store.path / PRIVATE

    def refreshed(self) -> Portfolio | None:
        """Read again where the files changed since; None where they did not. Raises as `load` does."""
        now = self._look()
        if now == self._signature:
            return None
        return self.reload()

    def reload(self) -> Portfolio:
        """Read everything, and take it as what the session has seen."""
        signature = self._look()
        self.loaded = self.store.load(self.course)
        self._base = self.loaded.snapshot
        self._signature = signature
        return self.loaded.portfolio

    def save(self, assignment_id: str, changes: Changes) -> None:
        """Save answers of one assignment.

        Raises SaveConflict where one of them changed on disk since it was seen, UserError or InvalidInput
        where nothing could be saved.
        """
        before = self._look()
        result = self.store.save(self.course, {assignment_id: dict(changes)}, base=self._base)
        self._base = result.snapshot
        if before == self._signature:  # else someone else wrote too: read it before the next question
            self._signature = self._look()

    def save_identity(self, identity: Identity) -> None:
        """Save who and where. Raises UserError or InvalidInput."""
        self.store.save_identity(identity, base=self._base.identity)
        self.reload()

    def former(self, assignment: Assignment) -> list[Former]:
        """List earlier versions of an assignment's answers, newest first; unreadable ones are left out."""
        from stagekit.errors import StageKitError
        from stagekit.store.answer_file import read_answer_file
        from stagekit.store.history import versions

        found = []
        for version in versions(self.private / "history", self.course.files[assignment.id]):
            try:
                file = read_answer_file(version.path, version.read(), assignment, self.course)
            except StageKitError:
                continue
            found.append(Former(version.written, file.values))
        return found

    def has_former(self, assignment_id: str) -> bool:
        """Tell whether there is any earlier version of an assignment's answers."""
        from stagekit.store.history import versions

        return bool(versions(self.private / "history", self.course.files[assignment_id]))

    def _look(self) -> tuple[object, ...]:
        names = ["portfolio.yaml", *(f"answers/{name}" for name in self.course.files.values())]
        seen: list[object] = []
        for name in names:
            try:
                info = (self.store.path / name).stat()
            except OSError as error:
                seen.append(error.errno)
            else:
                seen.append((info.st_mtime_ns, info.st_size, info.st_ino))
        return (*seen, *self._look_at_feedback())

    def _look_at_feedback(self) -> Sequence[object]:
        """Give what stands in the folder of feedback; most portfolios have none."""
        try:
            with os.scandir(self.store.path / "feedback") as entries:
                found = [(entry.name, entry.stat()) for entry in entries]
        except OSError:
            return []
        return sorted((name, info.st_mtime_ns, info.st_size, info.st_ino) for name, info in found)
