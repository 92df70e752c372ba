"""Answers: from nodes to typed values by the question they answer, and back."""

import re
from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from stagekit.i18n import _, active
from stagekit.model import course as c
from stagekit.model.decode import NodePath, Problems, did_you_mean, shorten, whole_number
from stagekit.model.node import Mapping, Node, Scalar, Sequence, is_empty
from stagekit.model.text import MAX_TEXT, refused_characters

Day: TypeAlias = date
"""The type, under a name that the field `date` of Consent does not hide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person allows; None where it was not recorded."""

    informed: bool | None = None
    form: str | None = None
    date: Day | None = None
    may_use: str | None = None
    read_back: bool | None = None

    @property
    def refused(self) -> bool:
        """Tell whether the person said no: the conversation is withheld everywhere."""
        return self.may_use == "no"

    @property
    def recorded(self) -> bool:
        """Tell whether the person was informed and allowed some use."""
        return self.informed is True and self.may_use in {"yes", "paraphrased"}

    @property
    def paraphrased(self) -> bool:
        """Tell whether only the gist may be used, never the words."""
        return self.may_use == "paraphrased"


Value: TypeAlias = str | bool | int | date | datetime | tuple[Any, ...] | Consent | AbstractMapping[str, Any]
"""Text or choice id, yes/no, number or scale, date, date-time, choices or repeat items, consent, group."""
Values: TypeAlias = AbstractMapping[str, Value]
"""Question id to value; a question without an answer is not there."""

YES = frozenset({"true", "yes", "ja"})
NO = frozenset({"false", "no", "nee"})
MAX_ITEMS = 500
MAX_NAMED = 12
WITHHELD = "withheld"
"""Key of an item whose content its person keeps back; only files that were handed in have it."""


def decode_values(
    questions: tuple[c.Question, ...], node: Node, path: NodePath, course: c.Course, problems: Problems,
    unknown: "list[tuple[NodePath, int]] | None" = None,
) -> dict[str, Value]:  # fmt: skip
    """Read the answers to `questions`.

    Every answer that cannot be read is a problem and left out; the others are usable. Keys that no
    question has are problems too, or are added to `unknown` (path, line) where that list is given.
    """
    if not isinstance(node, Mapping):
        if not is_empty(node):
            problems.add(node.line, path, _("Answers are expected here, as “question: answer”."))
        return {}
    known = {question.id: question for question in questions}
    values: dict[str, Value] = {}
    context = _Context(course, problems, unknown)
    for key, child in node.entries.items():
        question = known.get(key)
        if question is None:
            _report_unknown(node.line_of(key), (*path, key), known, problems, unknown)
        elif not is_empty(child):
            value = _DECODERS[type(question)](question, child, (*path, key), context)
            if value is not None:
                values[key] = value
    return values


@dataclass(frozen=True, slots=True)
class _Context:
    course: c.Course
    problems: Problems
    unknown: "list[tuple[NodePath, int]] | None"


def _report_unknown(
    line: int, path: NodePath, known: dict[str, c.Question], problems: Problems,
    unknown: "list[tuple[NodePath, int]] | None",
) -> None:  # fmt: skip
    if unknown is not None:
        unknown.append((path, line))
        return
    key = str(path[-1])
    problems.add(line, path, _("No question is called “{key}”.", key=shorten(key)) + did_you_mean(key, known))


def _string(node: Node, path: NodePath, context: _Context) -> str | None:
    """Give the text of a scalar exactly as typed."""
    problems = context.problems
    if not isinstance(node, Scalar):
        problems.add(node.line, path, _("A text is expected here, not a list or a mapping."))
        return None
    if len(node.text) > MAX_TEXT:
        message = _("This answer is too long: {count} characters; at most {limit} fit.",
                    count=len(node.text), limit=MAX_TEXT)  # fmt: skip
        problems.add(node.line, path, message)
        return None
    if not node.text.isprintable() and (refused := refused_characters(node.text)):
        index, name = refused[0]
        message = _("Character {index} of this answer, {name}, fits in no document; remove it.",
                    index=index + 1, name=name)  # fmt: skip
        problems.add(node.line, path, message)
        return None
    return node.text


def _text(question: Any, node: Node, path: NodePath, context: _Context) -> str | None:
    return _string(node, path, context)


def _url(question: Any, node: Node, path: NodePath, context: _Context) -> str | None:
    text = _string(node, path, context)
    if text is not None and not re.fullmatch(
        r"https?://[^\s<>\"\\^`{|}]{3,2000}", text.strip(), re.IGNORECASE
    ):
        context.problems.add(node.line, path, _("A web address is expected here, beginning with https://."))
        return None
    return text


def _choice(question: Any, node: Node, path: NodePath, context: _Context) -> str | None:
    text = _string(node, path, context)
    if text is None:
        return None
    chosen = context.course.chosen(question, text)
    if chosen is None:
        labels = [label[active()] for _option, label in context.course.options(question)]
        shown = ", ".join(labels[:MAX_NAMED]) + (", …" if len(labels) > MAX_NAMED else "")
        message = _("“{text}” is not a choice here; choose from: {choices}.",
                    text=shorten(text), choices=shown)  # fmt: skip
        context.problems.add(node.line, path, message + did_you_mean(text, labels))
    return chosen


def _choices(question: Any, node: Node, path: NodePath, context: _Context) -> tuple[str, ...] | None:
    items = node.items if isinstance(node, Sequence) else [node]
    if isinstance(node, Mapping):
        context.problems.add(node.line, path, _("A list of choices is expected here."))
        return None
    chosen = [_choice(question, item, (*path, index), context) for index, item in enumerate(items)]
    if None in chosen:
        return None
    return tuple(dict.fromkeys(item for item in chosen if item is not None))


def _yes_no(question: Any, node: Node, path: NodePath, context: _Context) -> bool | None:
    text = _string(node, path, context)
    if text is None:
        return None
    word = text.strip().lower()
    if word in YES | NO:
        return word in YES
    context.problems.add(node.line, path, _("Write yes or no here."))
    return None


def _date(question: Any, node: Node, path: NodePath, context: _Context) -> date | None:
    text = _string(node, path, context)
    if text is None:
        return None
    if (found := parse_date(text)) is None:
        context.problems.add(node.line, path, _("A date is expected here, written as 2026-10-06."))
    return found


def _date_time(question: Any, node: Node, path: NodePath, context: _Context) -> datetime | None:
    text = _string(node, path, context)
    if text is None:
        return None
    if (found := parse_date_time(text)) is None:
        message = _("A date and a time are expected here, written as 2026-10-06T10:20.")
        context.problems.add(node.line, path, message)
    return found


def parse_date(text: str) -> date | None:
    """Read `2026-10-06` or `6-10-2026`, a day that exists between 1900 and 2999."""
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text, re.ASCII):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)) if 1900 <= int(year) <= 2999 else None
    except ValueError:
        return None


def parse_date_time(text: str) -> datetime | None:
    """Read a date as `parse_date` does, then `T` or blanks, then `10:20` (seconds are dropped)."""
    match = re.fullmatch(r"\s*(\S+?)(?:T|\s+)(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*", text, re.ASCII)
    if match is None or (day := parse_date(match[1])) is None:
        return None
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute)


def _number(question: Any, node: Node, path: NodePath, context: _Context) -> int | None:
    number = whole_number(node, path, context.problems)
    if number is None:
        return None
    low, high = question.minimum, question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        message = _("A number from {low} to {high} is expected here.",
                    low="…" if low is None else low, high="…" if high is None else high)  # fmt: skip
        context.problems.add(node.line, path, message)
        return None
    return number


def _group(question: Any, node: Node, path: NodePath, context: _Context) -> dict[str, Value] | None:
    values = decode_values(question.questions, node, path, context.course, context.problems, context.unknown)
    return values or None


def _repeat(
    question: Any, node: Node, path: NodePath, context: _Context
) -> tuple[dict[str, Value], ...] | None:
    if not isinstance(node, Sequence):
        context.problems.add(node.line, path, _("A list is expected here: each item begins with “- ”."))
        return None
    if len(node.items) > MAX_ITEMS:
        message = _(
            "The list has {count} items; at most {limit} fit.", count=len(node.items), limit=MAX_ITEMS
        )
        context.problems.add(node.line, path, message)
        return None
    return tuple(_item(question, item, (*path, index), context) for index, item in enumerate(node.items))


def _item(question: c.RepeatQuestion, node: Node, path: NodePath, context: _Context) -> dict[str, Value]:
    """Read one item; a conversation handed in without its content says `withheld: true`."""
    withheld = False
    if question.consent is not None and isinstance(node, Mapping) and WITHHELD in node.entries:
        entries = dict(node.entries)
        withheld = _yes_no(None, entries.pop(WITHHELD), (*path, WITHHELD), context) is True
        node = Mapping(entries, node.line, node.key_lines)
    values = decode_values(question.questions, node, path, context.course, context.problems, context.unknown)
    return {**values, WITHHELD: True} if withheld else values


CONSENT_CHOICES: dict[str, tuple[str, ...]] = {
    "form": ("spoken", "written"),
    "may_use": ("yes", "paraphrased", "no"),
}
CONSENT_KEYS = ("informed", "form", "date", "may_use", "read_back")


def _consent(question: Any, node: Node, path: NodePath, context: _Context) -> Consent | None:
    if not isinstance(node, Mapping):
        context.problems.add(node.line, path, _("Consent holds informed, form, date, may_use and read_back."))
        return None
    before = len(context.problems.found)
    values: dict[str, Any] = {}
    for key, child in node.items():
        if key not in CONSENT_KEYS:
            fields: dict[str, Any] = dict.fromkeys(CONSENT_KEYS)
            _report_unknown(node.line_of(key), (*path, key), fields, context.problems, context.unknown)
        elif not is_empty(child):
            values[key] = _consent_field(key, child, (*path, key), context)
    return Consent(**values) if len(context.problems.found) == before else None


def _consent_field(key: str, node: Node, path: NodePath, context: _Context) -> Any:
    if key == "date":
        return _date(None, node, path, context)
    if key not in CONSENT_CHOICES:
        return _yes_no(None, node, path, context)
    text = _string(node, path, context)
    word = "" if text is None else text.strip().lower()
    word = {"ja": "yes", "true": "yes", "nee": "no", "false": "no"}.get(word, word)
    if text is None or word in CONSENT_CHOICES[key]:
        return word
    message = _("“{text}” is not a choice here; choose from: {choices}.",
                text=shorten(text), choices=", ".join(CONSENT_CHOICES[key]))  # fmt: skip
    context.problems.add(node.line, path, message)
    return None


_DECODERS: dict[type, Callable[[Any, Node, NodePath, _Context], Any]] = {
    c.TextQuestion: _text,
    c.LongTextQuestion: _text,
    c.ChoiceQuestion: _choice,
    c.ReferenceQuestion: _choice,
    c.ChoicesQuestion: _choices,
    c.YesNoQuestion: _yes_no,
    c.DateQuestion: _date,
    c.DateTimeQuestion: _date_time,
    c.UrlQuestion: _url,
    c.NumberQuestion: _number,
    c.ScaleQuestion: _number,
    c.ConsentQuestion: _consent,
    c.GroupQuestion: _group,
    c.RepeatQuestion: _repeat,
}


def encode(value: Value) -> Node:
    """Give the node a value is written as; reading it again gives the value."""
    match value:
        case bool():
            return Scalar("true" if value else "false", plain=True)
        case int():
            return Scalar(str(value), plain=True)
        case datetime():
            return Scalar(value.strftime("%Y-%m-%dT%H:%M"), plain=True)
        case date():
            return Scalar(value.isoformat(), plain=True)
        case Consent():
            given = {key: getattr(value, key) for key in CONSENT_KEYS}
            return Mapping({key: encode(item) for key, item in given.items() if item is not None})
        case str():
            return Scalar(value)
        case tuple():
            return Sequence([encode(item) for item in value])
        case _:
            return Mapping({key: encode(item) for key, item in value.items()})
