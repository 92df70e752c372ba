"""Lines that fit their place, whatever is typed."""

from hypothesis import given
from hypothesis import strategies as st

from stagekit.report.render.figure_text import text_width, wrapped


def test_text_breaks_at_blanks():
    lines = wrapped("Tienminutengesprek of rapportgesprek", 226, 15, 2)
    assert lines == ("Tienminutengesprek of", "rapportgesprek")


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = wrapped("een twee drie vier vijf zes zeven", 80, 15, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_family_of_four_is_not_torn_apart():
    family = "👨‍👩‍👧‍👦"
    for line in wrapped(family * 30, 100, 15, 3):
        assert line.removesuffix("…").replace(family, "") == ""


@given(st.text(), st.integers(40, 400), st.integers(1, 3))
def test_lines_are_few_fit_and_lose_nothing_but_the_end(text, width, most):
    lines = wrapped(text, width, 15, most)
    assert 1 <= len(lines) <= most
    shown = "".join(lines).replace(" ", "")
    typed = "".join(text.split())
    if shown != typed:
        assert lines[-1].endswith("…")
        assert typed.startswith(shown[:-1])
    for line in lines:
        assert text_width(line, 15) <= width or len(line.rstrip("…").strip()) <= 3 or "\u200d" in line


def test_letters_are_wide_and_joiners_are_not():
    assert text_width("W", 10) > text_width("i", 10) > text_width("\u0301", 10) == 0
