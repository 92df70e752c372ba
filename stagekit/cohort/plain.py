"""A folder that no learning environment named: which of its folders and files are whose submission."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from stagekit.cohort.layouts import recognise
from stagekit.cohort.safe_names import ending
from stagekit.cohort.tree import Folder

_USABLE = frozenset(
    {".zip", ".yaml", ".yml", ".docx", ".doc", ".pdf", ".odt", ".rtf", ".pages", ".7z", ".rar"}
)

_ANSWERS = frozenset({".zip", ".yaml", ".yml"})


@dataclass(slots=True)
class Unit:
    """One student's submission, or a download that stands in a folder (`is_container`)."""

    entry: str
    """Its path within the container."""
    name: str
    folder: Folder
    flat: bool = False
    is_container: bool = False

    @property
    def is_own_folder(self) -> bool:
        """Tell whether somebody made a folder for it: then it is a submission, whatever is in it."""
        return not self.flat

    @property
    def zip_on_disk(self) -> Path | None:
        """Give the zip that this is, where that stands on a disk so that its list can be read at once."""
        files = list(self.folder.files.values())
        if not self.flat or len(files) != 1 or files[0].place.inside:
            return None
        path = files[0].place.path
        return path if path.suffix.casefold() == ".zip" else None


def is_usable(folder: Folder) -> bool:
    """Tell whether a folder holds anything a student may have handed in, or something wrong."""
    return (
        bool(folder.faults)
        or any(ending(name) in _USABLE for name in folder.files)
        or any(is_usable(below) for below in folder.folders.values())
    )


def units(tree: Folder) -> Iterator[Unit]:
    """Give the submissions in a container: one for each folder, and for each name of files beside them."""
    yield from _of_files(tree, "")
    for name in sorted(tree.folders):
        yield from _of_folder(tree.folders[name], name, name)


def _of_folder(folder: Folder, entry: str, name: str) -> Iterator[Unit]:
    if not folder.is_portfolio() and recognise([*folder.folders, *folder.files]) is not None:
        yield Unit(entry, name, folder, is_container=True)
    elif is_group(folder):
        yield from _of_files(folder, entry + "/")
        for below in sorted(folder.folders):
            yield from _of_folder(folder.folders[below], f"{entry}/{below}", below)
        if folder.faults:
            yield Unit(entry, name, Folder(faults=folder.faults))
    else:
        yield Unit(entry, name, folder)


def is_group(folder: Folder) -> bool:
    """Tell a folder of several students' work from that of one, who may have added a folder of documents."""
    if folder.is_portfolio() or any(name.casefold() in {"answers", "feedback"} for name in folder.folders):
        return False
    zips = sum(name.casefold().endswith(".zip") for name in folder.files)
    usable = [below for below in folder.folders.values() if is_usable(below) and not below.is_mere_fault()]
    answers = sum(_holds_answers(below) for below in usable)
    if zips > 1 or (zips and answers):
        return True
    own = any(ending(name) in _USABLE for name in folder.files)
    return not own and len(usable) > 1 and not (answers == 1 and len(usable) == 2)


def _holds_answers(folder: Folder) -> bool:
    """Tell whether there is more in it than documents."""
    return any(ending(name) in _ANSWERS for name in folder.files) or any(
        _holds_answers(below) for below in folder.folders.values()
    )


def _of_files(tree: Folder, prefix: str) -> Iterator[Unit]:
    """Group files by name without ending: `jan.zip` and `jan.pdf` are one student's."""
    by_stem: dict[str, Folder] = {}
    for name in sorted(tree.files):
        by_stem.setdefault(PurePosixPath(name).stem, Folder()).files[name] = tree.files[name]
    for stem, folder in by_stem.items():
        first = min(folder.files, key=lambda name: (not name.casefold().endswith(".zip"), name))
        yield Unit(prefix + first, stem, folder, flat=True)
