"""Files written anew with nothing left of what they were: no earlier version, no draft."""

import os
from collections.abc import Mapping
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import atomic, journal
from stagekit.store.stored import Stored, read_stored, refuse_link
from stagekit.store.writing import PRIVATE, FileChangedMeanwhile, writing


def read_all(root: Path, names: Mapping[str, object] | list[str]) -> dict[str, Stored | None]:
    """Read files by their path below `root`; None for one that is not there. Raises UserError."""
    return {name: read_stored(root / name) for name in names}


def write_and_forget(root: Path, files: Mapping[str, bytes], read: Mapping[str, Stored | None]) -> None:
    """Write all `files` or none, then remove drafts and earlier versions; `read` is what stood there before.

    Interrupted after the point where it counts, whoever opens the portfolio next finishes it. Raises
    UserError where nothing was written, and where something could not be removed.
    """
    private = root / PRIVATE
    with writing(root):
        for name in files:
            refuse_link(root / name)
            former = read.get(name)
            if former is None and read_stored(root / name) is None:
                continue
            if former is None or not former.is_still(root / name):
                raise FileChangedMeanwhile(root / name)
        changed = {name: data for name, data in files.items() if not _is(read.get(name), data)}
        atomic.make_folder(private / "tmp")
        if changed:
            journal.write_together(root, private, changed, forget=True)
        else:
            journal.remove_former(private)
        if _left(private):  # a moment's trouble, such as a virus scanner that looks at a file
            journal.remove_former(private)
    if left := _left(private):
        message = _("The answers are clean, but “{folder}” could not be removed wholly.", folder=left[0])
        raise UserError(message, _("Close other programs that may use it, then run `stagekit clean` again."))


def _left(private: Path) -> list[Path]:
    return [private / name for name in journal.FORMER if os.path.lexists(private / name)]


def _is(stored: Stored | None, data: bytes) -> bool:
    return stored is not None and stored.data == data
