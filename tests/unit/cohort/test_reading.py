import io
import os
import pickle
import zipfile

import pytest

from stagekit.cohort.intake import take_in
from stagekit.cohort.model import Limits
from stagekit.cohort.reading import NotUsable, read_submission
from stagekit.errors import UserError
from stagekit.model.feedback import AssignmentFeedback, Feedback, Reviewer, Round
from stagekit.store.feedback_folder import round_files
from tests.functional.cohort.containers import ANSWERS, portfolio_files, zipped

LIMITS = Limits()


def taken(tmp_path, files, name="jan.zip"):
    file = tmp_path / name
    file.write_bytes(zipped(files) if name.endswith(".zip") else files)
    (found,) = take_in([file], LIMITS).submissions
    return found


def read(tmp_path, files, name="jan.zip"):
    return read_submission(taken(tmp_path, files, name), LIMITS)


def test_a_submission_can_be_sent_to_another_process(tmp_path):
    found = taken(tmp_path, portfolio_files())
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_wrong_line_costs_only_its_own_answer(tmp_path, english):
    files = portfolio_files()
    visie = files["answers/1-visie.yaml"].replace(b"\n  url:", b"\n  url: geen-adres\n  xx:")
    found = read(tmp_path, {**files, "answers/1-visie.yaml": visie.replace(b"visited_on:", b"visited_on: x")})
    assert found.portfolio.answers["visie"]["summary"] == "Samen."
    assert {problem.path for problem in found.problems} >= {"visie.visited_on"}
    assert all(problem.line for problem in found.problems)


def test_answers_beside_portfolio_yaml_are_found(tmp_path):
    files = {name.rpartition("/")[2]: data for name, data in portfolio_files().items()}
    assert read(tmp_path, files).portfolio.answers["visie"]["summary"] == "Samen."


def rounds(portfolio):
    reviewer = Reviewer(name="Anke Bos", show_name=False, date="2026-11-20")
    said = {"visie": AssignmentFeedback(level="strong", comment="Mooi.", signed_off=True)}
    feedback = Feedback(portfolio=portfolio, reviewer=reviewer, assignments=said)
    return round_files([Round(id="001-2026-11-20", feedback=feedback)])


def test_feedback_goes_along_and_the_reviewer_stays_private(tmp_path):
    files = portfolio_files()
    own = read(tmp_path, files).portfolio.identity.id
    found = read(tmp_path, {**files, **rounds(own)})
    assert [each.id for each in found.rounds] == ["001-2026-11-20"]
    assert found.rounds[0].feedback.assignments["visie"].signed_off
    assert found.portfolio.reviewers == ("Anke Bos",)
    assert found.problems == ()


def test_feedback_on_another_portfolio_is_not_used(tmp_path, english):
    found = read(tmp_path, {**portfolio_files(), **rounds("0" * 16)})
    assert found.rounds == ()
    assert "another portfolio" in found.problems[0].message


def test_broken_feedback_costs_only_itself(tmp_path):
    files = {
        **portfolio_files(),
        "feedback/001.yaml": b"[",
        "feedback/readme.txt": b"",
        "feedback/x.yaml": b"",
    }
    found = read(tmp_path, files)
    assert found.rounds == ()
    assert found.portfolio.answers["visie"]["summary"] == "Samen."


def test_an_answers_file_is_a_portfolio_with_an_id_that_stays(tmp_path):
    first = read(tmp_path, ANSWERS, "piet.yaml").portfolio
    again = read(tmp_path, ANSWERS + b"  url: https://school.nl\n", "piet.yaml").portfolio
    other = read(tmp_path, ANSWERS, "kees.yaml").portfolio
    assert first.identity.student.name == "Piet Smit"
    assert first.identity.id == again.identity.id != other.identity.id
    assert again.answers["visie"].keys() == {"summary", "url"}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"visie:\n  sumary: x\n", "line 2"),
        (b"- a\n", "mapping"),
        (b"", "no answer"),
        (b"%PDF-1.7", "another kind"),
        (b"visie:\n  summary: !!python/name:os.system x\n", "Tags"),
        ("visie:\n  summary: é\n".encode("cp1252"), "UTF-8"),
        (ANSWERS.decode().encode("utf-16"), "UTF-8"),
    ],
)
def test_an_answers_file_that_cannot_be_used_says_why(tmp_path, english, data, word):
    with pytest.raises(NotUsable, match=word) as raised:
        read(tmp_path, data, "piet.yaml")
    assert "piet.yaml" in raised.value.message or word == "no answer"
    assert "Ask the student" in raised.value.message


def test_the_zip_with_the_portfolio_counts_among_others(tmp_path):
    nested = {"Jan_1_assignsubmission_file/a.zip": zipped({"foto.jpg": b"x"}),
              "Jan_1_assignsubmission_file/b.zip": zipped(portfolio_files())}  # fmt: skip
    assert read(tmp_path, nested).portfolio.identity.student.name == "Jan de Vries"


def test_two_zips_with_a_portfolio_are_not_guessed(tmp_path, english):
    nested = {f"Jan_1_assignsubmission_file/{name}.zip": zipped(portfolio_files()) for name in "ab"}
    with pytest.raises(NotUsable, match=r"several portfolios.*a\.zip, .*b\.zip") as raised:
        read(tmp_path, nested)
    assert raised.value.kind == "refused"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("levels", [1, 2, 3])
def test_zips_within_zips(tmp_path, english, method, levels):
    data = zipped(portfolio_files(), method)
    for _level in range(levels - 1):
        data = zipped({"in.zip": data}, method)
    assert read(tmp_path, {"Jan_1_assignsubmission_file/p.zip": data}).portfolio.answers["visie"]
    deeper = data
    for _level in range(LIMITS.depth - levels + 1):
        deeper = zipped({"in.zip": deeper}, method)
    with pytest.raises(UserError, match="more than 3 zips"):
        read(tmp_path, {"Jan_1_assignsubmission_file/p.zip": deeper})


def test_a_download_of_thousands_is_not_read_again_for_each(tmp_path, monkeypatch):
    """A worker reads only its own student's bytes, however large the download."""
    files = {
        f"Jan {n}_{n}_assignsubmission_file/{name}": data
        for n in range(60)
        for name, data in portfolio_files().items()
    }
    file = tmp_path / "download.zip"
    file.write_bytes(zipped(files))
    found = take_in([file], LIMITS).submissions
    count = 0

    class Counted(io.FileIO):
        def readinto(self, buffer):
            nonlocal count
            got = super().readinto(buffer)
            count += got
            return got

    monkeypatch.setattr(
        "stagekit.cohort.reader._opened", lambda path, links: io.BufferedReader(Counted(path, "rb"))
    )
    read_submission(found[-1], LIMITS)
    assert count < file.stat().st_size / 4


@pytest.mark.parametrize("name", ["jan.zip", "jan.yaml"])
def test_more_text_than_anybody_writes_is_read_where_the_lecturer_allows_it(tmp_path, english, name):
    padding = b"\n# " + os.urandom(1_050_000).hex().encode() + b"\n"  # which packs badly: no bomb
    files = portfolio_files()
    files["answers/1-visie.yaml"] += padding
    found = taken(tmp_path, files if name.endswith(".zip") else ANSWERS + padding, name)
    with pytest.raises(NotUsable, match=r"more than 2 MB.*--max-mb"):
        read_submission(found, LIMITS)
    roomy = Limits(submission_bytes=400_000_000)
    assert read_submission(found, roomy).portfolio.answers["visie"]
    assert (LIMITS.pdf_characters, roomy.pdf_characters) == (200_000, 400_000)
    assert Limits(submission_bytes=1_000_000).text_bytes == LIMITS.text_bytes
