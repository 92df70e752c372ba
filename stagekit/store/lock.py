"""One writer at a time: a lock on a file, held for the short read, check and write of a save.

The system's own lock, so that it ends with the process whatever happens. The package filelock does the same,
but importing it takes four times as long as starting Python.
"""

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store.atomic import FILE_MODE, cannot_write

TIMEOUT = 10.0
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_HELD = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK, errno.EINTR}
_FIRST_WAIT, _LONGEST_WAIT = 0.002, 0.05


@contextlib.contextmanager
def locked(path: Path, timeout: float = TIMEOUT) -> Iterator[None]:
    """Hold the lock on `path`, which is made where it is missing and never removed.

    Removing it would let a process that waits for the old file and one that makes a new one both go on.
    Raises UserError where another process holds it for `timeout` seconds or the file system has no locks.
    """
    try:
        descriptor = os.open(path, _FLAGS, FILE_MODE)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        _wait(descriptor, path, timeout)
        yield
    finally:
        with contextlib.suppress(OSError):  # closing releases the lock; what was saved is saved
            os.close(descriptor)


def _wait(descriptor: int, path: Path, timeout: float) -> None:
    folder = path.parent.parent
    end = time.monotonic() + timeout
    pause = _FIRST_WAIT
    while True:
        try:
            _try_lock(descriptor)
        except OSError as error:
            if error.errno not in _HELD:
                raise _no_locks(path, error) from None
        else:
            return
        if time.monotonic() >= end:
            message = _("Another program is saving in “{folder}”; nothing was saved.", folder=folder)
            raise UserError(message, _("Wait until StageKit is done in the other window, then try again."))
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_WAIT)


def _no_locks(path: Path, error: OSError) -> UserError:
    message = _("“{folder}” stands on a disk where files cannot be locked ({reason}); nothing was saved.",
                folder=path.parent.parent, reason=error.strerror)  # fmt: skip
    return UserError(message, _("If that happens again, copy the portfolio to this computer's own disk."))


if os.name == "nt":  # pragma: no cover

    def _try_lock(descriptor: int) -> None:
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:

    def _try_lock(descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
