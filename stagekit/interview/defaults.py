"""What stands in a field before anything is answered, and how that follows an earlier answer."""

from collections.abc import Mapping
from datetime import datetime
from string import ascii_uppercase

from stagekit.checks.conditions import holds
from stagekit.i18n import N_, translate
from stagekit.interview.places import Place, value_at
from stagekit.model import course as c
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import Value, Values

MENTOR_ALIAS = N_("my mentor")


def default_value(
    place: Place, question: c.Question, course: c.Course, portfolio: Portfolio, now: datetime
) -> Value | None:
    """Propose an answer to a question that has none; None where there is nothing to propose."""
    item = _item_of(place, course, portfolio)
    if item is not None:
        repeat, items, index = item
        if (proposed := _of_person(place, repeat, items, index, portfolio)) is not None:
            return proposed
        if place[-1] == "date" and len(place) > 4:  # the day of consent: that of the conversation
            day = next((q for q in repeat.questions if isinstance(q, c.DateQuestion)), None)
            talked = None if day is None else items[index].get(day.id)
            if talked is not None:
                return talked
    if isinstance(question, c.DateQuestion) and question.default is not None:
        return now.date()
    if isinstance(question, c.DateTimeQuestion) and question.default is not None:
        return now.replace(second=0, microsecond=0)
    return None


def _of_person(
    place: Place, repeat: c.RepeatQuestion, items: tuple[Values, ...], index: int, portfolio: Portfolio
) -> Value | None:
    person = repeat.person
    if person is None or len(place) != 4:
        return None
    if place[3] == person.alias:
        return default_alias(repeat, items, index, portfolio.identity.language)
    if place[3] == person.name and _is_mentor(repeat, items[index]):
        return portfolio.identity.mentor.name
    return None


def _item_of(
    place: Place, course: c.Course, portfolio: Portfolio
) -> tuple[c.RepeatQuestion, tuple[Values, ...], int] | None:
    """Give the list a place lies in, and the index of its item; one past the end is an empty item."""
    assignment = course.assignment(str(place[0]))
    question = assignment.question(str(place[1])) if assignment and len(place) > 3 else None
    index = place[2] if len(place) > 3 else None
    if not isinstance(question, c.RepeatQuestion) or not isinstance(index, int):
        return None
    found = value_at(portfolio.of(str(place[0])), (question.id,))
    items = [item if isinstance(item, Mapping) else {} for item in found] if isinstance(found, tuple) else []
    if index >= len(items):
        items.append({})
        index = len(items) - 1
    return question, tuple(items), index


def _is_mentor(repeat: c.RepeatQuestion, item: Values) -> bool:
    mentor = repeat.person.mentor if repeat.person else None
    return mentor is not None and holds(mentor, item)


def default_alias(repeat: c.RepeatQuestion, items: tuple[Value, ...], index: int, language: str) -> str:
    """Give the alias of an item's person where none is given, one that nobody else has."""
    person = repeat.person
    if person is None:
        return ""
    people = [item if isinstance(item, Mapping) else {} for item in items]
    if _is_mentor(repeat, people[index]):
        alias = translate(language, MENTOR_ALIAS)
        return alias[:1].upper() + alias[1:]
    number = sum(not _is_mentor(repeat, item) for item in people[: index + 1])
    taken = {item.get(person.alias) for i, item in enumerate(people) if i != index}
    while (alias := _numbered(person.default[language], number)) in taken:
        number += 1
    return alias


def _numbered(pattern: str, number: int) -> str:
    letter = ascii_uppercase[(number - 1) % 26] * ((number - 1) // 26 + 1)
    return pattern.format(letter=letter, number=number)


def following(assignment: c.Assignment, old: Values, new: Values, language: str) -> dict[str, Value]:
    """Give `new` with each alias that was the default before `old` became `new` turned into the default now.

    An alias somebody chose stays. Only for a list whose items are the same as before, each at its place.
    """
    result = dict(new)
    for question in assignment.questions:
        if not isinstance(question, c.RepeatQuestion) or question.person is None:
            continue
        before, after = old.get(question.id), new.get(question.id)
        if (
            isinstance(before, tuple)
            and isinstance(after, tuple)
            and len(before) == len(after)
            and before != after
        ):
            result[question.id] = _aliases_followed(question, before, after, language)
    return result


def _aliases_followed(
    question: c.RepeatQuestion, before: tuple[Value, ...], after: tuple[Value, ...], language: str
) -> tuple[Value, ...]:
    key = question.person.alias if question.person else ""
    items = []
    for index, item in enumerate(after):
        former = before[index]
        kept = item
        if isinstance(item, Mapping) and isinstance(former, Mapping) and item.get(key) == former.get(key):
            old_default = default_alias(question, before, index, language)
            new_default = default_alias(question, after, index, language)
            if item.get(key) == old_default != new_default:
                kept = {**item, key: new_default}
        items.append(kept)
    return tuple(items)
