"""Who should have handed in: a learning environment's list of the class, beside who did."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from stagekit.cohort.people import canvas_spellings, same_words, spellings
from stagekit.cohort.roster_file import read_rows
from stagekit.cohort.safe_names import shown
from stagekit.errors import UserError
from stagekit.i18n import _

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "first": ("first name", "firstname", "given name", "voornaam", "voornamen", "roepnaam"),
    "infix": ("tussenvoegsel", "tussenvoegsels", "tussenv", "voorvoegsel", "voorvoegsels", "infix", "prefix"),
    "last": ("last name", "lastname", "surname", "family name", "achternaam", "familienaam", "geslachtsnaam"),
    "name": (
        "name", "naam", "student", "student name", "studentnaam", "naam student", "full name", "fullname",
        "volledige naam", "naam volledig", "deelnemer", "learner", "display name", "weergavenaam", "leerling",
    ),
    "number": (
        "studentnummer", "student number", "studentnumber", "student id", "studentid", "student nr",
        "studentnr", "orgdefinedid", "org defined id", "sis user id", "id number", "idnumber", "id-nummer",
        "stamnummer", "nummer", "number",
    ),
    "key": (
        "id", "user id", "userid", "username", "user name", "gebruikersnaam", "login", "login id",
        "sis login id", "identifier", "identificatie", "participant", "key",
    ),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address", "e-mailadres", "emailadres",
              "mailadres"),
}  # fmt: skip
_BY_HEADING = {heading: kind for kind, headings in _HEADINGS.items() for heading in headings}
_HEADING_ROWS = 15
_NO_STUDENT = re.compile(r"\s*(points possible|maximumscore|totaal|total|student, test)\s*", re.IGNORECASE)
"""Rows in exports of a gradebook that are no person."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One student of the class. `keys` are all numbers and user names the list has, `number` the best."""

    name: str
    number: str
    keys: tuple[str, ...] = ()
    email: str = ""


class Person(Protocol):
    """Somebody who handed in, as the portfolio says (`name`, `number`) and the learning environment does."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def listed(self) -> str: ...  # noqa: D102 - the name in the learning environment, empty where it has none


@dataclass(frozen=True, slots=True)
class Unclear:
    """People and entries that may be each other's: nobody is guessed to be anybody."""

    people: tuple[int, ...]
    entries: tuple[RosterEntry, ...]


@dataclass(frozen=True, slots=True)
class RosterMatch:
    """Who is missing, who is not on the list (numbers of the people given), and who could not be told."""

    found: Mapping[int, RosterEntry] = field(default_factory=dict)
    missing: tuple[RosterEntry, ...] = ()
    unknown: tuple[int, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """Read a list of the class. Raises UserError where it is no table, or has no column with names."""
    rows = read_rows(path)
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        columns = _columns(row)
        if _names_people(columns):
            return tuple(_entries(rows[at + 1 :], columns))
    message = _("The roster {file} has no column with names that is known here.", file=shown(path.name))
    known = "Naam, Voornaam + Achternaam, Studentnummer, OrgDefinedId, SIS User ID, Username"
    raise UserError(message, _("Give it a row of headings such as: {headings}.", headings=known))


def _columns(row: Sequence[str]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for at, heading in enumerate(row):
        words = " ".join(re.sub(r"[_.:*]", " ", heading.casefold()).split())
        kind = _BY_HEADING.get(words) or _BY_HEADING.get(words.replace("-", ""))
        if kind is not None:
            columns.setdefault(kind, []).append(at)
    return columns


def _names_people(columns: Mapping[str, list[int]]) -> bool:
    return "name" in columns or "last" in columns or ("number" in columns and len(columns) > 1)


def _entries(rows: Sequence[Sequence[str]], columns: Mapping[str, list[int]]) -> Iterator[RosterEntry]:
    seen: set[RosterEntry] = set()
    for row in rows:
        entry = _entry(row, columns)
        empty = not (entry.name or entry.keys)
        if not empty and not _NO_STUDENT.fullmatch(entry.name) and entry not in seen:
            seen.add(entry)
            yield entry


def _entry(row: Sequence[str], columns: Mapping[str, list[int]]) -> RosterEntry:
    def all_of(kind: str) -> list[str]:
        return [row[at] for at in columns.get(kind, ()) if at < len(row) and row[at]]

    def one(kind: str) -> str:
        return next(iter(all_of(kind)), "")

    parts = [one("first"), one("infix"), one("last")] if "last" in columns else []
    name = " ".join(part for part in parts if part) or one("name")
    email = one("email")
    keys = [*all_of("number"), *all_of("key")]
    keys = list(dict.fromkeys(key.removeprefix("#") for key in keys))  # Brightspace writes #s123
    return RosterEntry(name, one("number").removeprefix("#"), tuple(keys), email)


def _folded_key(key: str) -> str:
    """Fold a number or user name: `Participant 123` is 123."""
    text = re.sub(r"[^\W\d_]+ (\d+)", r"\1", key.strip().casefold())
    return re.sub(r"[\s.-]", "", text)


def _keys_of(entry: RosterEntry) -> set[str]:
    keys = {_folded_key(key) for key in (*entry.keys, entry.number)}
    if entry.email:
        keys |= {entry.email.casefold(), _folded_key(entry.email.partition("@")[0])}
    keys |= {_without_letter(key) for key in keys}
    return keys - {""}


def _without_letter(key: str) -> str:
    """Give `1234567` for `s1234567`: the same student at any college."""
    return key[1:] if re.fullmatch(r"s\d{5,}", key) else key


def match_roster(entries: Sequence[RosterEntry], people: Sequence[Person]) -> RosterMatch:
    """Find each person's entry: by number or user name, then by name whatever its case, accents and order.

    Where more than one fits, nobody is chosen.
    """
    matching = _Matching(entries)
    found: dict[int, RosterEntry] = {}
    unclear: dict[tuple[int, ...], list[int]] = {}
    unknown: list[int] = []
    for number, person in enumerate(people):
        fitting = matching.of(person)
        if len(fitting) == 1:
            found[number] = entries[fitting[0]]
        elif fitting:
            unclear.setdefault(tuple(fitting), []).append(number)
        else:
            unknown.append(number)
    settled = {id(entry) for entry in found.values()}
    settled |= {id(entries[at]) for fitting in unclear for at in fitting}
    missing = tuple(entry for entry in entries if id(entry) not in settled)
    several = tuple(
        Unclear(tuple(numbers), tuple(entries[at] for at in fitting)) for fitting, numbers in unclear.items()
    )
    return RosterMatch(found, missing, tuple(unknown), several)


class _Matching:
    def __init__(self, entries: Sequence[RosterEntry]) -> None:
        self.entries = entries
        self.by_key: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}
        for at, entry in enumerate(entries):
            for key in _keys_of(entry):
                self.by_key.setdefault(key, []).append(at)
            for name in spellings(entry.name) | canvas_spellings(entry.name):
                self.by_name.setdefault(name, []).append(at)

    def of(self, person: Person) -> list[int]:
        """Give the entries that fit: by number, by name where there is none, both where they disagree."""
        named = self._named(person)
        for key in (person.number, person.key):
            folded = _folded_key(key)
            fitting = self.by_key.get(folded) or self.by_key.get(_without_letter(folded)) or []
            both = [at for at in fitting if at in named]
            if fitting:
                return both if len(both) == 1 else sorted({*fitting, *named})
        return named

    def _named(self, person: Person) -> list[int]:
        return sorted({at for name in (person.name, person.listed) for at in self._of_name(name)})

    def _of_name(self, name: str) -> list[int]:
        fitting = sorted({at for way in spellings(name) for at in self.by_name.get(way, [])})
        exact = [at for at in fitting if same_words(self.entries[at].name, name)]
        return exact or fitting
