"""Portfolios to render: the complete real one, the samples, an empty one, and one filled with any text."""

from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from stagekit.model import course as c
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.values import Consent
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import DEFAULT_COURSE, demo_file, load_course

DATA = Path(__file__).parents[2] / "data"


def read(file: Path) -> Portfolio:
    course = load_course()
    given = read_answers(file, course)
    identity = Identity(id="abcdefgh12345678", course=course.id, language="nl")
    return Portfolio(given.identity.over(identity), given.answers)


@pytest.fixture(scope="session")
def course() -> c.Course:
    return load_course()


@pytest.fixture(scope="session")
def real() -> Portfolio:
    return read(DATA / "answers-nl.yaml")


@pytest.fixture(scope="session")
def samples() -> dict[str, Portfolio]:
    return {language: read(demo_file(DEFAULT_COURSE, language)) for language in ("nl", "en")}


@pytest.fixture(scope="session")
def empty() -> Portfolio:
    return Portfolio(Identity(id="abcdefgh12345678", course=DEFAULT_COURSE, language="nl"))


def everywhere(course: c.Course, text: str, items: int = 1) -> Portfolio:
    """Make a portfolio with `text` as the answer to every question that takes words."""
    answers = {a.id: _values(course, a.questions, text, items) for a in course.assignments}
    return Portfolio(Identity(id="abcdefgh12345678", course=course.id, language="nl"), answers)


def _values(course, questions, text, items):
    values = {question.id: _value(course, question, text, items) for question in questions}
    return {key: value for key, value in values.items() if value is not None}


def _value(course, question, text, items):
    match question:
        case c.TextQuestion() | c.LongTextQuestion():
            return None if question.private or question.id == "alias" else text
        case c.GroupQuestion():
            return _values(course, question.questions, text, items)
        case c.RepeatQuestion():
            return tuple(_values(course, question.questions, text, items) for _ in range(items))
        case c.ConsentQuestion():
            return Consent(informed=True, may_use="yes")
        case c.ReferenceQuestion():
            return c.OTHER
        case c.ChoiceQuestion() | c.ChoicesQuestion():
            first = course.options(question)[0][0]
            return (first,) if isinstance(question, c.ChoicesQuestion) else first
        case _:
            return None


VIEWER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def leaves(tokens):
    for token in tokens:
        yield token
        yield from leaves(token.children or ())


def headings(markdown: str) -> list[str]:
    """List the headings a viewer shows, with their level."""
    tokens = VIEWER.parse(markdown)
    return [f"{t.tag} {shown(after.children)}" for t, after in pairwise(tokens)
            if t.type == "heading_open"]  # fmt: skip


def shown(tokens) -> str:
    """Give the words a viewer shows, with one blank for every run of blanks."""
    parts = []
    for token in leaves(tokens):
        if token.type in {"text", "code_inline", "html_inline", "html_block", "code_block", "fence"}:
            parts.append(token.content)
        elif token.type in {
            "softbreak",
            "hardbreak",
            "paragraph_close",
            "heading_close",
            "td_close",
            "th_close",
        }:
            parts.append(" ")
    return " ".join("".join(parts).split())


def kinds(markdown: str) -> set[str]:
    """List what kinds of construct a viewer finds."""
    return {token.type for token in leaves(VIEWER.parse(markdown))}
