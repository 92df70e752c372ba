import pytest

from stagekit.errors import InvalidInput
from stagekit.store import cohort_pool_file
from stagekit.store.cohort_pool_file import load_pool
from stagekit.store.course_files import load_course


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_shipped_pool_has_something_for_every_required_question(language):
    course = load_course()
    pool = load_pool(course, language)
    assert len(pool.given) * len(pool.family) > 1_000
    for assignment in course.assignments:
        asked = {q.id for q in assignment.questions if q.required and q.when is None}
        assert asked <= set(pool.answers[assignment.id])


def test_both_languages_offer_the_same_questions():
    course = load_course()
    shapes = [
        {key: {q: len(v) for q, v in of.items()} for key, of in load_pool(course, language).answers.items()}
        for language in ("nl", "en")
    ]
    assert shapes[0] == shapes[1]


def test_an_answer_that_fits_no_question_is_named_with_its_line(tmp_path, monkeypatch):
    file = tmp_path / "pool.yaml"
    names = "given: [A]\nfamily: [B]\npeople: [C D]\nschools:\n  - {name: E, place: F}\n"
    file.write_text(names + "answers:\n  visie:\n    sumary:\n      - x\n")
    monkeypatch.setattr(cohort_pool_file, "cohort_file", lambda *_: file)
    with pytest.raises(InvalidInput) as caught:
        load_pool(load_course(), "en")
    assert [problem.line for problem in caught.value.problems] == [8]
    assert "summary" in str(caught.value.problems[0].message)
