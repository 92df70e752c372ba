"""What a student's folder in OUT is called: safe on every system, unique, and the same every time."""

import base64
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from stagekit.cohort.model import Origin
from stagekit.model.file_names import MAX_NAME, slug

_KEY_LETTERS = 8


def folder_name(name: str, key: str) -> str:
    """Name a folder after a student: `noor-bakker-k3n5q7rd`; the key alone tells two of them apart."""
    room = MAX_NAME - len(key) - 1
    start = slug(name)[:room].rstrip("-")
    return f"{start or 'student'}-{key}"


def keys_of(origins: Sequence[Origin]) -> list[str]:
    """Give each student a short key that no other has.

    It comes from what the learning environment says of the student, not from the order or the name of the
    download, so that it stays when others are added or the same students are downloaded again. Only
    students who cannot be told apart that way are told apart by where they were found.
    """
    ways: list[Callable[[int], tuple[str, ...]]] = [
        lambda i: _student(origins[i]),
        lambda i: (*_student(origins[i]), origins[i].container.name, origins[i].entry),
        lambda i: (*_student(origins[i]), str(origins[i].container), origins[i].entry),
        lambda i: (*_student(origins[i]), str(origins[i].container), origins[i].entry, str(i)),
    ]
    keys: list[str] = [""] * len(origins)
    left = list(range(len(origins)))
    for way in ways:
        for index in left:
            keys[index] = _short(way(index))
        often = Counter(keys)
        left = [index for index in left if often[keys[index]] > 1]
    return keys


def _student(origin: Origin) -> tuple[str, ...]:
    name = unicodedata.normalize("NFC", origin.name).casefold()
    if origin.key:
        return (origin.layout.value, origin.key, name)
    entry = unicodedata.normalize("NFC", origin.entry).strip("/") or origin.container.name
    return (origin.layout.value, "", _stem(entry))


def _stem(entry: str) -> str:
    """Leave out how it was packed: the same student's folder, zipped or not, is the same student's."""
    path = PurePosixPath(entry)
    return str(path.with_suffix("")) if path.suffix.lower() in {".zip", ".yaml", ".yml"} else entry


def _short(identity: tuple[str, ...]) -> str:
    import hashlib

    data = "\x00".join(identity).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(data, digest_size=10).digest()
    return base64.b32encode(digest).decode().lower()[:_KEY_LETTERS]
