"""`stagekit note`."""

import pytest
import yaml


def notes(folder):
    return yaml.safe_load((folder / "answers" / "5-observation.yaml").read_text(encoding="utf-8"))["answers"][
        "notes"
    ]


def test_is_kept_at_once_with_now_as_the_moment(stagekit, real):
    before = len(notes(real))
    result = stagekit(
        "note", "Twee", "leerkrachten", "lachen.", "--folder", real, "--where", "teamkamer", "-k", "lachen"
    )
    last = notes(real)[-1]
    assert len(notes(real)) == before + 1
    assert last["heard"] == "Twee leerkrachten lachen."
    assert last["where"] == "staff_room"
    assert last["kinds"] == ["laughing"]
    assert str(before + 1) in result.out


@pytest.mark.parametrize(
    ("option", "value"), [("--where", "keuken"), ("--kind", "zingen"), ("--when", "gisteren")]
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_kept(stagekit, real, option, value):
    before = notes(real)
    result = stagekit("note", "x", "--folder", real, option, value, ok=False)
    assert result.code == 2
    assert notes(real) == before


@pytest.mark.parametrize("text", ["", "   ", "a\x1bb", "\udcff"])
def test_nothing_and_what_no_document_carries_is_refused(stagekit, real, text):
    before = notes(real)
    assert stagekit("note", text, "--folder", real, ok=False).code == 2
    assert notes(real) == before


@pytest.mark.parametrize(
    "text", ["--- no: [x] # y", "@here", "0123", "😀\u200f", "yes", "a: b", "- a", "'\"", "=1+1"]
)
def test_comes_back_as_typed(stagekit, real, text):
    stagekit("note", "--folder", real, "--", text)
    assert str(notes(real)[-1]["heard"]) == text
