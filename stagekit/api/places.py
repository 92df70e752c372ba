"""Which portfolio is meant: the folder given, the one around the current folder, or the one used last."""

import re
from dataclasses import dataclass
from pathlib import Path

from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import last_used

_LANGUAGE = re.compile(rb"^language:[ \t]*[\"']?(nl|en)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """A portfolio folder; `remembered` when nobody named it, but it was used last."""

    folder: Path
    remembered: bool = False


def find(folder: Path | None) -> Place:
    """Find the portfolio; raises UserError with what to do where there is none."""
    begin = _("Begin one with `stagekit start`, or look around in a sample with `stagekit demo`.")
    if folder is not None:
        if not last_used.holds_portfolio(folder):
            raise UserError(_("There is no portfolio in {folder}.", folder=folder), begin)
        return Place(folder)
    if (found := last_used.find_folder(Path.cwd())) is not None:
        return Place(found)
    remembered = last_used.recall()
    if remembered is not None and last_used.holds_portfolio(remembered):
        return Place(remembered, remembered=True)
    raise UserError(_("There is no portfolio here, nor one used before."), begin)


_NO_CONTENT = frozenset({".stagekit", ".DS_Store", "desktop.ini", "Thumbs.db"})


def check_free(folder: Path) -> None:
    """Refuse a folder in use for a new portfolio; raises UserError."""
    next_step = _("Choose the name of a folder that is not there yet.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UserError(_("{folder} is a file, not a folder.", folder=folder), next_step)
    content = [entry for entry in folder.iterdir() if entry.name not in _NO_CONTENT]
    if any(not entry.is_dir() or any(entry.iterdir()) for entry in content):
        raise UserError(_("The folder {folder} holds other things.", folder=folder), next_step)


def language_of(folder: Path) -> str | None:
    """Peek at the portfolio's language, to speak it before the portfolio is read in earnest."""
    try:
        with (folder / last_used.PORTFOLIO_FILE).open("rb") as stream:
            match = _LANGUAGE.search(stream.read(8192))
    except OSError:
        return None
    return match[1].decode() if match else None
