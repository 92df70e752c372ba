import pytest

from stagekit.checks.consent import Reader, Visibility, is_private, may_read, mentor_sees, visibility

YES = "informed: true, form: spoken, date: 2026-10-13, read_back: true"


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (f"{{{YES}, may_use: yes}}", Visibility.SHOWN),
        (f"{{{YES}, may_use: paraphrased}}", Visibility.PARAPHRASED),
        (f"{{{YES}, may_use: no}}", Visibility.WITHHELD),
        ("{may_use: no}", Visibility.WITHHELD),
        ("{informed: false, may_use: yes}", Visibility.OWN_ONLY),
        ("{may_use: yes}", Visibility.OWN_ONLY),
        ("{informed: true}", Visibility.OWN_ONLY),
        ("", Visibility.OWN_ONLY),
    ],
)
def test_consent_decides_what_is_shown(shipped, consent, expected):
    answers = shipped.portfolio(f"parent-interview: {{parents: [{{on_time: x, consent: {consent}}}]}}")
    repeat = shipped.course.assignment("parent-interview").question("parents")
    assert visibility(repeat, answers.of("parent-interview")["parents"][0]) is expected


def test_items_that_ask_no_consent_are_shown(shipped):
    repeat = shipped.course.assignment("observation").question("notes")
    assert visibility(repeat, {}) is Visibility.SHOWN


def test_without_recorded_consent_only_the_student_reads_it():
    assert [may_read(Visibility.OWN_ONLY, reader) for reader in Reader] == [True, False, False]
    assert not any(may_read(Visibility.WITHHELD, reader) for reader in Reader)
    assert all(may_read(Visibility.PARAPHRASED, r) and may_read(Visibility.SHOWN, r) for r in Reader)


def test_the_mentor_does_not_see_the_staff_room_unless_the_student_says_so(shipped):
    course, ids = shipped.course, [a.id for a in shipped.course.assignments]
    default = shipped.portfolio()
    assert [i for i in ids if not mentor_sees(course, default, i)] == ["observation"]
    chosen = shipped.portfolio(identity="settings: {mentor_sees: [visie, observation]}")
    assert [a.id for a in course.assignments if mentor_sees(course, chosen, a)] == ["visie", "observation"]


def test_names_are_private_and_nothing_else_is(shipped):
    parents = shipped.course.assignment("parent-interview")
    assert is_private(parents, "parents", 0, "name")
    assert not is_private(parents, "parents", 0, "alias")
    assert not is_private(parents, "parents", 0)
    assert not is_private(parents, "no_such_question")
    assert not is_private(shipped.course.assignment("visie"), "summary")
