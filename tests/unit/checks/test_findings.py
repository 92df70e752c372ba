"""Findings of a whole portfolio: where they stand, how they are named, and who reads what."""

import pytest

from stagekit.checks.consent import Reader
from stagekit.checks.findings import Checker, Weight
from stagekit.checks.findings_scan import Kind
from stagekit.i18n import LANGUAGES
from stagekit.store.course_files import load_privacy

PARENTS = """
parent-interview:
  parents:
    - name: Samira Bouzid
      consent: {informed: true, may_use: yes}
      on_time: Bel 06 12345678.
    - name: Peter Vos
      consent: {informed: true, may_use: no}
      on_time: Bel 06 12345678.
    - name: An Dam
      on_time: Bel 06 12345678.
"""


def checker(shipped, text, identity=""):
    portfolio = shipped.portfolio(text, identity)
    return Checker(shipped.course, load_privacy(shipped.course.id), portfolio, "nl")


def test_what_nobody_reads_is_no_finding_for_them(shipped):
    found = checker(shipped, PARENTS)
    assert [each.question for each in found.findings()] == ["parents[1].on_time", "parents[3].on_time"]
    assert [each.question for each in found.findings(Reader.LECTURER)] == ["parents[1].on_time"]
    observed = checker(shipped, "observation: {pattern: Bel 06 12345678.}")
    assert observed.findings(Reader.MENTOR) == []
    assert len(observed.findings(Reader.LECTURER)) == 1


def test_the_same_words_at_the_same_question_keep_their_number(shipped):
    (first,) = checker(shipped, "visie: {summary: Bel 06 12345678.}").findings()
    (later,) = checker(
        shipped, "visie: {summary: Heel veel meer tekst. Bel toch 06 12345678 maar.}"
    ).findings()
    (elsewhere,) = checker(shipped, "visie: {in_practice: Bel 06 12345678.}").findings()
    (other,) = checker(shipped, "visie: {summary: Bel 06 12345679.}").findings()
    assert first.id == later.id
    assert len({first.id, elsewhere.id, other.id}) == 3


def test_a_place_reads_as_the_course_calls_it(shipped):
    found = checker(shipped, PARENTS).findings()
    assert found[1].place("nl") == "Ouder 3, op tijd"
    assert found[1].place("en") == "Parent 3, on time"
    assert found[1].path == ("parents", 2, "on_time")


def test_private_answers_dates_and_addresses_of_pages_are_not_searched(shipped):
    text = """
visie: {url: "https://school.example/0612345678", visited_on: 2026-10-06}
parent-interview: {parents: [{name: "Jan de Vries 06 12345678", phase: lower}]}
"""
    assert checker(shipped, text, "{student: {number: '0612345678'}}").findings() == []


def test_an_alias_is_searched_for_it_is_shown(shipped):
    text = 'parent-interview: {parents: [{name: Ada Vos, alias: "Moeder van Yusuf"}]}'
    (found,) = checker(shipped, text).findings()
    assert (found.kind, found.name, found.question) == (Kind.RELATION_NAME, "Yusuf", "parents[1].alias")


def test_one_answer_is_looked_through_at_once(shipped):
    found = checker(shipped, "visie: {summary: iets}")
    question = shipped.course.assignment("visie").question("summary")
    (finding,) = found.findings_for("visie", ("summary",), question, "Bel 06 12345678.")
    assert (finding.weight, finding.text) == (Weight.BLOCK, "06 12345678")
    assert found.findings_for("visie", ("summary",), question, "Niets aan de hand.") == []


def test_no_finding_shows_words_in_its_own_representation(shipped):
    assert "12345678" not in repr(checker(shipped, PARENTS).findings())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_says_why_and_what_to_do(shipped, kind, language):
    from stagekit.checks.findings_wording import reason, remedy

    subject = load_privacy(shipped.course.id).subjects[0].label if kind is Kind.SENSITIVE else None
    assert reason(kind, subject, language).endswith((".", "known."))
    assert remedy(kind, language).endswith((".", "?"))
    assert "{" not in reason(kind, subject, language)
