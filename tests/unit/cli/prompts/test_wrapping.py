from hypothesis import given
from hypothesis import strategies as st

from stagekit.cli.prompts.wrapping import columns, cut, rows, wrap

LINES = st.text(st.sampled_from("ab é日😀\t\x1b\u0301"), max_size=80)


@given(LINES, st.integers(1, 30))
def test_rows_hold_the_whole_line_in_order_and_fit(line, width):
    found = rows(line, width)
    assert "".join(line[row.start : row.end] for row in found) == line
    for row in found:
        text = line[row.start : row.end]
        too_wide_for_any = len(text) == 1
        assert columns(text.removesuffix(" ")) <= width or too_wide_for_any


def test_words_stay_whole():
    assert wrap("Ouders zijn partners in onderwijs", 12) == ["Ouders zijn", "partners in", "onderwijs"]


def test_a_word_longer_than_the_row_is_cut():
    assert wrap("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]


def test_a_blank_at_the_edge_hangs_beyond_it():
    assert [row.end for row in rows("abcd efgh", 4)] == [5, 9]


def test_wide_characters_count_double():
    assert columns("日本") == 4
    assert wrap("日本 日本", 5) == ["日本", "日本"]


def test_what_a_terminal_would_obey_is_named():
    assert wrap("a\x1b[31mb", 40) == ["a[U+001B][31mb"]
    assert columns("\x1b") == len("[U+001B]")


def test_lines_of_a_paragraph_stay_lines_and_further_rows_are_indented():
    assert wrap("een\ntwee", 10, "  ") == ["een", "  twee"]


@given(LINES, st.integers(0, 30))
def test_cut_fits(line, width):
    assert columns(cut(line, width)) <= max(width, 1)


def test_cut_says_that_something_is_missing():
    assert cut("Ouderbetrokkenheid", 10) == "Ouderbetr…"
    assert cut("kort", 10) == "kort"
