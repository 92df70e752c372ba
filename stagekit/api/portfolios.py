"""Opening and filling a portfolio."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

from stagekit.api import places
from stagekit.errors import Problem
from stagekit.model.course import Course
from stagekit.model.feedback import Round
from stagekit.model.node import Node
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.store import last_used
from stagekit.store.answers_input import AnswersInput, read_answers
from stagekit.store.course_files import DEFAULT_COURSE, load_course
from stagekit.store.portfolio_folder import LoadedPortfolio, PortfolioFolder


@dataclass(frozen=True, slots=True)
class Opened:
    """A portfolio as read: with the located problems and notices of its files."""

    folder: Path
    course: Course
    portfolio: Portfolio
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    nodes: Mapping[str, Mapping[str, Node | None]] = field(default_factory=dict)
    """What stands in the answer files, by assignment and question, with its lines; empty where unknown."""
    rounds: tuple[Round, ...] = ()
    """Feedback that was taken in, in order."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What `fill` did: whether the portfolio is new, and which answers changed by assignment."""

    folder: Path
    created: bool
    given: Mapping[str, int]


def open_portfolio(folder: Path, *, remember: bool = True) -> Opened:
    """Read the portfolio in `folder`.

    Raises UserError or InvalidInput where `portfolio.yaml` cannot be used; what is wrong in answer
    files is in `problems`, and every other answer is usable.
    """
    store = PortfolioFolder(folder)
    course = load_course(store.course_id())
    loaded: LoadedPortfolio = store.load(course)
    if remember:
        last_used.remember(folder)
    problems, notices = tuple(loaded.problems), tuple(loaded.notices)
    nodes = loaded.snapshot.answers
    return Opened(folder, course, loaded.portfolio, problems, notices, nodes, loaded.rounds)


def fill(folder: Path, answers_file: Path, language: str | None = None, *, remember: bool = True) -> Filled:
    """Take the answers of a file into the portfolio in `folder`, made where there is none.

    Everything is checked before anything is written, and written as one. Given values replace old
    ones, which the history keeps; a repeat group is replaced as a whole.
    """
    store = PortfolioFolder(folder)
    exists = store.exists()
    course = load_course(store.course_id()) if exists else load_course()
    given = read_answers(answers_file, course)
    if language is not None:
        chosen = cast(Literal["nl", "en"], language)
        given = AnswersInput(replace(given.identity, language=chosen), given.answers)
    if exists:
        identity = given.identity.over(store.load(course).portfolio.identity)
        store.save(course, given.answers, identity=identity)
    else:
        places.check_free(folder)
        store.create(course, given.identity.over(new_identity(given.identity.language)), given.answers)
    if remember:
        last_used.remember(folder)
    return Filled(folder, not exists, {key: len(values) for key, values in given.answers.items()})


def new_identity(language: str | None, course_id: str = DEFAULT_COURSE) -> Identity:
    """Give the identity of a portfolio that begins now."""
    from stagekit import i18n

    chosen = cast(Literal["nl", "en"], language or i18n.active())
    return Identity(id=secrets.token_hex(8), course=course_id, language=chosen)
