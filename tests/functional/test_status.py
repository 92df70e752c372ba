"""`stagekit status`."""

import json

from tests.functional.test_start_answers import IDS


def test_json_of_the_real_answers_is_complete(stagekit, real):
    document = json.loads(stagekit("status", real, "--json").out)
    assert document["complete"] is True
    assert [assignment["id"] for assignment in document["assignments"]] == IDS
    for assignment in document["assignments"]:
        assert assignment["complete"] is True
        assert assignment["missing"] == []


def test_an_empty_portfolio_says_what_to_do(stagekit, tmp_path):
    (tmp_path / "a.yaml").write_text("portfolio: {language: nl}\n", encoding="utf-8")
    stagekit("start", "P", "--answers", "a.yaml")
    document = json.loads(stagekit("status", "P", "--json").out)
    assert document["complete"] is False
    assert {
        assignment["id"]: assignment["complete"] for assignment in document["assignments"]
    } == dict.fromkeys(IDS, False)
    assert document["assignments"][0]["missing"] == ["summary"]
    shown = stagekit("status", "P").out
    assert "stagekit start" in shown
    assert "Soorten contact" in shown


def test_speaks_the_language_of_the_portfolio_or_of_the_option(stagekit, real):
    assert "Soorten contact" in stagekit("status", real).out
    assert "Kinds of contact" in stagekit("status", real, "--lang", "en").out


def test_a_wrong_hand_edit_is_named_and_the_rest_is_used(stagekit, real):
    file = real / "answers" / "1-visie.yaml"
    text = file.read_text(encoding="utf-8")
    assert "visited_on: 2026-10-06" in text
    file.write_text(text.replace("visited_on: 2026-10-06", "visited_on: toen"), encoding="utf-8")
    line = text[: text.index("visited_on:")].count("\n") + 1
    result = stagekit("status", real, "--json", "--lang", "en")
    assert f"1-visie.yaml:{line}: " in result.err
    visie = json.loads(result.out)["assignments"][0]
    assert visie["complete"] is True
    assert visie["advised"] == ["visited_on"]


def test_a_conflict_copy_is_named_and_left_alone(stagekit, real):
    copy = real / "answers" / "1-visie (1).yaml"
    copy.write_text("assignment: visie\n", encoding="utf-8")
    result = stagekit("status", real)
    assert "1-visie (1).yaml" in result.err
    assert copy.read_text(encoding="utf-8") == "assignment: visie\n"


def test_finds_the_portfolio_from_inside_and_remembers_it(stagekit, real, monkeypatch, tmp_path):
    monkeypatch.chdir(real / "answers")
    assert "Soorten contact" in stagekit("status").out
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    result = stagekit("status")
    assert "Soorten contact" in result.out
    assert str(real) in result.err


def test_where_there_is_none_it_says_how_to_begin(stagekit):
    result = stagekit("status", "--lang", "en", ok=False)
    assert result.code == 2
    assert "stagekit start" in result.err
