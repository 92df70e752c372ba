"""Settings that say “nothing at all” stay apart from settings that say nothing."""

from dataclasses import replace

import pytest

from stagekit.model.portfolio import Identity, Settings
from stagekit.store.course_files import load_course
from stagekit.store.portfolio_folder import PortfolioFolder

COURSE = load_course()


def identity(sees: tuple[str, ...] | None) -> Identity:
    return Identity(
        id="abcdefgh12345678", course=COURSE.id, language="nl", settings=Settings(mentor_sees=sees)
    )


def sees(folder: PortfolioFolder) -> tuple[str, ...] | None:
    return PortfolioFolder(folder.path).load(COURSE).portfolio.identity.settings.mentor_sees


@pytest.mark.parametrize("chosen", [None, (), ("visie",), ("visie", "observation")])
def test_what_the_mentor_may_see_comes_back_as_it_was_chosen(tmp_path, chosen):
    folder = PortfolioFolder(tmp_path / "p")
    folder.create(COURSE, identity(chosen), {})
    assert sees(folder) == chosen


@pytest.mark.parametrize("first", [None, (), ("visie",)])
@pytest.mark.parametrize("then", [None, (), ("observation",)])
def test_a_choice_is_saved_over_any_other(tmp_path, first, then):
    folder = PortfolioFolder(tmp_path / "p")
    folder.create(COURSE, identity(first), {})
    before = folder.load(COURSE).portfolio.identity
    folder.save_identity(replace(before, settings=Settings(mentor_sees=then)), base=before)
    assert sees(folder) == then


def test_an_empty_list_written_by_hand_is_none_of_them(tmp_path):
    folder = PortfolioFolder(tmp_path / "p")
    folder.create(COURSE, identity(("visie",)), {})
    file = folder.path / "portfolio.yaml"
    file.write_text(file.read_text().replace("mentor_sees: [visie]", "mentor_sees: []"))
    assert sees(folder) == ()
    file.write_text(file.read_text().replace("mentor_sees: []", "mentor_sees:"))
    assert sees(folder) is None
