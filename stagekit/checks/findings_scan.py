"""One text under the loupe: its words, where they stand, and what the course knows of such words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from stagekit.checks.names import Lexicon
from stagekit.checks.spelling import Folded, apart, fold, place_of
from stagekit.model.catalogue import Names
from stagekit.model.privacy import Privacy

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_STEM = 4
_MOST_DULL = 20_000
_DIGIT = re.compile(r"\d")
_UNITS = frozenset({"km", "kg", "mb", "gb", "kb", "cm", "mm", "ml", "cc", "db"})


class Kind(StrEnum):
    """What a finding is about."""

    BSN = "bsn"
    PHONE = "phone"
    IBAN = "iban"
    EMAIL = "email"
    SCHOOL_CONTACT = "school_contact"
    POSTCODE = "postcode"
    ADDRESS = "address"
    TITLED_NAME = "titled_name"
    RELATION_NAME = "relation_name"
    SURNAME = "surname"
    DATE = "date"
    QUOTATION = "quotation"
    SENSITIVE = "sensitive"
    GROUP = "group"
    PRIVATE_NAME = "private_name"


class Spot(NamedTuple):
    """Words found, from `start` up to `end` of the text as typed; for a name, where the name itself is."""

    kind: Kind
    start: int
    end: int
    name_start: int
    name_end: int
    subject: int = -1
    """Which of the course's subjects a sensitive word belongs to."""


class PrivacyLexicon:
    """The words of a course that tell of people, folded."""

    def __init__(self, names: Names, words: Privacy) -> None:
        people, streets, dates, groups = words.people, words.streets, words.dates, words.groups
        known = Lexicon(names)
        self.words = words
        self.identity_words = _folded(words.identity_words)
        self.not_phones = _folded(words.not_phones)
        self.year_words = _folded(words.year_words)
        self.acronyms = _folded(words.acronyms)
        self.units = _UNITS
        self.titles = known.titles | _folded(people.titles)
        self.roles = known.roles | self.titles
        self.relations = _folded(people.relations)
        self.relations_of = _folded(people.relations_of) | self.relations
        self.links = _folded(people.links)
        self.owners = _folded(people.owners)
        self.articles = _folded(people.articles)
        self.particles = known.particles
        self.weak_particles = _folded(people.weak_particles)
        self.strong_particles = _folded(people.strong_particles)
        self.short_particles = _folded(people.short_particles)
        self.any_particles = self.particles | self.short_particles
        self.beside_names = self.titles | self.relations_of
        self.ambiguous = known.ambiguous
        self.first_names = _folded(people.first_names) - self.roles
        self.sure_names = self.first_names - known.ambiguous
        self.not_names = _folded(people.not_names) | self.roles | self.relations_of
        self.phrases = [fold(name).text for name in people.known]
        self.streets = tuple(_folded(streets.endings))
        self.weak_streets = tuple(_folded(streets.weak_endings))
        self.not_streets = _folded(streets.exceptions)
        self.street_words = _folded(streets.endings) | _folded(streets.weak_endings)
        self.street_before = _folded(streets.at)
        self.months = {
            word: number for number, names_ in enumerate(dates.months, 1) for word in _folded(names_)
        }
        self.weekdays = _folded(dates.weekdays)
        self.english_months = _folded(dates.english_months)
        self.ordinals = _folded(dates.ordinals)
        self.date_links = _folded(dates.links)
        self.date_before = _folded(dates.on)
        self.date_not_after = _folded(dates.not_after)
        self.public_days = frozenset(dates.public_days)
        self.group_words = _folded(groups.words)
        self.group_persons = _folded(groups.persons)
        self.group_inside = _folded(groups.inside)
        self.group_ranges = frozenset(groups.ranges)
        self._subjects(words)
        self.phrase_words = frozenset(apart(phrase)[1] for phrase, _, _ in self.sensitive_phrases)
        self.dull_words: set[str] = set()
        """Words that `dull` was asked of before."""

    def dull(self, word: str) -> bool:
        """Tell whether a word says nothing of a day, a group, an address or a subject; most words do not."""
        if word in self.dull_words:
            return True
        telling = (
            word in self.months
            or word in self.group_words
            or word in self.group_inside
            or word.endswith(self.streets)
            or word.endswith(self.weak_streets)
            or self.subject_of(word) >= 0
        )
        if telling:
            return False
        if len(self.dull_words) >= _MOST_DULL:
            self.dull_words.clear()
        self.dull_words.add(word)
        return True

    def _subjects(self, words: Privacy) -> None:
        """Sort the sensitive words: whole ones, and beginnings by their first letters."""
        self.sensitive: dict[str, int] = {}
        self.loud: set[str] = set()
        self.sensitive_stems: dict[str, list[tuple[str, int]]] = {}
        self.sensitive_phrases: list[tuple[str, str, int]] = []
        for number, subject in enumerate(words.subjects):
            for word in subject.words:
                plain = fold(word.rstrip("*")).text
                if word.isupper():
                    self.loud.add(plain)
                if " " in word or "-" in word:
                    self.sensitive_phrases.append((plain, word, number))
                elif not word.endswith("*"):
                    self.sensitive[plain] = number
                else:
                    self.sensitive_stems.setdefault(plain[:_STEM], []).append((plain, number))

    def subject_of(self, word: str) -> int:
        """Give the number of the subject a word belongs to, -1 for none."""
        number = self.sensitive.get(word, -1)
        if number < 0 and (stems := self.sensitive_stems.get(word[:_STEM])):
            return next((number for stem, number in stems if word.startswith(stem)), -1)
        return number


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold("\n".join(words)).text.replace("'", "").split("\n")) - {""}


class Scan:
    """A text as typed, its folded form, and its words by place in the folded form.

    `starts`, `ends` and `capitals` say of each word where it begins and ends in the folded text, and whether
    it has a capital; `digits` whether there is a digit at all.
    """

    def __init__(self, text: str, lexicon: PrivacyLexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.folded: Folded = fold(text)
        pieces = apart(self.folded.text)
        places = list(accumulate(map(len, pieces)))
        self.words, self._gaps = pieces[1::2], pieces[::2]
        self.starts, self.ends = places[:-1:2], places[1::2]
        typed: Iterable[int] = self.starts
        if self.folded.marks:  # where nothing drifts, what is folded stands where it was typed
            typed = map(self.folded.raw, typed)
        self.capitals = list(map(str.isupper, map(text.__getitem__, typed)))
        self.digits = _DIGIT.search(self.folded.text) is not None

    @cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        return [match.span() for match in _ADDRESS.finditer(self.folded.text)]

    def typed(self, start: int, end: int) -> str:
        """Give the text as typed between two places of the folded one."""
        return self.text[self.folded.raw(start) : self.folded.raw(end)]

    def word_typed(self, index: int) -> str:
        """Give a word as typed."""
        return self.typed(self.starts[index], self.ends[index])

    def capital(self, index: int) -> bool:
        """Tell whether a word begins with a capital."""
        return self.capitals[index]

    def begins_sentence(self, index: int) -> bool:
        """Tell whether a word may have its capital only for where it stands."""
        place = place_of(self.text, self.folded.raw(self.starts[index]))
        return place.first or place.quoted

    def gap(self, index: int) -> str:
        """Give what stands between a word and the next; a line end for the last one."""
        return self._gaps[index + 1] if 0 <= index < len(self.words) - 1 else "\n"

    def in_address(self, place: int) -> bool:
        """Tell whether a place lies in an address on the web."""
        at = bisect_right(self._addresses, (place, len(self.folded.text))) - 1
        return at >= 0 and place < self._addresses[at][1]

    def said_before(self, place: int, words: frozenset[str], far: int = 2) -> bool:
        """Tell whether one of `words` is among the `far` words before a place."""
        at = bisect_left(self.starts, place)
        if far > 2 and any(word in words for word in self.words[max(0, at - far) : at]):
            return True
        if any(word in words for word in self.words[max(0, at - 2) : at]):
            return True
        before = self.folded.text[max(0, place - 24) : place]
        return any("-" in word and word in before for word in words)

    def capital_follows(self, place: int) -> bool:
        """Tell whether the next word begins with a capital, a blank or a comma apart."""
        at = bisect_left(self.starts, place)
        return at < len(self.starts) and self.starts[at] - place <= 2 and self.capital(at)

    def spot(self, kind: Kind, start: int, end: int, name: tuple[int, int] | None = None) -> Spot:
        """Make a spot of places in the folded text."""
        raw, typed_end = self.folded.raw(start), self.folded.raw(end)
        named = (raw, typed_end) if name is None else (self.folded.raw(name[0]), self.folded.raw(name[1]))
        return Spot(kind, raw, typed_end, *named)
