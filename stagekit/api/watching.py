"""Noticing that a portfolio changed, by looking at its few files twice a second."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from stagekit.store.feedback_folder import FOLDER as FEEDBACK
from stagekit.store.last_used import PORTFOLIO_FILE
from stagekit.store.portfolio_folder import ANSWERS

SECONDS = 0.5

Stamp = dict[str, tuple[int, int]]


def changes(folder: Path, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Give one item each time a file of the portfolio is another than before; never ends by itself."""
    before = _stamp(folder)
    while True:
        sleep(SECONDS)
        now = _stamp(folder)
        if now != before:
            before = now
            yield


def _stamp(folder: Path) -> Stamp:
    stamp: Stamp = {}
    kept = [*sorted((folder / ANSWERS).glob("*.yaml")), *sorted((folder / FEEDBACK).glob("*.yaml"))]
    for file in (folder / PORTFOLIO_FILE, *kept):
        try:
            found = file.stat()
        except OSError:
            continue
        stamp[file.name] = (found.st_mtime_ns, found.st_size)
    return stamp
