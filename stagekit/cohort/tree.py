"""What is in a container or submission, as folders of files, whether it came from a disk or from a zip."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stagekit.cohort.archive import BadArchive, Entry, catching, list_zip, too_many
from stagekit.cohort.model import Limits, Place, Span
from stagekit.cohort.safe_names import UnsafeName, is_junk, parts_of, safe_start, shown
from stagekit.i18n import _

_OWN_PARTS = frozenset({"answers", "feedback"})
"""Folders within a portfolio; nothing else in one is read."""


@dataclass(slots=True)
class File:
    """A file that may be read. `when`: its time, only to compare with others of the same container."""

    place: Place
    size: int
    when: int

    @property
    def stamp(self) -> str:
        """Give what changes with the content: size and checksum in a zip, size and time on a disk."""
        inside = self.place.inside
        return f"{self.size}:{inside[-1].crc:08x}" if inside else f"{self.size}:{self.when}"


@dataclass(slots=True)
class Folder:
    """A folder's files and folders by name, and what is wrong in it, one sentence each."""

    files: dict[str, File] = field(default_factory=dict)
    folders: "dict[str, Folder]" = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def walk(self, start: str = "") -> Iterator[tuple[str, File]]:
        """Give every file below with its path, in order of name."""
        for name in sorted(self.files):
            yield start + name, self.files[name]
        for name in sorted(self.folders):
            yield from self.folders[name].walk(f"{start}{name}/")

    def all_faults(self) -> Iterator[str]:
        """Give every fault below."""
        yield from self.faults
        for folder in self.folders.values():
            yield from folder.all_faults()

    def down(self, parts: Iterable[str]) -> "Folder":
        """Give the folder at this path, made where it is not there yet."""
        here = self
        for part in parts:
            here = here.folders.setdefault(part, Folder())
        return here

    def refuse(self, name: str, fault: str) -> None:
        """Note what is wrong with the entry of that name, so that it is found where the entry would be."""
        self.folders.setdefault(name, Folder()).faults.append(fault)

    def is_mere_fault(self) -> bool:
        """Tell whether it is no folder but an entry that must not be read."""
        return bool(self.faults) and not self.files and not self.folders

    def is_portfolio(self) -> bool:
        """Tell whether a `portfolio.yaml` stands right here."""
        return any(name.casefold() == "portfolio.yaml" for name in self.files)


def zip_tree(entries: Iterable[Entry], path: Path, through: tuple[Span, ...] = ()) -> Folder:
    """Put the entries of a zip in folders; `through` are the zips to go through to get to it."""
    root = Folder()
    for entry in entries:
        try:
            parts = tuple(map(sys.intern, parts_of(entry.name)))  # most files have one of few names
        except UnsafeName as error:
            root.down(safe_start(entry.name)).faults.append(str(error))
            continue
        if not parts or any(is_junk(part) for part in parts):
            continue
        if entry.is_folder and not entry.span.size and not entry.fault:
            root.down(parts)
            continue
        folder, name = root.down(parts[:-1]), parts[-1]
        if entry.fault:
            folder.refuse(name, entry.fault)
        elif name in folder.files:
            folder.refuse(name, _("“{name}” is in the zip twice.", name=shown(entry.name)))
            del folder.files[name]
        else:
            place = Place(path, (*through, entry.span))
            folder.files[name] = File(place, entry.span.size, entry.when)
    return root


def open_zip(path: Path, limits: Limits) -> Folder:
    """List a zip on a disk. Raises BadArchive where it cannot be, or holds more than the bounds allow."""
    with catching(), path.open("rb") as stream:
        entries = list_zip(stream, limits, limits.most_files)
    if sum(entry.span.size for entry in entries if not entry.fault) > limits.most_bytes:
        raise too_large(limits.most_bytes)
    return zip_tree(entries, path)


def too_large(limit: int) -> BadArchive:
    """Say that there is more in it than the bound allows."""
    message = _("Unpacked it is larger than {limit} MB.", limit=limit // 1_000_000)
    return BadArchive(message, _("If that is right, allow more with --max-mb."))


def list_folder(path: Path, limits: Limits) -> Folder:
    """List a folder on a disk, following no links. Raises BadArchive beyond the bound on files."""
    return _Lister(limits).list(path, limits.folders + 2)


class _Lister:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0

    def list(self, path: Path, depth: int) -> Folder:
        found = Folder()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if not is_junk(entry.name):
                        self.add(found, entry, depth)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            found.faults.append(_("“{name}” cannot be read: {reason}.", name=shown(path.name), reason=reason))
        return found

    def add(self, found: Folder, entry: "os.DirEntry[str]", depth: int) -> None:
        self.count += 1
        if self.count > self.limits.most_files:
            raise too_many(self.limits.most_files)
        info = entry.stat(follow_symlinks=False)
        name, kind = entry.name, stat.S_IFMT(info.st_mode)
        if kind == stat.S_IFLNK or _is_junction(entry):
            found.refuse(name, _("“{name}” is a link to another place, not a file.", name=shown(name)))
        elif kind == stat.S_IFDIR:
            if depth > 0:
                found.folders[name] = self.list(Path(entry.path), depth - 1)
            else:
                found.refuse(name, _("“{name}” stands too many folders deep.", name=shown(name)))
        elif kind == stat.S_IFREG:
            found.files[name] = _on_disk(Path(entry.path), info)
        else:
            found.refuse(name, _("“{name}” is a device or a pipe, not a file.", name=shown(name)))


def file_on_disk(path: Path) -> File:
    """Describe one file that the lecturer named. Raises OSError where it is gone."""
    return _on_disk(path, path.stat())


def _on_disk(path: Path, info: os.stat_result) -> File:
    return File(Place(path), info.st_size, info.st_mtime_ns)


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    """Tell a link between folders as Windows makes them (Python 3.12 and later know)."""
    return bool(getattr(entry, "is_junction", bool)())


def portfolio_parts(folder: Folder) -> Iterator[tuple[str, File]]:
    """Give the files of a portfolio that may be read, from the folder that holds `portfolio.yaml`."""
    for name, file in folder.files.items():
        yield name, file
    for name, below in folder.folders.items():
        if name.casefold() in _OWN_PARTS:
            for inner, file in below.files.items():
                yield f"{name.casefold()}/{inner}", file
