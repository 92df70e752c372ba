import pytest

from stagekit.checks.completeness import completeness
from stagekit.cohort.sample import sample_students
from stagekit.store.cohort_pool_file import load_pool
from stagekit.store.course_files import load_course


def students(count, language="nl"):
    course = load_course()
    return list(sample_students(course, load_pool(course, language), language, count))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_cohort_has_some_of_everything(language):
    course = load_course()
    cohort = students(60, language)
    done = [completeness(course, student.portfolio).complete for student in cohort]
    assert 0.5 < sum(done) / len(done) < 0.95
    assert any(not student.portfolio.answers for student in cohort)
    assert {student.flaw for student in cohort} == {
        "", "document", "cut_off", "not_yaml", "wrong_line", "other_files",
    }  # fmt: skip
    assert any(student.late for student in cohort)
    assert not all(student.late for student in cohort)
    assert any(len(student.handed_in) > 1 for student in cohort)
    assert any(student.rounds for student in cohort)


def test_a_student_is_the_same_in_a_cohort_of_any_size():
    assert students(40)[:7] == students(7)


def test_students_are_told_apart_by_number_key_and_portfolio():
    cohort = students(300)
    identities = [student.portfolio.identity for student in cohort]
    assert len({student.key for student in cohort}) == len(cohort)
    assert len({identity.id for identity in identities}) == len(cohort)
    assert len({identity.student.number for identity in identities}) == len(cohort)


def test_attempts_come_one_after_the_other():
    for student in students(60):
        assert list(student.handed_in) == sorted(student.handed_in)
        assert len(student.earlier) == len(student.handed_in) - 1


def test_no_text_keeps_a_gap_for_a_name():
    for student in students(60):
        assert "{first}" not in str(student.portfolio.answers)
