"""`stagekit sheet`, as a user calls it."""

import pytest


def test_an_empty_sheet_needs_no_portfolio(stagekit, tmp_path):
    result = stagekit("sheet", "parent-interview")
    assert result.out.strip() == "sheet-parent-interview-en.pdf"
    assert (tmp_path / "sheet-parent-interview-en.pdf").read_bytes().startswith(b"%PDF-")


def test_dutch_is_what_the_name_does_not_say(stagekit, tmp_path):
    assert stagekit("sheet", "parent-interview", "--lang", "nl").out.strip() == "sheet-parent-interview.pdf"


def test_word_too(stagekit, tmp_path):
    pytest.importorskip("docx")
    result = stagekit("sheet", "observation", "--lang", "nl", "-f", "all", "-o", "sheets")
    assert result.out.split() == ["sheets/sheet-observation.pdf", "sheets/sheet-observation.docx"]
    assert (tmp_path / "sheets" / "sheet-observation.docx").read_bytes().startswith(b"PK")


def test_filled_in_from_the_portfolio_and_beside_it(stagekit, real):
    assert stagekit("sheet", "mentor-interview", real).out.strip() == "P/sheet-mentor-interview.pdf"
    filled = stagekit("sheet", "mentor-interview", real, "--filled").out.strip()
    assert filled == "P/sheet-mentor-interview-filled.pdf"
    names = (real / "sheet-mentor-interview.pdf", real / "sheet-mentor-interview-filled.pdf")
    assert names[0].read_bytes() != names[1].read_bytes()


def test_a_number_is_an_assignment_too(stagekit):
    assert "sheet-observation" in stagekit("sheet", "5").out


@pytest.mark.parametrize("name", ["visie", "soorten-contact", "reflection", "1"])
def test_the_other_assignments_have_none_and_it_says_which_do(stagekit, name):
    result = stagekit("sheet", name, ok=False)
    assert result.code == 2
    assert result.out == ""
    assert "mentor-interview, parent-interview, observation" in result.err


def test_an_unknown_name_gets_a_hint(stagekit):
    result = stagekit("sheet", "observaton", ok=False)
    assert result.code == 2
    assert "“observation”" in result.err


def test_filled_without_a_portfolio_says_what_to_do(stagekit):
    result = stagekit("sheet", "observation", "--filled", ok=False)
    assert result.code == 2
    assert "stagekit start" in result.err


def test_an_unknown_format_is_refused_before_anything_is_made(stagekit, tmp_path):
    result = stagekit("sheet", "observation", "-f", "odt", ok=False)
    assert result.code == 2
    assert not list(tmp_path.iterdir())
