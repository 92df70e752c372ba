"""The list of the class beside who handed in: rows for who is missing, and sentences about who is unclear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stagekit.cohort.keyfile import KeyFile
from stagekit.cohort.model import Row
from stagekit.cohort.roster import RosterEntry, RosterMatch, match_roster
from stagekit.cohort.safe_names import shown
from stagekit.i18n import _, ngettext

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Somebody:
    """A student as the list of the class may know them."""

    name: str
    number: str
    key: str
    listed: str = ""
    """The name in the learning environment."""


def beside_roster(
    roster: Sequence[RosterEntry], rows: Sequence[Row], people: Sequence[Somebody], keys: KeyFile | None
) -> tuple[list[Row], list[str]]:
    """Give the rows with numbers from the list and with those who are missing, and what is to be looked at.

    `people` are the same as `rows`, with their own names where the rows have codes from `keys`.
    """
    found = match_roster(roster, people)
    known = list(rows)
    if keys is None:
        for index, entry in found.found.items():
            row = known[index]
            # Without a portfolio a name is as the learning environment writes it: `deboersiham`.
            name = row.name if row.portfolio or row.folder else entry.name or row.name
            known[index] = replace(row, name=name, number=row.number or entry.number)
    missing = [_missing(entry, keys) for entry in found.missing]
    return [*known, *missing], _notices(rows, found)


def _missing(entry: RosterEntry, keys: KeyFile | None) -> Row:
    name, number = entry.name or entry.number or entry.email, entry.number
    if keys is not None:
        identity = "\0".join(("roster", entry.name, entry.number, entry.email))
        name, number = keys.student(identity, None, entry.name, entry.number).code, ""
    return Row(name=name, number=number, key="", school="", folder="", status="missing", reason="",
               submitted="", late=False, attempts=0, portfolio="", language="")  # fmt: skip


def _notices(rows: Sequence[Row], found: RosterMatch) -> list[str]:
    notices = []
    if found.unknown:
        names = _listed([rows[index].name for index in found.unknown])
        notices.append(
            ngettext(
                "{count} student handed in and is not in the roster: {names}",
                "{count} students handed in and are not in the roster: {names}",
                len(found.unknown),
                names=names,
            )
        )
    for unclear in found.unclear[:_MOST_NAMED]:
        names = _listed([rows[index].name for index in unclear.people])
        notices.append(
            _("More than one line of the roster may be {names}; look yourself who is who.", names=names)
        )
    return notices


def _listed(names: Sequence[str]) -> str:
    named = ", ".join(shown(name, 40) for name in names[:_MOST_NAMED])
    return named + (", …" if len(names) > _MOST_NAMED else "")
