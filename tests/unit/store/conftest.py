"""A small course, and portfolios of it."""

import pytest

from stagekit.model.course import Assignment, Course
from stagekit.model.decode import Problems, decode
from stagekit.model.portfolio import Identity, School, Student
from stagekit.store.portfolio_folder import PortfolioFolder
from stagekit.store.yaml_reader import parse

WEBSITE = b"""
id: visie
title: {nl: Visie, en: Vision}
intro: {nl: Lees, en: Read}
document_intro: {nl: Dit, en: This}
questions:
  - {id: url, type: url, label: {nl: Adres, en: Address}, prompt: {nl: Welk adres?, en: Which address?}}
  - id: summary
    type: long_text
    label: {nl: Samenvatting, en: Summary}
    prompt: {nl: Wat staat er?, en: What does it say?}
  - id: visited_on
    type: date
    label: {nl: Dag, en: Day}
    prompt: {nl: Op welke dag?, en: On which day?}
  - {id: tone, type: scale, minimum: 1, maximum: 5, low: {nl: laag, en: low}, high: {nl: hoog, en: high},
     label: {nl: Toon, en: Tone}, prompt: {nl: Welke toon?, en: Which tone?}}
  - id: guide
    type: group
    label: {nl: Gids, en: Guide}
    prompt: {nl: Welke gids?, en: Which guide?}
    questions:
      - {id: title, type: text, label: {nl: Titel, en: Title}, prompt: {nl: Hoe heet hij?, en: Its?}}
      - {id: page, type: text, label: {nl: Bladzijde, en: Page}, prompt: {nl: Welke?, en: Which?}}
"""
NOTES = b"""
id: observation
title: {nl: Observatie, en: Observation}
intro: {nl: Kijk, en: Look}
document_intro: {nl: Dit, en: This}
questions:
  - id: notes
    type: repeat
    item: {nl: notitie, en: note}
    label: {nl: Notities, en: Notes}
    prompt: {nl: Wat hoorde je?, en: What did you hear?}
    questions:
      - id: heard
        type: long_text
        label: {nl: Gehoord, en: Heard}
        prompt: {nl: Wat werd gezegd?, en: What was said?}
      - {id: day, type: date, label: {nl: Dag, en: Day}, prompt: {nl: Wanneer?, en: When?}}
      - id: kinds
        type: choices
        choices: [{id: sharing, label: {nl: delen, en: sharing}}, {id: advice, label: {nl: raad, en: advice}}]
        label: {nl: Soorten, en: Kinds}
        prompt: {nl: Welke soort?, en: Which kind?}
      - {id: consent, type: consent, label: {nl: Mag het, en: Consent}, prompt: {nl: Mag het?, en: May I?}}
  - {id: pattern, type: long_text, label: {nl: Patroon, en: Pattern}, prompt: {nl: Welk?, en: Which?}}
"""


def make_course():
    problems = Problems()
    parts = tuple(decode(Assignment, parse(data), problems) for data in (WEBSITE, NOTES))
    assert not problems.found
    title = parts[0].title
    files = {"visie": "1-visie.yaml", "observation": "2-observation.yaml"}
    return Course("small", title, title, parts, files=files)


def make_identity(**given):
    who = {
        "student": Student(name="Noor", number="0123456"),
        "school": School(name="De Wilgenhof", group="5"),
    }
    return Identity(**{"id": "abcdef0123456789", "course": "small", "language": "nl", **who, **given})


ANSWERS = {
    "visie": {
        "url": "https://school.example/ouders",
        "summary": "Eerste regel\n\tmet tab  \nen 😀",
        "tone": 3,
    },
    "observation": {"notes": ({"heard": "Een grap.", "kinds": ("sharing",)}, {"heard": "Een zucht."})},
}


@pytest.fixture(scope="session")
def course():
    return make_course()


@pytest.fixture
def folder(tmp_path, course):
    """A portfolio with answers in two files."""
    store = PortfolioFolder(tmp_path / "portfolio")
    store.create(course, make_identity(), ANSWERS)
    return store


@pytest.fixture
def visie(folder):
    return folder.path / "answers" / "1-visie.yaml"


@pytest.fixture
def observation(folder):
    return folder.path / "answers" / "2-observation.yaml"


def edit(path, old, new):
    """Change a file as a person does in an editor."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
