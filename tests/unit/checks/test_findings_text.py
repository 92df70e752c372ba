"""Detection, measured on labelled sentences: a part to tune on, and one written before and not looked at."""

import time
from dataclasses import fields

import pytest

from stagekit.checks.aliases import Aliases
from stagekit.checks.findings_scan import PrivacyLexicon
from stagekit.checks.findings_text import TextCheck, published
from stagekit.store.course_files import load_course, load_privacy
from tests.unit.checks.labelled import Measure, sentences

COURSE = load_course()


@pytest.fixture(scope="module")
def check(real):
    identity = real.identity
    own = (identity.student.name, identity.school.name, identity.school.place)
    lexicon = PrivacyLexicon(COURSE.names, load_privacy(COURSE.id))
    return TextCheck(lexicon, Aliases.of(COURSE, real, "nl"), own)


def measured(check, part):
    measure = Measure()
    for sentence in sentences(part):
        spots = check.spots(sentence.text, paraphrased=sentence.where == "paraphrased")
        if sentence.where == "quote":
            spots = published(spots)
        measure.count(sentence, [(spot.kind.value, spot.start, spot.end) for spot in spots])
    return measure


def test_there_are_four_hundred_sentences():
    assert len(list(sentences("tuning"))) + len(list(sentences("unseen"))) >= 400
    assert len(list(sentences("unseen"))) >= 300


def test_unseen_sentences(check, capsys):
    """The measure of the detection; mistakes are not printed, so that nobody tunes on them."""
    measure = measured(check, "unseen")
    with capsys.disabled():
        print("\nunseen sentences\n" + measure.table())
    assert measure.recall("block") >= 0.98
    assert measure.precision("block") >= 0.95
    assert measure.recall("warn") >= 0.90
    assert measure.precision("warn") >= 0.80


def test_tuning_sentences(check, capsys):
    measure = measured(check, "tuning")
    with capsys.disabled():
        print("\ntuning sentences\n" + measure.table())
    assert measure.notes == []


PHONES = [
    "0612345678", "06 12345678", "06-12345678", "06 12 34 56 78", "06.12.34.56.78", "06/12345678",
    "06 - 12 34 56 78", "06 1234 5678", "06-1234-5678", "06 123 456 78", "0612 345 678", "061 234 5678",
    "06 1 234 56 78", "(06) 12345678", "06–12345678", "06‑12345678", "06·12345678", "06 • 12345678",
    "06_12345678", "06: 12345678", "06:12345678", "+31612345678", "+31 6 12345678", "+31 (0)6-1234 5678",
    "+31(0)612345678", "+31(6)12345678", "(+31) 6 12345678", "+31-6-12345678", "+31 06 12345678",
    "0031612345678", "0031 6 12345678", "0031(0)6 12345678", "+ 31 6 12345678", "030-2345678", "0302345678",
    "(030) 2345678", "(030)2345678", "030 - 234 56 78", "030-23 45 678", "010-4 78 21 90", "0348-417265",
    "0348 41 72 65", "(0348) 417265", "+31 30 2345678", "0031 348 417265", "088-1234567",
    "06\u00a012\u00a034\u00a056\u00a078", "06\u200b12345678", "０６-12345678", "06 12 34\n56 78",
    "+32 470 12 34 56",
]  # fmt: skip
NO_PHONES = [
    "0123456", "06-10-2026 08:40", "06 10 2026 12", "01 02 03 04 05 06 07", "0 1 2 3 4 5 6 7 8 9",
    "06 07 08 09 10", "2026-2027", "0800-0432", "0900-1234567", "978-90-01-87654-3", "0.123456789",
    "08.30-11.45 13.00", "1.000.000.000", "06+", "02-03-04-05-06",
]  # fmt: skip


@pytest.mark.parametrize("number", PHONES)
@pytest.mark.parametrize(
    "around", ["Bel {} even.", "({})", "tel:{}", "{}", "nummer is {}, bel maar", "*{}*", "_{}_"]
)
def test_a_phone_number_in_every_usual_spelling(check, number, around):
    text = around.format(number)
    found = [text[spot.start : spot.end] for spot in check.spots(text) if spot.kind == "phone"]
    assert [words.strip("()") for words in found] == [number.strip("()")]


@pytest.mark.parametrize("number", NO_PHONES)
def test_other_numbers_are_no_phone_number(check, number):
    assert [spot.kind for spot in check.spots(f"Het is {number} hoor.") if spot.kind != "date"] == []


ACCOUNTS = [
    "NL91ABNA0417164300", "nl91 abna 0417 1643 00", "NL 91 ABNA 0417164300", "NL91-ABNA-0417-1643-00",
    "NL91 ABNA 0417 164 300", "BE68 5390 0754 7034",
]  # fmt: skip


@pytest.mark.parametrize("typed", ACCOUNTS)
def test_an_account_number_in_every_spelling_and_none_with_a_wrong_digit(check, typed):
    (spot,) = check.spots(f"Naar {typed} en klaar.")
    assert (spot.kind, f"Naar {typed}"[spot.start : spot.end]) == ("iban", typed)
    wrong = check.spots(f"Naar {typed.replace('91', '92').replace('68', '69')} en klaar.")
    assert "iban" not in [spot.kind for spot in wrong]


def test_eight_digits_are_a_service_number_only_beside_the_word(check):
    assert [spot.kind for spot in check.spots("Zijn BSN is 50260662.")] == ["bsn"]
    assert check.spots("Het polisblad is 50260662.") == []
    assert check.spots("De bsn is 50260663.") == []  # does not pass the test
    assert check.spots("BSN 000000000") == []


def test_what_a_registered_person_is_called_is_no_finding(check):
    assert check.spots("Juf Karin en de zoon van Samira, en Joost 't Hart.") == []
    (spot,) = check.spots("De moeder van Samira Demirci kwam.")
    assert spot.kind == "relation_name"


def test_what_somebody_said_is_no_name_and_who_is_called_so_is(check):
    assert check.spots("What the father said, a parent said nothing, and my mentor said she does too.") == []
    (spot,) = check.spots("Toen kwam de vader van Said.")
    assert spot.kind == "relation_name"


def test_a_name_that_is_also_a_word_is_shown_where_it_cannot_be_told(check):
    (spot,) = check.spots("Wit is de kleur van de muur. De wit geverfde deur.")
    assert (spot.kind, spot.start) == ("private_name", 0)


HOSTILE = ["a@", "a@a.", "06 ", "12-", "NL91 ABNA 0", "DE91 abcd efgh ijkl ", "van ", "Jan van ", "juf ",
           "Juf A. ", "moeder van ", "A.", "\"a b c ", "‘a b ", "“ ", "groep 5 ", "kerkstraat 1 ", "1234 AB ",
           "www.a", "12 maart ", "Karin ", "B-de-", "'t H ", "(0", "+31"]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_in_hostile_text(check, unit):
    """Ten times the text takes about ten times as long; what tries again would take a hundred."""

    def seconds(size):
        text = (unit * (size // len(unit) + 1))[:size]
        started = time.process_time()
        check.spots(text, paraphrased=True)
        return time.process_time() - started

    seconds(2_000)
    small = min(seconds(10_000) for _each in range(3))
    assert min(seconds(100_000) for _each in range(3)) < 40 * small + 0.2


def test_twenty_thousand_words_are_quick(check):
    words = " ".join(sentence.text for sentence in sentences("tuning")).split()
    text = " ".join((words * (20_000 // len(words) + 1))[:20_000])
    best = 9.9
    for _attempt in range(3):
        started = time.process_time()
        check.spots(text)
        best = min(best, time.process_time() - started)
    assert best < 2  # 0.2 s on an idle machine


def test_every_word_of_the_course_is_a_word():
    """An apostrophe that is not quoted swallows the words up to the next one, and nothing says so."""
    people = load_privacy(COURSE.id).people
    for lists in (people, load_privacy(COURSE.id).streets, COURSE.names):
        for each in fields(lists):
            words = getattr(lists, each.name)
            assert words, each.name
            assert [word for word in words if "," in word or "\n" in word or len(word) > 40] == []
