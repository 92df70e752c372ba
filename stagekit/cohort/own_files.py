"""Files that StageKit makes in OUT itself, beside the students' folders, and knows again the next time."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stagekit.cohort.outfolder import OutFolder, digest, safe_name
from stagekit.errors import UserError

_MAX_BYTES = 1_000_000


class OwnFiles:
    """The files of one kind, in OUT or in one folder below it, and what they were made from.

    A file that somebody else made or changed is left as it is: the reason goes to `problems`.
    """

    def __init__(self, out: OutFolder, kind: str, below: str = "", *, force: bool = False) -> None:
        self.out = out
        self.folder = out.path / below if below else out.path
        self.force = force
        self.problems: list[UserError] = []
        self.made: list[str] = []
        self._wanted: set[str] = set()
        self._below = below
        self._state = out.state / f"{kind}.json"
        self._content, self._known = self._load()

    def unchanged(self, content: str) -> tuple[Path, ...]:
        """Give the files where all were made from `content` and still stand; else nothing."""
        whole = content == self._content and not self.force
        if whole and all(self.out.has(self.folder / name) for name in self._known):
            return tuple(self.folder / name for name in self._known)
        return ()

    def write(self, name: str, data: bytes) -> None:
        """Write one file. It is noted first: after a kill it is known to be ours."""
        self._wanted.add(name)
        target = self.folder / name
        try:
            if self._below:
                self.out.make_folder(self._below)
            self.out.check_free(target, self._known.get(name), data, force=self.force)
            self._save("", {**self._known, name: ""})
            self.out.write(target, data)
        except UserError as error:
            self.problems.append(error)
        else:
            self._known[name] = digest(data)
            self.made.append(name)

    def finish(self, content: str) -> tuple[Path, ...]:
        """Remove what was made formerly and not now, unless somebody changed it; gives the files made."""
        for name in set(self._known) - self._wanted:
            if self.out.remove_own(self.folder / name, self._known[name]):
                del self._known[name]
        self._save("" if self.problems else content, self._known)
        return tuple(self.folder / name for name in self.made)

    def _load(self) -> tuple[str, dict[str, str]]:
        try:
            with self._state.open("rb") as stream:
                data: Any = json.loads(stream.read(_MAX_BYTES))
            files = {name: known for name, known in data["files"].items() if safe_name(name)}
            if all(isinstance(known, str) for known in files.values()):
                return str(data["content"]), files
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            pass  # not there or damaged: what it told of is then not known to be ours
        return "", {}

    def _save(self, content: str, files: dict[str, str]) -> None:
        data = {"stagekit_files": 1, "content": content, "files": files}
        self.out.write(self._state, json.dumps(data, separators=(",", ":")).encode())


def fingerprint(parts: Iterable[object]) -> str:
    """Give the fingerprint of things whose `repr` says all of them; the same in every process."""
    import hashlib

    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(part if isinstance(part, bytes) else repr(part).encode(errors="backslashreplace"))
        found.update(b"\0")
    return found.hexdigest()
