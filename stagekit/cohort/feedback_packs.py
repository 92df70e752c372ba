"""Feedback packed as the download came, so that the learning environment knows whose each file is.

Moodle reads the participant's number, Canvas the user's and the file's number, Brightspace the whole name of
the folder; so the names of the download are kept to the letter, and only what a student gets is new.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stagekit.cohort.feedback_members import Member
from stagekit.cohort.model import Layout, Origin
from stagekit.cohort.safe_names import UnsafeName, parts_of
from stagekit.i18n import _
from stagekit.model.file_names import slug
from stagekit.model.text import refused_characters

_MOMENT = (1980, 1, 1, 0, 0, 0)
_NAME_ROOM = 32
_BETWEEN = {Layout.MOODLE: "_", Layout.BLACKBOARD: "_", Layout.BRIGHTSPACE: " - ", Layout.CANVAS: "_"}
_FILE_NUMBER = re.compile(r"_(\d+)_")
_PLAIN_ENDING = re.compile(r"\.(?:zip|ya?ml|docx?|pdf|odt)$", re.IGNORECASE)


@dataclass(slots=True)
class Pack:
    """One zip in the making: what goes back to one download."""

    container: Path
    layout: Layout
    files: dict[str, bytes] = field(default_factory=dict)
    students: int = 0

    def zipped(self) -> bytes:
        """Give the zip; the same files give the same bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(self.files.items()):
                entry = zipfile.ZipInfo(name, _MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, data)
        return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Packed:
    """The zips by name, and sentences on what the lecturer has to do by hand."""

    packs: Mapping[str, Pack]
    notices: tuple[str, ...]


def pack(given: Iterable[tuple[Member, Origin | None, Mapping[str, bytes]]]) -> Packed:
    """Sort what each student gets into a zip for each download, under names its importer knows."""
    packs: dict[tuple[Path, Layout], Pack] = {}
    notices: list[str] = []
    for each, origin, files in given:
        place = (origin.container, origin.layout) if origin else (Path("by-hand"), Layout.PLAIN)
        current = packs.setdefault(place, Pack(*place))
        start = _start(each, origin)
        if start is None or any(f"{start}{name}" in current.files for name in files):
            start = f"{each.folder or each.key}/"
            notices.append(
                _("The feedback for {student} has no place in the download; give it by hand: {folder}",
                  student=each.name, folder=start),
            )  # fmt: skip
        current.students += 1
        current.files.update({f"{start}{name}": data for name, data in files.items()})
    return Packed(_named(packs.values()), tuple(notices))


def _start(each: Member, origin: Origin | None) -> str | None:
    """Give what the names of a student's files begin with; None where nothing fits."""
    if origin is None:
        return None
    start = _as_downloaded(each, origin)
    try:
        parts_of(start or "..")
        (start or "").encode()
    except (UnsafeName, UnicodeEncodeError):
        return None
    return start if start and not refused_characters(start) else None


def _as_downloaded(each: Member, origin: Origin) -> str | None:
    entry = origin.entry.rstrip("/")
    if origin.layout is Layout.PLAIN:
        return f"{_PLAIN_ENDING.sub('', entry) or each.folder or each.key}/"
    if not origin.flat:
        return f"{entry}/"
    if origin.layout is Layout.CANVAS:
        number = _file_number(origin)
        return f"{entry}_{number}_" if number else None
    return f"{entry}{_BETWEEN[origin.layout]}"


def _file_number(origin: Origin) -> str:
    """Give the number Canvas gave to a file of the attempt: it takes no feedback without."""
    rests = (name[len(origin.entry) :] for name in origin.names if name.startswith(origin.entry))
    return next((found[1] for rest in rests if (found := _FILE_NUMBER.match(rest))), "")


def _named(packs: Iterable[Pack]) -> dict[str, Pack]:
    """Name each zip after its download: `feedback-parents-assignment-1234.zip`."""
    named: dict[str, Pack] = {}
    for each in sorted(packs, key=lambda each: (str(each.container), each.layout)):
        stem = _PLAIN_ENDING.sub("", each.container.name)
        start = f"feedback-{slug(stem)[:_NAME_ROOM].strip('-') or each.layout.value}"
        name, number = f"{start}.zip", 2
        while name in named:
            name, number = f"{start}-{number}.zip", number + 1
        named[name] = each
    return named
