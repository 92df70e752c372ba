"""What a portfolio builds on: the school's own texts, and what the reference lists rest on."""

from collections.abc import Iterator
from datetime import date

from stagekit.i18n import translate
from stagekit.model import course as c
from stagekit.model.values import Values
from stagekit.report.context import Context
from stagekit.report.dates import long_date
from stagekit.report.model import Source, SourceGroup
from stagekit.report.prose import inline_text
from stagekit.report.tree import Inlines, Link, Plain
from stagekit.report.values import short

_ADDRESSED = (c.UrlQuestion, c.TextQuestion)
"""Questions whose answer can be an address."""


def source_groups(context: Context) -> tuple[SourceGroup, ...]:
    """List the sources of all that this reader sees; groups without any are left out."""
    groups = (
        SourceGroup(translate(context.language, "The school"), tuple(_of_school(context))),
        SourceGroup(translate(context.language, "The reference lists"), tuple(_of_lists(context))),
    )
    return tuple(group for group in groups if group.sources)


def _of_school(context: Context) -> Iterator[Source]:
    seen: set[str] = set()
    for assignment in context.assignments:
        for text in _addresses(context, assignment):
            url = next((piece.target for piece in text if isinstance(piece, Link)), None)
            if url is None or url not in seen:
                seen.add(url or "")
                yield Source(f"source-{len(seen)}-{assignment.id}", "", text, url)


def _addresses(context: Context, assignment: c.Assignment) -> Iterator[Inlines]:
    values = context.portfolio.of(assignment.id)
    for question, following in zip(assignment.questions, [*assignment.questions[1:], None], strict=True):
        if question.id not in values:
            continue
        if isinstance(question, c.UrlQuestion):
            yield (*_labelled(context, question, values), *_visited(context, following, values))
        elif isinstance(question, c.GroupQuestion):
            yield from _group(context, question, values[question.id])  # type: ignore[arg-type]
        elif isinstance(question, c.RepeatQuestion):
            yield from _in_items(context, assignment, question)


def _labelled(context: Context, question: c.Question, values: Values) -> Inlines:
    return (Plain(f"{question.label[context.language]}: "), *short(context, question, values))


def _visited(context: Context, following: c.Question | None, values: Values) -> Inlines:
    """Give when a page was seen, where the next question asks that."""
    day = values.get(following.id) if isinstance(following, c.DateQuestion) else None
    if following is None or not isinstance(day, date):
        return ()
    label = following.label[context.language]
    return (Plain(f", {label[:1].lower()}{label[1:]} {long_date(day, context.language)}"),)


def _group(context: Context, question: c.GroupQuestion, values: Values) -> Iterator[Inlines]:
    """Give a group that asks for an address as one source: its label, then each answer behind its own."""
    if not any(isinstance(inner, c.UrlQuestion) for inner in question.questions):
        return
    pieces: list[Inlines] = []
    for inner in question.questions:
        if value := short(context, inner, values):
            label = inner.label[context.language]
            first = (
                f"; {label[:1].lower()}{label[1:]}: " if pieces else f"{question.label[context.language]}: "
            )
            pieces.append((Plain(first), *value))
    if pieces:
        yield tuple(piece for inlines in pieces for piece in inlines)


def _in_items(context: Context, assignment: c.Assignment, question: c.RepeatQuestion) -> Iterator[Inlines]:
    for entry in context.entries(assignment.id, question):
        if not entry.readable:
            continue
        for inner in question.questions:
            if isinstance(inner, _ADDRESSED) and not inner.private:
                value = short(context, inner, entry.values)
                if len(value) == 1 and isinstance(value[0], Link):
                    yield (Plain(f"{inner.label[context.language]}: "), *value)


def _of_lists(context: Context) -> Iterator[Source]:
    """Give what the entries that were chosen rest on, each source once."""
    used = set(_chosen_entries(context))
    seen: set[str] = set()
    for catalogue in context.course.catalogues.values():
        cited = {
            key for entry in catalogue.entries if (catalogue.id, entry.id) in used for key in entry.sources
        }
        for source in catalogue.sources:
            if source.id in cited and source.id not in seen:
                seen.add(source.id)
                text = inline_text(source.text[context.language])
                link = (Plain(" "), Link(source.url, (Plain(source.url),))) if source.url else ()
                yield Source(f"source-{source.id.lower()}", source.id, (*text, *link), source.url)


def _chosen_entries(context: Context) -> Iterator[tuple[str, str]]:
    for assignment in context.assignments:
        values = context.portfolio.of(assignment.id)
        for question in assignment.questions:
            if isinstance(question, c.RepeatQuestion):
                for entry in context.entries(assignment.id, question):
                    if entry.readable:
                        yield from _chosen(question.questions, entry.values)
            else:
                yield from _chosen((question,), values)


def _chosen(questions: tuple[c.Question, ...], values: Values) -> Iterator[tuple[str, str]]:
    for question in questions:
        catalogue = getattr(question, "catalogue", None)
        value = values.get(question.id)
        if catalogue is not None and value is not None:
            for chosen in value if isinstance(value, tuple) else (value,):
                yield catalogue, str(chosen)
