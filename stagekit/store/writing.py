"""The moment of a save: under the lock, after any interrupted save, whole or not at all."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import atomic, history, journal
from stagekit.store.lock import locked
from stagekit.store.stored import Stored, read_stored, refuse_link

PRIVATE = ".stagekit"


class FileChangedMeanwhile(UserError):
    """Another program wrote a file between our reading it and writing it; reading again may help."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            _("Another program keeps writing “{file}”; nothing was saved.", file=file),
            _("Close the program that has the file open, then try again."),
        )


@contextlib.contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the lock of the portfolio in `root`; what an interrupted save left is finished or removed first.

    Every OSError inside becomes a UserError.
    """
    private = root / PRIVATE
    refuse_link(private)
    with atomic.explained(root):
        atomic.make_folder(private, durable=True)
        with locked(private / "lock"):
            refuse_link(root / "answers")
            refuse_link(private / "tmp")
            refuse_link(private / "history")
            journal.roll_forward(root, private)
            journal.clear_stage(private)
            yield


def commit(root: Path, files: Mapping[str, bytes], read: Mapping[str, Stored | None]) -> None:
    """Write `files` (path below `root` to content), all or none; `read` is what stood there before.

    Raises FileChangedMeanwhile where that is no longer so, before anything is written.
    """
    private = root / PRIVATE
    for target in files:
        refuse_link(root / target)
    for target in files:
        former = read.get(target)
        if former is None and read_stored(root / target) is None:
            continue
        if former is None or not former.is_still(root / target):
            raise FileChangedMeanwhile(root / target)
        if len(files) == 1:
            history.keep(root / target, private / "history", former.info, former.data)
    staging = private / "tmp"
    atomic.make_folder(staging)
    if len(files) > 1:
        journal.write_together(root, private, dict(files))
        return
    for target, data in files.items():
        atomic.make_folder((root / target).parent, durable=True)
        with atomic.explained(root / target):
            atomic.replace_durably(root / target, data, staging / os.urandom(6).hex())
