"""Words on their way into a PDF: nothing vanishes, nothing runs out of the page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit import resources
from stagekit.report.prose import one_line, parse
from stagekit.report.render.pdf_text import (
    clusters,
    displayable,
    drawable,
    plainest,
    prose_data,
    run,
    words_data,
)
from stagekit.report.tree import Link, Plain

ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


def flattened(data) -> str:
    """Give the words of a run as the template reads them."""
    out = []
    for piece in data:
        if isinstance(piece, str):
            out.append(piece)
        elif piece[0] == "w":
            out.append("".join(piece[1]))
        elif piece[0] in "hk":
            out.append(piece[1])
        elif piece[0] != "n":
            out.append(flattened(piece[-1]))
    return "".join(out)


class TestDisplayable:
    @pytest.mark.parametrize(
        "text", ["Gewone tekst.", "“Zo”, zei ze – écht…", "1 → 2 ✓ ☐", "שלום صباح Привет", "😀🎉❤️"]
    )
    def test_keeps_what_the_fonts_have(self, text):
        assert displayable(text) == text

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("你", "[U+4F60]"),
            ("a\ue000b", "a[U+E000]b"),
            ("\U0001f9ff\U00020000", "\U0001f9ff[U+20000]"),
            ("a\ufeffb", "a\u2060b"),
        ],
    )
    def test_names_what_they_lack(self, text, shown):
        assert displayable(text) == shown

    @given(ANY)
    def test_twice_is_once(self, text):
        assert displayable(displayable(text)) == displayable(text)

    @given(ANY)
    def test_plainest_is_displayable(self, text):
        assert displayable(plainest(text)) == plainest(text)

    def test_a_sequence_that_turned_out_lacking(self):
        assert displayable("ab\u0302\u0302c", frozenset({"b\u0302"})) == "a[U+0062][U+0302]\u0302c"

    def test_every_character_on_the_list_compiles_in_every_style(self):
        """If an update of typst breaks this, take the characters it names off `characters.txt`."""
        import typst

        from stagekit.report.render.pdf_typst import STANDARDS, Fonts, _found_fonts

        folder = resources.templates_dir() / "typst"
        lines = (folder / "characters.txt").read_text(encoding="utf-8").splitlines()
        ranges = [entry.partition("-") for line in lines if line[0] != "#" for entry in line.split()]
        known = [
            chr(x) for first, _, last in ranges for x in range(int(first, 16), int(last or first, 16) + 1)
        ]
        assert len(known) > 8_000
        source = b"""
            #import "/house.typ": families
            #set document(title: "T")
            #set text(lang: "nl", font: families)
            #for each in json(bytes(sys.inputs.text)) {
              text(each); [ ]; strong(text(each)); [ ]; emph(text(each)); [ ]; strong(emph(text(each))); [ ]
            }
        """
        compiler = typst.Compiler(root=str(folder), font_paths=_found_fonts(Fonts.USUAL))
        inputs = {"text": json.dumps(known)}
        assert compiler.compile(
            input=source, format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=0
        )


class TestDrawable:
    def test_leaves_out_what_chooses_a_look(self):
        assert drawable("<text>a\ufe0fb</text>") == "<text>ab</text>"

    def test_bare_leaves_out_marks(self):
        assert drawable("<text>x\u0332\u200dy é</text>", bare=True) == "<text>xy é</text>"


class TestRun:
    @given(ANY.filter(str.strip))
    def test_no_word_is_lost(self, text):
        assert flattened(run(one_line(text), cell=True)) == "".join(
            piece.text if isinstance(piece, Plain) else piece.target for piece in one_line(text)
        )

    def test_long_words(self):
        (word,) = run((Plain("medezeggenschapsraadslid"),))
        assert word == ["h", "medezeggenschapsraadslid"]
        (endless,) = run((Plain("x" * 100),))
        assert endless[0] == "w"
        assert max(map(len, endless[1])) <= 8
        assert run((Plain("gewoon woord"),)) == ["gewoon woord"]

    def test_an_address_breaks_behind_its_signs(self):
        (link,) = run(one_line("https://school.example/ouders/samen-rond-uw-kind"))
        assert [piece for piece in link[2][0][1] if piece.endswith("/")]

    def test_a_link_keeps_its_target_in_ascii(self):
        (link,) = run((Link("https://a.example/你?a=1&b=%20#c", (Plain("hier"),)),))
        assert link[1] == "https://a.example/%E4%BD%A0?a=1&b=%20#c"

    def test_an_address_that_is_no_link_any_more_stands_as_typed(self):
        made = run((Link("https://a.example/" + "x" * 9_000, (Plain("hier"),)),))
        assert not [piece for piece in made if piece[0] == "l"]
        assert flattened(made) == "hier (https://a.example/" + "x" * 9_000 + ")"

    def test_keycaps_are_set_apart(self):
        assert run((Plain("a 1\ufe0f\u20e3 b"),)) == ["a ", ["k", "1\ufe0f\u20e3"], " b"]

    @pytest.mark.parametrize(
        ("text", "rtl"), [("", False), ("123 שלום", True), ("a שלום", False), ("مرحبا a", True)]
    )
    def test_direction_is_that_of_the_first_letter(self, text, rtl):
        assert words_data((Plain(text),) if text else ())["rtl"] is rtl

    def test_lists_keep_numbers_and_levels(self):
        first, second = prose_data(parse("3. drie\n4. vier\n   - binnen\n\nna"))
        assert (first["kind"], first["start"], len(first["items"])) == ("o", 3, 2)
        assert first["items"][1][1]["kind"] == "u"
        assert second["kind"] == "p"


class TestClusters:
    @given(ANY)
    def test_nothing_is_lost(self, text):
        assert "".join(clusters(text)) == text

    @pytest.mark.parametrize("one", ["é", "e\u0301", "👩‍👩‍👧", "🇳🇱", "👍🏽", "❤️"])
    def test_what_reads_as_one_stays_one(self, one):
        assert list(clusters(one + one)) == [one, one]
