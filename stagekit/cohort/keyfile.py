"""The key of a blind export: which code is which student. It stands beside OUT, never in it."""

import csv
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from stagekit.cohort.model import Origin
from stagekit.cohort.outfolder import refuse_odd
from stagekit.cohort.state import origin_as_json, origin_from_json
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import atomic

_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowels and nothing that looks like something else: a code is never a word or a name."""
_LENGTH = 6
_COLUMNS = ("code", "name", "number", "submission", "reason", "data")
_MAX_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Student:
    """One student of a blind export. `secret` keeps what OUT remembers from being traced to a submission."""

    code: str
    secret: str
    name: str = ""
    number: str = ""
    origin: Origin | None = None
    reason: str = ""
    """Why nothing could be made; it may hold a name."""
    noted: bool = False
    """Name, number and reason are what came of the submission."""


@dataclass(slots=True)
class KeyFile:
    """The students by the key that their folder has in an export with names."""

    path: Path
    students: dict[str, Student] = field(default_factory=dict)
    changed: bool = False
    codes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.codes = {student.code for student in self.students.values()}

    @classmethod
    def beside(cls, out: Path) -> "KeyFile":
        """Read the key file of OUT, if it is there; raises UserError for one that cannot be read."""
        path = key_path(out)
        refuse_odd(path)
        try:
            with path.open("rb") as stream:
                data = stream.read(_MAX_BYTES)
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            raise atomic.cannot_read(path, error) from None
        try:
            return cls(path, _read(data))
        except (ValueError, KeyError, TypeError, AttributeError, csv.Error):
            raise UserError(
                _("“{file}” is no key file of StageKit, or it was changed.", file=path),
                _("Put back a copy of it, or choose another folder with -o."),
            ) from None

    def student(self, key: str, origin: Origin | None, name: str = "", number: str = "") -> Student:
        """Give a student's code, a new one at random where there is none yet."""
        known = self.students.get(key)
        if known is None:
            known = Student(_new_code(self.codes), os.urandom(16).hex(), name, number)
            self.codes.add(known.code)
        self.put(key, replace(known, origin=origin, name=known.name or (origin.name if origin else "")))
        return self.students[key]

    def note(self, key: str, name: str, number: str, reason: str) -> None:
        """Note what came of the submission: the student's name and number, and what went wrong."""
        known = self.students[key]
        self.put(key, replace(known, name=name or known.name, number=number or known.number, reason=reason,
                               noted=True))  # fmt: skip

    def put(self, key: str, student: Student) -> None:
        """Set one student."""
        if self.students.get(key) != student:
            self.students[key] = student
            self.changed = True

    def save(self) -> None:
        """Write the file, for its owner only, where anything changed. Codes cannot be made again."""
        if self.changed:
            refuse_odd(self.path)
            atomic.write_file(self.path, _written(self.students.items()), durable=True)
            self.changed = False


def key_path(out: Path) -> Path:
    """Give where the key file of OUT stands."""
    return out.with_name(f"{out.name}-key.csv")


def _new_code(taken: set[str]) -> str:
    import secrets

    while True:
        code = "S" + "".join(secrets.choice(_LETTERS) for _each in range(_LENGTH))
        if code not in taken:
            return code


def _written(students: Iterable[tuple[str, Student]]) -> bytes:
    from stagekit.cohort.overview_csv import csv_text

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for key, student in sorted(students, key=lambda item: item[1].code):
        origin = origin_as_json(student.origin) if student.origin else None
        data = {"key": key, "secret": student.secret, "name": student.name, "number": student.number,
                "reason": student.reason, "noted": student.noted, "origin": origin}  # fmt: skip
        entry = student.origin.entry if student.origin else ""
        texts = (student.name, student.number, entry, student.reason)
        writer.writerow((student.code, *(csv_text(text) for text in texts), json.dumps(data)))
    return out.getvalue().encode("utf-8-sig", "replace")


def _read(data: bytes) -> dict[str, Student]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    former = csv.field_size_limit(_MAX_BYTES)  # of the whole process: a list of the class keeps its own
    try:
        reader = csv.DictReader(text)
        rows = list(reader)
    finally:
        csv.field_size_limit(former)
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise ValueError("another file has its name")
    found: dict[str, Student] = {}
    for row in rows:
        kept = json.loads(row["data"])
        origin = origin_from_json(kept["origin"]) if kept["origin"] else None
        found[kept["key"]] = Student(
            row["code"], kept["secret"], kept["name"], kept["number"], origin, kept["reason"], kept["noted"]
        )
    return found
