"""What the wizard writes is what `--answers` writes for the same answers, to the byte."""

from pathlib import Path

import pytest

from stagekit import i18n
from stagekit.api.portfolios import fill, new_identity
from stagekit.checks.completeness import completeness
from stagekit.i18n import LANGUAGES
from stagekit.interview import overview
from stagekit.interview.keeper import Keeper
from stagekit.interview.session import Session
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import DEFAULT_COURSE, demo_file
from stagekit.store.drafts import Drafts
from stagekit.store.portfolio_folder import PortfolioFolder

from .oracle import Oracle

DATA = Path(__file__).parents[2] / "data"
FILES = [(file, language) for file in sorted(DATA.glob("answers*.yaml")) for language in LANGUAGES]
FILES.append((demo_file(DEFAULT_COURSE, "en"), "en"))


def held(folder, course, target, language):
    i18n.activate(language)
    PortfolioFolder(folder).create(course, new_identity(language), {})
    keeper = Keeper(folder, course)
    oracle = Oracle(course, target.answers, language)
    session = Session(course, keeper, Drafts(keeper.private), oracle, language)
    overview.run(session, new=False)
    return session, oracle


@pytest.mark.parametrize(("file", "language"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_all_answers_through_the_wizard(file, language, course, tmp_path):
    fill(tmp_path / "filled", file, language, remember=False)
    target = read_answers(file, course)
    session, oracle = held(tmp_path / "asked", course, target, language)
    for name in course.files.values():
        asked = (tmp_path / "asked/answers" / name).read_bytes()
        assert asked == (tmp_path / "filled/answers" / name).read_bytes()
    assert completeness(course, session.portfolio).complete
    assert not oracle.todo
    assert list((tmp_path / "asked/.stagekit").glob("drafts/*")) == []
