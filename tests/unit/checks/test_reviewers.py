"""A reviewer types more than a name; only the name may be hidden all over the portfolio."""

from dataclasses import replace

import pytest

from stagekit.checks.aliases import Aliases
from stagekit.checks.names import Lexicon
from stagekit.checks.reviewers import personal_name
from stagekit.model.portfolio import Identity, School, Student

IDENTITY = Identity(
    id="abcdefgh",
    course="small",
    language="nl",
    student=Student(name="Sanne van Dijk"),
    school=School(name="Basisschool De Wilgenhof", place="Utrecht"),
)


@pytest.fixture(scope="module")
def lexicon(shipped):
    return Lexicon(shipped.course.names)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Karin de Wit", "Karin de Wit"),
        ("karin de wit", "karin de wit"),
        ("Karin", "Karin"),
        ("Wit, Karin de", "Wit, Karin de"),
        ("Joost 't Hart", "Joost 't Hart"),
        ("Karin de Wit, leerkracht groep 5", "Karin de Wit"),
        ("Karin de Wit (Groep 5)", "Karin de Wit"),
        ("Karin de Wit - Basisschool De Wilgenhof", "Karin de Wit"),
        ("Karin de Wit groep 5", "Karin de Wit"),
        ("Karin de Wit De Wilgenhof Utrecht", "Karin de Wit De"),
        ("groep 5", ""),
        ("Basisschool De Wilgenhof", ""),
        ("", ""),
        ("de van", ""),
        ("12345", ""),
    ],
)
def test_the_name_in_what_is_typed(lexicon, typed, name):
    assert personal_name(typed, IDENTITY, lexicon) == name


@pytest.mark.parametrize(
    "typed", ["Karin de Wit, leerkracht groep 5", "mentor groep 5", "De mentor van Sanne", "De Wilgenhof"]
)
def test_common_words_of_a_signature_stay_in_the_answers(shipped, typed):
    text = "In de groep van De Wilgenhof zei Sanne dat de mentor er is."
    portfolio = replace(shipped.portfolio("{}"), identity=IDENTITY, reviewers=(typed,))
    aliases = Aliases.of(shipped.course, portfolio, "nl")
    assert aliases.apply(text) == text
    if "Karin" in typed:
        assert "Karin" not in aliases.apply("Karin zei het.")
