"""From a question to how it is put, and from what a person gives to a value: read as answer files are."""

import re
from collections.abc import Callable
from datetime import date, datetime

from stagekit.checks.completeness import given
from stagekit.i18n import _
from stagekit.interview.prompter import Kind, Option
from stagekit.model import course as c
from stagekit.model.dates import short_date
from stagekit.model.decode import Problems
from stagekit.model.node import Mapping, Node, Scalar, Sequence
from stagekit.model.values import Value, decode_values

SEARCH_FROM = 12
"""Options from which one searches instead of running through a list."""

_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
"""A web address as people type it, without `https://`."""

Raw = str | tuple[str, ...]
"""What a prompter gives and is given: text, an option id, or option ids."""


def kind_of(question: c.Question, course: c.Course) -> Kind:
    """Give how a question is put; groups, repeat groups and consent are never put as one."""
    match question:
        case c.LongTextQuestion():
            return Kind.LONG_TEXT
        case c.ChoicesQuestion():
            return Kind.CHOICES
        case c.ReferenceQuestion():
            return Kind.SEARCH
        case c.ChoiceQuestion():
            return Kind.SEARCH if len(course.options(question)) >= SEARCH_FROM else Kind.CHOICE
        case c.YesNoQuestion() | c.ScaleQuestion():
            return Kind.CHOICE
        case _:
            return Kind.TEXT


def options_of(question: c.Question, course: c.Course, language: str) -> list[Option]:
    """List what may be chosen, in the person's language."""
    match question:
        case c.YesNoQuestion():
            return [Option("yes", _("yes")), Option("no", _("no"))]
        case c.ScaleQuestion():
            ends = {question.minimum: question.low[language], question.maximum: question.high[language]}
            return [
                Option(str(number), str(number), ends.get(number, ""))
                for number in range(question.minimum, question.maximum + 1)
            ]
        case c.ChoiceQuestion() | c.ChoicesQuestion() | c.ReferenceQuestion():
            return _listed(question, course, language)
        case _:
            return []


def _listed(
    question: c.ChoiceQuestion | c.ChoicesQuestion | c.ReferenceQuestion, course: c.Course, language: str
) -> list[Option]:
    name = question.catalogue
    catalogue = None if name is None else course.catalogues[name]
    hints = {choice.id: choice.hint for choice in getattr(question, "choices", ())}
    found = []
    for option_id, label in course.options(question):
        entry = None if catalogue is None else catalogue.entry(option_id)
        if entry is None:
            hint = hints.get(option_id)
            text = "" if hint is None else hint[language]
            if option_id == c.OTHER:
                text = _("You give it a name yourself.")
            found.append(Option(option_id, label[language], text, tuple(label.translations.values())))
        else:
            found.append(Option(entry.id, label[language], _entry_hint(entry, language), _keywords(entry)))
    return found


def _entry_hint(entry: c.Entry, language: str) -> str:
    if entry.poles is not None:
        return f"{entry.poles.lower[language]} ↔ {entry.poles.higher[language]}"
    # Impact and reason are for after the student's own judgement.
    parts = [text[language] for text in (entry.group, entry.text) if text is not None]
    return ": ".join(parts)


def _keywords(entry: c.Entry) -> tuple[str, ...]:
    return (*entry.label.translations.values(), *entry.keywords, entry.id)


def as_raw(value: Value | None, language: str) -> Raw:
    """Give a value as it stands in a field."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{as_raw(value.date(), language)} {value:%H:%M}"
        case date():
            return short_date(value, language)
        case tuple():
            return tuple(str(item) for item in value)
        case _:
            return str(value)


def read(question: c.Question, raw: Raw, course: c.Course) -> tuple[Value | None, str | None]:
    """Give the value of what was given, or the sentence on what does not fit; nothing given is None."""
    if not given(raw):
        return None, None
    if isinstance(question, c.UrlQuestion) and isinstance(raw, str) and _BARE_ADDRESS.fullmatch(raw.strip()):
        raw = f"https://{raw.strip()}"
    node: Node = Scalar(raw) if isinstance(raw, str) else Sequence([Scalar(item) for item in raw])
    problems = Problems()
    values = decode_values((question,), Mapping({question.id: node}), (), course, problems)
    if problems.found:
        return None, problems.found[0].message
    return values.get(question.id), None


def checker(question: c.Question, course: c.Course) -> Callable[[str], str | None]:
    """Give the check of a field: a sentence on what does not fit, or None."""
    return lambda text: read(question, text, course)[1]
