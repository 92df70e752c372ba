"""Small courses and portfolios, written as people write them: YAML in, typed values out."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stagekit.model import course as c
from stagekit.model.decode import Problems, decode
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.text import Text
from stagekit.model.values import decode_values
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import load_course
from stagekit.store.yaml_reader import parse

PARTICLES = ("van", "de", "der", "den", "'t", "ten", "ter", "el", "al", "ben", "von", "da")
AMBIGUOUS = ("wil", "roos", "wit", "hart", "ben", "bos", "jong", "berg", "peters")


@dataclass
class Kit:
    """Makes a portfolio of a course out of YAML."""

    course: c.Course
    identity: dict = field(default_factory=dict)

    def portfolio(self, text: str = "", identity: str = "") -> Portfolio:
        problems = Problems()
        head = f"{{schema: 1, id: abcdefgh, course: {self.course.id}, language: nl}}"
        node = parse(head.encode())
        node.entries.update(parse(identity.encode()).entries)
        who = decode(Identity, node, problems)
        answers = {
            key: decode_values(self.course.assignment(key).questions, child, (key,), self.course, problems)
            for key, child in parse(text.encode()).items()
        }
        assert not problems.found, problems.found
        return Portfolio(who, answers)


TITLES = ("juf", "meester", "mevrouw", "meneer", "heer", "mw", "dhr")
ROLES = ("moeder", "vader", "en", "mentor", "leerkracht", "ouder", "naam")


def make_course(questions: str) -> c.Course:
    """Make a course of one assignment, `work`, out of a YAML list of questions; LABEL stands for a text."""
    body = questions.replace("LABEL", "{nl: Etiket, en: Label}")
    word = "{nl: W, en: W}"
    source = f"id: work\ntitle: {word}\nintro: {word}\ndocument_intro: {word}\nquestions:\n{body}"
    problems = Problems()
    assignment = decode(c.Assignment, parse(source.encode()), problems)
    assert assignment is not None, problems.found
    names = c.Names(particles=PARTICLES, ambiguous=AMBIGUOUS, titles=TITLES, roles=ROLES)
    word = Text.same("S")
    return c.Course(id="small", title=word, intro=word, assignments=(assignment,), names_from=lambda: names)


@pytest.fixture(scope="session")
def shipped() -> Kit:
    """The course that ships."""
    return Kit(load_course())


@pytest.fixture(scope="session")
def small():
    """Make a kit for a course of a few questions."""
    return lambda questions: Kit(make_course(questions))


@pytest.fixture(scope="session")
def real(shipped) -> Portfolio:
    """A complete set of answers as a first-year student gives them; people and school are invented."""
    given = read_answers(Path(__file__).parents[2] / "data" / "answers-nl.yaml", shipped.course)
    identity = Identity(id="abcdefgh", course=shipped.course.id, language="nl")
    return Portfolio(given.identity.over(identity), given.answers)
