"""The feedback of a portfolio: rounds are added, never overwritten; replies stand beside their points."""

import errno
import os
import threading

import pytest

from stagekit.errors import InvalidInput, StageKitError, UserError
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reply, Reviewer
from stagekit.store.feedback_folder import add_round, load_rounds, round_files, save_reply
from tests.unit.store.conftest import make_identity

OWN = make_identity().id


def feedback(overall="Mooi.", **given):
    visie = AssignmentFeedback(
        level="strong", comment="Sterk\nstuk: # geen opmerking", seen="0" * 16,
        answers={"summary": AnswerFeedback(comment="Waarom?", seen="1" * 16)},
    )  # fmt: skip
    reviewer = Reviewer(name="Karin de Wit", date="2026-03-04")
    return Feedback(**{"portfolio": OWN, "reviewer": reviewer, "overall": overall,
                       "assignments": {"visie": visie}, **given})  # fmt: skip


@pytest.fixture
def rounds(folder):
    return folder.path / "feedback"


def test_a_round_is_a_file_that_a_person_can_read(folder, course, rounds):
    taken = add_round(folder.path, feedback(), course)
    assert taken.id == "001-2026-03-04"
    file = rounds / "001-2026-03-04.yaml"
    text = file.read_text()
    assert "  # Visie\n  visie:\n" in text
    assert "      # Samenvatting\n      summary:\n        comment: Waarom?\n" in text
    assert "    comment: |-\n      Sterk\n      stuk: # geen opmerking\n" in text
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_rounds(folder.path).rounds == (taken,)
    assert not load_rounds(folder.path).problems + load_rounds(folder.path).notices


def test_names_go_on_and_hold_no_persons_name(folder):
    ids = [
        add_round(folder.path, feedback(f"Ronde {n}", reviewer=Reviewer(name="Karin", date=day))).id
        for n, day in enumerate(["2026-03-04", None, "2026-01-01"])
    ]
    assert ids == ["001-2026-03-04", "002", "003-2026-01-01"]
    assert [taken.id for taken in load_rounds(folder.path).rounds] == ids


def test_the_same_feedback_again_is_the_round_there_is(folder, rounds):
    first = add_round(folder.path, feedback())
    save_reply(folder.path, first.id, "visie", Reply(text="Dank", done=True))
    again = add_round(folder.path, feedback())
    assert again.id == first.id
    assert len(list(rounds.iterdir())) == 1


def test_a_file_in_the_way_is_not_overwritten(folder, rounds):
    rounds.mkdir()
    (rounds / "001-2026-03-04.yaml").write_text("van mij")
    assert add_round(folder.path, feedback()).id == "002-2026-03-04"
    assert (rounds / "001-2026-03-04.yaml").read_text() == "van mij"


def test_two_at_once_are_two_rounds(folder):
    threads = [
        threading.Thread(target=add_round, args=(folder.path, feedback(f"Ronde {n}"))) for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [taken.feedback.overall for taken in load_rounds(folder.path).rounds]
    assert sorted(found) == [f"Ronde {n}" for n in range(6)]


def test_a_reply_stands_beside_its_point_and_all_else_stays(folder, course, rounds):
    taken = add_round(folder.path, feedback(), course)
    file = rounds / f"{taken.id}.yaml"
    file.write_text(file.read_text().replace("comment: Waarom?", "comment: Waarom? # bespreken"))
    for point, reply in {
        "visie.summary": Reply(text="Omdat\n\nhet zo staat.", done=True),
        "visie": Reply(text="Dank"),
        "overall": Reply(done=True),
    }.items():
        save_reply(folder.path, taken.id, point, reply)
    (loaded,) = load_rounds(folder.path).rounds
    assert loaded.feedback == taken.feedback
    assert loaded.replies == {
        "visie.summary": Reply(text="Omdat\n\nhet zo staat.", done=True),
        "visie": Reply(text="Dank"),
        "overall": Reply(done=True),
    }
    text = file.read_text()
    assert "comment: Waarom? # bespreken" in text
    assert "      # Samenvatting\n" in text
    assert len(list((folder.path / ".stagekit" / "history" / file.stem).iterdir())) == 3
    save_reply(folder.path, taken.id, "visie.summary", Reply())
    assert "visie.summary" not in load_rounds(folder.path).rounds[0].replies


def test_a_reply_that_is_there_already_writes_nothing(folder, rounds):
    taken = add_round(folder.path, feedback())
    save_reply(folder.path, taken.id, "visie", Reply(text="Dank"))
    before = (rounds / f"{taken.id}.yaml").stat().st_mtime_ns
    save_reply(folder.path, taken.id, "visie", Reply(text="Dank"))
    assert (rounds / f"{taken.id}.yaml").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("round_id", "point", "reply"),
    [
        ("001-2026-03-04", "soorten", Reply(done=True)),
        ("001-2026-03-04", "visie.url", Reply(done=True)),
        ("001-2026-03-04", "visie", Reply(text="\x1b[2J")),
        ("001-2026-03-04", "visie", Reply(text="x" * 20_001)),
        ("009", "visie", Reply(done=True)),
        ("../portfolio", "visie", Reply(done=True)),
    ],
)
def test_a_reply_that_cannot_be_is_refused(folder, rounds, round_id, point, reply):
    add_round(folder.path, feedback())
    before = (rounds / "001-2026-03-04.yaml").read_bytes()
    with pytest.raises(StageKitError):
        save_reply(folder.path, round_id, point, reply)
    assert (rounds / "001-2026-03-04.yaml").read_bytes() == before


def test_a_broken_file_costs_only_itself(folder, rounds):
    first, second = add_round(folder.path, feedback("Een")), add_round(folder.path, feedback("Twee"))
    file = rounds / f"{first.id}.yaml"
    file.write_bytes(b"\xff" + file.read_bytes())
    loaded = load_rounds(folder.path)
    assert loaded.rounds[-1].id == second.id
    assert loaded.problems
    with pytest.raises(InvalidInput):
        save_reply(folder.path, first.id, "visie", Reply(done=True))


def test_a_wrong_line_costs_only_that_line(folder, rounds):
    taken = add_round(folder.path, feedback())
    file = rounds / f"{taken.id}.yaml"
    text = file.read_text().replace("level: strong", "level: great")
    text = text.replace("done: false", "done: misschien", 1)
    file.write_text(text.replace("show_name: false", "show_name: false\n  colour: red"))
    loaded = load_rounds(folder.path)
    visie = loaded.rounds[0].feedback.assignments["visie"]
    assert (visie.level, visie.comment) == (None, "Sterk\nstuk: # geen opmerking")
    assert sorted(problem.path for problem in loaded.problems) == ["assignments.visie.level", "overall.done"]
    assert [(notice.path, notice.line) for notice in loaded.notices] == [("reviewer.colour", 8)]


def test_the_feedback_on_another_portfolio_is_not_used(folder, course):
    add_round(folder.path, feedback(portfolio="f" * 16))
    loaded = folder.load(course)
    assert loaded.rounds == ()
    assert "001-2026-03-04.yaml" in str(loaded.problems[0].file)


def test_loading_gives_the_rounds_and_the_names_to_hide(folder, course):
    add_round(folder.path, feedback("Een"))
    add_round(folder.path, feedback("Twee", reviewer=Reviewer(name="Petra", show_name=True)))
    loaded = folder.load(course)
    assert [taken.feedback.overall for taken in loaded.rounds] == ["Een", "Twee"]
    assert loaded.portfolio.reviewers == ("Karin de Wit",)


def test_files_that_nobody_reads_are_named(folder, rounds):
    add_round(folder.path, feedback())
    (rounds / "feedback-noor.json").write_text("{}")
    (rounds / "001-2026-03-04 (1).yaml").write_text("schema: 1")
    named = {notice.file.name for notice in load_rounds(folder.path).notices}
    assert named == {"feedback-noor.json", "001-2026-03-04 (1).yaml"}


def test_no_feedback_is_nothing(tmp_path):
    loaded = load_rounds(tmp_path)
    assert loaded.rounds + loaded.problems + loaded.notices == ()


def test_a_link_is_not_written_through(folder, rounds, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    rounds.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError):
        add_round(folder.path, feedback())
    assert os.listdir(tmp_path / "elsewhere") == []  # noqa: PTH208


def test_what_would_not_come_back_is_not_written(folder, rounds):
    with pytest.raises(UserError):
        add_round(folder.path, feedback("x" * 20_001))
    assert not rounds.exists()


def test_files_for_a_submission_read_back(folder, tmp_path, course):
    taken = add_round(folder.path, feedback(), course)
    save_reply(folder.path, taken.id, "visie", Reply(text="Dank", done=True))
    rounds = load_rounds(folder.path).rounds
    for name, data in round_files(rounds, course).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert load_rounds(tmp_path).rounds == rounds


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(folder, course, monkeypatch, rounds):
    add_round(folder.path, feedback())

    def refuse(_path):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", refuse)
        assert [problem.file for problem in load_rounds(folder.path).problems] == [rounds]
        with pytest.raises(UserError):
            add_round(folder.path, feedback("Twee"))
    assert len(list(rounds.iterdir())) == 1
