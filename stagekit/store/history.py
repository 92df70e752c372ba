"""Earlier versions of a file: kept at each save, bounded, never in the way of one."""

import contextlib
import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stagekit.model.record import record_in_order
from stagekit.store.atomic import cannot_read, make_folder, remove_quietly, write_new

NEWEST = 40
DAYS = 90
MAX_BYTES = 20_000_000
"""Of all versions of one file together."""
_FORM = "%Y-%m-%dT%H-%M-%S"
_SUFFIX = ".yaml"


@record_in_order
class Version:
    """A former version: its file, and when it was written (UTC)."""

    path: Path
    written: datetime

    def read(self) -> bytes:
        """Give its content. Raises UserError."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise cannot_read(self.path, error) from None


def keep(file: Path, history: Path, info: os.stat_result, data: bytes) -> bool:
    """Keep `file` as it is now, before it is replaced; tell whether that could be done.

    A second name for the same file where the system can (nothing is written twice), else a copy of `data`.
    Named by when that version was written, so that a save that fails and is tried again keeps it once.
    """
    folder = history / file.stem
    version = folder / _name(info)
    try:
        if not _same_name(file, version, data):
            make_folder(folder)
            _same_name(file, version, data)
        _prune(folder, info.st_size)
    except OSError:
        return False
    return True


def _same_name(file: Path, version: Path, data: bytes) -> bool:
    """Make the version; False where its folder is missing."""
    try:
        try:
            os.link(file, version, follow_symlinks=False)
        except (FileExistsError, FileNotFoundError):
            raise
        except (OSError, NotImplementedError):
            write_new(version, data, durable=False)
    except FileExistsError:
        return True
    except FileNotFoundError:
        return False
    return True


def versions(history: Path, name: str) -> list[Version]:
    """List the former versions of the file called `name` (`1-visie.yaml`), newest first."""
    folder = history / Path(name).stem
    found = []
    for entry in _names(folder):
        with contextlib.suppress(ValueError):
            written = datetime.strptime(entry[:19], _FORM).replace(tzinfo=UTC)
            found.append(Version(folder / entry, written))
    return found[::-1]


def _name(info: os.stat_result) -> str:
    try:
        when = time.strftime(_FORM, time.gmtime(info.st_mtime))
    except (OverflowError, OSError, ValueError):
        when = "1970-01-01T00-00-00"
    return f"{when}.{info.st_mtime_ns % 1_000_000_000:09d}Z{_SUFFIX}"


def _names(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(_SUFFIX))  # noqa: PTH208 - names only
    except OSError:
        return []


def _prune(folder: Path, size: int) -> None:
    names = _names(folder)
    kept = _of_interest(names) if len(names) > NEWEST else names[::-1]
    for name in set(names).difference(kept):
        remove_quietly(folder / name)
    if len(kept) * size < MAX_BYTES // 4:
        return
    total = 0
    for index, name in enumerate(kept):
        with contextlib.suppress(OSError):
            total += (folder / name).stat(follow_symlinks=False).st_size
            if index and total > MAX_BYTES:
                remove_quietly(folder / name)


def _of_interest(names: Iterable[str]) -> list[str]:
    """Choose what to keep, newest first: the newest, and the last of each day for a while."""
    newest_first = sorted(names, reverse=True)
    kept = newest_first[:NEWEST]
    try:
        oldest = str(datetime.strptime(newest_first[0][:10], "%Y-%m-%d").date() - timedelta(days=DAYS))
    except (ValueError, OverflowError):
        return kept
    days = {name[:10] for name in kept}
    for name in newest_first[NEWEST:]:
        if name[:10] not in days and name[:10] >= oldest:
            days.add(name[:10])
            kept.append(name)
    return kept
