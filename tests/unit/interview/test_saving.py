"""Each answer saved when given: two windows at once, a disk that refuses, and earlier versions."""

import errno

import pytest

from stagekit.interview import overview
from stagekit.interview.assignments import run_assignment
from stagekit.interview.prompter import Move
from stagekit.interview.session import Stopped
from stagekit.store.drafts import Drafts
from stagekit.store.portfolio_folder import PortfolioFolder

from .scripted import keep, typing

SUMMARY = ("visie", "summary")
NOTES = ("observation", "notes")


def go(session, place):
    try:
        return run_assignment(session, session.course.assignment(place[0]), place)
    except Stopped:
        return "stopped"


def elsewhere(folder, course, assignment_id, then=None, **values):
    """While a question is on the screen, another window saves; then `then` is given."""

    def act(_prompt):
        PortfolioFolder(folder).save(course, {assignment_id: values})
        return then

    return act


def test_saved_at_once(sit, stored):
    seen = []

    def look(_prompt):
        seen.append(dict(stored("visie")))
        return Move.STOP

    go(sit("Partners.", look), SUMMARY)
    assert seen == [{"summary": "Partners."}]


def test_another_answer_changed_elsewhere_is_taken_in(sit, folder, course, stored):
    session = sit(elsewhere(folder, course, "visie", "Mine.", url="https://theirs.example"), Move.STOP)
    go(session, SUMMARY)
    assert dict(stored("visie")) == {"summary": "Mine.", "url": "https://theirs.example"}
    assert session.of("visie")["url"] == "https://theirs.example"
    assert not any("two places" in prompt.title for prompt in session.prompter.asked)


def test_the_same_answer_in_two_windows_keep_mine(sit, folder, course, stored):
    session = sit(elsewhere(folder, course, "visie", "Mine.", summary="Theirs."), "mine", Move.STOP)
    go(session, SUMMARY)
    explained = session.prompter.asked[1]
    assert any("Mine." in text for text in explained.aside)
    assert any("Theirs." in text for text in explained.aside)
    assert stored("visie")["summary"] == "Mine."
    later = sit(Move.VERSIONS, "0", "yes", keep, Move.STOP)
    go(later, SUMMARY)
    assert stored("visie")["summary"] == "Theirs."


def test_the_same_answer_in_two_windows_keep_theirs(sit, folder, course, stored):
    session = sit(
        elsewhere(folder, course, "visie", "Mine.", summary="Theirs."), "theirs", Move.BACK, Move.STOP
    )
    go(session, SUMMARY)
    assert stored("visie")["summary"] == "Theirs."
    assert session.drafts.at(SUMMARY)[0].text == "Mine."


def test_a_note_added_elsewhere_while_one_is_written(sit, folder, course, stored):
    def note(_prompt):
        PortfolioFolder(folder).append(course, "observation", "notes", {"heard": "From the corridor."})
        return "From the staff room."

    session = sit("add", keep, "staff_room", note, ("grumbling",), Move.STOP)
    go(session, NOTES)
    notes = stored("observation")["notes"]
    assert sorted(item.get("heard", "") for item in notes) == ["From the corridor.", "From the staff room."]
    mine = next(item for item in notes if item["heard"] == "From the staff room.")
    assert mine["where"] == "staff_room"
    assert mine["kinds"] == ("grumbling",)


def test_a_note_added_elsewhere_before_the_first_answer_of_ours(sit, folder, course, stored):
    def note(prompt):
        PortfolioFolder(folder).append(course, "observation", "notes", {"heard": "From the corridor."})
        return prompt.initial

    session = sit("add", note, "staff_room", Move.STOP)
    go(session, NOTES)
    notes = stored("observation")["notes"]
    assert [dict(item).keys() for item in notes] == [{"heard"}, {"when", "where"}]


def test_a_list_changed_elsewhere_is_not_overwritten_by_a_removal(sit, folder, course, stored):
    PortfolioFolder(folder).save(course, {"observation": {"notes": ({"heard": "A"}, {"heard": "B"})}})
    new = ({"heard": "A"}, {"heard": "B"}, {"heard": "C"})
    session = sit("item:0", elsewhere(folder, course, "observation", "remove", notes=new), Move.STOP)
    go(session, NOTES)
    assert stored("observation")["notes"] == new
    assert "just changed in another window" in session.prompter.said


def test_the_item_on_the_screen_removed_elsewhere(sit, folder, course, stored):
    PortfolioFolder(folder).save(course, {"observation": {"notes": ({"heard": "A"}, {"heard": "B"})}})
    session = sit(
        "item:1",
        "edit",
        elsewhere(folder, course, "observation", Move.SKIP, notes=({"heard": "A"},)),
        Move.STOP,
    )
    go(session, NOTES)
    assert session.prompter.asked[-1].title == "Notes"
    assert "Choose it again" in session.prompter.said
    assert stored("observation")["notes"] == ({"heard": "A"},)


@pytest.fixture
def full_disk(monkeypatch):
    """Let saves fail until `mended` is called."""
    from stagekit.store import writing

    real = writing.atomic.replace_durably
    state = {"full": True}

    def refuse(*arguments):
        if state["full"]:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(*arguments)

    monkeypatch.setattr(writing.atomic, "replace_durably", refuse)

    def mended(reply):
        def act(_prompt):
            state["full"] = False
            return reply

        return act

    return mended


def test_a_full_disk_is_explained_and_the_answer_kept(sit, stored, full_disk):
    session = sit("Partners.", full_disk("again"), Move.STOP)
    go(session, SUMMARY)
    trouble = session.prompter.asked[1]
    assert any("disk is full" in text for text in trouble.aside)
    assert any("kept as a draft" in text for text in trouble.aside)
    assert stored("visie")["summary"] == "Partners."
    assert session.drafts.found() == []
    assert session.unsaved == {}


def test_going_on_with_an_answer_that_waits(sit, stored, full_disk):
    session = sit("Partners.", "on", full_disk("At the door."), Move.STOP)
    go(session, SUMMARY)
    assert dict(stored("visie")) == {"summary": "Partners.", "in_practice": "At the door."}
    assert "is saved now" in session.prompter.said


def test_stopping_tries_once_more_and_else_shows_the_text(sit, stored, full_disk):
    session = sit("visie", Move.JUMP, lambda p: next(o.id for o in p.options if o.label.endswith("Summary")),
                  "Partners.", "stop")  # fmt: skip
    assert not overview.run(session, new=False)
    assert dict(stored("visie")) == {}
    assert "Partners." in session.prompter.said
    assert "could not be saved" in session.prompter.said
    assert "Everything you answered is saved" not in session.prompter.said


def test_the_draft_of_an_answer_that_could_not_be_saved_is_offered_next_time(sit, full_disk):
    session = sit("Partners.", "stop")
    go(session, SUMMARY)
    session.drafts.close()
    session.presence.leave()
    later = sit("on", Move.STOP)
    go(later, SUMMARY)
    assert later.prompter.asked[1].initial == "Partners."


def test_an_earlier_version_is_looked_at_and_brought_back(sit, stored):
    session = sit("First.", Move.BACK, "Second.", Move.BACK, Move.VERSIONS, "0", "yes", keep, Move.STOP)
    go(session, SUMMARY)
    looked = next(prompt for prompt in session.prompter.asked if "Bring this" in prompt.text)
    assert looked.aside == ("First.",)
    assert stored("visie")["summary"] == "First."


def test_looking_at_versions_changes_nothing(sit, stored):
    session = sit("First.", Move.BACK, "Second.", Move.BACK, Move.VERSIONS, "0", "no", "none", Move.STOP)
    go(session, SUMMARY)
    assert stored("visie")["summary"] == "Second."


def test_at_the_end_it_is_said_what_waits(sit):
    session = sit("visie", typing("https://schoo", Move.STOP))
    assert overview.run(session, new=False)
    assert "still typing is kept too" in session.prompter.said


def test_half_typed_is_offered_dated_at_the_next_start(sit):
    session = sit(typing("Half a tho", Move.STOP))
    go(session, SUMMARY)
    session.drafts.close()
    session.presence.leave()
    later = sit("draft:0", "on", Move.STOP)
    overview.run(later, new=False)
    offered = next(option for option in later.prompter.asked[0].options if option.id == "draft:0")
    assert offered.label.startswith("Go on typing (20")
    assert offered.hint == "Vision › Summary"
    assert later.prompter.asked[0].initial == "draft:0"
    assert later.prompter.asked[1].aside == ("Half a tho",)
    assert later.prompter.asked[2].initial == "Half a tho"


def test_half_typed_in_a_new_item_is_found_again(sit):
    session = sit("add", keep, Move.SKIP, typing("Two teachers", Move.STOP))
    go(session, NOTES)
    session.drafts.close()
    session.presence.leave()
    later = sit("draft:0", "on", Move.STOP)
    overview.run(later, new=False)
    assert later.prompter.asked[-1].title == "Heard"
    assert later.prompter.asked[-1].initial == "Two teachers"


def test_half_typed_can_be_thrown_away(sit):
    session = sit(typing("Half", Move.STOP))
    go(session, SUMMARY)
    session.drafts.close()
    session.presence.leave()
    later = sit("away", Move.STOP)
    go(later, SUMMARY)
    assert later.prompter.asked[-1].initial == ""
    assert later.drafts.found() == []


def test_a_draft_of_what_was_saved_is_not_offered_and_goes(sit, folder):
    """What `kill -9` right after a save leaves behind."""
    go(sit("All of it.", Move.STOP), SUMMARY)
    Drafts(folder / ".stagekit", "aaaaaaaa").keep(SUMMARY, "All of it.")
    session = sit(Move.STOP)
    overview.run(session, new=False)
    assert "draft:0" not in {option.id for option in session.prompter.asked[0].options}
    later = sit(Move.STOP)
    go(later, SUMMARY)
    assert later.prompter.asked[0].initial == "All of it."
    assert Drafts(folder / ".stagekit").found() == []


def test_a_saved_answer_leaves_no_draft(sit):
    session = sit(typing("Par", "Partners."), Move.STOP)
    go(session, SUMMARY)
    assert session.drafts.found() == []


def test_half_typed_of_a_window_that_is_open_is_not_offered(sit):
    first = sit(typing("Half", Move.STOP))
    go(first, SUMMARY)
    first.drafts.flush()
    second = sit(Move.STOP)
    go(second, SUMMARY)
    assert second.prompter.asked[0].initial == ""


def test_twenty_thousand_words_are_typed_without_delay(sit, stored):
    import time

    text = "woord " * 20_000
    spent = []

    def type_on(prompt):
        for end in range(len(text) - 100, len(text)):
            begun = time.perf_counter()
            prompt.changed(text[:end])
            spent.append(time.perf_counter() - begun)
        return text

    go(sit(type_on, Move.STOP), SUMMARY)
    assert stored("visie")["summary"] == text
    assert sorted(spent)[50] < 0.002


def test_two_long_answers_are_shown_from_where_they_differ(sit, folder, course):
    same = "We read this together. " * 40
    meanwhile = elsewhere(folder, course, "visie", same + "Mine.", summary=same + "Theirs.")
    session = sit(meanwhile, "mine", Move.STOP)
    go(session, SUMMARY)
    mine, theirs = session.prompter.asked[1].aside
    assert mine.startswith("Yours, given here: …")
    assert mine.endswith("Mine.")
    assert theirs.endswith("Theirs.")
    assert len(mine) < 120
