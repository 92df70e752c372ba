"""Who can get feedback after an export: each student with the way back, kept in OUT beside its state."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stagekit.cohort.keyfile import KeyFile
from stagekit.cohort.model import Origin, Row
from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.overview_words import one_line
from stagekit.cohort.state import origin_as_json, origin_from_json
from stagekit.errors import UserError
from stagekit.i18n import _

_STATE = "members.json"
GONE = "gone"
"""Status of who is no longer among the submissions."""
_MAX_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """One student who handed something in."""

    key: str
    """What tells the student from all others in this export."""
    name: str
    number: str
    folder: str
    portfolio: str
    """Id of the portfolio; empty where there is none that could be read."""
    language: str
    status: str
    origin: Origin | None
    """Where the submission came from; None in a blind export, where the key file has it."""


def member(key: str, row: Row, origin: Origin | None) -> Member:
    """Give the member that a row of the overview is about."""
    name, number = one_line(row.name), one_line(row.number)
    return Member(key, name, number, row.folder, row.portfolio, row.language, row.status, origin)


def save_members(out: OutFolder, members: Sequence[Member], *, keep: bool = False) -> None:
    """Keep the members of an export; raises UserError.

    With `keep`, who handed in before and is not there now stays, as `gone`: feedback may have been typed.
    """
    present = {each.key for each in members}
    former = (replace(each, status=GONE) for each in _former(out) if keep and each.key not in present)
    listed = [
        {**{name: getattr(each, name) for name in Member.__slots__}, "origin": _origin(each)}
        for each in sorted((*members, *former), key=lambda each: each.key)
    ]
    data = json.dumps({"stagekit_members": 1, "members": listed}, separators=(",", ":")).encode()
    target = out.state / _STATE
    if not out.has(target) or target.read_bytes() != data:
        out.write(target, data)


def _origin(each: Member) -> dict[str, Any] | None:
    return origin_as_json(each.origin) if each.origin else None


def _former(out: OutFolder) -> tuple[Member, ...]:
    try:
        return load_members(out.path)
    except UserError:
        return ()


def load_members(out: Path) -> tuple[Member, ...]:
    """Read the members of the export in `out`; raises UserError where there is none."""
    folder = OutFolder(out)
    try:
        with (folder.state / _STATE).open("rb") as stream:
            data: Any = json.loads(stream.read(_MAX_BYTES))
        return tuple(_member(each) for each in data["members"])
    except FileNotFoundError:
        raise UserError(
            _("There is no export in “{folder}”.", folder=out),
            _("Give the folder that you gave to `stagekit export` with -o."),
        ) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UserError(
            _("What the export in “{folder}” keeps for itself is damaged.", folder=out),
            _("Run the same `stagekit export` again; then try again."),
        ) from None


def _member(data: dict[str, Any]) -> Member:
    origin = origin_from_json(data["origin"]) if data["origin"] else None
    texts = {name: str(data[name]) for name in Member.__slots__ if name != "origin"}
    return Member(**texts, origin=origin)


def ways_back(out: Path, members: Iterable[Member]) -> Mapping[str, Origin]:
    """Give each member's origin by key, of a blind export out of its key file; raises UserError."""
    members = tuple(members)
    found = {each.key: each.origin for each in members if each.origin}
    if len(found) < len(members):
        keys = KeyFile.beside(OutFolder(out).path)
        students = {student.code.lower(): student for student in keys.students.values()}
        if not students:
            raise UserError(
                _("The key file “{file}” is not there; without it nobody knows whose feedback is whose.",
                  file=keys.path),
                _("Put it back beside the folder of the export."),
            )  # fmt: skip
        for each in members:
            student = students.get(each.key)
            if each.origin is None and student is not None and student.origin is not None:
                found[each.key] = student.origin
    return found
