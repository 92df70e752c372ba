"""Several files saved all or not at all.

The new files are staged in `.stagekit/tmp`, a journal that names them is renamed into place (from here on the
save counts), then they are renamed one by one and the journal goes. Whoever finds a journal finishes it.
"""

import contextlib
import os
import re
import stat
from pathlib import Path

from stagekit.errors import InvalidInput, Problem
from stagekit.i18n import _
from stagekit.store import history
from stagekit.store.atomic import make_folder, remove_quietly, remove_tree, replace, sync_folder, write_new

JOURNAL = "journal.json"
FORMER = ("drafts", "history")
"""Folders that hold what was typed before."""
_MAX_BYTES = 100_000
_STAGED = re.compile(r"[0-9a-f]{12}-\d{1,3}")
_TARGET = re.compile(
    r"portfolio\.yaml|answers/[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.yaml|feedback/[0-9][0-9-]{2,20}\.yaml"
)


def write_together(root: Path, private: Path, files: dict[str, bytes], *, forget: bool = False) -> None:
    """Write `files` (path below `root` to content) all or not at all; call it with the lock held.

    With `forget`, no former version is kept, and every earlier one goes with the drafts. OSError: either
    nothing was done, or the journal stands and the next one to open the portfolio finishes.
    """
    import json

    staging = private / "tmp"
    token = os.urandom(6).hex()
    pairs = [(f"{token}-{number}", target) for number, target in enumerate(files)]
    draft = staging / f"{token}-journal"
    try:
        for name, target in pairs:
            write_new(staging / name, files[target], durable=True)
        sync_folder(staging)
        sync_folder(private)
        sync_folder(root)
        write_new(draft, json.dumps({"schema": 1, "files": pairs, "forget": forget}).encode(), durable=True)
        replace(draft, private / JOURNAL)
    except BaseException:
        if not _stands(private / JOURNAL):  # stopped right after the rename: the save counts, its files stay
            for name in [draft.name, *(name for name, _target in pairs)]:
                remove_quietly(staging / name)
        raise
    sync_folder(private)
    roll_forward(root, private)


def read(private: Path) -> dict[str, Path]:
    """Give what a journal still has to put in place: path below the portfolio to staged file.

    Raises InvalidInput for a journal that is not ours, OSError where it cannot be read.
    """
    return _read(private)[0]


def _read(private: Path) -> tuple[dict[str, Path], bool]:
    path = private / JOURNAL
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES)
    except FileNotFoundError:
        return {}, False
    import json

    try:
        content = json.loads(data)
        pairs = [(str(staged), str(target)) for staged, target in content["files"]]
        forget = content.get("forget") is True
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _not_ours(path) from None
    if not all(_STAGED.fullmatch(staged) and _TARGET.fullmatch(target) for staged, target in pairs):
        raise _not_ours(path)
    return {target: private / "tmp" / staged for staged, target in pairs}, forget


def _not_ours(path: Path) -> InvalidInput:
    message = _("This is not a list of files that StageKit was saving; remove it, then try again.")
    return InvalidInput([Problem(message, file=path)])


def roll_forward(root: Path, private: Path) -> bool:
    """Finish the save a journal describes; tell whether there was one. Call it with the lock held."""
    pending, forget = _read(private)
    if not pending:
        return False
    for folder in {(root / target).parent for target in pending}:
        make_folder(folder, durable=True)
    for target, staged in pending.items():
        try:
            info = staged.lstat()
        except FileNotFoundError:
            continue  # put in place before the interruption
        if not stat.S_ISREG(info.st_mode):
            raise _not_ours(private / JOURNAL)
        if not forget:
            _keep_former(root / target, staged, private / "history")
        replace(staged, root / target)
    for folder in {(root / target).parent for target in pending} | {root}:
        sync_folder(folder)
    if forget:
        remove_former(private)
    (private / JOURNAL).unlink()
    # Without this a power cut could bring the journal back, and it would undo later saves.
    sync_folder(private)
    return True


def remove_former(private: Path) -> None:
    """Remove drafts and earlier versions, as far as that can be done; call it with the lock held."""
    for name in FORMER:
        remove_tree(private / name)
    with contextlib.suppress(OSError):
        sync_folder(private)


def _stands(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _keep_former(file: Path, staged: Path, folder: Path) -> None:
    try:
        info = file.lstat()
        if stat.S_ISREG(info.st_mode) and (data := file.read_bytes()) != staged.read_bytes():
            history.keep(file, folder, info, data)
    except OSError:
        return


def clear_stage(private: Path) -> None:
    """Remove what an interrupted save left; call it with the lock held and after `roll_forward`."""
    try:
        with os.scandir(private / "tmp") as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return
    for name in names:
        remove_quietly(private / "tmp" / name)
