"""Sheets to print: for the three assignments where one talks or listens, from what the course says."""

import re
from dataclasses import replace

import pytest

from stagekit.model.portfolio import Portfolio
from stagekit.report.sheet import Blanks, Boxes, Hints, ReadAloud, Title, Writing
from stagekit.report.sheet_build import build_sheet, sheet_assignments
from stagekit.report.sheet_pages import LINE
from stagekit.report.tree import plain, words


def blocks(sheet, kind=None):
    found = [block for page in sheet.pages for block in page.blocks]
    return [block for block in found if isinstance(block, kind)] if kind else found


def everything(sheet) -> str:
    """Give all words of a sheet."""
    out = [sheet.title, sheet.course, sheet.reminder]
    for block in blocks(sheet):
        match block:
            case Title():
                out += [block.text, block.lead]
            case Blanks():
                out += [f"{blank.label} {words(blank.value)}" for blank in block.blanks]
            case Boxes():
                out += [block.label, *(box.label for box in block.boxes)]
            case ReadAloud():
                out += [block.label, block.text]
            case Hints():
                out += [block.label, *block.texts]
            case Writing():
                out += [block.prompt, *block.hints, plain(block.prose)]
    return "\n".join(out)


@pytest.fixture
def sheet(course):
    def make(assignment_id, language="nl", portfolio=None):
        return build_sheet(course, course.assignment(assignment_id), language, portfolio)

    return make


def test_three_assignments_have_one(course):
    ids = [assignment.id for assignment in sheet_assignments(course)]
    assert ids == ["mentor-interview", "parent-interview", "observation"]


class TestEmpty:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_the_parent_talk_has_consent_words_first_and_every_question(self, course, sheet, language):
        made = sheet("parent-interview", language)
        repeat = course.assignment("parent-interview").question("parents")
        aloud = blocks(made, ReadAloud)
        assert [block.text for block in aloud] == [repeat.consent.words[language]] * repeat.suggested
        prompts = [block.prompt for block in blocks(made, Writing)]
        asked = [q.sheet[language] for q in repeat.questions if q.sheet and q.type == "long_text"]
        assert prompts == asked * repeat.suggested
        for question in repeat.questions:
            if question.required:
                assert question.sheet, f"{question.id} is required and not on the sheet"

    def test_speaks_to_parents_as_u(self, sheet):
        said = [b.text for b in blocks(sheet("parent-interview"), ReadAloud)]
        said += [b.lead for b in blocks(sheet("parent-interview"), Title)]
        said += [t for b in blocks(sheet("parent-interview"), Writing) for t in (b.prompt, *b.hints)]
        text = " ".join(said)
        assert not re.search(r"\b(je|jij|jou|jouw|jullie)\b", text, re.IGNORECASE)
        assert re.search(r"\bu\b", text)

    def test_consent_has_its_boxes_all_open(self, sheet):
        for name in ("mentor-interview", "parent-interview"):
            consent = [block for block in blocks(sheet(name), Boxes) if block.id in {"consent", "may_use"}]
            assert [len(block.boxes) for block in consent] == [4, 3] * 3
            assert not any(box.ticked for block in consent for box in block.boxes)

    def test_observations_share_pages_and_have_every_kind_of_talk(self, course, sheet):
        made = sheet("observation")
        kinds = [block for block in blocks(made, Boxes) if block.id == "kinds"]
        assert len(kinds) >= course.assignment("observation").question("notes").suggested
        assert len(made.pages) < len(kinds)
        options = [entry.label["nl"] for entry in course.catalogues["kinds-of-talk"].entries]
        assert [box.label for box in kinds[0].boxes] == options
        assert len(blocks(made, Hints)) == 1

    @pytest.mark.parametrize("name", ["mentor-interview", "parent-interview", "observation"])
    def test_is_empty_and_asks_for_no_name(self, sheet, name):
        made = sheet(name)
        assert all(not blank.value for block in blocks(made, Blanks) for blank in block.blanks)
        assert all(not block.prose and block.lines >= 3 for block in blocks(made, Writing))
        assert "name" not in {blank.id for block in blocks(made, Blanks) for blank in block.blanks}

    @pytest.mark.parametrize("name", ["mentor-interview", "parent-interview"])
    def test_each_talk_begins_a_page_and_names_itself_on_each(self, sheet, name):
        made = sheet(name)
        titles = [next(b for b in page.blocks if isinstance(b, Title)) for page in made.pages]
        assert [title.level for title in titles if title.lead] == [2, 2, 2]
        numbers = [int(title.text.rpartition(" ")[2]) for title in titles]
        assert sorted(set(numbers)) == [1, 2, 3]
        assert numbers == sorted(numbers)


class TestFilled:
    def test_has_what_is_known_and_room_for_more(self, samples, sheet):
        made = sheet("parent-interview", portfolio=samples["nl"])
        parent = samples["nl"].answers["parent-interview"]["parents"][0]
        first = blocks(made, Writing)[0]
        assert first.lines >= 2
        assert plain(first.prose)
        assert samples["nl"].identity.school.name in everything(made)
        ticked = [
            box.label
            for block in made.pages[0].blocks
            if isinstance(block, Boxes)
            for box in block.boxes
            if box.ticked
        ]
        assert len(ticked) >= 3
        assert parent["consent"].informed

    def test_never_a_private_name(self, course, real, sheet):
        for name in ("mentor-interview", "parent-interview", "observation"):
            text = everything(sheet(name, portfolio=real))
            for assignment, group in (
                ("mentor-interview", "learning_moments"),
                ("parent-interview", "parents"),
            ):
                for item in real.answers[assignment][group]:
                    if item.get("name"):
                        assert item["name"] not in text
                        assert not re.search(rf"\b{re.escape(item['name'].split()[-1])}\b", text)

    def test_nothing_of_a_talk_that_may_not_be_used(self, samples, sheet):
        parents = samples["nl"].answers["parent-interview"]["parents"]
        withheld = [i for i, item in enumerate(parents, 1) if item["consent"].refused]
        assert withheld
        text = everything(sheet("parent-interview", portfolio=samples["nl"]))
        for number in withheld:
            assert f"Ouder {number}" not in text
        for item in (parents[number - 1] for number in withheld):
            for answer in item.values():
                assert not isinstance(answer, str) or len(answer) < 12 or answer not in text

    def test_a_portfolio_without_answers_gives_the_empty_sheet(self, empty, sheet):
        assert sheet("observation", portfolio=empty) == sheet("observation")

    def test_items_beyond_what_is_suggested_all_have_their_page(self, course, real, sheet):
        note = real.answers["observation"]["notes"][0]
        answers = {
            **real.answers,
            "observation": {"notes": tuple(replaced(note, f"Notitie {i}") for i in range(23))},
        }
        text = everything(sheet("observation", portfolio=Portfolio(real.identity, answers)))
        assert all(f"Notitie {i}" in text for i in range(23))


def replaced(note, text):
    return {**note, "heard": text}


def test_lines_are_far_enough_apart():
    assert 8 <= LINE <= 9


def test_same_sheet_twice(course, sheet):
    assert sheet("observation") == sheet("observation")
    assert replace(sheet("observation"), title="x") != sheet("observation")
