"""Reading the files of a portfolio: what is there but cannot be read is never taken for absent."""

import errno
import os
import stat
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.model.record import record_in_order
from stagekit.store.atomic import cannot_read
from stagekit.store.yaml_reader import MAX_BYTES

# Not to wait for a pipe that somebody put in a file's place.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@record_in_order
class Stored:
    """Content of a file and what the system said of it when it was read."""

    data: bytes
    info: os.stat_result

    def is_still(self, path: Path) -> bool:
        """Tell whether the file still holds the same; raises UserError where it cannot be read."""
        seen = self.info
        try:
            now = path.lstat()
        except FileNotFoundError:
            return False
        if (now.st_mtime_ns, now.st_size, now.st_ino) == (seen.st_mtime_ns, seen.st_size, seen.st_ino):
            return True
        # Some file systems tell different numbers for an open file and for its name: the bytes decide.
        again = read_stored(path)
        return again is not None and again.data == self.data


def read_stored(path: Path) -> Stored | None:
    """Read a file; None where there is none. Raises UserError for a file that cannot be read."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        _refuse_hidden(path)
        return None
    except OSError as error:
        raise cannot_read(path, error) from None
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            number = errno.EISDIR if stat.S_ISDIR(info.st_mode) else errno.EINVAL
            raise cannot_read(path, OSError(number, _("not a plain file")))
        return Stored(_all(descriptor), info)
    except OSError as error:
        raise cannot_read(path, error) from None
    finally:
        os.close(descriptor)


def _all(descriptor: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= MAX_BYTES and (part := os.read(descriptor, 1 << 20)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _refuse_hidden(path: Path) -> None:
    """Raise where the file is away rather than absent: a link to nowhere, or a file still in a cloud."""
    try:
        for place in (path, path.with_name(f".{path.name}.icloud")):
            try:
                place.lstat()
            except (FileNotFoundError, NotADirectoryError):
                continue
            if place is path:
                message = _("“{file}” is a link to a file that is not there.", file=path)
                raise UserError(message, _("Put the file itself in the portfolio instead of the link."))
            message = _("“{file}” is not on this computer yet: iCloud keeps it elsewhere.", file=path)
            raise UserError(message, _("Open the file once, so that it is fetched, then try again."))
    except OSError as error:
        raise cannot_read(path, error) from None


def refuse_link(path: Path) -> None:
    """Raise UserError where `path` is a link, which a save would replace or follow out of the portfolio."""
    try:
        is_link = stat.S_ISLNK(path.lstat().st_mode)
    except FileNotFoundError:
        return
    except OSError as error:
        raise cannot_read(path, error) from None
    if is_link:
        message = _("“{file}” is a link to a place outside the portfolio; nothing was saved.", file=path)
        raise UserError(message, _("Put the file or folder itself there, then try again."))
