"""Answers in words, for the student's own eyes: in lists, beside questions, in earlier versions."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from stagekit.checks.completeness import given
from stagekit.checks.consent import Visibility, visibility
from stagekit.i18n import _
from stagekit.interview.consent import consent_questions
from stagekit.interview.defaults import default_alias
from stagekit.interview.fields import as_raw, options_of
from stagekit.interview.places import Place, value_at
from stagekit.model import course as c
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import Value, Values

TITLE = 60
"""Characters of an item's title."""
WRAPPED = 50
"""Characters from which a line is taken to go on in the next one, when that begins with a letter."""


def in_words(question: c.Question, value: Value | None, course: c.Course, language: str) -> str:
    """Give an answer as text: labels instead of ids, dates as people write them; lists as lines."""
    if not given(value):
        return ""
    if isinstance(question, c.GroupQuestion | c.ConsentQuestion):
        parts = consent_questions(question) if isinstance(question, c.ConsentQuestion) else question.questions
        found = [(part, value_at(value, (part.id,))) for part in parts]
        lines = [
            f"{part.label[language]}: {in_words(part, inner, course, language)}"
            for part, inner in found
            if inner is not None
        ]
        return "\n".join(lines)
    if isinstance(question, c.RepeatQuestion):
        items = value if isinstance(value, tuple) else ()
        return "\n".join(
            f"{i + 1}. {item_title(question, items, i, course, language)}" for i in range(len(items))
        )
    raw = as_raw(value, language)
    labels = {option.id: option.label for option in options_of(question, course, language)}
    if isinstance(raw, tuple):
        return ", ".join(labels.get(option, option) for option in raw)
    return labels.get(raw, raw)


def item_title(
    question: c.RepeatQuestion, items: tuple[Value, ...], index: int, course: c.Course, language: str
) -> str:
    """Name one item of a list: the person, what was chosen, or how the text begins."""
    item = items[index]
    if not isinstance(item, Mapping) or not given(item):
        return _("(nothing filled in yet)")
    if question.person is not None:
        name = str(item.get(question.person.name) or "")
        alias = item.get(question.person.alias) or default_alias(question, items, index, language)
        short = TITLE // 2
        return (
            f"{shortened(name, short)} ({shortened(str(alias), short)})"
            if name
            else shortened(str(alias), short)
        )
    for inner in sorted(question.questions, key=lambda q: 0 if q.required else 1):
        if isinstance(inner, c.ReferenceQuestion) and item.get(inner.id) == c.OTHER and inner.other:
            own = item.get(inner.other)
            if given(own):
                return shortened(str(own), TITLE)
        words = in_words(inner, item.get(inner.id), course, language)
        if words:
            return shortened(words, TITLE)
    return _("(nothing filled in yet)")


def withheld(question: c.RepeatQuestion, item: Value) -> bool:
    """Tell whether the person of a conversation said no."""
    return isinstance(item, Mapping) and visibility(question, item) is Visibility.WITHHELD


def recalled(paths: tuple[str, ...], course: c.Course, portfolio: Portfolio, language: str) -> Iterator[str]:
    """Give the student's own earlier answers, a paragraph each, with where they stand."""
    for path in paths:
        assignment_id, *inner = path.split(".")
        assignment = course.assignment(assignment_id)
        question = assignment.question(inner[0]) if assignment else None
        if assignment is None or question is None:
            continue
        value = value_at(portfolio.of(assignment_id), (inner[0],))
        if not given(value):
            continue
        if isinstance(question, c.RepeatQuestion) and isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Mapping) and given(item):
                    yield _item_recalled(question, value, index, course, language)
        else:
            head = f"{assignment.title[language]} › {question.label[language]}"
            yield f"{head}: {flowed(in_words(question, value, course, language))}"


def flowed(text: str) -> str:
    """Join the lines of a paragraph that was wrapped where it was written, as documents do."""
    lines: list[str] = []
    length = 0
    for line in text.split("\n"):
        # Emphasis goes on like a word; a list's own sign has a blank behind it.
        if length > WRAPPED and line.lstrip("*_“‘\"'(")[:1].isalpha():
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        length = len(line)
    return "\n".join(lines)


def _item_recalled(
    question: c.RepeatQuestion, items: tuple[Value, ...], index: int, course: c.Course, language: str
) -> str:
    """Give one item in a paragraph: which one, of whom, and what was written."""
    item = items[index]
    values = item if isinstance(item, Mapping) else {}
    gist = _gist(question, values)
    title = item_title(question, items, index, course, language)
    if question.person is not None and (name := values.get(question.person.name)):
        title = shortened(str(name), TITLE)
    head = f"{_capital(question.item[language])} {index + 1}"
    return (
        f"{head}: {gist}" if gist.startswith(title.rstrip("…")) else f"{head}, {title}: {gist}".rstrip(": ")
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _gist(question: c.RepeatQuestion, item: Values) -> str:
    """Give the written answers that matter most in an item: the required ones, else the first."""
    written = [q for q in question.questions if isinstance(q, c.LongTextQuestion) and given(item.get(q.id))]
    chosen = [q for q in written if q.required] or written[:1]
    return " / ".join(" ".join(str(item[q.id]).split()) for q in chosen)


def dated(moment: datetime, language: str) -> str:
    """Write a local moment as people do."""
    return str(as_raw(moment.replace(second=0, microsecond=0), language))


def shortened(text: str, length: int) -> str:
    """Give a text on one line, cut between words, ending in `…` where it was cut."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    whole = cut.rsplit(" ", 1)[0]
    return (whole if len(whole) > length // 2 else cut).rstrip() + "…"


def beginning(text: str, length: int) -> str:
    """Give the start of a text, its lines kept, ending in `…` where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def breadcrumb(place: Place, course: c.Course, language: str) -> str:
    """Give where a question stands: `Visie › Citaten › citaat 2`, its own label left out."""
    assignment = course.assignment(str(place[0]))
    if assignment is None:
        return ""
    words = [assignment.title[language]]
    questions = assignment.questions
    for step in place[1:-1]:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
            continue
        question = next((q for q in questions if q.id == step), None)
        if question is None or isinstance(question, c.ConsentQuestion):
            break
        words.append(
            question.item[language] if isinstance(question, c.RepeatQuestion) else question.label[language]
        )
        questions = getattr(question, "questions", ())
    return " › ".join(_capital(word) for word in words)
