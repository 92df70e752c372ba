"""The bytes of a file in a submission, through the zips it stands in: within bounds, never onto a disk."""

import io
import os
import stat
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from stagekit.cohort.archive import BadArchive, catching
from stagekit.cohort.member import Budget, Member
from stagekit.cohort.model import Limits, Place, Span
from stagekit.i18n import _

# Neither a link nor a pipe that was put there after the folder was listed.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BUDGET = 6
"""A zip within a zip is gone through a few times: for its list, and for its files in order."""


class Reader:
    """Reads the files of one submission; keeps what it has opened, for they stand in the same zip."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._budget = Budget(limits.submission_bytes * _BUDGET)
        self._stack = ExitStack()
        self._open: dict[tuple[Path, tuple[Span, ...]], BinaryIO] = {}

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def read(self, place: Place, most: int | None = None) -> bytes:
        """Give the content, at most `most` bytes of it. Raises BadArchive where it cannot be read."""
        bound = self.limits.submission_bytes if most is None else most
        with catching():
            if not place.inside:
                with _opened(place.path, links=False) as stream:
                    return stream.read(bound)
            outer = self.stream(place.path, place.inside[:-1])
            return io.BufferedReader(Member(outer, place.inside[-1], self._budget)).read(bound)

    def stream(self, path: Path, through: tuple[Span, ...]) -> BinaryIO:
        """Give a zip as a stream to seek in, itself within the zips `through`."""
        known = self._open.get((path, through))
        if known is None:
            if through:
                if len(through) > self.limits.depth:
                    limit = self.limits.depth
                    message = _("There are more than {limit} zips within each other.", limit=limit)
                    raise BadArchive(message, _("Ask the student for the zip that `stagekit submit` makes."))
                outer = self.stream(path, through[:-1])
                member = Member(outer, through[-1], self._budget)
                known = cast(BinaryIO, self._stack.enter_context(io.BufferedReader(member, 1 << 16)))
            else:
                with catching():
                    known = self._stack.enter_context(_opened(path, links=True))
            self._open[path, through] = known
        return known


def open_file(place: Place, limits: Limits, most: int | None = None) -> bytes:
    """Give the content of one file, at most `most` bytes. Raises BadArchive where it cannot be read."""
    with Reader(limits) as reader:
        return reader.read(place, most)


def _opened(path: Path, *, links: bool) -> BinaryIO:
    """Open a plain file. Only an argument of the lecturer's own, a zip, may be a link."""
    descriptor = os.open(path, _FLAGS if links else _FLAGS | _NO_LINK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BadArchive(_("It is a device, a pipe or a folder, not a file."), _("Ask for the file again."))
    return os.fdopen(descriptor, "rb")
