import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.dates import is_date, when
from stagekit.cohort.layouts import blackboard, blackboard_user, brightspace, canvas, moodle, recognise

PERSON = st.text(st.characters(exclude_characters="/\\\0"), min_size=1, max_size=30)
FILE = st.text(st.characters(exclude_characters="/\\\0"), min_size=1, max_size=30)


@given(PERSON, st.integers(0, 10**9), st.sampled_from(["", "_"]))
def test_moodle_folders(person, number, ending):
    found = moodle(f"{person}_{number}_assignsubmission_file{ending}")
    assert (found.name, found.key, found.file) == (person, str(number), "")
    assert found.entry.endswith(ending)


@given(PERSON, st.integers(0, 10**9), FILE)
def test_moodle_flat(person, number, file):
    found = moodle(f"{person}_{number}_assignsubmission_file_{file}")
    assert (found.key, found.file) == (str(number), file)
    assert found.entry == f"{person}_{number}_assignsubmission_file"


def test_moodle_blind_and_teams():
    assert moodle("Deelnemer_1234567_assignsubmission_file").key == "1234567"
    assert moodle("Participant_1234567_assignsubmission_file_p.yaml").name == "Participant"
    assert moodle("Default group_assignsubmission_file").key == ""
    assert moodle("Groep A-Jan de Vries_12_assignsubmission_file").name == "Groep A-Jan de Vries"


@given(
    st.text("abcdefghij0123", min_size=1, max_size=20),
    st.integers(1, 10**9),
    st.integers(1, 10**9),
    FILE,
    st.booleans(),
)
def test_canvas(person, user, attachment, file, late):
    found = canvas(f"{person}{'_LATE' if late else ''}_{user}_{attachment}_{file}")
    assert (found.name, found.key, found.number, found.late) == (person, str(user), attachment, late)


def test_canvas_variants():
    assert canvas("anon_aB3xY_902_p.zip").key == canvas("LATE_anon_aB3xY_902_p.zip").key == "aB3xY"
    assert canvas("LATE_anon_aB3xY_902_p.zip").late
    assert canvas("van_der_berg_11_902_p.zip").name == "van_der_berg"
    assert canvas("vriesjande_11_link.html").key == "11"
    assert canvas("vriesjande_11_text.html").file == "text.html"
    assert canvas("vriesjande_11_902_portfolio-2.yaml").file == "portfolio.yaml"
    assert canvas("vriesjande_11_902_2-soorten-contact-1.yaml").file == "2-soorten-contact.yaml"
    assert canvas("vriesjande_11_902_2-soorten-contact.yaml").file == "2-soorten-contact.yaml"


@given(PERSON.filter(lambda name: " - " not in f" {name} " and not re.search(r"\d", name)), FILE)
def test_brightspace_flat_whatever_the_file_is_called(person, file):
    found = brightspace(f"397063-2557369 - {person} - Sep 24, 2024 926 PM - {file}")
    assert (found.name, found.key, found.file) == (person, "397063", file)
    assert found.entry == f"397063-2557369 - {person} - Sep 24, 2024 926 PM"


def test_brightspace_names_with_a_dash():
    found = brightspace("1-2 - Mary-Ann - Smith - Sep 24, 2024 926 PM")
    assert found.name == "Mary-Ann - Smith"
    assert brightspace("1-2 - Jan - geen datum") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 24, 2024 926 PM", "2024-09-24T21:26:00"),
        ("Sep 24, 2024 1226 AM", "2024-09-24T00:26:00"),
        ("Sep 24, 2024 12:05 PM", "2024-09-24T12:05:00"),
        ("24 sep. 2024 2126", "2024-09-24T21:26:00"),
        ("24 september 2024 09.26", "2024-09-24T09:26:00"),
        ("5 mrt 2024 930", "2024-03-05T09:30:00"),
        ("1 maart 2024 1805", "2024-03-01T18:05:00"),
        ("12 mei 2024 800", "2024-05-12T08:00:00"),
        ("2024-09-24 2126", "2024-09-24T21:26:00"),
        ("24-09-2024 21.26.05", "2024-09-24T21:26:05"),
        ("24 août 2024 21 h 26", "2024-08-24T21:26:00"),
        ("Dez 3, 2024 905", "2024-12-03T09:05:00"),
        ("24 xyz 2024 2126", ""),
        ("Feb 31, 2024 100 AM", ""),
        ("Sep 24, 2024 2575", ""),
    ],
)
def test_dates(text, expected):
    assert is_date(text)
    assert when(text) == expected


@given(st.text(max_size=40))
def test_any_text_as_a_date(text):
    is_date(text)
    assert when(text) == "" or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", when(text))


def test_blackboard():
    found = blackboard("Stage_1_jan_v_attempt_2026-11-20-12-00-00_p_2.zip")
    assert (found.file, found.submitted) == ("p_2.zip", "2026-11-20T12:00:00")
    assert blackboard("Stage_1_jan_v_attempt_2026-11-20-12-00-00.txt").file == ".txt"
    assert blackboard_user("Naam: Jan de Vries (jan_v)\r\nx", "Stage_1_jan_v") == ("Jan de Vries", "jan_v")
    assert blackboard_user("Naam: Jan (piet)", "Stage_1_jan_v") is None
    assert blackboard_user("", "Stage_1_jan_v") is None


def test_the_majority_decides():
    name = "Jan_1_assignsubmission_file"
    assert recognise([name, "readme.txt"]) is None
    assert recognise([name, name.replace("1", "2"), "readme.txt"]) is moodle
    assert recognise([]) is None
    assert recognise(["Jan", "Piet"]) is None


@given(st.lists(FILE, max_size=6))
def test_any_names_are_recognised_or_not(names):
    reader = recognise(names)
    assert reader is None or any(reader(name) for name in names)
