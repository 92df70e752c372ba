"""The download of one learning environment: entries to attempts, attempts to the latest of each student."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from os.path import commonprefix
from pathlib import Path

from stagekit.cohort.layouts import Named, blackboard_user
from stagekit.cohort.model import Layout, Limits, Origin, Submission
from stagekit.cohort.reader import open_file
from stagekit.cohort.safe_names import shown
from stagekit.cohort.submissions import submission
from stagekit.cohort.tree import File, Folder
from stagekit.errors import UserError

_MOST_NAMES = 50
_TEXT_BYTES = 4096
Reader = Callable[[str], Named | None]


@dataclass(slots=True)
class _Attempt:
    named: Named
    flat: bool
    folder: Folder = field(default_factory=Folder)
    names: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    text: File | None = None
    """Blackboard's own text that goes with the attempt."""

    def add(self, named: Named, inner: str, name: str, file: File) -> None:
        """Add a flat file; of two with one name the one with the higher number is the later."""
        parts = [*inner.split("/")[:-1], named.file]
        folder = self.folder.down(part for part in parts[:-1] if part)
        self.names.append(name)
        path = "/".join(parts)
        if parts[-1] in folder.files and self.numbers.get(path, 0) > named.number:
            return
        self.numbers[path] = named.number
        folder.files[parts[-1]] = file

    @property
    def order(self) -> tuple[str, int, str]:
        """Give what puts attempts in order of time."""
        newest = max((file.when for _name, file in self.folder.walk()), default=0)
        return self.named.submitted, newest, self.named.entry


def environment_submissions(
    tree: Folder, reader: Reader, container: Path, prefix: str, limits: Limits
) -> tuple[list[Submission], Folder]:
    """Give each student's latest attempt, and a folder with all that `reader` makes nothing of."""
    attempts: dict[tuple[str, ...], _Attempt] = {}
    rest = Folder(faults=tree.faults)
    for name, below in tree.folders.items():
        named = reader(name)
        if named is None:
            _flat_below(below, name, reader, attempts, rest)
        else:
            _merge(_attempt(attempts, named, flat=False).folder, below)
            _attempt(attempts, named, flat=False).names.append(name)
    for name, file in tree.files.items():
        named = reader(name)
        if named is None:
            rest.files[name] = file
        else:
            _add_flat(attempts, named, name, name, file)
    found = list(attempts.values())
    people = _Blackboard(found) if found and found[0].named.layout is Layout.BLACKBOARD else None
    by_student: dict[tuple[str, str], list[_Attempt]] = {}
    for attempt in found:
        # The name as well: names that only look like those of a learning environment share a number.
        student = ("", people.user(attempt)[1]) if people else (attempt.named.name, attempt.named.key)
        by_student.setdefault(student, []).append(attempt)
    names = {attempt.named.name for attempt in found}
    blind = people is None and len(by_student) > 1 and len(names) == 1
    result = []
    for several in by_student.values():
        of_student = sorted(several, key=lambda attempt: attempt.order)
        origins = [_origin(attempt, container, prefix, people) for attempt in of_student]
        if blind:  # all are called Participant
            origins = [replace(origin, name=f"{origin.name} {origin.key}") for origin in origins]
        result.append(submission(origins[-1], of_student[-1].folder, limits, tuple(origins[:-1])))
    return sorted(result, key=lambda each: each.origin.entry), rest


def _attempt(attempts: dict[tuple[str, ...], _Attempt], named: Named, *, flat: bool) -> _Attempt:
    if named.layout is Layout.MOODLE:
        identity: tuple[str, ...] = (named.key, named.name)  # texts typed online stand beside the files
    elif named.layout is Layout.BLACKBOARD:
        identity = (named.entry,)
    else:
        identity = (named.key, named.name, named.submitted or named.entry)
    known = attempts.get(identity)
    if known is None:
        known = attempts[identity] = _Attempt(named, flat)
    elif "_assignsubmission_file" in named.entry:
        known.named = named
    return known


def _add_flat(
    attempts: dict[tuple[str, ...], _Attempt], named: Named, inner: str, name: str, file: File
) -> None:
    attempt = _attempt(attempts, named, flat=True)
    if named.layout is Layout.BLACKBOARD and named.file == ".txt":
        attempt.text = file
        attempt.names.append(name)
    else:
        attempt.add(named, inner, name, file)


def _flat_below(
    below: Folder, name: str, reader: Reader, attempts: dict[tuple[str, ...], _Attempt], rest: Folder
) -> None:
    """Take in files in a student's own folders that are named flat: `answers/Jan_1_…_1-visie.yaml`."""
    whole = list(below.walk())
    for inner, file in whole:
        *folders, last = inner.split("/")
        named = reader(last)
        if named is not None and named.file:
            _add_flat(attempts, named, f"{name}/{inner}", f"{name}/{inner}", file)
            del below.down(folders).files[last]
    if not whole or any(True for _left in below.walk()) or any(True for _fault in below.all_faults()):
        rest.folders[name] = below


def _merge(into: Folder, other: Folder) -> None:
    into.faults += other.faults
    for name, file in other.files.items():
        into.files.setdefault(name, file)
    for name, below in other.folders.items():
        _merge(into.down([name]), below)


def _origin(attempt: _Attempt, container: Path, prefix: str, people: "_Blackboard | None") -> Origin:
    named = attempt.named
    name, key = people.user(attempt) if people else (named.name, named.key)
    return Origin(
        container, named.layout, prefix + named.entry, attempt.flat, key, shown(name), named.submitted,
        named.late, tuple(prefix + each for each in attempt.names[:_MOST_NAMES]),
    )  # fmt: skip


class _Blackboard:
    """Who handed in an attempt: its text says it; without one, what all names begin with is the task."""

    def __init__(self, attempts: list[_Attempt]) -> None:
        starts = [attempt.named.entry.rpartition("_attempt_")[0] for attempt in attempts]
        distinct = set(starts)
        common = commonprefix(list(distinct)) if len(distinct) > 1 else ""  # noqa: RUF071 - not of paths
        self.task = common[: common.rfind("_") + 1]
        self.known: dict[str, tuple[str, str]] = {}

    def user(self, attempt: _Attempt) -> tuple[str, str]:
        """Give the name and the user."""
        entry = attempt.named.entry
        if entry not in self.known:
            start = entry.rpartition("_attempt_")[0]
            user = start[len(self.task) :] if self.task else attempt.named.key
            self.known[entry] = self._from_text(attempt, start) or (user, user)
        return self.known[entry]

    def _from_text(self, attempt: _Attempt, start: str) -> tuple[str, str] | None:
        if attempt.text is None:
            return None
        try:
            data = open_file(attempt.text.place, Limits(), most=_TEXT_BYTES)
        except UserError:
            return None
        return blackboard_user(data.decode("utf-8", "replace"), start)
