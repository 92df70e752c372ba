"""Short answers as they stand in a document: labels for ids, dates in full, addresses as links."""

from datetime import date, datetime
from typing import Any

from stagekit.i18n import translate
from stagekit.model import course as c
from stagekit.model.values import Consent, Value, Values
from stagekit.report.context import Context
from stagekit.report.dates import long_date, long_moment
from stagekit.report.prose import inline_text
from stagekit.report.tree import Inlines, Link, Plain, flat

LONG = (c.LongTextQuestion, c.GroupQuestion, c.RepeatQuestion)
"""Questions whose answer does not fit behind a label."""


def short(context: Context, question: c.Question, values: Values) -> Inlines:
    """Give the answer to `question` among `values` as one run of words; nothing where there is none."""
    value = values.get(question.id)
    if value is None:
        return ()
    kind = type(question)
    if kind is c.LongTextQuestion:
        return flat(context.prose(str(value)))
    if kind is c.TextQuestion:
        return context.line(str(value))
    if kind is c.UrlQuestion:
        return web_address(context, str(value))
    if value == c.OTHER and isinstance(question, c.ReferenceQuestion):
        return own_name(context, question, values)
    return inline_text(_words(context, question, value))


def web_address(context: Context, value: str) -> Inlines:
    """Give the answer to a question for an address, as a link; as words where it holds a private name."""
    pieces = context.line(value)
    address = value.strip()
    return (Link(address, (Plain(address),)),) if pieces and _is_link(pieces) else pieces


def _is_link(pieces: Inlines) -> bool:
    return isinstance(pieces[0], Link) and not pieces[0].target.endswith("…")


def own_name(context: Context, question: c.ReferenceQuestion, values: Values) -> Inlines:
    """Give what the student calls a thing the catalogue does not have."""
    name = context.line(str(values.get(question.other or "", "")))
    return name or inline_text(c.other_label()[context.language])


def label_of(context: Context, question: Any, chosen: str) -> str:
    """Give the label of a choice by its id."""
    return context.choices(question).get(chosen, chosen)


def _words(context: Context, question: c.Question, value: Value) -> str:
    if type(value) is str:
        return label_of(context, question, value)
    if type(value) is tuple:
        return "; ".join([label for id_, label in context.choices(question).items() if id_ in value])
    language = context.language
    match value:
        case bool():
            return translate(language, "yes") if value else translate(language, "no")
        case int() if isinstance(question, c.ScaleQuestion):
            return translate(
                language, "{value} (from {minimum}, {low}, to {maximum}, {high})", value=value,
                minimum=question.minimum, low=question.low[language],
                maximum=question.maximum, high=question.high[language],
            )  # fmt: skip
        case datetime():
            return long_moment(value, language)
        case date():
            return long_date(value, language)
        case Consent():
            return consent_words(value, language)
        case _:
            return str(value)


def consent_words(consent: Consent, language: str) -> str:
    """Say how consent was given: `spoken, 13 October 2026, read back`."""
    parts = []
    if not (consent.recorded or consent.refused):
        parts.append(translate(language, "not complete"))
    if consent.form is not None:
        forms = {"spoken": translate(language, "spoken"), "written": translate(language, "written")}
        parts.append(forms[consent.form])
    if consent.date is not None:
        parts.append(long_date(consent.date, language))
    if consent.paraphrased:
        parts.append(translate(language, "paraphrased only"))
    if consent.read_back:
        parts.append(translate(language, "read back"))
    return ", ".join(parts) or translate(language, "given")
