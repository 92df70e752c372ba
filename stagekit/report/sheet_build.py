"""From a course, and a portfolio where it is filled in, to the sheet of an assignment.

A question is on the sheet where the course gives it a `sheet` text, which is how it is asked aloud; a
conversation's consent words come with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stagekit.checks.conditions import applies
from stagekit.checks.consent import Reader, Visibility, visibility
from stagekit.i18n import N_, translate
from stagekit.model import course as c
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.text import Text
from stagekit.model.values import Consent, Values
from stagekit.report.context import Context
from stagekit.report.dates import long_date
from stagekit.report.prose import inline_text
from stagekit.report.sheet import (
    Blank,
    Blanks,
    Box,
    Boxes,
    Hints,
    ReadAloud,
    Sheet,
    SheetBlock,
    Title,
    Writing,
)
from stagekit.report.sheet_pages import Part, paginate
from stagekit.report.values import short


@dataclass(frozen=True, slots=True)
class _Source:
    """What the blocks are made from."""

    context: Context
    assignment: c.Assignment

    def say(self, message: str, /, **values: object) -> str:
        return translate(self.context.language, message, **values)

    def text(self, text: Text) -> str:
        return text[self.context.language]


def sheet_assignments(course: c.Course) -> tuple[c.Assignment, ...]:
    """List the assignments of a course that have a sheet."""
    return tuple(a for a in course.assignments if any(q.sheet for q in c.walk(a.questions)))


def build_sheet(
    course: c.Course, assignment: c.Assignment, language: str, portfolio: Portfolio | None = None
) -> Sheet:
    """Make the sheet of `assignment`: empty, or with what `portfolio` has of it.

    A conversation that may not be used leaves no trace on a filled sheet.
    """
    known = portfolio or Portfolio(Identity(id="0" * 8, course=course.id, language="nl"))
    context = Context(course, known, language, Reader.STUDENT)
    source = _Source(context, assignment)
    parts = _parts(source, 0)
    pages = paginate(parts)
    while len(more := _parts(source, len(parts) + 1)) > len(parts) and len(paginate(more)) == len(pages):
        parts, pages = more, paginate(more)
    return Sheet(
        id=assignment.id,
        language=language,
        title=assignment.title[language],
        course=course.title[language],
        reminder=source.say(N_("No names on this sheet: use an alias.")),
        pages=pages,
    )


def _parts(source: _Source, count: int) -> list[Part]:
    """Give all that is on the sheet, with at least `count` items in each repeat group."""
    values = source.context.portfolio.of(source.assignment.id)
    parts: list[Part] = []
    for question in source.assignment.questions:
        if question.sheet is None or not applies(question, values, values):
            continue
        if isinstance(question, c.RepeatQuestion):
            parts.extend(_items(source, question, count))
        else:
            parts.append(Part((_whose(source), *_blocks(source, (question,), values))))
    return parts


def _whose(source: _Source) -> Blanks:
    """Give the lines that stand at the head of every page that begins something."""
    identity = source.context.portfolio.identity
    return Blanks(
        (
            Blank("student", source.say(N_("Student")), inline_text(identity.student.name or "")),
            Blank("school", source.say(N_("School")), inline_text(identity.school.name or "")),
        )
    )


def _items(source: _Source, question: c.RepeatQuestion, count: int) -> Iterator[Part]:
    """Give what is known of each item, then empty ones: up to `count`, or what the course suggests."""
    value = source.context.portfolio.of(source.assignment.id).get(question.id)
    known = value if isinstance(value, tuple) else ()
    lead = source.text(question.sheet) if question.sheet else ""
    noun = source.text(question.item)
    if question.person is None:
        hints = tuple(source.text(hint) for hint in question.follow_ups)
        title = Title(source.text(question.label), lead)
        yield Part((_whose(source), title, Hints(source.say(N_("How to use this sheet")), hints)))
    for index in range(max(len(known), question.suggested or question.minimum or 1, count)):
        values: Values = known[index] if index < len(known) else {}
        name = f"{noun[:1].upper()}{noun[1:]} {index + 1}"
        if visibility(question, values) is Visibility.WITHHELD:
            continue
        if question.person is None:
            yield Part((Title(name, level=3), *_blocks(source, question.questions, values)), repeated=True)
        else:
            person = _person(source, question, values, index)
            blocks = _blocks(source, question.questions, values)
            yield Part((_whose(source), Title(name, lead), *person, *blocks))


def _person(source: _Source, question: c.RepeatQuestion, values: Values, index: int) -> Iterator[SheetBlock]:
    """Give what a talk begins with: under which name, when, and with what consent."""
    alias = source.context.aliases.of_item(source.assignment.id, question.id, index) if values else ""
    yield Blanks(
        (Blank("alias", source.say(N_("Alias")), inline_text(alias)), _day(source, question, values))
    )
    if question.consent is not None:
        yield from _consent(source, question.consent, values)


def _day(source: _Source, question: c.RepeatQuestion, values: Values) -> Blank:
    """Give the line for the day of a talk; the course may ask it, or the consent says it."""
    asked = next((q for q in question.questions if isinstance(q, c.DateQuestion)), None)
    given = values.get(question.consent.id) if question.consent else None
    value = short(source.context, asked, values) if asked else ()
    if not value and isinstance(given, Consent) and given.date:
        value = inline_text(long_date(given.date, source.context.language))
    return Blank("date", source.say(N_("Date")), value)


def _consent(source: _Source, question: c.ConsentQuestion, values: Values) -> Iterator[SheetBlock]:
    given = values.get(question.id)
    consent = given if isinstance(given, Consent) else Consent()
    if question.words is not None:
        yield ReadAloud(source.say(N_("Read this out first")), source.text(question.words))
    yield Boxes(
        "consent",
        source.say(N_("Consent")),
        (
            Box(source.say(N_("told what it is for")), consent.informed is True),
            Box(source.say(N_("spoken")), consent.form == "spoken"),
            Box(source.say(N_("written")), consent.form == "written"),
            Box(source.say(N_("heard or read what I wrote down")), consent.read_back is True),
        ),
    )
    yield Boxes(
        "may_use",
        source.say(N_("May I use it?")),
        (
            Box(source.say(N_("yes")), consent.may_use == "yes"),
            Box(source.say(N_("only in my own words")), consent.may_use == "paraphrased"),
            Box(source.say(N_("no")), consent.may_use == "no"),
        ),
    )


def _blocks(source: _Source, questions: tuple[c.Question, ...], values: Values) -> Iterator[SheetBlock]:
    for question in questions:
        if question.sheet is None or question.private:
            continue
        prompt = source.text(question.sheet)
        match question:
            case c.GroupQuestion():
                inner = values.get(question.id)
                yield from _blocks(source, question.questions, inner if isinstance(inner, dict) else {})
            case c.ChoiceQuestion() | c.ChoicesQuestion() | c.YesNoQuestion() | c.ScaleQuestion():
                yield Boxes(question.id, prompt, _boxes(source, question, values))
            case c.LongTextQuestion():
                hints = tuple(source.text(hint) for hint in question.follow_ups)
                prose = source.context.prose(str(values.get(question.id, "")))
                yield Writing(question.id, prompt, hints, prose)
            case _:
                yield Blanks((Blank(question.id, prompt, short(source.context, question, values)),))


def _boxes(source: _Source, question: c.Question, values: Values) -> tuple[Box, ...]:
    value = values.get(question.id)
    match question:
        case c.YesNoQuestion():
            return Box(source.say(N_("yes")), value is True), Box(source.say(N_("no")), value is False)
        case c.ScaleQuestion():
            ends = {question.minimum: source.text(question.low), question.maximum: source.text(question.high)}
            numbers = range(question.minimum, question.maximum + 1)
            return tuple(Box(f"{n} {ends.get(n, '')}".strip(), value == n) for n in numbers)
        case c.ChoiceQuestion() | c.ChoicesQuestion():
            chosen = value if isinstance(value, tuple) else (value,)
            options = source.context.course.options(question)
            return tuple(Box(source.text(label), id_ in chosen) for id_, label in options)
        case _:
            return ()
