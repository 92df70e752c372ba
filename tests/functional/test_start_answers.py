"""`stagekit start FOLDER --answers FILE`."""

import stat

import pytest

from tests.functional.conftest import REAL_ANSWERS

IDS = ["visie", "soorten-contact", "mentor-interview", "parent-interview", "observation", "reflection"]


def tree(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".stagekit" not in file.parts
    }


def test_makes_a_folder_of_readable_yaml(stagekit, tmp_path):
    result = stagekit("start", "P", "--answers", REAL_ANSWERS)
    assert sorted(tree(tmp_path / "P")) == [
        "answers/1-visie.yaml", "answers/2-soorten-contact.yaml", "answers/3-mentor-interview.yaml",
        "answers/4-parent-interview.yaml", "answers/5-observation.yaml", "answers/6-reflection.yaml",
        "portfolio.yaml",
    ]  # fmt: skip
    assert str(tmp_path / "P") in result.out
    visie = (tmp_path / "P" / "answers" / "1-visie.yaml").read_text(encoding="utf-8")
    assert "assignment: visie" in visie
    assert "  summary: |" in visie
    assert "- het begint bij *welkom zijn*, pas daarna gaat het over leren;" in visie
    assert "# " in visie.split("  summary:")[0].splitlines()[-1]


def test_everything_is_for_the_owner_only(real):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in real.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_the_same_file_again_changes_nothing(stagekit, real):
    before = tree(real)
    stagekit("start", real, "--answers", REAL_ANSWERS)
    assert tree(real) == before


def test_a_partial_file_fills_in_what_it_has_and_the_history_keeps_the_old(stagekit, real, tmp_path):
    part = tmp_path / "part.yaml"
    part.write_text(
        "portfolio: {school: {place: Utrecht}}\nvisie: {in_practice: Nu anders gezien.}\n", encoding="utf-8"
    )
    before = tree(real)
    stagekit("start", real, "--answers", part)
    after = tree(real)
    assert {name for name in after if after[name] != before[name]} == {
        "answers/1-visie.yaml",
        "portfolio.yaml",
    }
    assert b"Nu anders gezien." in after["answers/1-visie.yaml"]
    assert b"De Wilgenhof" in after["portfolio.yaml"]
    assert b"Utrecht" in after["portfolio.yaml"]
    kept = [file.read_bytes() for file in (real / ".stagekit" / "history").rglob("*.yaml")]
    assert before["answers/1-visie.yaml"] in kept


def test_a_repeat_group_is_replaced_as_a_whole(stagekit, real, tmp_path):
    part = tmp_path / "part.yaml"
    part.write_text("observation: {notes: [{heard: Nog één, kinds: [sharing]}]}\n", encoding="utf-8")
    stagekit("start", real, "--answers", part)
    text = (real / "answers" / "5-observation.yaml").read_text(encoding="utf-8")
    assert "Nog één" in text
    assert "gemopperd" not in text


def test_every_mistake_is_named_at_once_and_nothing_is_written(stagekit, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        "visie:\n  sumary: x\n  visited_on: 2026-13-45\nobservatie: {}\nobservation:\n  tone: 9\n",
        encoding="utf-8",
    )
    result = stagekit("start", "P", "--answers", wrong, "--lang", "en", ok=False)
    assert result.code == 2
    for line, words in [(2, "summary"), (3, "2026-10-06"), (4, "observation"), (6, "from 1 to 5")]:
        assert any(f"wrong.yaml:{line}:" in row and words in row for row in result.err.splitlines()), (
            result.err
        )
    assert not (tmp_path / "P").exists()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"- a\n",
        b"visie: [",
        b"\xff\xfe\x00",
        b"a: &x 1\nb: *x\n",
        b"visie: {summary: 1, summary: 2}",
        b"\x00",
        b"[" * 5000,
        b"visie:\n\tsummary: x\n",
        b"%YAML 9.9\n--- x",
        b"visie: !!python/object:os.system {}",
    ],
)
def test_any_other_file_is_refused_with_a_sentence_or_gives_nothing(stagekit, tmp_path, text):
    file = tmp_path / "odd.yaml"
    file.write_bytes(text)
    result = stagekit("start", "P", "--answers", file, ok=False)
    assert result.code == (0 if text == b"" else 2)
    assert "odd.yaml" in result.err or text == b""


def test_a_file_that_is_not_there(stagekit):
    result = stagekit("start", "P", "--answers", "nowhere.yaml", "--lang", "en", ok=False)
    assert result.code == 2
    assert "nowhere.yaml" in result.err


def test_a_folder_with_other_things_in_it_is_not_taken_over(stagekit, tmp_path):
    (tmp_path / "P").mkdir()
    (tmp_path / "P" / "holiday.jpg").write_bytes(b"x")
    result = stagekit("start", "P", "--answers", REAL_ANSWERS, ok=False)
    assert result.code == 2
    assert [file.name for file in (tmp_path / "P").iterdir()] == ["holiday.jpg"]


def test_without_a_terminal_it_names_answers(stagekit, monkeypatch):
    result = stagekit("start", "P", "--lang", "en", ok=False)
    assert result.code == 2
    assert "--answers" in result.err
