import pytest

from stagekit.cli.prompts.listfield import ListField, SearchField
from stagekit.cli.prompts.lists import Chooser
from stagekit.cli.prompts.signs import Signs
from stagekit.cli.prompts.textfield import TextField
from stagekit.interview.prompter import Option

MANY = [Option(f"o{n}", f"Option {n}", f"what {n} means") for n in range(1, 28)]


def field(options=MANY, initial="", several=False, **settings):
    return ListField(Chooser(options, initial, several), Signs(), **settings)


def screen(drawn):
    return ["".join(text for _style, text in row).rstrip() for row in drawn.rows]


@pytest.mark.parametrize("height", range(1, 30))
@pytest.mark.parametrize("pointer", [0, 1, 13, 25, 26])
@pytest.mark.parametrize("width", [20, 36, 76])
def test_the_one_pointed_at_is_in_sight_at_any_size(height, pointer, width):
    made = field()
    made.chooser.move(pointer) if pointer != 1 else made.chooser.digit("2")
    rows = screen(made.draw(width, height))
    assert len(rows) == height
    assert sum(row.startswith("»") for row in rows) == 1
    assert all(len(row) <= width for row in rows)


def test_more_above_and_below_is_told():
    made = field([Option(str(n), str(n)) for n in range(27)], "13")
    rows = screen(made.draw(40, 8))
    assert "▲" in rows[0]
    assert "▼" in rows[-1]


def test_explanations_stand_beside_where_they_fit_else_below():
    options = [Option("a", "Visie", "5 van 6"), Option("b", "Observatie", "klaar")]
    assert screen(field(options).draw(40, 4))[:2] == ["» 1  Visie       5 van 6", "  2  Observatie  klaar"]
    below = screen(field([Option("a", "Visie", "een lange uitleg van dit deel"), options[1]]).draw(30, 6))
    assert below[:2] == ["» 1  Visie", "  2  Observatie"]
    assert below[-3:] == ["", "  een lange uitleg van dit", "  deel"] or "een lange uitleg" in "".join(below)


def test_a_label_that_is_cut_is_told_whole_below():
    options = [Option("a", "Ouders ondersteunen het leren van hun kind thuis"), Option("b", "Kort")]
    rows = screen(field(options).draw(30, 8))
    assert rows[0].endswith("…")
    assert "kind thuis" in " ".join(rows[2:])


def test_the_answer_so_far_stays_marked(english):
    options = [Option("a", "Yes"), Option("b", "No")]
    made = field(options, "b", answered=True)
    made.chooser.move(1)
    assert screen(made.draw(40, 2)) == ["» 1  Yes", "  2  No  · your answer now"]


def test_ticks():
    options = [Option("a", "Yes"), Option("b", "No")]
    assert screen(field(options, ("b",), several=True).draw(40, 2)) == ["» 1  ○ Yes", "  2  ● No"]


def test_hostile_labels_are_harmless():
    assert "[U+001B][31m" in screen(field([Option("a", "\x1b[31mred"), Option("b", "x")]).draw(40, 4))[0]


def test_a_search_that_finds_nothing_says_so(english):
    listed = field()
    listed.chooser.search("zzz")
    made = SearchField(TextField(Signs(), several_lines=False), listed)
    assert "Nothing found. Try another word." in screen(made.draw(40, 10))


def test_few_options_in_a_low_field_still_say_what_they_mean():
    options = [Option("yes", "use it", "I may write down what was said. " * 3), Option("no", "not use it")]
    listed = ListField(Chooser(options, "yes", False), Signs())
    rows = ["".join(text for _style, text in row) for row in listed.draw(76, listed.wanted(76, 24)).rows]
    assert any("I may write down" in row for row in rows)
    assert any("not use it" in row for row in rows)
