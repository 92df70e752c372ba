"""From what was found to Submission: its kind, its fingerprint, and who handed in twice."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from stagekit.cohort.kinds import Sorted, sort_out
from stagekit.cohort.model import Layout, Limits, Origin, Row, Submission
from stagekit.cohort.people import spellings
from stagekit.cohort.plain import Unit
from stagekit.cohort.safe_names import shown
from stagekit.cohort.tree import Folder
from stagekit.i18n import _

_MOST_NAMES = 50
_OWN_ZIP = re.compile(r"portfolio-(?P<name>.+)-[a-z0-9]{6}( ?\(\d+\))?")
"""What `stagekit submit` calls its zip."""


def submission(
    origin: Origin, folder: Folder, limits: Limits, earlier: tuple[Origin, ...] = ()
) -> Submission:
    """Describe one student's latest attempt."""
    found = sort_out(folder, limits)
    return Submission(origin, found.kind, found.places, fingerprint(folder, found), found.reason, earlier,
                      found.packed)  # fmt: skip


def refusal(origin: Origin, why: Sorted) -> Submission:
    """Describe what cannot be looked into at all."""
    return Submission(origin, why.kind, {}, fingerprint(Folder(), why), why.reason)


def fingerprint(folder: Folder, found: Sorted) -> str:
    """Give what changes when a byte that counts may have changed, as 32 hex digits."""
    digest = hashlib.blake2b(digest_size=16)
    files = found.files.items() if found.files else folder.walk()
    parts = [found.kind, found.reason, *(f"{name}\0{file.stamp}" for name, file in sorted(files, key=_name))]
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0\0")
    return digest.hexdigest()


def _name(pair: tuple[str, object]) -> str:
    return pair[0]


def plain_submission(unit: Unit, container: Path, prefix: str, limits: Limits) -> Submission:
    """Describe a submission that no learning environment named."""
    names = tuple(name for name, _file in unit.folder.walk())[:_MOST_NAMES]
    origin = Origin(container, Layout.PLAIN, prefix + unit.entry, unit.flat, "", person_name(unit.name), "",
                    names=names)  # fmt: skip
    return submission(origin, unit.folder, limits)


def person_name(stem: str) -> str:
    """Give the name to show for a folder or file: `portfolio-jan-de-vries-abc123` is “jan de vries”."""
    own = _OWN_ZIP.fullmatch(unicodedata.normalize("NFC", stem))
    return shown(own["name"].replace("-", " ") if own else stem)


def twins(rows: Iterable[Row]) -> Iterator[str]:
    """Name the students who handed in one and the same portfolio; all their rows are kept."""
    seen: dict[str, list[str]] = {}
    for row in rows:
        if row.portfolio:
            seen.setdefault(row.portfolio, []).append(row.name)
    for names in seen.values():
        if len(names) > 1:
            listed = ", ".join(shown(name, 40) for name in names[:5])
            yield _("The same portfolio was handed in {count} times: {names}", count=len(names), names=listed)


def doubles(submissions: Iterable[Submission]) -> Iterator[str]:
    """Name the students who seem to have handed in by more than one way; all their submissions are kept.

    Two of one name within a download are two people: the learning environment has put attempts together.
    """
    seen: dict[str, list[Origin]] = {}
    for each in submissions:
        name = spellings(each.origin.name)
        if name:
            seen.setdefault(min(name), []).append(each.origin)
    for origins in seen.values():
        if len({origin.container for origin in origins}) > 1:
            places = ", ".join(shown(origin.entry or origin.container.name) for origin in origins[:4])
            yield _("“{name}” seems to have handed in {count} times; all are kept: {places}",
                    name=shown(origins[0].name), count=len(origins), places=places)  # fmt: skip
