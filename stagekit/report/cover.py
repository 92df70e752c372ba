"""Whose portfolio it is, and the document's own headings and words."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from stagekit.i18n import translate
from stagekit.model import course as c
from stagekit.model.values import Consent, Values
from stagekit.report.context import Context
from stagekit.report.dates import period
from stagekit.report.model import Cover, Fact, Labels
from stagekit.report.prose import inline_text

_PLANNED = frozenset({"due"})
"""Questions for a day to come; the period of a portfolio is that of what was done."""


def cover(context: Context) -> Cover:
    """Give the lines of the cover; what is not known is left out."""
    language = context.language
    identity = context.portfolio.identity
    given = {
        "student": (translate(language, "Student"), identity.student.name),
        "number": (translate(language, "Student number"), identity.student.number),
        "school": (translate(language, "School"), _joined(identity.school.name, identity.school.place)),
        "phase": (translate(language, "Phase"), phase(identity.school.group, language)),
        "mentor": (translate(language, "Mentor"), context.aliases.people.get(identity.mentor.name or "")),
        "period": (translate(language, "Period"), period(list(_days(context)), language)),
    }
    return Cover(
        title=context.course.title[language],
        subtitle=translate(language, "Portfolio"),
        student=inline_text(identity.student.name or ""),
        facts=tuple(Fact(key, label, inline_text(text)) for key, (label, text) in given.items() if text),
    )


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def phase(group: str | None, language: str) -> str:
    """Give the phase of a class, never the class itself: too few children are in one.

    Groups 1 and 2 are the lower years, 3 to 5 the middle, 6 to 8 the upper; empty where `group` names none.
    """
    names = (
        translate(language, "lower years (groups 1 and 2)"),
        translate(language, "middle years (groups 3 to 5)"),
        translate(language, "upper years (groups 6 to 8)"),
    )
    numbers = {int(found) for found in re.findall(r"(?<![0-9])[1-8](?![0-9])", group or "")}
    return ", ".join(dict.fromkeys(names[0 if n < 3 else 1 if n < 6 else 2] for n in sorted(numbers)))


def _days(context: Context) -> Iterator[date]:
    for assignment in context.assignments:
        values = context.portfolio.of(assignment.id)
        for question in assignment.questions:
            if isinstance(question, c.RepeatQuestion):
                for entry in context.entries(assignment.id, question):
                    if entry.readable:
                        yield from _days_in(question.questions, entry.values)
            else:
                yield from _days_in((question,), values)


def _days_in(questions: tuple[c.Question, ...], values: Values) -> Iterator[date]:
    for question in questions:
        value = values.get(question.id)
        if value is None or question.id in _PLANNED:
            continue
        if isinstance(value, Consent):
            value = value.date
        if isinstance(value, datetime):
            yield value.date()
        elif isinstance(value, date):
            yield value


def labels(language: str, *, shown: int = 1, hidden: int = 0) -> Labels:
    """Give the words of the document itself, of which this reader sees `shown` parts and not the `hidden`."""
    return Labels(
        contents=translate(language, "Contents"),
        todo=translate(language, "Still to do"),
        complete=_complete(language, shown, hidden),
        todo_short=translate(language, "still to do"),
        advised=translate(language, "Advised, not there yet"),
        sources=translate(language, "Sources"),
        judgement=translate(language, "Judgement of the student"),
        reference=translate(language, "Reference list"),
        comparison=translate(language, "Side by side"),
        characteristics=translate(language, "Characteristics"),
        blocks=translate(language, "Building blocks"),
        contact=translate(language, "Contact type"),
        count=translate(language, "How often"),
        source=translate(language, "Source"),
    )


def _complete(language: str, shown: int, hidden: int) -> str:
    """Say that nothing is missing, and no more than that: parts out of sight are not part of it."""
    if not shown:
        return translate(language, "None of the parts is in the version for this reader.")
    if hidden:
        return translate(language, "All that these parts ask for is there.")
    return translate(language, "All that the assignments ask for is there.")
