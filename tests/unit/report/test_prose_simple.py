"""Answers read without the parser read as the parser reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.report.prose import _checked, _Reader, parse
from stagekit.report.prose_simple import read_simple
from stagekit.report.tree import BulletList, Emphasis, OrderedList, Paragraph, Plain, Strong

PIECES = ["*", "**", "- ", "+ ", "* ", "1. ", "2. ", "1) ", "\n", "\n\n", "\n  ", "  ", " ", "(", ")", "!",
          "woord", "een zin", "é", "²", "€", "“x”", ".", ",", "#", "<b>", "\\", "|"]  # fmt: skip


def simple(text):
    blocks = read_simple(text, lambda pieces: _checked(pieces, str))
    return None if blocks is None else tuple(blocks)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_read_simply_reads_as_the_parser_reads_it(text):
    found = simple(text)
    assert found is None or found == tuple(_Reader(text, str).read())


@given(st.text(alphabet="*-+1.) \nab", max_size=30))
def test_of_any_marks_too(text):
    found = simple(text)
    assert found is None or found == tuple(_Reader(text, str).read())


def test_what_students_write_needs_no_parser():
    assert simple("*Zo* is het (**echt**).") == (
        Paragraph((Emphasis((Plain("Zo"),)), Plain(" is het ("), Strong((Plain("echt"),)), Plain(").")))
        ,)  # fmt: skip
    assert simple("Eerst:\n- een\n  en meer\n- twee\n\nSlot") == (
        Paragraph((Plain("Eerst:"),)),
        BulletList(((Paragraph((Plain("een en meer"),)),), (Paragraph((Plain("twee"),)),))),
        Paragraph((Plain("Slot"),)),
    )
    assert simple("3. drie\n4. vier") == (
        OrderedList(3, ((Paragraph((Plain("drie"),)),), (Paragraph((Plain("vier"),)),))),
    )


@pytest.mark.parametrize("text", ["*", "*a", "a*b*", "***a***", "*a **b** c*", "- a\n\n- b", "- - a", " - a",
                                  "1. a\n3. b", "a\n2. b", "- a\n\n  b", "[a](https://b.nl)", "_a_",
                                  "https://a.nl", "a  \nb", "\ta", "* *"])  # fmt: skip
def test_what_is_in_doubt_is_left_to_the_parser(text):
    assert simple(text) is None


def test_an_answer_reads_the_same_either_way():
    # The blank without a width sends the second to the parser.
    assert str(parse("- *een*\n- twee")) == str(parse("- *een*\n- twee\u200b")).replace("\\u200b", "")
