"""Which portfolio the wizard means, in which language, and what it says before the first question."""

import pytest

from stagekit import i18n
from stagekit.api.interviews import prepare
from stagekit.api.portfolios import fill, open_portfolio
from stagekit.errors import UserError
from stagekit.interview.prompter import Given, Move
from stagekit.report.render.formats import FORMATS
from stagekit.store import last_used
from stagekit.store.course_files import DEFAULT_COURSE, demo_file

COMMANDS = frozenset({"status", "render"})


class Person:
    def __init__(self, *script):
        self.script = list(script)
        self.asked = []
        self.shown = []

    def ask(self, prompt):
        self.asked.append(prompt)
        step = self.script.pop(0) if self.script else Move.STOP
        return step if isinstance(step, Move) else Given(step)

    def show(self, *paragraphs, style=""):
        self.shown += paragraphs


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hold(*script, folder=None, language=None):
    person = Person(*script)
    sitting = prepare(folder, person, language=language, commands=COMMANDS)
    if sitting is not None:
        sitting.hold()
    return person


def test_a_new_portfolio_in_the_language_chosen(here):
    person = hold("nl", "Noor")
    assert open_portfolio(here / "portfolio").portfolio.identity.language == "nl"
    assert open_portfolio(here / "portfolio").portfolio.identity.student.name == "Noor"
    assert {option.label for option in person.asked[0].options} == {"Nederlands", "English"}
    assert i18n.active() == "nl"
    assert str(here / "portfolio") in "\n".join(person.shown)


def test_the_option_answers_the_question_of_language(here):
    person = hold("Noor", language="en")
    assert person.asked[0].text.startswith("What is your name")
    assert open_portfolio(here / "portfolio").portfolio.identity.language == "en"


@pytest.mark.parametrize("move", [Move.STOP, Move.INTERRUPT])
def test_stopping_at_the_language_makes_nothing(here, move):
    hold(move)
    assert list(here.iterdir()) == []


def test_the_portfolio_one_stands_in_or_below(here, monkeypatch):
    fill(here, demo_file(DEFAULT_COURSE, "en"), "en", remember=False)
    (here / "answers" / "deeper").mkdir()
    monkeypatch.chdir(here / "answers" / "deeper")
    person = hold()
    assert "6 of 6" in person.asked[0].text
    assert any("Welcome back" in text for text in person.shown)


def test_going_on_next_time_without_being_asked_where(here):
    hold("nl", "Noor")
    person = hold()
    assert len(person.asked) == 1


def test_beginning_anew_beside_a_known_portfolio_is_asked(here, tmp_path_factory, monkeypatch):
    hold("nl", "Noor")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    person = hold("known")
    assert [option.id for option in person.asked[0].options] == ["known", "new"]
    assert str(here / "portfolio") in person.asked[0].options[0].hint
    named = hold("new", "en", "Second", folder=here / "other")
    assert named.asked[0].options[1].hint == str(here / "other")
    assert open_portfolio(here / "other").portfolio.identity.student.name == "Second"
    assert last_used.recall() == here / "other"


@pytest.mark.parametrize(("reply", "name"), [("known", "other"), ("new", "portfolio")])
def test_the_one_used_last_is_never_passed_over_for_one_that_happens_to_be_here(here, reply, name):
    hold("en", "Noor", folder=here / "portfolio")
    hold("new", "en", "Samira", folder=here / "other")
    person = hold(reply)
    assert person.asked[0].text == "You have two portfolios. Which one do you want to go on with?"
    assert [option.hint for option in person.asked[0].options] == [
        str(here / "other"),
        str(here / "portfolio"),
    ]
    assert str(here / name) in "\n".join(person.shown)


def test_stopping_at_that_question_makes_nothing(here):
    hold("nl", "Noor")
    hold(Move.STOP, folder=here / "other")
    assert not (here / "other").exists()


def test_another_window_is_explained(here):
    hold("nl", "Noor")
    first = prepare(None, Person(), language="en", commands=COMMANDS)
    person = hold(language="en")
    assert "another window" in "\n".join(person.shown)
    first.rescue()
    assert "another window" not in "\n".join(hold(language="en").shown)


def test_a_wrong_line_is_named_and_the_rest_is_in_use(here):
    fill(here, demo_file(DEFAULT_COURSE, "en"), "en", remember=False)
    file = here / "answers" / "1-visie.yaml"
    file.write_text(file.read_text().replace("visited_on: 20", "visited_on: x20"))
    person = hold()
    assert any("1-visie.yaml" in text and "A date is expected" in text for text in person.shown)
    assert "6 of 6" in person.asked[0].text


def test_making_the_document_from_the_overview(here):
    fill(here, demo_file(DEFAULT_COURSE, "en"), "en", remember=False)
    person = hold("render")
    for name in ("portfolio.docx", "portfolio.html"):
        assert (here / name).exists()
        assert any(name in text for text in person.shown)


def test_one_format_that_fails_does_not_keep_the_other_back(here, monkeypatch):
    fill(here, demo_file(DEFAULT_COURSE, "en"), "en", remember=False)

    def fail(_report):
        raise UserError("no Word today")

    monkeypatch.setitem(FORMATS, "docx", fail)
    person = hold("render")
    assert not (here / "portfolio.docx").exists()
    assert not any("portfolio.docx" in text for text in person.shown)
    assert any("portfolio.html" in text for text in person.shown)


def test_only_commands_that_exist_are_named(here):
    fill(here, demo_file(DEFAULT_COURSE, "en"), "en", remember=False)
    said = "\n".join(hold().shown)
    assert "stagekit render" in said
    assert "stagekit check" not in said
    assert "stagekit submit" not in said


def test_changing_the_language_on_the_way(here):
    fill(here, demo_file(DEFAULT_COURSE, "en"), "en", remember=False)
    person = hold("language", "nl")
    assert person.asked[-1].title == "Samenwerken met ouders"
    assert open_portfolio(here).portfolio.identity.language == "nl"
