"""What a reviewer saw, as short hashes: by them an answer that changed since is known."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from stagekit.checks.completeness import given
from stagekit.checks.consent import Reader
from stagekit.checks.redaction import redacted
from stagekit.model.course import Course
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import CONSENT_KEYS, Consent, Value

LENGTH = 16
"""Hexadecimal digits of a hash: no two answers of one portfolio are alike by accident."""


def seen_hashes(course: Course, portfolio: Portfolio) -> dict[str, str]:
    """Give the hash of each assignment, `visie`, and of each of its questions, `visie.summary`.

    It is that of what a mentor may see, aliases in place, so that it tells nothing of a name; salted with
    the portfolio's id, so that it cannot be looked up. A question without an answer has one too. Neither
    the language of a document nor the names of the reviewers themselves change it.
    """
    from dataclasses import replace

    plain = replace(portfolio, reviewers=())
    shown = redacted(course, plain, portfolio.identity.language, Reader.MENTOR)
    found: dict[str, str] = {}
    for assignment in course.assignments:
        values = shown.of(assignment.id)
        told = {question.id: _told(values.get(question.id)) for question in assignment.questions}
        found[assignment.id] = _hash(portfolio.identity.id, told)
        for question_id, value in told.items():
            found[f"{assignment.id}.{question_id}"] = _hash(portfolio.identity.id, value)
    return found


def _hash(salt: str, value: Any) -> str:
    import hashlib
    import json

    text = json.dumps([salt, value], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _told(value: Value | None) -> Any:
    """Give an answer as JSON holds it; what says nothing is None, wherever it stands."""
    if value is None or not given(value):
        return None
    match value:
        case bool() | int() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return [_told(item) for item in value]
        case Consent():
            return {key: _told(getattr(value, key)) for key in CONSENT_KEYS}
        case Mapping():
            items = ((key, _told(item)) for key, item in value.items())
            return {key: item for key, item in items if item is not None}
