"""Whether this computer has what StageKit needs; each check with a remedy for what it finds."""

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from stagekit import __version__
from stagekit.errors import StageKitError
from stagekit.i18n import _


class State(StrEnum):
    """How a check ended; `attention` does not stop the work."""

    GOOD = "good"
    ATTENTION = "todo"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, what was found, and the remedy where one is needed."""

    name: str
    state: State
    found: str
    remedy: str = ""


def examine(folder: Path) -> Iterator[Check]:
    """Look at everything, with `folder` as the place to write in."""
    for check in (_versions, _course, _formats, _terminal, _encoding, _editor):
        yield check()
    yield _writable(folder)
    yield _locking(folder)


def _versions() -> Check:
    system = f"{platform.system()} {platform.release()}"
    found = f"StageKit {__version__}, Python {platform.python_version()}, {system}"
    return Check(_("Versions"), State.GOOD, found)


def _course() -> Check:
    from stagekit.store.course_files import load_course

    try:
        course = load_course()
    except StageKitError:
        return Check(
            _("Course"), State.BAD, _("The course files cannot be read."), _("Install StageKit again.")
        )
    return Check(_("Course"), State.GOOD, f"{course.id} ({len(course.assignments)})")


_NEEDED = {
    "md": ("jinja2", "markdown_it"),
    "html": ("jinja2", "markdown_it"),
    "txt": ("markdown_it",),
    "pdf": ("typst", "markdown_it"),
    "docx": ("docxtpl", "docx", "typst", "markdown_it"),
}
"""Format to the packages that make it."""


def _formats() -> Check:
    from importlib.util import find_spec

    from stagekit.report.render.formats import FORMATS

    missing = [name for name in FORMATS if not all(find_spec(module) for module in _NEEDED.get(name, ()))]
    if missing:
        return Check(
            _("Formats"),
            State.BAD,
            _("Cannot be made: {formats}", formats=", ".join(missing)),
            _("Install StageKit again."),
        )
    return Check(_("Formats"), State.GOOD, ", ".join(FORMATS))


def _terminal() -> Check:
    name = _("Terminal")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Check(
            name, State.ATTENTION, _("Not a terminal: questions cannot be asked here."),
            _("Open a terminal window, or fill in from a file with --answers."),
        )  # fmt: skip
    size = os.get_terminal_size()
    found = f"{os.environ.get('TERM', '')} {size.columns}×{size.lines}".strip()
    if size.columns < 40:
        return Check(name, State.ATTENTION, found, _("Make the window at least 40 columns wide."))
    if os.environ.get("TERM") == "dumb":
        return Check(
            name, State.ATTENTION, found, _("This terminal shows plain lines only; everything works.")
        )
    return Check(name, State.GOOD, found)


def _encoding() -> Check:
    found = sys.stdout.encoding or "?"
    if found.replace("-", "").lower() == "utf8":
        return Check(_("Characters"), State.GOOD, found)
    return Check(
        _("Characters"), State.ATTENTION, found,
        _("Some characters show plainer than typed. Set PYTHONUTF8=1, or use a terminal with UTF-8."),
    )  # fmt: skip


def _editor() -> Check:
    import shutil

    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen:
        return Check(_("Editor"), State.GOOD, _("the one of the system"))
    if shutil.which(chosen.split()[0]):
        return Check(_("Editor"), State.GOOD, chosen)
    return Check(
        _("Editor"), State.ATTENTION, _("{editor} is not there", editor=chosen),
        _("Set VISUAL to an editor that is, or remove it."),
    )  # fmt: skip


def _writable(folder: Path) -> Check:
    import tempfile

    name = _("Folder")
    found = str(folder.resolve())
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"stagekit")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else ""
        return Check(
            name, State.BAD, f"{found}: {reason}", _("Go to a folder you may write in, such as Documents.")
        )
    return _synchronised(name, found)


def _synchronised(name: str, found: str) -> Check:
    services = ("OneDrive", "Dropbox", "Google Drive", "iCloud", "Mobile Documents")
    service = next((service for service in services if service.lower() in found.lower()), None)
    if service is None:
        return Check(name, State.GOOD, found)
    return Check(
        name, State.ATTENTION, _("{folder} is synchronised by {service}", folder=found, service=service),
        _("That works; use StageKit on one computer at a time, and mind what your college allows."),
    )  # fmt: skip


def _locking(folder: Path) -> Check:
    import tempfile

    from stagekit.store.lock import locked

    name = _("Locks")
    remedy = _("Keep the portfolio in a folder on this computer, not on a network drive.")
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place, locked(Path(place) / "lock"):
            pass
    except (OSError, StageKitError):
        return Check(
            name, State.ATTENTION, _("This folder cannot be locked against two windows at once."), remedy
        )
    return Check(name, State.GOOD, _("work"))
