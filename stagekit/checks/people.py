"""Who is named in a portfolio, and what each is called instead."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from stagekit.checks.completeness import given
from stagekit.checks.conditions import holds
from stagekit.checks.matching import Matcher
from stagekit.checks.names import Lexicon
from stagekit.checks.reviewers import personal_name
from stagekit.checks.spelling import fold
from stagekit.checks.wording import unnamed
from stagekit.errors import Problem
from stagekit.i18n import LANGUAGES, _, translate
from stagekit.model import course as c
from stagekit.model.decode import format_path
from stagekit.model.portfolio import Portfolio
from stagekit.model.text import Text
from stagekit.model.values import Value, Values

PersonPath = tuple[str | int, ...]
"""Assignment id, then the way to an item: `("parent-interview", "parents", 0)`."""
MAX_ALIAS = 80
_HIDDEN = "[…]"  # where even `[name]` would be somebody's name

Key = tuple[tuple[str, ...], ...]


@dataclass
class Person:
    """One person: names as typed, and where the answers are about them; `alias` is given last."""

    names: list[str] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)
    places: list[PersonPath] = field(default_factory=list)
    chosen: list[tuple[str, PersonPath]] = field(default_factory=list)
    """Aliases the student typed, and where."""
    mentor: bool = False
    default: Text | None = None
    alias: str = ""


def collect(course: c.Course, portfolio: Portfolio, lexicon: Lexicon) -> list[Person]:
    """List the people of a portfolio: the mentor, those of the conversations in order, further names."""
    register = _Register(lexicon)
    if portfolio.identity.mentor.name:
        register.mentor = register.named(portfolio.identity.mentor.name)
        register.mentor.mentor = True
    for assignment in course.assignments:
        register.walk(assignment.questions, portfolio.of(assignment.id), (assignment.id,))
    settings = portfolio.identity.settings
    for index, further in enumerate(settings.private_aliases):
        place = ("settings", "private_aliases", index, "alias")
        register.named(further.name).chosen.append((further.alias, place))
    for name in settings.private_names:
        register.named(name)
    for name in portfolio.reviewers:
        if personal := personal_name(name, portfolio.identity, lexicon):
            register.reviewer(personal)
    return register.people


class _Register:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.people: list[Person] = []
        self.mentor: Person | None = None

    def walk(self, questions: tuple[c.Question, ...], values: Values, path: PersonPath) -> None:
        for question in questions:
            value = values.get(question.id)
            if value is None:
                continue
            if isinstance(question, c.RepeatQuestion) and isinstance(value, tuple):
                for index, item in enumerate(value if question.names_people else ()):
                    if given(item):
                        self.item(question, item, (*path, question.id, index))
            elif question.private:
                for name in _texts(value):
                    self.named(name)
            elif isinstance(question, c.GroupQuestion):
                self.walk(question.questions, value, (*path, question.id))  # type: ignore[arg-type]

    def item(self, question: c.RepeatQuestion, item: Values, path: PersonPath) -> None:
        fields = question.person
        if fields is not None:
            name, alias = item.get(fields.name), item.get(fields.alias)
            is_mentor = fields.mentor is not None and holds(fields.mentor, item)
            person = self.person(name if isinstance(name, str) else "", is_mentor)
            person.places.append(path)
            person.default = person.default or fields.default
            if isinstance(alias, str) and given(alias):
                person.chosen.append((alias, (*path, fields.alias)))
        self.walk(question.questions, item, path)

    def person(self, name: str, is_mentor: bool) -> Person:
        """Give the person of a conversation; the same name is the same person, and there is one mentor."""
        key = self.key(name)
        if key and (known := self.known(key)) is not None:
            person = known
        elif is_mentor and self.mentor is not None and _same(key, self.mentor.keys):
            person = self.mentor
            self.note(person, name, key)
        else:
            person = Person()
            self.people.append(person)
            self.note(person, name, key)
        if is_mentor:
            person.mentor = True
            self.mentor = self.mentor or person
        return person

    def named(self, name: str) -> Person:
        return self.person(name, is_mentor=False)

    def reviewer(self, name: str) -> Person:
        """Give the person who gave feedback: somebody known, else the mentor where none has another name."""
        key = self.key(name)
        person = self.known(key) if key else None
        if person is None or (self.mentor is None and person.default is None and not person.chosen):
            person = self.person(name, is_mentor=self.mentor is None or _same(key, self.mentor.keys))
        if key and name not in person.names:  # in another spelling than the one that is known
            person.names.append(name)
        person.default = person.default or reviewer_alias()
        return person

    def key(self, name: str) -> Key:
        return tuple(tuple(token.word for token in form) for form in self.lexicon.read(name))

    def known(self, key: Key) -> Person | None:
        return next((person for person in self.people if key in person.keys), None)

    @staticmethod
    def note(person: Person, name: str, key: Key) -> None:
        if key:
            person.keys.add(key)
            person.names.append(name)


def reviewer_alias() -> Text:
    """Give what a reviewer is called who is not the mentor; the letter counts those."""
    return Text({language: translate(language, "Reviewer {letter}") for language in LANGUAGES})


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


def _same(key: Key, keys: set[Key]) -> bool:
    """Tell whether a mentor's name is the other one's, shorter or longer: Karin, K. de Wit, Karin de Wit."""
    if not key or not keys:
        return True
    words = {word for form in key for word in form}
    return any(_within(words, other) or _within(other, words) for other in
               ({word for form in known for word in form} for known in keys))  # fmt: skip


def _within(words: set[str], others: set[str]) -> bool:
    return all(any(o == word or (len(word) == 1 and o.startswith(word)) for o in others) for word in words)


def name_aliases(people: list[Person], matcher: Matcher, language: str) -> list[Problem]:
    """Give everybody an alias: the one chosen, else a default that nobody has.

    One that holds a private name is never used: each is a Problem with its path and what is used instead.
    """
    refused = [(person, place) for person in people for place in _choose(person, matcher)]
    taken = {fold(person.alias).text for person in people if person.alias}
    count: Counter[str] = Counter()
    for person in people:
        if not person.alias:
            person.alias = _default(person, taken, count, matcher, language)
            taken.add(fold(person.alias).text)
    problems = []
    for person, place in refused:
        message = _("This alias is too long or holds a private name; “{alias}” is used. Choose another.",
                    alias=person.alias)  # fmt: skip
        problems.append(Problem(message, format_path(place)))
    return problems


def _choose(person: Person, matcher: Matcher) -> list[PersonPath]:
    """Take the first alias that may be used; give the places of those that may not."""
    refused = []
    for typed, place in person.chosen:
        alias = " ".join(typed[: 2 * MAX_ALIAS].split())
        if len(typed.strip()) > MAX_ALIAS or any(matcher.scan(alias)):
            refused.append(place)
        elif not person.alias:
            person.alias = alias
    return refused


def _default(person: Person, taken: set[str], count: Counter[str], matcher: Matcher, language: str) -> str:
    for alias in _defaults(person, count, language):
        if any(matcher.scan(alias)):
            break
        if fold(alias).text not in taken:
            return alias
    neutral = unnamed(language)
    return _HIDDEN if any(matcher.scan(neutral)) else neutral


def _defaults(person: Person, count: Counter[str], language: str) -> Iterator[str]:
    """Give aliases in the order they are tried; without end, all different, unless the person has no part."""
    if person.mentor:
        yield translate(language, "my mentor")
        template = translate(language, "my mentor") + " {letter}"
        count[template] = max(count[template], 1)
    elif person.default is not None:
        template = person.default[language]
        if "{letter}" not in template and "{number}" not in template:
            template += " {number}"
    else:
        return
    while True:
        count[template] += 1
        number = count[template]
        yield template.replace("{letter}", _letter(number)).replace("{number}", str(number))


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
