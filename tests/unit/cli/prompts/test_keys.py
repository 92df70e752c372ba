import pytest

from stagekit.cli.prompts.keys import key_line, keys_of
from stagekit.interview.prompter import Kind, Move

ALL_MOVES = tuple(move for move in Move if move is not Move.INTERRUPT)


def written(kind, width, moves=ALL_MOVES):
    return "".join(text for _style, text in key_line(keys_of(kind, moves), width, "↑↓"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("width", [36, 38, 76, 116])
def test_one_row_with_what_finishes_help_and_back(monkeypatch, language, kind, width):
    monkeypatch.setattr("stagekit.i18n._active", language)
    line = written(kind, width)
    assert len(line) <= width
    assert "G " in line
    assert ("S " if kind is Kind.LONG_TEXT else "Enter ") in line
    assert "B " in line or (kind is Kind.CHOICES and width < 40)


def test_in_full_where_there_is_room(english):
    line = written(Kind.TEXT, 116, (Move.BACK, Move.STOP))
    assert line == "Enter next   Ctrl+G help   Ctrl+B back   Ctrl+Q stop"


def test_one_ctrl_for_all_where_there_is_less(english):
    assert written(Kind.TEXT, 44, (Move.BACK, Move.STOP)) == "Enter next  Ctrl+ G help  B back  Q stop"


def test_only_moves_that_make_sense_here(english):
    assert "skip" not in written(Kind.TEXT, 116, (Move.BACK,))


def test_letters_are_used_once():
    for kind in Kind:
        names = [key.name for key in keys_of(kind, ALL_MOVES)]
        assert len(names) == len(set(names))
