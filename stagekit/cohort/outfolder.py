"""OUT, the one place an export writes to: whole files only, no link followed, nothing of others touched."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import atomic
from stagekit.store.lock import locked

STATE = ".stagekit-export"
STUDENTS = "students"
_TMP = "tmp"
_LOCK = "lock"
_EMPTY = {_LOCK, STUDENTS, _TMP}
_STEP = re.compile(r"[A-Za-z0-9._-]{1,100}")
_WAIT = 5.0
"""Seconds to wait for the workers of an export that was killed, which end by themselves."""


class InTheWay(UserError):
    """Something in OUT that StageKit did not make, or that somebody changed since, stands where we write."""


def safe_name(name: object) -> bool:
    """Tell whether `name` can be one step of a path that StageKit writes to."""
    return isinstance(name, str) and _STEP.fullmatch(name) is not None and name.strip(".") != ""


def digest(data: bytes) -> str:
    """Give the fingerprint by which a file that StageKit made is known again."""
    import hashlib

    return hashlib.blake2b(data, digest_size=12).hexdigest()


class OutFolder:
    """One folder of exports. `path` may be a link to it; nothing below it may be one."""

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))
        self.state = self.path / STATE
        self.students = self.state / STUDENTS
        self.scratch = self.state / _TMP

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder where it is missing and keep every other export out of it; raises UserError.

        An export that fails before it has made anything leaves nothing behind.
        """
        if self.path.is_file():
            message = _("{folder} is a file, not a folder.", folder=self.path)
            raise UserError(message, _("Choose another folder with -o."))
        made = [folder for folder in (self.state, self.path) if not os.path.lexists(folder)]
        try:
            with atomic.explained(self.path):
                atomic.make_folder(self.path)
                for folder in (self.state, self.students, self.scratch):
                    self._own(folder)
                lock = self.state / _LOCK
                refuse_odd(lock)
            with locked(lock, _WAIT):
                self._clear()
                yield
        except BaseException:
            self._take_back(made)
            raise

    def _take_back(self, made: list[Path]) -> None:
        """Remove the folders that this run made, where they hold nothing yet."""
        with suppress(OSError):
            if self.state in made and {each.name for each in self.state.iterdir()} <= _EMPTY:
                for folder in (self.students, self.scratch):
                    folder.rmdir()
                (self.state / _LOCK).unlink()
        for folder in made:
            with suppress(OSError):
                folder.rmdir()

    def _clear(self) -> None:
        """Remove what a killed export was writing."""
        with suppress(OSError), os.scandir(self.scratch) as entries:
            for entry in entries:
                atomic.remove_quietly(Path(entry.path))

    def _own(self, folder: Path) -> None:
        try:
            info = folder.lstat()
        except FileNotFoundError:
            atomic.make_folder(folder)
            return
        if not stat.S_ISDIR(info.st_mode):
            raise in_the_way(folder)

    def make_folder(self, name: str) -> Path:
        """Make a folder of one student; raises InTheWay where a link or a file has its name."""
        folder = self.path / name
        with atomic.explained(folder):
            self._own(folder)
        return folder

    def write(self, target: Path, data: bytes) -> None:
        """Make `target` hold `data`, whole at any moment. It can be made again, so no disk is waited for."""
        temporary = self.scratch / os.urandom(8).hex()
        with atomic.explained(target):
            try:
                atomic.write_new(temporary, data, durable=False)
                atomic.replace(temporary, target)
            except BaseException:
                atomic.remove_quietly(temporary)
                raise

    def check_free(self, target: Path, known: str | None, data: bytes, *, force: bool = False) -> None:
        """Raise InTheWay unless `target` may become `data`.

        `known` is the digest of what StageKit wrote there, empty where it was interrupted, None where it
        wrote nothing. `force` overwrites what somebody changed, never what somebody else made.
        """
        try:
            info = target.lstat()
        except FileNotFoundError:
            return
        except OSError as error:
            raise atomic.cannot_read(target, error) from None
        if not stat.S_ISREG(info.st_mode):
            raise in_the_way(target)
        if known == "" or (force and known is not None):
            return
        with atomic.explained(target):
            present = digest(target.read_bytes())
        if present == digest(data) or present == known:
            return
        if known is None:
            raise in_the_way(target)
        raise InTheWay(
            _("“{file}” was changed after StageKit made it; it was left as it is.", file=target.name),
            _("Move your version elsewhere, or export with --force to replace it."),
        )

    def remove_own(self, target: Path, known: str) -> bool:
        """Remove a file of ours that nobody changed; tells whether nothing stands there any more."""
        if not self.has(target):
            return True
        with atomic.explained(target):
            if known and digest(target.read_bytes()) != known:
                return False
            target.unlink()
        return True

    def is_folder(self, place: Path) -> bool:
        """Tell whether a folder, not a link, stands there."""
        try:
            return stat.S_ISDIR(place.lstat().st_mode)
        except OSError:
            return False

    def has(self, target: Path) -> bool:
        """Tell whether a file, not a link, stands there."""
        try:
            return stat.S_ISREG(target.lstat().st_mode)
        except OSError:
            return False


def refuse_odd(file: Path) -> None:
    """Raise InTheWay where anything but a file of its own stands at `file`."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(file.lstat().st_mode):
            raise in_the_way(file)


def in_the_way(place: Path) -> InTheWay:
    """Say that something stands where StageKit has to write."""
    return InTheWay(
        _("“{file}” is there already and StageKit did not make it; it was left as it is.", file=place.name),
        _("Move it elsewhere, or choose another folder with -o."),
    )
