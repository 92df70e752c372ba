"""Aliases: what stands for a private name wherever that stands in an answer.

Private names are the private answers, the mentor's name and the names a student adds. The student's and
the school's own names stay as typed, also where a part of them is somebody's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from stagekit.checks.matching import Doubt, Hit, Matcher
from stagekit.checks.names import Lexicon, Tree, words_of
from stagekit.checks.people import PersonPath, collect, name_aliases
from stagekit.checks.wording import capital, fitted, unnamed
from stagekit.errors import Problem
from stagekit.model import course as c
from stagekit.model.portfolio import Portfolio

_PASSES = 5


class Ambiguous(NamedTuple):
    """Words at `start` up to `end` that are a name or a common word, and the alias if they are a name."""

    start: int
    end: int
    alias: str
    doubt: Doubt


@dataclass(frozen=True)
class Aliases:
    """Every private name of a portfolio and its alias, in one language."""

    people: Mapping[str, str]
    """Name as typed to alias."""
    problems: tuple[Problem, ...]
    """Aliases that were not used because they would give a name away."""
    language: str
    _items: Mapping[PersonPath, str]
    _aliases: tuple[str, ...]
    _matcher: Matcher
    _hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    """Text to the names found in it: the check and a document look through the same texts."""

    @classmethod
    def of(cls, course: c.Course, portfolio: Portfolio, language: str) -> "Aliases":
        """Make the aliases of a portfolio; default ones are in `language`."""
        lexicon, tree = Lexicon(course.names), Tree()
        people = collect(course, portfolio, lexicon)
        for number, person in enumerate(people):
            for form in (form for name in person.names for form in lexicon.read(name)):
                tree.add_person(number, form)
        phrases: dict[int, str | None] = {}
        matcher = Matcher(tree, lexicon, phrases)
        problems = name_aliases(people, matcher, language)
        identity = portfolio.identity
        own = [name for name in (identity.student.name, identity.school.name, identity.school.place) if name]
        for phrase in (*own, *(person.alias for person in people)):
            number = -1 - len(phrases)
            phrases[number] = " ".join(phrase.split()) if phrase in own else None
            tree.add_phrase(number, words_of(phrase)[1])
        return cls(
            people={name: person.alias for person in people for name in person.names if lexicon.read(name)},
            problems=tuple(problems),
            language=language,
            _items={place: person.alias for person in people for place in person.places},
            _aliases=tuple(person.alias for person in people),
            _matcher=matcher,
        )

    def of_item(self, assignment_id: str, *path: str | int) -> str:
        """Give what the person of an item is called, `("parents", 0)`; empty where items are no persons."""
        return capital(self._items.get((assignment_id, *path), ""))

    def apply(self, text: str) -> str:
        """Put aliases in the place of private names; a second time changes nothing."""
        for _pass in range(_PASSES):
            text, doubtful = self._once(text)
            if not doubtful:  # what stood in doubt beside a name may be clear beside its alias
                break
        return text

    def ambiguous(self, text: str) -> list[Ambiguous]:
        """List the words of a text as typed that may be a name or a common word; `apply` leaves them."""
        return [
            Ambiguous(hit.start, hit.end, self._alias(hit), hit.doubt)
            for hit in self._scan(text)
            if hit.doubt is not None
        ]

    def certain(self, text: str) -> list[tuple[int, int]]:
        """List where `apply` puts an alias: from where up to where of the text as typed."""
        return [(hit.start, hit.end) for hit in self._scan(text) if hit.doubt is None]

    def _scan(self, text: str) -> tuple[Hit, ...]:
        hits = self._hits.get(text)
        if hits is None:
            hits = self._hits[text] = tuple(self._matcher.scan(text))
        return hits

    def _once(self, text: str) -> tuple[str, bool]:
        """Replace in one pass; tell whether what stood in doubt may be clear after it."""
        pieces: list[str] = []
        done, doubtful = 0, False
        for hit in self._scan(text):
            if hit.doubt is not None:
                doubtful = doubtful or hit.doubt is not Doubt.SMALL
                continue
            alias, lexicon = self._alias(hit), self._matcher.lexicon
            start, end, words = fitted(text, hit, alias, self.language, lexicon, done)
            pieces += (text[done:start], words)
            done = end
        if not done:
            return text, False
        return "".join((*pieces, text[done:])), doubtful

    def _alias(self, hit: Hit) -> str:
        """Give the alias; words that are several people's stand for none of them."""
        aliases = {self._aliases[person] for person in hit.people}
        return aliases.pop() if len(aliases) == 1 else unnamed(self.language)
