"""Lists: always in sight; add, change, move, remove from the middle, and bring back."""

import pytest

from stagekit.interview.assignments import run_assignment
from stagekit.interview.prompter import Move
from stagekit.interview.session import Stopped
from stagekit.store.portfolio_folder import PortfolioFolder

from .scripted import keep, typing

PARENTS = ("parent-interview", "parents")
CONTACTS = ("soorten-contact", "contacts")


def go(session, place):
    try:
        return run_assignment(session, session.course.assignment(place[0]), place)
    except Stopped:
        return "stopped"


def three_parents(folder, course):
    items = tuple({"name": name, "alias": f"Parent {n}", "on_time": f"{name} sets two alarms."}
                  for n, name in enumerate(("Samira", "Peter", "Wei"), 1))  # fmt: skip
    PortfolioFolder(folder).save(course, {"parent-interview": {"parents": items}})
    return items


def option(prompt, fragment):
    return next(o for o in prompt.options if fragment in o.label)


def test_a_new_conversation_begins_with_the_words_for_consent(sit, stored):
    session = sit("add", "Samira", keep, "yes", "spoken", keep, "yes", Move.STOP)
    go(session, PARENTS)
    assert "saying no is fine too" in session.prompter.said
    (item,) = stored("parent-interview")["parents"]
    assert item["alias"] == "Parent 1"
    assert item["consent"].recorded
    assert item["consent"].date.isoformat() == "2026-11-03"
    words = session.prompter.asked[3]
    assert words.title == "Consent: told"
    assert "I record nothing" in words.help[0]


def test_a_no_skips_the_rest_and_counts(sit, stored, course):
    session = sit("add", "Wei", keep, "yes", "spoken", keep, "no", Move.STOP)
    go(session, PARENTS)
    assert session.prompter.asked[-1].title == "Parents"
    assert "said no; it counts" in option(session.prompter.asked[-1], "Wei").hint
    assert "still counts" in session.prompter.said
    assert stored("parent-interview")["parents"][0]["consent"].refused


def test_the_list_is_always_in_sight_with_what_is_missing(sit, folder, course):
    three_parents(folder, course)
    session = sit(Move.STOP)
    go(session, PARENTS)
    menu = session.prompter.asked[0]
    assert option(menu, "Samira (Parent 1)").hint == "still to do: Ready for school, Important for child"
    assert option(menu, "Wei (Parent 3)")


def test_the_list_is_in_sight_at_a_new_item(sit, folder, course):
    three_parents(folder, course)
    session = sit("add", Move.STOP)
    go(session, PARENTS)
    assert "2. Peter (Parent 2)" in session.prompter.asked[1].aside[0]


def test_remove_from_the_middle_and_bring_back(sit, folder, course, stored):
    items = three_parents(folder, course)
    session = sit("item:1", "remove", "undo", Move.STOP)
    go(session, PARENTS)
    after = session.prompter.asked[2]
    assert [o.id for o in after.options if o.id.startswith("item:")] == ["item:0", "item:1"]
    assert option(after, "Bring back: Peter")
    assert stored("parent-interview")["parents"] == items


def test_what_was_removed_stays_removed_and_in_the_history(sit, folder, course, stored):
    items = three_parents(folder, course)
    go(sit("item:1", "remove", Move.STOP), PARENTS)
    assert stored("parent-interview")["parents"] == (items[0], items[2])
    session = sit(Move.VERSIONS, "0", "yes", Move.STOP)
    go(session, PARENTS)
    assert stored("parent-interview")["parents"] == items
    assert any("Peter" in text for text in session.prompter.asked[2].aside)


def test_two_removed_come_back_last_first(sit, folder, course, stored):
    items = three_parents(folder, course)
    go(sit("item:0", "remove", "item:0", "remove", "undo", "undo", Move.STOP), PARENTS)
    assert stored("parent-interview")["parents"] == items


def test_reorder(sit, folder, course, stored):
    three_parents(folder, course)
    session = sit("item:2", "up", "up", "list", "item:0", "down", "list", Move.STOP)
    go(session, PARENTS)
    assert [item["name"] for item in stored("parent-interview")["parents"]] == ["Samira", "Wei", "Peter"]
    assert "up" not in [o.id for o in session.prompter.asked[3].options]


def test_half_typed_text_goes_with_its_item(sit, folder, course):
    three_parents(folder, course)
    at_on_time = lambda p: option(p, "On time").id  # noqa: E731
    session = sit(
        "item:2", "one", at_on_time, typing("Wei sets three al", Move.BACK), "up", "list",
        "item:1", "one", at_on_time, Move.STOP,
    )  # fmt: skip
    go(session, PARENTS)
    assert session.prompter.asked[-1].breadcrumb.startswith("In depth: talking to a parent › Parent 2")
    assert session.prompter.asked[-1].initial == "Wei sets three al"


def test_half_typed_text_of_a_removed_item_comes_back_with_it(sit, folder, course):
    three_parents(folder, course)
    at_ready = lambda p: option(p, "Ready for school").id  # noqa: E731
    session = sit(
        "item:1", "one", at_ready, typing("Peter looks", Move.BACK), "remove",
        "item:1", "one", at_ready, keep, "list", "undo", "item:1", "one", at_ready, Move.STOP,
    )  # fmt: skip
    go(session, PARENTS)
    asked = [prompt for prompt in session.prompter.asked if prompt.title == "Ready for school"]
    assert [prompt.initial for prompt in asked] == ["", "", "Peter looks"]


def test_an_item_that_stays_empty_is_not_in_the_list(sit, stored):
    session = sit("add", "Samira", Move.BACK, "", Move.BACK, Move.STOP)
    go(session, PARENTS)
    assert "parents" not in stored("parent-interview")


def test_change_one_answer(sit, folder, course, stored):
    three_parents(folder, course)
    session = sit("item:1", "one", lambda p: option(p, "Phase").id, "upper", "list", Move.STOP)
    go(session, PARENTS)
    assert [item.get("phase") for item in stored("parent-interview")["parents"]] == [None, "upper", None]


MOMENTS = ("mentor-interview", "learning_moments")


def test_aliases_are_proposed_and_follow_the_role(sit, stored):
    back = [Move.BACK, Move.BACK]
    session = sit("add", "teacher", "Fatima", keep, *back, Move.BACK, "mentor", Move.STOP)
    go(session, MOMENTS)
    assert session.prompter.asked[3].initial == "Teacher A"
    assert stored("mentor-interview")["learning_moments"][0]["alias"] == "My mentor"


def test_an_alias_of_ones_own_stays(sit, stored):
    session = sit(
        "add", "teacher", "Fatima", "The new one", Move.BACK, Move.BACK, Move.BACK, "mentor", Move.STOP
    )
    go(session, MOMENTS)
    assert stored("mentor-interview")["learning_moments"][0]["alias"] == "The new one"


def test_no_alias_is_proposed_twice(sit, folder, course):
    items = ({"role": "teacher", "alias": "Teacher B"}, {"role": "mentor"}, {"role": "teacher", "name": "X"})
    PortfolioFolder(folder).save(course, {"mentor-interview": {"learning_moments": items}})
    session = sit("item:2", "one", lambda p: option(p, "Alias").id, Move.STOP)
    go(session, MOMENTS)
    assert session.prompter.asked[-1].initial == "Teacher C"


def test_the_day_of_consent_is_that_of_the_talk(sit, stored):
    session = sit("add", "teacher", Move.SKIP, Move.SKIP, "6-10-2026", "yes", "spoken", keep, Move.STOP)
    go(session, MOMENTS)
    assert stored("mentor-interview")["learning_moments"][0]["consent"].date.isoformat() == "2026-10-06"


def contact(*rest):
    return ("add", "nieuwsbrief", Move.SKIP, Move.SKIP, Move.SKIP, Move.SKIP, Move.SKIP, Move.SKIP, *rest)


def everything(prompt):
    texts = [prompt.text, prompt.why, *prompt.help, *prompt.aside]
    return "\n".join([*texts, *(f"{o.label} {o.hint} {' '.join(o.keywords)}" for o in prompt.options)])


def test_the_reference_is_shown_after_the_judgement_and_never_before(sit, stored):
    session = sit(*contact("higher", "change", "lower", "keep", Move.STOP))
    go(session, CONTACTS)
    prompts = session.prompter.asked
    judged = next(i for i, p in enumerate(prompts) if p.title == "Impact")
    assert not any("probably a lower" in everything(prompt) for prompt in prompts[: judged + 1])
    shown = prompts[judged + 1]
    assert "probably a lower impact" in everything(shown)
    assert "Connecticut" in everything(shown)
    assert "How sure" in everything(shown)
    assert [o.id for o in shown.options] == ["keep", "change"]
    assert prompts[judged + 2].initial == "higher"
    assert stored("soorten-contact")["contacts"][0]["judgement"] == "lower"


def test_keeping_the_judgement(sit, stored):
    session = sit(*contact("higher", "keep", Move.STOP))
    go(session, CONTACTS)
    assert stored("soorten-contact")["contacts"][0]["judgement"] == "higher"
    assert session.prompter.asked[-1].title == "Why"


def test_back_and_stop_where_the_judgement_stands_beside_the_reference(sit, stored):
    session = sit(*contact("higher", Move.BACK, "lower", Move.STOP))
    go(session, CONTACTS)
    assert stored("soorten-contact")["contacts"][0]["judgement"] == "lower"
    assert session.prompter.asked[-1].title == "Your judgement beside the reference list"


def test_several_sources_are_one_sentence(sit):
    session = sit("add", "thuisopdracht", *[Move.SKIP] * 6, "higher", Move.STOP)
    go(session, CONTACTS)
    (line,) = [text for text in session.prompter.asked[-1].aside if text.startswith("Source:")]
    assert ".;" not in line
    assert ";" in line
    assert line.endswith("studies.")


def test_something_else_gets_a_name_and_has_no_reference(sit, stored):
    session = sit("add", "other", "Pleinapp", *[Move.SKIP] * 6, "depends", Move.STOP)
    go(session, CONTACTS)
    (item,) = stored("soorten-contact")["contacts"]
    assert dict(item) == {
        "type": "other",
        "name": "Pleinapp",
        "judgement": "depends",
    }
    assert "own reasons count" in session.prompter.said
    assert session.prompter.asked[-1].title == "Why"


def test_an_item_is_found_by_words_of_either_language(sit):
    session = sit("add", Move.STOP)
    go(session, CONTACTS)
    newsletter = next(o for o in session.prompter.asked[1].options if o.id == "nieuwsbrief")
    assert {"nieuwsbrief", "newsletter"} <= {
        word.lower() for word in (newsletter.label, *newsletter.keywords)
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_more_items_are_asked_for_until_there_are_enough(sit, folder, course, language):
    session = sit(Move.STOP, language=language)
    go(session, PARENTS)
    assert session.prompter.asked[0].initial == "add"
    three_parents(folder, course)
    later = sit(Move.STOP, language=language)
    go(later, PARENTS)
    assert later.prompter.asked[0].initial == "done"
