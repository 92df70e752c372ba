import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.model.text import refused_characters, visible


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\ufffe", "\uffff"])
def test_what_no_document_carries_is_refused_and_shown(char):
    assert [(r.position, r.name) for r in refused_characters(f"a{char}b")] == [(1, f"U+{ord(char):04X}")]
    assert visible(f"a{char}b") == f"a[U+{ord(char):04X}]b"


@pytest.mark.parametrize("text", ["tab\tand\nline", "é ë 😀 שלום \u200f \u2028 \x85", "---", "0123456"])
def test_what_people_type_is_kept(text):
    assert refused_characters(text) == []
    assert visible(text) == text


@given(st.text(st.characters(codec=None)))
def test_what_is_not_refused_fits_in_xml(text):
    """The reason for the list: Word and HTML are XML underneath; `\\r` is written as a line end there."""
    safe = visible(text).replace("\r", "\n")
    element = ET.Element("t")
    element.text = safe
    assert ET.fromstring(ET.tostring(element, encoding="utf-8")).text in (safe, None if safe == "" else safe)
