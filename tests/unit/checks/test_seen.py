"""The hashes by which a change since feedback is known: of what a mentor may see, and of nothing else."""

import re
from dataclasses import replace

import pytest

from stagekit.checks.consent import Reader
from stagekit.checks.redaction import redacted
from stagekit.checks.seen import seen_hashes
from stagekit.model.portfolio import PrivateAlias, Settings
from tests.unit.checks.conftest import Kit, make_course

QUESTIONS = """
  - {id: summary, type: long_text, label: LABEL, prompt: LABEL}
  - {id: tags, type: choices, label: LABEL, prompt: LABEL,
     choices: [{id: a, label: LABEL}, {id: b, label: LABEL}]}
  - id: parents
    type: repeat
    label: LABEL
    prompt: LABEL
    item: LABEL
    person: {name: name, alias: alias, default: {nl: "Ouder {number}", en: "Parent {number}"}}
    questions:
      - {id: name, type: text, private: true, label: LABEL, prompt: LABEL}
      - {id: alias, type: text, label: LABEL, prompt: LABEL}
      - {id: ready, type: long_text, label: LABEL, prompt: LABEL}
      - {id: consent, type: consent, label: LABEL, prompt: LABEL}
"""
ANSWERS = """
work:
  summary: Samira vertelde dat het druk is.
  parents:
    - {name: Samira Bouzid, ready: De tas staat klaar., consent: {informed: yes, may_use: yes}}
"""


@pytest.fixture(scope="module")
def kit():
    return Kit(make_course(QUESTIONS))


def hashes(kit, text=ANSWERS, **identity):
    portfolio = kit.portfolio(text)
    if identity:
        portfolio = replace(portfolio, identity=replace(portfolio.identity, **identity))
    return seen_hashes(kit.course, portfolio)


def differing(one, other):
    return {key for key in one if one[key] != other[key]}


def test_every_assignment_and_question_has_one_answered_or_not(kit):
    found = hashes(kit)
    assert set(found) == {"work", "work.summary", "work.tags", "work.parents"}
    assert all(re.fullmatch("[0-9a-f]{16}", value) for value in found.values())


def test_a_change_shows_in_its_question_and_assignment(kit):
    changed = hashes(kit, ANSWERS.replace("druk", "rustig"))
    assert differing(hashes(kit), changed) == {"work", "work.summary"}


def test_what_the_mentor_does_not_see_changes_nothing(kit):
    renamed = ANSWERS.replace("Samira vertelde", "Aisha vertelde").replace("Samira Bouzid", "Aisha Bouzid")
    assert hashes(kit, renamed) == hashes(kit)
    refused = ANSWERS.replace("may_use: yes", "may_use: no")
    assert hashes(kit, refused.replace("tas", "jas")) == hashes(kit, refused)
    assert differing(hashes(kit), hashes(kit, refused)) == {"work", "work.parents"}


def test_an_empty_answer_is_none(kit):
    assert hashes(kit, ANSWERS + "  tags: []\n") == hashes(kit)
    assert hashes(kit, 'work: {summary: " "}') == hashes(kit, "{}")


def test_the_portfolio_salts_it(kit):
    assert not set(hashes(kit).values()) & set(hashes(kit, id="bcdefghi").values())


def test_neither_the_name_of_a_reviewer_nor_a_setting_changes_it(kit):
    portfolio = kit.portfolio(ANSWERS.replace("dat het", "dat Petra het"))
    named = replace(portfolio, reviewers=("Petra Jansen",))
    assert seen_hashes(kit.course, named) == seen_hashes(kit.course, portfolio)
    assert hashes(kit, settings=Settings(keep_until="2027-01-01")) == hashes(kit)


def test_a_name_that_becomes_private_does(kit):
    settings = Settings(private_aliases=(PrivateAlias(name="Samira Bouzid", alias="Buurvrouw"),))
    assert "work.summary" in differing(hashes(kit), hashes(kit, settings=settings))


def test_a_submission_has_the_same(kit):
    portfolio = kit.portfolio(ANSWERS)
    sent = redacted(kit.course, portfolio, "nl", Reader.LECTURER)
    assert seen_hashes(kit.course, sent) == seen_hashes(kit.course, portfolio)
