"""Which portfolio was used last, and which one a folder belongs to."""

import contextlib
import os
import sys
from pathlib import Path

from stagekit.errors import UserError
from stagekit.store import atomic

PORTFOLIO_FILE = "portfolio.yaml"
_SIGNS = (PORTFOLIO_FILE, f".{PORTFOLIO_FILE}.icloud", ".stagekit/journal.json")
_FILE = "last-portfolio"
_MAX_BYTES = 4096


def config_folder() -> Path | None:
    """Give the folder for settings of this user; None where the system does not say."""
    environment = os.environ
    if own := environment.get("STAGEKIT_CONFIG_DIR"):
        return Path(own)
    try:
        if os.name == "nt":
            return Path(environment["APPDATA"]) / "StageKit"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / "StageKit"
        given = environment.get("XDG_CONFIG_HOME", "")
        return (Path(given) if given.startswith("/") else Path.home() / ".config") / "stagekit"
    except (KeyError, RuntimeError):
        return None


def remember(folder: Path) -> None:
    """Keep the path of `folder`, and nothing else; where that cannot be done nothing happens."""
    config = config_folder()
    if config is None:
        return
    with contextlib.suppress(OSError, UserError, ValueError):
        data = os.fsencode(folder.resolve())
        if recall() == Path(os.fsdecode(data)):
            return
        atomic.make_folder(config)
        atomic.write_file(config / _FILE, data, durable=False)


def recall() -> Path | None:
    """Give the folder used last; None where there is none or it cannot be read."""
    config = config_folder()
    if config is None:
        return None
    with contextlib.suppress(OSError, ValueError), (config / _FILE).open("rb") as stream:
        data = stream.read(_MAX_BYTES + 1)
        if data and len(data) <= _MAX_BYTES and b"\0" not in data and b"\n" not in data:
            path = Path(os.fsdecode(data))
            return path if path.is_absolute() else None
    return None


def holds_portfolio(folder: Path) -> bool:
    """Tell whether a portfolio stands in `folder`, readable or not.

    One that iCloud keeps elsewhere and one whose first save was interrupted count: neither is absent.
    """
    return any(_is_there(folder / name) for name in _SIGNS)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def find_folder(start: Path) -> Path | None:
    """Give `start` or the nearest folder above it that holds a portfolio."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100 - links stay as the person sees them
    for candidate in (folder, *folder.parents):
        if holds_portfolio(candidate):
            return candidate
    return None
