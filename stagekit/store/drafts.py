"""Half-typed text, kept beside the answers while a person types, so that nothing is lost with the window.

Written by a thread of its own, at most once a second, and synced to the disk, so that a power cut costs no
more than `kill -9` does; who types never waits for that. Every session has files of its own: two windows
never write over each other.
"""

import contextlib
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from pathlib import Path

from stagekit.model.record import record_in_order
from stagekit.model.text import visible
from stagekit.store.atomic import make_folder, remove_quietly, replace, replace_durably, write_new

FOLDER = "drafts"
INTERVAL = 1.0
"""Seconds between two writes of one session; what was typed since the last is what `kill -9` can cost."""
_MAX_BYTES = 8_000_000
_TEMPORARY = ".tmp"
_LEFT_BEHIND = 60.0
"""Seconds after which a temporary file is nobody's any more."""
_NAME = re.compile(r"[A-Za-z0-9._-]{1,180}\.([0-9a-f]{8})\.json")
Place = tuple[str | int, ...]


@record_in_order
class Draft:
    """A text that was typed but not saved: at which question, when (local time), and by which session."""

    place: Place
    text: str = field(repr=False)
    written: datetime
    file: Path
    token: str


class Drafts:
    """The drafts of one portfolio, as one session writes and sees them.

    `place` names a question: assignment, question, index of an item and so on. `private` is the portfolio's
    `.stagekit`. A draft that cannot be written is never an error: `failed` tells.
    """

    def __init__(self, private: Path, token: str | None = None, interval: float = INTERVAL) -> None:
        self.folder = private / FOLDER
        self.token = token or os.urandom(4).hex()
        self.failed = False
        self._interval = interval
        self._waiting: dict[Place, str] = {}
        # Reentrant: a signal handler flushes in the thread that may hold it.
        self._lock = threading.RLock()
        # Guards only what waits: who types must not wait for the disk, which `_lock` is held for.
        self._noting = threading.RLock()
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, place: Place, text: str) -> None:
        """Keep `text`, soon; returns at once."""
        with self._noting:
            self._waiting[place] = text
            if self._thread is None and not self._ended.is_set():
                self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
                self._thread.start()
        self._wake.set()

    def flush(self) -> None:
        """Write now whatever waits."""
        with self._lock:
            with self._noting:
                waiting, self._waiting = self._waiting, {}
            for place, text in waiting.items():
                self._write(place, text)

    def close(self) -> None:
        """Write whatever waits and stop the thread."""
        self._ended.set()
        self._wake.set()
        self.flush()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=2)

    def keep(self, place: Place, text: str) -> bool:
        """Write `text` now; tell whether that could be done."""
        with self._lock:
            self._forget(place)
            self._write(place, text)
            return not self.failed

    def discard(self, place: Place) -> None:
        """Remove this session's draft at `place`."""
        with self._lock:
            self._forget(place)
            remove_quietly(self._file(place))

    def _forget(self, place: Place) -> None:
        with self._noting:
            self._waiting.pop(place, None)

    def adopt(self, place: Place, chosen: Draft | None, drafts: Sequence[Draft]) -> None:
        """Make `chosen` this session's own draft at `place` (None: none) and remove the other `drafts`."""
        with self._lock:
            if chosen is None:
                self.discard(place)
            elif chosen.token != self.token:
                try:
                    replace(chosen.file, self._file(place))
                except OSError:
                    return
            for draft in drafts:
                if draft.token != self.token and draft is not chosen:
                    remove_quietly(draft.file)

    def remove(self, drafts: Sequence[Draft]) -> None:
        """Remove drafts that are of no use any more, whoever left them."""
        with self._lock:
            for draft in drafts:
                remove_quietly(draft.file)

    def move(self, places: Callable[[Place], Place | None]) -> None:
        """Rename every draft to where `places` says its question stands now; None leaves it out of reach."""
        with self._lock:
            self.flush()
            moved = [(draft, places(draft.place)) for draft in self.found() if draft.token == self.token]
            moved = [(draft, place) for draft, place in moved if place != draft.place]
            for draft, _place in moved:
                remove_quietly(draft.file)
            for draft, place in moved:
                if place is not None:
                    self._write(place, draft.text)

    def found(self, busy: Sequence[str] = ()) -> list[Draft]:
        """List all drafts, newest first, but for those of the sessions in `busy` (tokens)."""
        self.flush()
        drafts = [draft for draft in self._read_all() if draft.token not in busy]
        return sorted(drafts, key=lambda draft: draft.written, reverse=True)

    def at(self, place: Place, busy: Sequence[str] = ()) -> list[Draft]:
        """List the drafts at one question, newest first."""
        prefix = _stem(place) + "."
        with self._noting:
            waiting = self._waiting.get(place)
        if waiting is not None:
            self.flush()
        try:
            names = [name for name in os.listdir(self.folder) if name.startswith(prefix)]  # noqa: PTH208
        except OSError:
            return []
        return [draft for draft in self.found(busy) if draft.place == place] if names else []

    def _work(self) -> None:
        while not self._ended.is_set():
            self._wake.wait()
            self._wake.clear()
            self.flush()
            self._ended.wait(self._interval)

    def _file(self, place: Place) -> Path:
        return self.folder / f"{_stem(place)}.{self.token}.json"

    def _write(self, place: Place, text: str) -> None:
        import json

        target = self._file(place)
        temporary = target.with_suffix(_TEMPORARY)
        content = {
            "place": list(place),
            "written": f"{datetime.now():%Y-%m-%dT%H:%M:%S}",
            "text": visible(text),
        }
        data = json.dumps(content).encode()
        try:
            try:
                self._replace(temporary, target, data)
            except FileNotFoundError:
                make_folder(self.folder)
                self._replace(temporary, target, data)
            self.failed = False
        except OSError:
            self.failed = True

    @staticmethod
    def _replace(temporary: Path, target: Path, data: bytes) -> None:
        remove_quietly(temporary)
        replace_durably(target, data, temporary)

    def _read_all(self) -> Iterator[Draft]:
        try:
            names = sorted(os.listdir(self.folder))  # noqa: PTH208 - names only
        except OSError:
            return
        for name in names:
            if name.endswith(_TEMPORARY):
                self._remove_left(self.folder / name)
            match = _NAME.fullmatch(name)
            if match is not None and (draft := _read(self.folder / name, match[1])) is not None:
                yield draft

    @staticmethod
    def _remove_left(temporary: Path) -> None:
        """Remove what a killed session left half written; a write takes seconds at most."""
        with contextlib.suppress(OSError):
            if time.time() - temporary.stat().st_mtime > _LEFT_BEHIND:
                temporary.unlink()


def _stem(place: Place) -> str:
    return ".".join(str(step) for step in place)


def _read(file: Path, token: str) -> Draft | None:
    """Read a draft; None for what is not one, which is left alone."""
    import json

    try:
        with file.open("rb") as stream:
            content = json.loads(stream.read(_MAX_BYTES))
        place = tuple(step if isinstance(step, int) else str(step) for step in content["place"])
        written = datetime.fromisoformat(str(content["written"])).replace(tzinfo=None)
        text = content["text"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Draft(place, text, written, file, token) if isinstance(text, str) else None


class Presence:
    """Notices other sessions on the same portfolio: each has a marker, locked while it lives."""

    def __init__(self, private: Path, token: str) -> None:
        self.folder = private / "sessions"
        self.token = token
        self._file = self.folder / f"{token}.json"
        self._stack = contextlib.ExitStack()

    def enter(self) -> None:
        """Leave a marker, where that can be done."""
        import json
        import socket

        from stagekit.errors import StageKitError
        from stagekit.store.lock import locked

        marker = {"pid": os.getpid(), "host": socket.gethostname(), "started": int(time.time())}
        with contextlib.suppress(OSError, StageKitError):
            make_folder(self.folder)
            write_new(self._file, json.dumps(marker).encode(), durable=False)
            self._stack.enter_context(locked(self._file, timeout=0))

    def leave(self) -> None:
        """Take the marker away."""
        self._stack.close()
        remove_quietly(self._file)

    def others(self) -> list[str]:
        """List the tokens of sessions that are open now; markers of dead ones are removed."""
        try:
            names = sorted(os.listdir(self.folder))  # noqa: PTH208 - names only
        except OSError:
            return []
        tokens = [name.removesuffix(".json") for name in names if re.fullmatch(r"[0-9a-f]{8}\.json", name)]
        return [token for token in tokens if token != self.token and self._is_open(token)]

    def _is_open(self, token: str) -> bool:
        from stagekit.errors import StageKitError
        from stagekit.store.lock import locked

        file = self.folder / f"{token}.json"
        if self._elsewhere(file):
            return True
        try:
            with locked(file, timeout=0):
                pass
        except StageKitError:
            return True
        remove_quietly(file)
        return False

    @staticmethod
    def _elsewhere(file: Path) -> bool:
        """Tell whether another computer left it in the last hours: its locks cannot be seen from here."""
        import json
        import socket

        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            with file.open("rb") as stream:
                marker = json.loads(stream.read(4096))
            recent = time.time() - float(marker["started"]) < 4 * 3600
            return bool(marker["host"] != socket.gethostname() and recent)
        return False
