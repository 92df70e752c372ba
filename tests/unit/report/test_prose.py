"""What a student may type in an answer, and what it reads as."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit.report.prose import inline_text, one_line, parse, plain, words
from stagekit.report.tree import (
    BulletList,
    Emphasis,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Plain,
    Strong,
    flat,
)

MARKS = st.text(st.sampled_from("ab1 \n\t*_[]()<>-+.#>!`~|&;:/\\=$"), max_size=60)


def paragraph(*children):
    return (Paragraph(children),)


def as_read(text):
    """Give what is typed but for the blanks, and the marks that answers may use."""
    return "".join(ch for ch in text if not ch.isspace() and ch not in "*_-+.)[]()•0123456789")


class TestWhatCounts:
    def test_blank_lines_set_paragraphs_apart_and_line_ends_do_not(self):
        assert parse("een\ntwee\n\n \ndrie") == (Paragraph((Plain("een twee"),)), Paragraph((Plain("drie"),)))

    def test_emphasis_and_strong(self):
        assert parse("a *b* **c** _d_") == paragraph(
            Plain("a "), Emphasis((Plain("b"),)), Plain(" "), Strong((Plain("c"),)), Plain(" "),
            Emphasis((Plain("d"),)),
        )  # fmt: skip

    @pytest.mark.parametrize(
        "text", ["3*4 is 12 en 5*6 is 30", "{{ 7*7 }} en ${7*7}", "Schüler*innen, Lehrer*innen"]
    )
    def test_a_star_within_a_word_or_a_sum_stands_as_typed(self, text):
        assert parse(text) == paragraph(Plain(text))

    def test_part_of_a_word_may_stand_out(self):
        part = (Plain("be"),)
        assert parse("*be*trokken") == paragraph(Emphasis(part), Plain("trokken"))
        assert parse("**be**trokken") == paragraph(Strong(part), Plain("trokken"))

    def test_lists_nest(self):
        inner = OrderedList(1, ((Paragraph((Plain("b"),)),), (Paragraph((Plain("c"),)),)))
        assert parse("- a\n  1. b\n  2. c") == (BulletList(((Paragraph((Plain("a"),)), inner),)),)

    def test_a_list_may_go_on_counting(self):
        assert parse("3. a\n4. b") == (
            OrderedList(3, ((Paragraph((Plain("a"),)),), (Paragraph((Plain("b"),)),))),
        )

    def test_two_blanks_at_the_end_break_a_line(self):
        assert parse("a  \nb") == paragraph(Plain("a"), LineBreak(), Plain("b"))

    @pytest.mark.parametrize(
        "address", ["https://a.nl", "http://a.nl/x_y_(z)?q=1", "mailto:post@school.example"]
    )
    def test_links(self, address):
        assert parse(f"[de *site*]({address})") == paragraph(
            Link(address, (Plain("de "), Emphasis((Plain("site"),))))
        )

    def test_a_bare_address_is_a_link_without_the_punctuation_around_it(self):
        assert parse("Zie (https://a.nl/_b_c).") == paragraph(
            Plain("Zie ("), Link("https://a.nl/_b_c", (Plain("https://a.nl/_b_c"),)), Plain(").")
        )


class TestAsTyped:
    @pytest.mark.parametrize("text", [
        "# kop", "> citaat", "```code```", "<b>x</b>", "&copy; &amp;", "![alt](plaatje.png)",
        "[a](javascript:x)",
        "[a](data:text/html,x)", "[a]: https", "| a | b |", "***", "~~x~~", r"\*a", "$x$", "[^1]", "[ ] taak",
        "[](https:)", "0123456", "#maatwerk", '100% "welkom"', "-", "+", "1.", "a_b_c", "2 * 3 * 4", "---",
        "__init__", "{{ ''.__class__ }}", "Naam: ____ en ___nog___", "_a__",
    ])  # fmt: skip
    def test_every_other_construct_stands_as_the_words_typed(self, text):
        assert parse(text) == paragraph(Plain(text))

    def test_an_image_stands_as_typed_and_its_address_is_no_picture(self):
        (block,) = parse("![alt](https://a.nl/b.png)")
        assert words(block.children) == "![alt](https://a.nl/b.png)"

    def test_numbers_that_do_not_count_on_are_kept(self):
        assert plain(parse("1. a\n5. b")) == "1. a\n\n5. b"

    def test_an_indented_line_is_no_code(self):
        assert parse("a\n\n      b") == (Paragraph((Plain("a"),)), Paragraph((Plain("b"),)))

    def test_deep_lists_stand_as_typed(self):
        assert plain(parse("- - - - - - x")) == "- - - - - - x"

    def test_control_characters_are_named_and_directions_closed(self):
        assert parse("a\x1bb") == paragraph(Plain("a[U+001B]b"))
        assert parse("\u202eabc") == paragraph(Plain("\u202eabc\u202c"))

    @given(MARKS)
    def test_no_word_is_lost(self, text):
        assert as_read(plain(parse(text))) == as_read(text)

    @given(st.text(max_size=80))
    def test_one_line_keeps_every_word(self, text):
        assert not set(words(one_line(text))) & set("\n\r\t")
        assert words(inline_text(text)).split() == " ".join(words(inline_text(text)).split(" ")).split()

    @given(MARKS)
    def test_quick_reading_is_reading(self, text):
        """Text without marks is read without the parser; a mark elsewhere must not change how it reads."""
        blocks = parse(text)
        with_mark = parse(text + "\n\n*x*")
        if with_mark and with_mark[-1] == Paragraph((Emphasis((Plain("x"),)),)):
            assert with_mark[:-1] == blocks


class TestAliases:
    @staticmethod
    def alias(text):
        return re.sub(r"Karin(\s+de\s+Wit)?|de\s+Wit", "mijn mentor", text)

    @pytest.mark.parametrize("text", [
        "Karin", "*Karin*", "Ka*rin*", "K**ari**n", "[Ka*rin*](https://a.nl)", "- Ka_rin_", "Kar*in*\n- x",
        "**Karin** de Wit", "Karin\nde Wit", "1. a\n7. Ka*rin*", "[x](https://a.nl/Karin)",
        "https://a.nl/Karin",
        "[x](https://a.nl/Karin%20de%20Wit)", "https://Karin.nl/", "https://a.nl/?q=Kari%6e",
        "mailto:Karin@a.nl",
        "[x](mailto:Karin@a.nl)", "https://a.nl/Karin-de-Wit/x",
    ])  # fmt: skip
    def test_a_name_is_gone_however_it_is_split(self, text):
        def everything(blocks):
            return str(blocks) + plain(blocks)

        found = everything(parse(text, self.alias))
        assert "Karin" not in found
        assert "Kari%6e" not in found
        assert "Wit" not in found
        assert "Karin" not in words(one_line(text.replace("*", "").replace("_", ""), self.alias))


class TestHostile:
    @pytest.mark.parametrize("unit", [
        "[", "*", "_", "(", "> ", "- ", "*a ", "a* ", "_a*", "[a](", "- a\n", "http://", ")!", "1. ", "a  \n",
        "[a", "*[", " ", "\n", "x\n \n", "\u202e", "- - - - - a\n", "![", "~", "`", "<", "[x](https://a.nl) ",
    ])  # fmt: skip
    def test_time_is_in_proportion_to_length(self, unit):
        text = "https://a.nl/" + unit * (60_000 // len(unit))
        start = time.process_time()
        parse(text)
        assert time.process_time() - start < 2

    def test_a_staircase_of_lists(self):
        text = "".join(" " * depth * 2 + "- a\n" for depth in range(500))
        assert plain(parse(text)).count("a") == 500


@settings(max_examples=50)
@given(MARKS)
def test_flat_is_one_line(text):
    assert "\n" not in words(flat(parse(text)))
