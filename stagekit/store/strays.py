"""Files in a portfolio that nobody reads: copies that synchronising programs make."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from stagekit.errors import Problem
from stagekit.i18n import N_, _

_YAML = re.compile(r"\.ya?ml\b", re.IGNORECASE)
_MAX_FOUND = 20
# What stands behind the name of the file it is a copy of, before `.yaml`.
_SIGNS = (
    (re.compile(r"\.sync-conflict-\d{8}-\d{6}"), "Syncthing"),
    (re.compile(r"\(.*conflict.*\)", re.IGNORECASE), "Dropbox"),
    (re.compile(r"_conf\(\d+\)|conflicted copy", re.IGNORECASE), "Nextcloud"),
    (re.compile(r" ?\(\d+\)"), "Google Drive"),
    (re.compile(r" \d+"), "iCloud"),
    (re.compile(r"-.*[A-Za-z].*"), "OneDrive"),
)
_COPY = N_("This looks like a copy that {service} made when the file changed in two places; "
           "StageKit reads only “{file}”. Compare the two, take over what is missing, "
           "then remove the copy.")  # fmt: skip
_UNKNOWN = N_("StageKit does not read this file. Is it a copy, or does it belong somewhere else?")
_ELSEWHERE = N_("This file is not on this computer yet; open it once so that iCloud fetches it.")


def find_strays(folder: Path, expected: Iterable[str]) -> Iterator[Problem]:
    """Give a notice for each YAML file in `folder` that is not one of the names `expected`."""
    known = list(expected)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError:
        return
    found = [name for name in names if name not in known and _is_of_interest(name)]
    for name in found[:_MAX_FOUND]:
        yield Problem(_explained(name, known), file=folder / name)


def _is_of_interest(name: str) -> bool:
    if name.startswith("."):
        return name.endswith(".yaml.icloud")
    return _YAML.search(name) is not None


def _explained(name: str, known: list[str]) -> str:
    if name.endswith(".icloud"):
        return _(_ELSEWHERE)
    stem = re.sub(r"\.ya?ml.*$", "", name, flags=re.IGNORECASE)
    for original in known:
        rest = stem.removeprefix(original.removesuffix(".yaml"))
        if rest == stem:
            continue
        for sign, service in _SIGNS:
            if sign.search(rest):
                return _(_COPY, service=service, file=original)
        return _(_COPY, service=_("another program"), file=original)
    return _(_UNKNOWN)
