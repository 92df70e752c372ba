import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cohort.safe_names import UnsafeName, is_junk, parts_of, safe_start, same_file, shown


@given(st.text("ab./\\:\0C é", max_size=30))
def test_parts_never_lead_out_of_where_they_are_put(name):
    try:
        parts = parts_of(name)
    except UnsafeName:
        parts = safe_start(name)
    for part in parts:
        assert part not in {"", ".", ".."}
        assert not set(part) & set("/\\\0")


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/x", "\\x", "C:\\x", "c:/x", "C:", "a\0b", "a/" * 50 + "x"]
)
def test_unsafe_names(name):
    with pytest.raises(UnsafeName):
        parts_of(name)


@pytest.mark.parametrize("name", ["a..b", "..a/b", "a/./b", "3:4 verhouding.txt", "x" * 300, "aux"])
def test_names_that_are_only_odd(name):
    assert parts_of(name)


def test_whose_an_unsafe_name_is():
    assert safe_start("Jan_1_assignsubmission_file/../../x") == ("Jan_1_assignsubmission_file",)
    assert safe_start("../Jan/x") == ()
    assert safe_start("/etc/passwd") == ()
    assert safe_start("Jan/a\0b") == ("Jan",)


def test_twins_are_one_file():
    assert same_file("Portfolio.YAML") == same_file("portfolio.yaml")
    assert same_file("\u00e9.yaml") == same_file("E\u0301.yaml")
    assert same_file("a.yaml") != same_file("b.yaml")


def test_junk():
    for name in (".DS_Store", "._x", "__MACOSX", "Thumbs.db", "THUMBS.DB", "desktop.ini", ".stagekit"):
        assert is_junk(name)
    assert not is_junk("portfolio.yaml")


@given(st.text(max_size=200))
def test_a_name_shown_is_one_short_line_without_anything_hidden(name):
    text = shown(name)
    assert len(text.splitlines()) <= 1
    assert "\x1b" not in text
    assert len(text) < 200
    text.encode()
