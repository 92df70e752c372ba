"""What an export remembers in OUT: one small file per student, so that only what changed is made again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagekit.cohort.model import AssignmentRow, Layout, Origin, Row
from stagekit.cohort.outfolder import OutFolder, safe_name

_VERSION = 1
_ENDING = ".json"
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """What was made of one student's submission."""

    folder: str
    """Its name in OUT."""
    content: str
    """Fingerprint of what it was made from; empty while it is being made."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Name of each file StageKit wrote in the folder to its digest; an empty one while it is being made."""
    row: Row | None = None
    origin: Origin | None = None
    """Where it came from, for the way back; None in a blind export, where the key file has it."""


def load(out: OutFolder, key: str) -> Record | None:
    """Read the record of one student; None where there is none that can be used."""
    try:
        with (out.students / (key + _ENDING)).open("rb") as stream:
            return _decode(json.loads(stream.read(_MAX_BYTES)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # damaged or not ours: what it told of is then not known to be ours


def save(out: OutFolder, key: str, record: Record) -> None:
    """Write the record of one student; raises UserError."""
    out.write(out.students / (key + _ENDING), json.dumps(_encode(record), separators=(",", ":")).encode())


def keys(out: OutFolder) -> list[str]:
    """List the students OUT has a record of."""
    return sorted(file.stem for file in out.students.glob("*" + _ENDING) if safe_name(file.stem))


def records(out: Path) -> Iterator[tuple[str, Record]]:
    """Give every student's key and record of an export, for what comes after it; nothing is written."""
    folder = OutFolder(out)
    for key in keys(folder):
        record = load(folder, key)
        if record is not None and record.row is not None:
            yield key, record


def _encode(record: Record) -> dict[str, Any]:
    return {
        "stagekit_export": _VERSION,
        "folder": record.folder,
        "content": record.content,
        "files": dict(record.files),
        "row": row_as_json(record.row) if record.row else None,
        "origin": origin_as_json(record.origin) if record.origin else None,
    }


def _decode(data: Any) -> Record | None:
    if data["stagekit_export"] != _VERSION or not safe_name(data["folder"]):
        return None
    files = data["files"]
    if not all(safe_name(name) and isinstance(known, str) for name, known in files.items()):
        return None
    return Record(
        folder=data["folder"],
        content=str(data["content"]),
        files=files,
        row=row_from_json(data["row"]) if data["row"] else None,
        origin=origin_from_json(data["origin"]) if data["origin"] else None,
    )


def row_as_json(row: Row) -> dict[str, Any]:
    """Give a row as `export --json` prints it."""
    data = {name: getattr(row, name) for name in Row.__slots__}
    data["documents"] = list(row.documents)
    parts = AssignmentRow.__slots__
    data["assignments"] = [{name: getattr(each, name) for name in parts} for each in row.assignments]
    data["failed_formats"] = dict(row.failed_formats)
    data["findings"] = dict(row.findings)
    data["counts"] = {theme: dict(counted) for theme, counted in row.counts.items()}
    return data


def row_from_json(data: dict[str, Any]) -> Row:
    """Read a row back; raises TypeError where it is none."""
    rest = {**data, "documents": tuple(data["documents"])}
    rest["assignments"] = tuple(AssignmentRow(**assignment) for assignment in data["assignments"])
    return Row(**rest)


def origin_as_json(origin: Origin) -> dict[str, Any]:
    """Give an origin for a state or key file."""
    data = {name: getattr(origin, name) for name in Origin.__slots__}
    return {**data, "container": str(origin.container), "layout": origin.layout.value}


def origin_from_json(data: dict[str, Any]) -> Origin:
    """Read an origin back; raises ValueError or TypeError where it is none."""
    typed = {"container": Path(data["container"]), "layout": Layout(data["layout"])}
    return Origin(**{**data, **typed, "names": tuple(data["names"])})
