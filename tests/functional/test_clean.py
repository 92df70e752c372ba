"""`stagekit clean`: what it says goes, goes; what it says stays, stays; never half a portfolio."""

import os
import re
import shutil
from datetime import date, timedelta

import pytest

from stagekit.api import cleaning
from stagekit.api.checking import name_alias
from stagekit.api.notes import add_note
from stagekit.api.portfolios import fill, open_portfolio
from stagekit.api.rendering import render
from stagekit.model.feedback import AssignmentFeedback, Feedback, Reply, Reviewer
from stagekit.store import atomic, journal
from stagekit.store.feedback_folder import add_round, save_reply
from tests.functional.conftest import REAL_ANSWERS

NAMES = re.compile(rb"karin|fatima|amrani|joost|samira|bouzid|jansen|wei chen|demir", re.IGNORECASE)


def holding_names(folder):
    return [str(file) for file in folder.rglob("*") if file.is_file() and NAMES.search(file.read_bytes())]


def add_feedback(folder):
    """Let a reviewer with another name than the mentor's write names, and the student answer with one."""
    portfolio = open_portfolio(folder, remember=False).portfolio.identity.id
    visie = AssignmentFeedback(comment="Vraag het Fatima.", signed_off=True)
    reviewer = Reviewer(name="Peter Jansen", date="2026-03-04")
    feedback = Feedback(
        portfolio=portfolio, reviewer=reviewer, overall="Groet, Karin", assignments={"visie": visie}
    )
    taken = add_round(folder, feedback)
    save_reply(folder, taken.id, "visie", Reply(text="Samira wist het", done=True))


@pytest.fixture(scope="module")
def worn(tmp_path_factory):
    """The real answers after weeks of work: history, a draft, a further name, a document, a comment."""
    folder = tmp_path_factory.mktemp("worn") / "P"
    fill(folder, REAL_ANSWERS, remember=False)
    add_note(folder, "Karin zei dat Yusuf Demir later komt")
    add_note(folder, "Fatima lachte")
    name_alias(open_portfolio(folder, remember=False), "Yusuf Demir", "Kind 1")
    render(open_portfolio(folder, remember=False))
    add_feedback(folder)
    drafts = folder / ".stagekit" / "drafts"
    drafts.mkdir(exist_ok=True)
    (drafts / "visie.summary.aabbccdd.json").write_text('{"text": "Karin"}', encoding="utf-8")
    file = folder / "answers" / "6-reflection.yaml"
    file.write_text("# Samira nog bellen\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture
def used(worn, tmp_path):
    """A copy of it, to clean."""
    shutil.copytree(worn, tmp_path / "P")
    return tmp_path / "P"


def test_says_what_goes_and_what_stays_and_does_nothing_unasked(stagekit, used):
    before = {file: file.read_bytes() for file in used.rglob("*.yaml")}
    result = stagekit("clean", used, "--lang", "en", ok=False)
    assert result.code == 2
    assert "--yes" in result.err
    for words in ("7 private names", "6 observations", "1 conversation", "1 draft", "earlier version",
                  "comments", "portfolio.md", "back-up"):  # fmt: skip
        assert words in " ".join(result.out.split())
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert {file: file.read_bytes() for file in used.rglob("*.yaml")} == before


def test_no_name_and_no_raw_note_is_left_in_any_file(stagekit, used):
    assert holding_names(used)
    stagekit("clean", used, "--yes")
    assert holding_names(used) == []
    opened = open_portfolio(used)
    assert opened.problems == opened.notices == ()
    notes = opened.portfolio.of("observation")["notes"]
    assert len(notes) == 6
    assert all("heard" not in note and "when" in note for note in notes)
    parents = opened.portfolio.of("parent-interview")["parents"]
    assert [parent["alias"] for parent in parents] == ["Ouder 1", "Ouder 2", "Ouder 3"]
    assert parents[2] == {"alias": "Ouder 3", "withheld": True}
    private = used / ".stagekit"
    assert not (private / "history").exists()
    assert not (private / "drafts").exists()


def test_what_it_says_stays_stays(stagekit, used):
    document = (used / "portfolio.md").read_bytes()
    (used / "feedback" / "1.yaml").write_text("a: b\n", encoding="utf-8")
    (used / "eigen.txt").write_text("van mij", encoding="utf-8")
    before = open_portfolio(used).portfolio
    stagekit("clean", used, "--yes")
    opened = open_portfolio(used)
    after = opened.portfolio
    (taken,) = opened.rounds
    assert taken.feedback.overall == "Groet, mijn mentor"
    assert taken.feedback.assignments["visie"].comment == "Vraag het Leerkracht A."
    assert taken.feedback.assignments["visie"].signed_off
    assert taken.replies["visie"].done
    assert (used / "portfolio.md").read_bytes() == document
    assert (used / "feedback" / "1.yaml").read_text(encoding="utf-8") == "a: b\n"
    assert (used / "eigen.txt").read_text(encoding="utf-8") == "van mij"
    assert after.identity.student == before.identity.student
    assert after.identity.school == before.identity.school
    assert after.of("reflection") == before.of("reflection")
    assert after.of("visie")["summary"] == before.of("visie")["summary"]
    assert "Mijn mentor kent alle voornamen" in after.of("visie")["in_practice"].replace("mijn", "Mijn")
    moments = after.of("mentor-interview")["learning_moments"]
    assert [moment["consent"] for moment in moments] == [
        moment["consent"] for moment in before.of("mentor-interview")["learning_moments"]
    ]


def test_the_document_after_it_still_has_every_alias(stagekit, used):
    stagekit("clean", used, "--yes")
    stagekit("render", used)
    text = (used / "portfolio.md").read_text(encoding="utf-8")
    assert "Leerkracht A" in text
    assert "Ouder 1" in text
    assert "Kind 1" not in text  # it stood in a note


def test_a_second_time_there_is_nothing_to_do(stagekit, used):
    stagekit("clean", used, "--yes")
    before = {file: file.read_bytes() for file in used.rglob("*") if file.is_file()}
    assert "--yes" not in stagekit("clean", used, "--lang", "en").out
    assert {file: file.read_bytes() for file in used.rglob("*") if file.is_file()} == before


def test_what_an_interrupted_save_left_goes_too(stagekit, used):
    stagekit("clean", used, "--yes")
    left = used / ".stagekit" / "tmp" / "0123456789ab-0"
    left.write_text("Karin", encoding="utf-8")
    stagekit("clean", used, "--yes")
    assert holding_names(used) == []


def test_lines_that_cannot_be_read_are_not_lost(stagekit, used):
    file = used / "answers" / "1-visie.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-10-06", "toen", 1), encoding="utf-8")
    before = file.read_bytes()
    assert stagekit("clean", used, "--yes", ok=False).code == 2
    assert file.read_bytes() == before
    assert (used / ".stagekit" / "history").exists()


def test_an_open_window_stops_it(stagekit, used):
    from stagekit.store.drafts import Presence

    presence = Presence(used / ".stagekit", "0a0b0c0d")
    presence.enter()
    try:
        result = stagekit("clean", used, "--yes", ok=False)
    finally:
        presence.leave()
    assert result.code == 2
    assert holding_names(used)
    stagekit("clean", used, "--yes")


def test_a_change_since_it_was_asked_stops_it(used):
    made = cleaning.plan(used)
    file = used / "answers" / "1-visie.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# bij\n", encoding="utf-8")
    with pytest.raises(Exception, match="1-visie"):
        cleaning.carry_out(made)
    assert holding_names(used)


class Cut(BaseException):
    """The power goes."""


@pytest.mark.parametrize("at", range(0, 40))
def test_cut_off_anywhere_it_is_wholly_old_or_wholly_clean(used, monkeypatch, at):
    """After each step that changes the disk; what opens the portfolio next finishes what counted."""
    old = open_portfolio(used).portfolio
    made = cleaning.plan(used)
    steps = 0

    def counted(function):
        def step(*arguments, **named):
            nonlocal steps
            if steps == at:
                raise Cut
            steps += 1
            return function(*arguments, **named)

        return step

    with monkeypatch.context() as patch:
        for module, name in ((journal, "write_new"), (journal, "replace"), (os, "unlink"), (os, "rmdir")):
            patch.setattr(module, name, counted(getattr(module, name)))
        try:
            cleaning.carry_out(made)
        except Cut:
            pass
        else:
            assert steps <= at
    now = open_portfolio(used)
    assert now.problems == ()
    if now.portfolio == old:
        assert (used / ".stagekit" / "history").exists()
    else:
        assert holding_names(used) == []
    cleaning.carry_out(cleaning.plan(used))
    assert holding_names(used) == []


def test_what_cannot_be_removed_is_said(used, monkeypatch):
    made = cleaning.plan(used)
    monkeypatch.setattr(atomic.Path, "rmdir", lambda self: (_ for _ in ()).throw(PermissionError(13, "no")))
    with pytest.raises(Exception, match=r"history|drafts"):
        cleaning.carry_out(made)


def test_a_link_in_the_history_is_removed_and_not_followed(used, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine", encoding="utf-8")
    (used / ".stagekit" / "history" / "link").symlink_to(elsewhere)
    cleaning.carry_out(cleaning.plan(used))
    assert (elsewhere / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (used / ".stagekit" / "history").exists()


def test_a_date_to_keep_it_until_is_kept_and_status_reminds(stagekit, used):
    soon = date.today() + timedelta(days=30)
    shown = stagekit("clean", used, "--keep-until", soon.isoformat(), "--lang", "en").out
    assert str(soon.year) in shown
    assert holding_names(used)
    assert "Keep it until" in stagekit("status", used, "--lang", "en").out
    past = date.today() - timedelta(days=1)
    stagekit("clean", used, "--keep-until", past.isoformat())
    assert "that has passed" in stagekit("status", used, "--lang", "en").out
    stagekit("clean", used, "--yes")
    assert "that has passed" not in stagekit("status", used, "--lang", "en").out
    assert open_portfolio(used).portfolio.identity.settings.keep_until is None


@pytest.mark.parametrize("typed", ["straks", "2027-02-31", ""])
def test_no_date_is_refused(stagekit, used, typed):
    assert stagekit("clean", used, "--keep-until", typed, ok=False).code == 2
    assert open_portfolio(used).portfolio.identity.settings.keep_until is None


def test_a_date_can_be_forgotten(stagekit, used):
    stagekit("clean", used, "--keep-until", "2027-02-01")
    stagekit("clean", used, "--keep-until", "-")
    assert open_portfolio(used).portfolio.identity.settings.keep_until is None
