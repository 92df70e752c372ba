"""Files written whole or not at all: to a temporary file, to the disk, then renamed into place."""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
# Windows refuses to replace a file that a virus scanner or a synchronising program holds open for a moment.
_REPLACE_DELAYS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8) if os.name == "nt" else ()
# What file systems answer that cannot sync a folder; every other error is a disk that fails.
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_PREFIX = ".stagekit-tmp-"
_LEFTOVER_SECONDS = 3600


def replace_durably(target: Path, data: bytes, temporary: Path) -> None:
    """Make `target` hold `data`, surviving a power cut once this returns.

    `temporary` is a path on the same file system that nobody else uses. OSError: `target` is as it was,
    unless the last step, syncing its folder, failed.
    """
    try:
        write_new(temporary, data, durable=True)
        replace(temporary, target)
    except BaseException:
        remove_quietly(temporary)
        raise
    sync_folder(target.parent)


def write_file(target: Path, data: bytes, *, durable: bool = True) -> None:
    """Make `target` hold `data`, whole at any moment; `durable` where it cannot be made again.

    Raises UserError.
    """
    with explained(target):
        _remove_leftovers(target.parent)
        temporary = target.with_name(f"{_PREFIX}{os.urandom(6).hex()}")
        try:
            write_new(temporary, data, durable=durable)
            replace(temporary, target)
        except BaseException:
            remove_quietly(temporary)
            raise
        if durable:
            sync_folder(target.parent)


def write_new(path: Path, data: bytes, *, durable: bool) -> None:
    """Write a file that does not exist yet, with mode 0600."""
    descriptor = os.open(path, _CREATE, FILE_MODE)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Rename `source` to `target`, whether that exists or not."""
    for delay in _REPLACE_DELAYS:
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(delay)
        else:
            return
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path, *, durable: bool = False) -> None:
    """Make `folder` and what it stands in, for its owner only; there already is fine."""
    try:
        folder.mkdir(FOLDER_MODE)
    except FileExistsError:
        if not folder.is_dir():
            raise
    except FileNotFoundError:
        make_folder(folder.parent, durable=durable)
        folder.mkdir(FOLDER_MODE, exist_ok=True)
        if durable:
            sync_folder(folder.parent)
    else:
        if durable:
            sync_folder(folder.parent)


def remove_quietly(path: Path) -> None:
    """Remove a file if that can be done."""
    with contextlib.suppress(OSError):
        path.unlink()


def remove_tree(folder: Path) -> None:
    """Remove a folder and what is in it, as far as that can be done; what goes stays gone after a power cut.

    A link is removed, never followed.
    """
    for place, folders, files in os.walk(folder, topdown=False):
        for name in (*files, *folders):
            entry = Path(place, name)
            with contextlib.suppress(OSError):
                entry.unlink() if entry.is_symlink() or name in files else entry.rmdir()
        with contextlib.suppress(OSError):
            sync_folder(Path(place))
    with contextlib.suppress(OSError):
        folder.rmdir()


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left here; a young file may be another process's own."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and (
                time.time() - entry.stat(follow_symlinks=False).st_mtime > _LEFTOVER_SECONDS
            ):
                remove_quietly(Path(entry.path))


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an OSError into a UserError that says what to do; `path` is what could not be written."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError) -> UserError:
    """Say why a file could not be written, and what to do."""
    message = _("“{file}” could not be saved: {reason}.", file=path, reason=reason(error))
    return UserError(message, _next_step(error.errno) or _("Try again; if it happens again, check the disk."))


def cannot_read(path: Path, error: OSError) -> UserError:
    """Say why a file that is there could not be read, and what to do."""
    message = _("“{file}” is there but cannot be read: {reason}.", file=path, reason=reason(error))
    return UserError(message, _next_step(error.errno) or _("Check the file and the disk, then try again."))


def reason(error: OSError) -> str:
    """Give the reason for a failure in plain words."""
    number = error.errno or 0
    known = {
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("your storage quota is used up"),
        errno.EACCES: _("you have no permission"),
        errno.EPERM: _("you have no permission"),
        errno.EROFS: _("it stands on a disk that is read-only"),
        errno.EIO: _("the disk reports an error"),
        errno.EMFILE: _("too many files are open"),
        errno.ENFILE: _("too many files are open"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.ENOENT: _("it is not there"),
        errno.ENOTDIR: _("a file stands where a folder should be"),
        errno.EISDIR: _("it is a folder, not a file"),
        errno.EXDEV: _("part of the folder stands on another disk"),
        errno.EBUSY: _("another program has it open"),
        errno.ELOOP: _("it is a link, not a file of its own"),
    }
    return known.get(number) or _("the system says “{message}”", message=error.strerror or number)


def _next_step(number: int | None) -> str:
    return {
        errno.ENOSPC: _("Free some space, then try again."),
        errno.EDQUOT: _("Remove files you no longer need, then try again."),
        errno.EACCES: _("Check whether the file and its folder are yours to write to, then try again."),
        errno.EPERM: _("Check whether the file and its folder are yours to write to, then try again."),
        errno.EROFS: _("Copy the portfolio to a folder that you may write to, and go on there."),
        errno.EIO: _("Make a copy of the portfolio on another disk, and go on there."),
        errno.EMFILE: _("Close some programs, then try again."),
        errno.ENFILE: _("Close some programs, then try again."),
        errno.EBUSY: _("Close the other program, then try again."),
        errno.EXDEV: _("Put the whole portfolio folder on one disk, then try again."),
        errno.ELOOP: _("Put the file itself in the portfolio instead of a link, then try again."),
    }.get(number or 0, "")
