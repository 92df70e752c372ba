import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.checks.spelling import WORD, fold, letter_words, place_of


@pytest.mark.parametrize(
    "typed", ["Zoë", "ZOË", "Zoe\u0308", "zoe", "Z\u00ado\u200be", "Ｚｏｅ", "𝐙oe", "zoe\ufeff"]
)
def test_spellings_of_a_name_fold_to_one(typed):
    assert fold(typed).text == "zoe"


@pytest.mark.parametrize("sign", list("'’‘ʼ`´′"))
def test_apostrophes_fold_to_one(sign):
    assert fold(f"{sign}t").text == "'t"


def test_letters_that_do_not_come_apart_lose_their_mark_too():
    assert fold("Øyvind Łukasz Straße Æsa İpek Iğdır").text == "oyvind lukasz strasse aesa ipek igdir"


def test_signs_never_become_letters():
    assert not any(char.isalpha() for char in fold("™½²№…€😀").text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ßﬁéë\u0301\u200b\u00adĳ'’ \n"))))
def test_every_folded_character_leads_back_to_the_one_it_comes_from(text):
    folded = fold(text)
    places = [folded.raw(index) for index in range(len(folded.text))]
    assert places == sorted(places)
    for index, place in enumerate(places):
        assert folded.text[index] in fold(text[place]).text
    assert folded.raw(len(folded.text)) == len(text)


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("", True),
        ("Dat is zo. ", True),
        ("Is dat zo? ", True),
        ("Dat zei ", False),
        ("Kleur: ", False),
        ("Ze vroeg: “", True),
        ("ik, ", False),
        ("o.a. ", False),
        ("m.b.t. ", False),
        ("Een lijst\n- ", True),
        ("Een lijst\n1. ", True),
        ("Een lijst\n1) ", True),
        ("Een alinea.\n\n", True),
        ("Een kort kopje\n", True),
        ("Een regel die zo lang is dat de zin op de volgende doorgaat met\n", False),
        ("Een regel die zo lang is dat de zin er juist nog helemaal op past.\n", True),
        ("*", True),
        ("en *", False),
        ("(zie boven) ", False),
    ],
)
def test_where_a_sentence_begins(before, first):
    assert place_of(before + "Wil", len(before)).first is first


def test_a_quotation_can_begin_anywhere():
    assert place_of("de “Wil", 4) == (False, True)


@given(st.text(st.characters() | st.sampled_from("aB1é’ß-_ʼnʹ²\n\u200b"), max_size=20))
def test_words_of_letters_are_those_of_the_folded_text(text):
    words = [word for word in WORD.findall(fold(text).text) if not word[0].isdigit()]
    assert letter_words(text) == words
