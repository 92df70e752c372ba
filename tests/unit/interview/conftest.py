"""A sitting on a real folder with a scripted person."""

from datetime import datetime

import pytest

from stagekit import i18n
from stagekit.api.portfolios import new_identity
from stagekit.interview.keeper import Keeper
from stagekit.interview.session import Session, Surroundings
from stagekit.store.course_files import load_course
from stagekit.store.drafts import Drafts, Presence
from stagekit.store.portfolio_folder import PortfolioFolder

from .scripted import Scripted

NOW = datetime(2026, 11, 3, 10, 20, 30)


@pytest.fixture
def course():
    return load_course()


@pytest.fixture
def folder(tmp_path, course):
    place = tmp_path / "portfolio"
    PortfolioFolder(place).create(course, new_identity("en"), {})
    return place


@pytest.fixture
def sit(folder, course):
    """Begin a sitting on the portfolio: `sit(*script)`, or `sit(*script, language="nl")`."""
    sessions = []

    def begin(*script, language="en"):
        i18n.activate(language)
        keeper = Keeper(folder, course)
        drafts = Drafts(keeper.private, interval=0.01)
        presence = Presence(keeper.private, drafts.token)
        presence.enter()
        around = Surroundings(now=lambda: NOW)
        session = Session(course, keeper, drafts, Scripted(*script), language, around, presence)
        sessions.append(session)
        return session

    yield begin
    for session in sessions:
        session.drafts.close()
        session.presence.leave()


@pytest.fixture
def stored(folder, course):
    """Give the answers of an assignment as they stand on disk."""

    def answers(assignment_id):
        return PortfolioFolder(folder).load(course).portfolio.of(assignment_id)

    return answers
