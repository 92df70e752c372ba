import pytest

from stagekit.cli.prompts.lists import Chooser, found
from stagekit.interview.prompter import Option

OPTIONS = [
    Option("news", "Nieuwsbrief", keywords=("newsletter",)),
    Option("cafe", "Café thuistaal", keywords=("language café",)),
    Option("talk", "Oudergesprek", keywords=("parent talk",)),
    Option("first", "Gesprek vooraf"),
    Option("other", "Anders"),
]


def ids(options):
    return [option.id for option in options]


class TestFound:
    @pytest.mark.parametrize("words", ["cafe", "CAFÉ", "thuistaal cafe", "language"])
    def test_accents_capitals_order_and_other_words_do_not_matter(self, words):
        assert ids(found(OPTIONS, words)) == ["cafe", "other"]

    def test_labels_that_begin_with_it_come_first(self):
        assert ids(found(OPTIONS, "gesprek")) == ["first", "talk", "other"]

    def test_other_always_stays(self):
        assert ids(found(OPTIONS, "zzz")) == ["other"]

    def test_without_other_nothing_may_be_left(self):
        assert found(OPTIONS[:2], "zzz") == []


class TestChooser:
    def test_points_at_the_answer_so_far(self):
        assert Chooser(OPTIONS, "talk", several=False).taken() == "talk"

    def test_an_answer_that_is_no_option_any_more_points_at_the_first(self):
        assert Chooser(OPTIONS, "gone", several=False).taken() == "news"

    def test_runs_round_by_one_and_stops_at_the_ends_by_more(self):
        chooser = Chooser(OPTIONS, "", several=False)
        chooser.move(-1)
        assert chooser.taken() == "other"
        chooser.move(1)
        assert chooser.taken() == "news"
        chooser.move(99)
        assert chooser.taken() == "other"

    def test_numbers_of_two_digits(self):
        chooser = Chooser([Option(str(n), str(n)) for n in range(1, 28)], "", several=False)
        for digit in "12":
            chooser.digit(digit)
        assert chooser.taken() == "12"
        chooser.digit("9")
        assert chooser.taken() == "9"
        chooser.digit("0")
        assert chooser.taken() == "9"

    def test_ticks_come_back_in_the_order_of_the_list(self):
        chooser = Chooser(OPTIONS, ("talk", "gone"), several=True)
        chooser.toggle()
        assert chooser.taken() == ("news", "talk")
        chooser.toggle()
        assert chooser.taken() == ("talk",)

    def test_a_tick_ends_the_number_being_typed(self):
        chooser = Chooser([Option(f"o{n}", f"Option {n}") for n in range(1, 13)], (), several=True)
        for key in ("1", "2"):
            chooser.digit(key)
            chooser.toggle()
        assert chooser.taken() == ("o1", "o2")

    def test_a_search_ends_where_it_began(self):
        chooser = Chooser(OPTIONS, "", several=False)
        chooser.search("gesprek")
        assert chooser.taken() == "first"
        chooser.search("")
        assert chooser.taken() == "first"
        assert chooser.listed == OPTIONS

    def test_nothing_listed_takes_nothing(self):
        chooser = Chooser(OPTIONS[:1], "", several=False)
        chooser.search("zzz")
        chooser.move(1)
        chooser.toggle()
        assert chooser.taken() is None


def test_points_where_it_is_told_while_nothing_is_chosen():
    assert Chooser(OPTIONS, "", several=False, pointer=OPTIONS[1].id).pointer == 1
    assert Chooser(OPTIONS, OPTIONS[2].id, several=False, pointer=OPTIONS[1].id).pointer == 2
    assert Chooser(OPTIONS, "", several=False, pointer="gone").pointer == 0
