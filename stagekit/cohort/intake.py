"""Whatever a lecturer downloaded, taken in: one submission for each student, and nothing dropped silently.

Only names are read here, and each file's size and checksum; the content is read by `read_submission`, in a
worker.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stagekit.cohort.archive import BadArchive
from stagekit.cohort.attempts import environment_submissions
from stagekit.cohort.kinds import refused
from stagekit.cohort.layouts import recognise
from stagekit.cohort.model import Layout, Limits, Origin, Submission
from stagekit.cohort.plain import Unit, is_group, is_usable, units
from stagekit.cohort.reader import open_file
from stagekit.cohort.safe_names import is_junk, shown
from stagekit.cohort.submissions import doubles, plain_submission, refusal
from stagekit.cohort.tree import Folder, file_on_disk, list_folder, open_zip
from stagekit.errors import UserError
from stagekit.i18n import _

__all__ = ["Intake", "open_file", "take_in"]

_MOST_NOTICES = 50
_MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Intake:
    """Every submission, in order of arguments and names; `skipped` are sentences about what is not one."""

    submissions: tuple[Submission, ...]
    skipped: tuple[str, ...]


def take_in(sources: Sequence[Path], limits: Limits, known: Sequence[Path] = ()) -> Intake:
    """List the submissions in folders, zips and files, in any mix of layouts.

    `known` are files among them, such as the list of the class, that need no remark when they are left aside.
    A broken or unsafe submission, or container, is one of kind `refused` with its reason. Raises UserError
    where an argument is not there or cannot be one.
    """
    taking = _Taking(limits, frozenset(path.resolve() for path in known))
    for source in _once(sources, taking.skipped):
        before = len(taking.found) + len(taking.skipped)
        taking.source(source)
        if before == len(taking.found) + len(taking.skipped):
            taking.skipped.append(_("There is no submission in {path}.", path=shown(str(source), 200)))
    notices = [*taking.skipped, *doubles(taking.found)]
    if len(notices) > _MOST_NOTICES:
        rest = len(notices) - _MOST_NOTICES
        notices[_MOST_NOTICES:] = [_("{count} more remarks are left out.", count=rest)]
    return Intake(tuple(taking.found), tuple(notices))


def _once(sources: Iterable[Path], notices: list[str]) -> list[Path]:
    """Leave out what is given twice, or stands in a folder that is given too."""
    found: dict[Path, Path] = {}
    for source in sources:
        try:
            found.setdefault(source.resolve(), source)
        except (OSError, ValueError, RuntimeError):
            found.setdefault(source, source)
    kept = []
    for path, source in found.items():
        if any(parent in found for parent in path.parents):
            notices.append(_("{path} stands in a folder that is given too.", path=shown(str(source), 200)))
        else:
            kept.append(source)
    return kept


@dataclass(slots=True)
class _Taking:
    limits: Limits
    known: frozenset[Path]
    found: list[Submission] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def source(self, path: Path) -> None:
        """Take in one argument; a link that the lecturer gives is followed, for it is theirs."""
        next_step = _("Give the folder, zip or file with what the students handed in.")
        try:
            is_folder, is_file = path.is_dir(), path.is_file()
        except (OSError, ValueError) as error:
            raise UserError(_("{path} cannot be read.", path=shown(str(path), 200)), next_step) from error
        if is_folder:
            self.folder(path)
        elif not is_file:
            raise UserError(_("{path} is not there.", path=shown(str(path), 200)), next_step)
        elif path.suffix.casefold() == ".zip":
            self.zip(path)
        else:
            self.single(path)

    def folder(self, path: Path) -> None:
        try:
            tree = list_folder(path, self.limits)
        except BadArchive as error:
            message = _("{path}: {reason}", path=shown(str(path), 200), reason=error.message)
            raise UserError(message, error.next_step) from None
        self.container(tree, path, path.resolve().name)

    def zip(self, path: Path) -> None:
        try:
            tree = open_zip(path, self.limits)
        except BadArchive as error:
            self.refuse(path, path.name, error)
            return
        self.container(tree, path, path.stem)

    def single(self, path: Path) -> None:
        """Take in a file that is no zip: answers, a document, or one that is left aside."""
        tree = Folder({path.name: file_on_disk(path)})
        self.plain(tree, path.parent, "", path.stem)

    def refuse(self, container: Path, entry: str, error: UserError) -> None:
        origin = Origin(container, Layout.PLAIN, entry, True, "", shown(Path(entry).stem), "")
        self.found.append(refusal(origin, refused(error.message, error.next_step)))

    def container(self, tree: Folder, path: Path, name: str) -> None:
        """Take in what may be a learning environment's download, a folder of folders, or one portfolio."""
        prefix, inner = _unwrapped(tree)
        if inner.is_portfolio():
            entry = prefix.rstrip("/") or path.name
            self.unit(Unit(entry, prefix.rstrip("/").rpartition("/")[2] or name, inner), path)
            return
        inner.files = {key: file for key, file in inner.files.items() if key.casefold() != "index.html"}
        top = [*inner.folders, *(file for file in inner.files if not is_junk(file))]
        reader = recognise(top)
        if reader is not None:
            submissions, rest = environment_submissions(inner, reader, path, prefix, self.limits)
            self.found += submissions
            inner = rest
        self.plain(inner, path, prefix, name)

    def plain(self, tree: Folder, path: Path, prefix: str, name: str) -> None:
        """Take in what no learning environment named: folders, zips and files of students."""
        self.faults(tree, path, name)
        faults = 0
        for unit in units(tree):
            faults += unit.folder.is_mere_fault()
            if unit.folder.is_mere_fault() and faults > _MOST_FAULTS:
                continue
            if unit.is_container:
                self.container(unit.folder, path / prefix / unit.entry, unit.name)
            elif not unit.is_own_folder and not is_usable(unit.folder):
                self.leave(unit)
            else:
                self.unit(unit, path, prefix)
        if faults > _MOST_FAULTS:
            more = faults - _MOST_FAULTS
            self.skipped.append(_("{path}: {count} more entries are refused.", path=shown(name), count=more))

    def leave(self, unit: Unit) -> None:
        """Say that something is left aside, unless that is known."""
        files = unit.folder.files.items()
        names = [shown(name) for name, file in files if file.place.path.resolve() not in self.known]
        if names:
            self.skipped.append(_("Left aside, for it is no submission: {names}", names=", ".join(names)))

    def faults(self, tree: Folder, path: Path, name: str) -> None:
        """Add what is wrong in the container itself, so that it is nobody's in particular."""
        for fault in tree.faults[:_MOST_FAULTS]:
            origin = Origin(path, Layout.PLAIN, "", True, "", shown(name), "")
            self.found.append(refusal(origin, refused(fault)))
        tree.faults = []

    def unit(self, unit: Unit, container: Path, prefix: str = "") -> None:
        """Add one plain submission; a zip on the disk may turn out to be a download itself."""
        zipped = unit.zip_on_disk
        if zipped is None:
            self.found.append(plain_submission(unit, container, prefix, self.limits))
            return
        try:
            tree = open_zip(zipped, self.limits)
        except BadArchive as error:
            self.refuse(container, prefix + unit.entry, error)
            return
        _start, inner = _unwrapped(tree)
        if not inner.is_portfolio() and (is_group(inner) or recognise([*inner.folders, *inner.files])):
            self.container(tree, zipped, zipped.stem)
            return
        whole = Unit(unit.entry, unit.name, tree, flat=True)
        self.found.append(plain_submission(whole, container, prefix, self.limits))


def _unwrapped(tree: Folder) -> tuple[str, Folder]:
    """Go down folders that hold one folder and nothing else, to where the submissions are."""
    prefix = ""
    while not tree.files and not tree.faults and len(tree.folders) == 1:
        ((name, inner),) = tree.folders.items()
        if recognise([name]) is not None or name.casefold() in {"answers", "feedback"}:
            break
        prefix += name + "/"
        tree = inner
    return prefix, tree
