"""Words become runs that say the same, addresses become links Word can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stagekit.model.text import visible
from stagekit.report.render.word_xml import Links, escape, field, merged, paragraph, reads_rtl, run
from tests.unit.report.render.docx import W


def parsed(xml: str):
    return etree.fromstring(f'<x xmlns:w="{W[1:-1]}" xmlns:r="r">{xml}</x>')


class TestRuns:
    @given(st.text(alphabet=st.characters(exclude_characters="\r")))
    def test_any_text_comes_back(self, text):
        root = parsed(paragraph(run(text)))
        back = "".join("\n" if e.tag == W + "br" else e.text or "" for e in root.iter(W + "t", W + "br"))
        assert back == visible(text)

    @given(st.text(alphabet=st.sampled_from("aZ שלm3 ()،.ع\u0301😀")))
    def test_directions_lose_nothing(self, text):
        assert "".join(t.text or "" for t in parsed(run(text)).iter(W + "t")) == text

    def test_attributes_cannot_be_left(self):
        assert escape('"><x a="') == "&quot;&gt;&lt;x a=&quot;"

    def test_properties_stand_in_the_order_of_the_format(self):
        base = (("sz", "<w:sz/>"), ("rStyle", "<w:rStyle/>"))
        inner = parsed(run("x", merged(base, (("b", "<w:b/>"),)))).find(f".//{W}rPr")
        assert [child.tag.removeprefix(W) for child in inner] == ["rStyle", "b", "sz"]

    def test_a_field_has_its_three_ends(self):
        kinds = [e.get(W + "fldCharType") for e in parsed(field("PAGE", "1")).iter(W + "fldChar")]
        assert kinds == ["begin", "separate", "end"]

    @pytest.mark.parametrize(
        ("text", "rtl"), [("שלום", True), ("1 (שלום", True), ("a שלום", False), ("", False), ("😀", False)]
    )
    def test_which_way_a_paragraph_reads(self, text, rtl):
        assert reads_rtl(text) is rtl


class TestLinks:
    @pytest.mark.parametrize(
        ("target", "address"),
        [
            ("https://a.example/é?q=1 2#x y", "https://a.example/%C3%A9?q=1%202#x%20y"),
            ("https://bücher.example/", "https://xn--bcher-kva.example/"),
            ("https://a.example/100%", "https://a.example/100%25"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ],
    )
    def test_an_address_gets_the_signs_it_may_have(self, target, address):
        links = Links()
        assert links.id(target) == links.id(target)
        assert list(links.ids) == [address]

    @pytest.mark.parametrize(
        "target",
        [
            "javascript:x", "file:///x", "http://", "http://[::1", "https://a:99999/", "https://" + "a" * 70,
            "https://a.example/" + "a" * 3000, "mailto:", "https://u:p@a.example",
        ],
    )  # fmt: skip
    def test_what_is_no_address_is_no_link(self, target):
        assert Links().id(target) is None
