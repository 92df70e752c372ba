"""Where an answer stands, and the steps of a form: which questions are asked now, in order."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, cast

from stagekit.checks.completeness import given
from stagekit.checks.conditions import applies
from stagekit.interview.consent import consent_questions
from stagekit.model import course as c
from stagekit.model.record import record_in_order
from stagekit.model.values import CONSENT_KEYS, Consent, Value, Values

Place: TypeAlias = tuple[str | int, ...]
"""Assignment id, question id, then the index of an item (from 0) or the id of an inner question."""


@record_in_order
class Step:
    """One question of a form; `asked` tells whether it applies now."""

    place: Place
    question: c.Question
    asked: bool


def steps(
    questions: tuple[c.Question, ...], prefix: Place, siblings: Values, top: Values, asked: bool = True
) -> list[Step]:
    """List every step of a form in order; the number of steps never depends on the answers.

    A repeat group is one step; groups and consent are opened up. What follows on a refusal is not asked:
    that conversation stays out of every document.
    """
    found: list[Step] = []
    for question in questions:
        place = (*prefix, question.id)
        now = asked and applies(question, siblings, top)
        inner = siblings.get(question.id)
        if isinstance(question, c.GroupQuestion):
            beside = inner if isinstance(inner, Mapping) else {}
            found += steps(question.questions, place, beside, top, now)
        elif isinstance(question, c.ConsentQuestion):
            refused = isinstance(inner, Consent) and inner.refused
            for part in consent_questions(question):
                found.append(Step((*place, part.id), part, now))
                now = now and not (refused and part.id == "may_use")
            asked = asked and not refused
        else:
            found.append(Step(place, question, now))
    return found


def value_at(values: Value | Values | None, path: Place) -> Value | None:
    """Give the answer at `path` inside `values`; None where there is none."""
    found: Value | Values | None = values
    for step in path:
        match found:
            case Mapping():
                found = found.get(str(step))
            case tuple() if isinstance(step, int):
                found = found[step] if step < len(found) else None
            case Consent():
                found = getattr(found, str(step), None)
            case _:
                return None
    return cast("Value | None", found)


def with_value(values: Value | Values | None, path: Place, new: Value | None) -> Value | None:
    """Give `values` with `new` at `path`; None removes, and a group that becomes empty goes as well.

    An item one past the end is added; an item stays even when nothing is left in it.
    """
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(values) if isinstance(values, tuple) else []
        if step >= len(items):
            items.append({})
            step = len(items) - 1
        items[step] = with_value(items[step], rest, new) or {}
        return tuple(items)
    if isinstance(values, Consent) or (values is None and step in CONSENT_KEYS and not rest):
        former = values if isinstance(values, Consent) else Consent()
        changed = replace(former, **{step: new})  # type: ignore[arg-type]
        return changed if given(changed) else None
    entries = dict(values) if isinstance(values, Mapping) else {}
    child = with_value(entries.get(step), rest, new)
    if child is None or child == ():
        entries.pop(step, None)
    else:
        entries[step] = child
    return entries or None


def unasked_answers(assignment: c.Assignment, values: Values) -> list[c.Question]:
    """List the questions that have an answer but do not apply now, in order."""
    return [q for q in assignment.questions if given(values.get(q.id)) and not applies(q, values, values)]
