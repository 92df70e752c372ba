"""Names that strangers gave to files: taken apart safely, and shown without doing anything to a terminal."""

import re
import unicodedata
from posixpath import splitext

from stagekit.i18n import _
from stagekit.model.text import closed_directions, visible

MAX_PARTS = 40
_DRIVE = re.compile(r"[A-Za-z]:(?:/|$)")
_JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_WIDTH = 80


class UnsafeName(ValueError):
    """A name that points elsewhere or cannot be one; the message is a sentence."""


def parts_of(name: str) -> tuple[str, ...]:
    """Take the path of an entry apart; both `/` and a backslash part folders.

    Raises UnsafeName for one that points outside (`..`, `/etc`, `C:`) or holds a NUL.
    """
    path = name.replace("\\", "/")
    if "\0" in path:
        raise UnsafeName(_("The name “{name}” holds a NUL character.", name=shown(name)))
    parts = tuple(part for part in path.split("/") if part not in {"", "."})
    if path.startswith("/") or _DRIVE.match(path):
        raise UnsafeName(_("“{name}” is a path from the root of a disk.", name=shown(name)))
    if ".." in parts:
        raise UnsafeName(_("“{name}” points to a folder outside the submission.", name=shown(name)))
    if len(parts) > MAX_PARTS:
        message = _("“{name}” stands in more than {limit} folders.", name=shown(name), limit=MAX_PARTS)
        raise UnsafeName(message)
    return parts


def safe_start(name: str) -> tuple[str, ...]:
    """Give the folders that an unsafe name begins with before it turns unsafe: whose submission it is in."""
    path = name.replace("\\", "/").split("\0", 1)[0]
    if path.startswith("/") or _DRIVE.match(path):
        return ()
    found: list[str] = []
    for part in path.split("/")[:-1]:
        if part == ".." or len(found) == MAX_PARTS:
            break
        if part not in {"", "."}:
            found.append(part)
    return tuple(found)


def is_junk(name: str) -> bool:
    """Tell whether an operating system or a hidden program made this, not the student."""
    return name.startswith(".") or name.casefold() in _JUNK


def ending(name: str) -> str:
    """Give `.yaml` for `A.YAML`; empty where there is none."""
    return splitext(name)[1].casefold()


def same_file(name: str) -> str:
    """Give what two names have in common that some disk takes for one: case and Unicode spelling folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def shown(name: str, width: int = _WIDTH) -> str:
    """Give a name fit for a message: one line, nothing hidden, no change of direction left open."""
    line = " ".join(visible(name).split())
    short = line if len(line) <= width else line[: width - 1] + "…"
    return closed_directions(short)
