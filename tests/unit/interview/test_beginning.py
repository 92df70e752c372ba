"""Who and where: short, skippable, kept."""

import errno

import pytest

from stagekit.api.portfolios import fill
from stagekit.interview import overview
from stagekit.interview.beginning import ask_identity
from stagekit.interview.prompter import Move
from stagekit.interview.session import Jump, Stopped, Surroundings
from stagekit.store.course_files import DEFAULT_COURSE, demo_file

from .scripted import keep, typing


def test_back_and_correct(sit):
    session = sit("Nor", Move.BACK, "Noor", *[Move.SKIP] * 5)
    ask_identity(session)
    assert session.prompter.asked[2].initial == "Nor"
    assert session.identity.student.name == "Noor"


def test_emptied_is_gone(sit):
    session = sit("Noor", Move.BACK, "", *[Move.SKIP] * 5)
    ask_identity(session)
    assert session.identity.student.name is None


def test_what_does_not_fit_is_asked_again(sit):
    session = sit()
    session.prompter.check_reply = lambda *_: None
    session.prompter.script = ["No\x1bor", "x" * 300, "Noor", *[Move.SKIP] * 5]
    ask_identity(session)
    assert session.identity.student.name == "Noor"
    assert "U+001B" in session.prompter.said
    assert "one short line" in session.prompter.said


def test_to_the_overview_at_any_moment(sit):
    with pytest.raises(Jump):
        ask_identity(sit("Noor", Move.JUMP))
    session = sit(Move.JUMP, "stop")
    overview.run(session, new=True)
    assert session.prompter.script == []
    assert "stagekit start" in session.prompter.said


def test_half_typed_is_there_next_time(sit):
    first = sit(typing("Noor van", Move.STOP))
    with pytest.raises(Stopped):
        ask_identity(first)
    first.drafts.close()
    first.presence.leave()
    second = sit(keep, *[Move.SKIP] * 5)
    ask_identity(second)
    assert second.identity.student.name == "Noor van"
    assert second.drafts.found() == []


def test_a_disk_that_refuses_is_said_and_the_text_kept(sit, monkeypatch):
    session = sit("Noor", Move.STOP)

    def refuse(_identity):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(session.keeper, "save_identity", refuse)
    with pytest.raises(Stopped):
        ask_identity(session)
    assert "read-only" in session.prompter.said
    assert session.drafts.at(("portfolio", "student", "name"))[0].text == "Noor"


@pytest.mark.parametrize("commands", [{"status", "render"}, {"status", "render", "check", "submit"}])
def test_the_end_names_the_next_step(sit, folder, commands):
    fill(folder, demo_file(DEFAULT_COURSE, "en"), remember=False)
    session = sit("stop")
    session.around = Surroundings(commands=frozenset(commands))
    assert overview.run(session, new=False)
    said = session.prompter.said
    assert ("stagekit submit" in said) is ("submit" in commands)
    assert ("stagekit check" in said) is ("check" in commands)
    assert "stagekit render" in said
    assert "complete" in said


def test_a_choice_that_could_not_be_saved_is_there_next_time(sit, monkeypatch):
    session = sit(
        "visie",
        Move.JUMP,
        lambda p: next(o.id for o in p.options if "Nothing found" in o.label),
        "yes",
        "stop",
    )

    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(session.keeper, "save", refuse)
    assert not overview.run(session, new=False)
    session.presence.leave()
    later = sit("draft:0", keep, Move.STOP)
    assert overview.run(later, new=False)
    assert later.prompter.asked[1].initial == "yes"
    assert "not saved yet" in later.prompter.asked[1].aside[0]
    assert later.of("visie")["nothing_found"] is True
    assert later.drafts.found() == []


def test_a_document_that_cannot_be_made_is_explained(sit):
    def refuse():
        raise OSError(errno.ENOSPC, "No space left on device")

    session = sit("render", "stop")
    session.around = Surroundings(render=refuse)
    overview.run(session, new=False)
    assert "could not be made" in session.prompter.said
    assert "disk is full" in session.prompter.said
