"""What is written reads back to the character, in our reader and in others, and a person can read it."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit.model.node import Mapping, Scalar, Sequence
from stagekit.model.text import refused_characters
from stagekit.store.yaml_reader import parse
from stagekit.store.yaml_writer import Comments, comment_lines, write

TRICKY = [
    "\n", " ", "  ", "\t", "#", " #", ": ", ":", "- ",
    "---", "...", "no", "yes", "0123456", "'", '"', "\\", "\x85",
    "\u2028", "\u2029", "\ufeff", "\r", "\r\n", "😀", "\u200f", "\u00a0",
    "|", ">", "%", "@", "`", "{", "}", "[", "]",
    ",", "&", "*", "!", "?", "a", "b é", "null",
    "~", "=", "<<", "1:30", "3.10", "2020-13-45", ".inf", "0x1F", "1e3",
    "a line that is rather long, so long that it no longer fits on one line of the file without wrapping",
]  # fmt: skip
TEXT = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=30),
    st.lists(st.sampled_from(TRICKY), max_size=12).map("".join),
).filter(lambda text: not refused_characters(text))
NODES = st.recursive(
    TEXT.map(Scalar),
    lambda child: st.one_of(
        st.lists(child, max_size=4).map(Sequence), st.dictionaries(TEXT, child, max_size=4).map(Mapping)
    ),
    max_leaves=8,
)


def plain(node):
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(child) for key, child in node.items()}


def both_loaders(text):
    return [
        yaml.load(text, loader) for loader in (yaml.BaseLoader, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    ]


@given(NODES)
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_exactly(node):
    text = write(node)
    assert parse(text.encode()) == node
    assert both_loaders(text) == [plain(node)] * 2


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_text_is_text_for_readers_that_guess_types(text):
    written = write(Mapping({"answers": Sequence([Mapping({"heard": Scalar(text)})])}))
    assert yaml.safe_load(written) == {"answers": [{"heard": text}]}


@given(st.lists(TEXT, min_size=1, max_size=3), st.lists(TEXT, max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_comment_changes_no_value(texts, comments):
    tree = Mapping({f"k{number}": Scalar(text) for number, text in enumerate(texts)})
    lines = [line for comment in comments for line in comment_lines(comment, 2)]
    written = write(tree, Comments({("k0",): lines}, {}, lines))
    assert parse(written.encode()) == tree


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een\ntwee", ["a: |-", "  een", "  twee"]),
        ("een\ntwee\n", ["a: |", "  een", "  twee"]),
        ("een\n\n\n", ["a: |+", "  een", "", ""]),
        ("  ingesprongen\nniet", ["a: |2-", "    ingesprongen", "  niet"]),
        ("😀 emoji  \n\ttab", ["a: |-", "  😀 emoji  ", "  \ttab"]),
        ("een\r\ntwee\r\n", ['a: "een\\r\\n\\', "  twee\\r\\n\\", '  "']),
        ("no", ['a: "no"']),
        ("0123456", ['a: "0123456"']),
        ("", ['a: ""']),
        ("\n\n", ['a: "\\n\\n"']),
        ("Wat werd gezegd?", ["a: Wat werd gezegd?"]),
    ],
)
def test_text_stays_readable(text, lines):
    assert write(Mapping({"a": Scalar(text)})).splitlines() == lines


def test_twenty_thousand_words_are_a_block_and_quick():
    text = "\n".join("woord " * 15 for _ in range(1400))
    written = write(Mapping({"a": Scalar(text)}))
    assert written.startswith("a: |-\n")
    assert parse(written.encode()) == Mapping({"a": Scalar(text)})


def test_short_lists_of_ids_stay_on_one_line_and_empty_places_empty():
    tree = Mapping({
        "ids": Sequence([Scalar("welkom"), Scalar("op-tijd")]),
        "words": Sequence([Scalar("no"), Scalar("x")]),
        "nothing": Scalar("", plain=True),
        "none": Sequence(),
    })  # fmt: skip
    written = write(tree)
    assert written.splitlines() == [
        "ids: [welkom, op-tijd]",
        "words:",
        '  - "no"',
        "  - x",
        "nothing:",
        "none: []",
    ]


def test_values_that_are_plain_by_nature_stay_plain():
    tree = Mapping({"on": Scalar("2026-10-06T10:20", plain=True), "n": Scalar("-3", plain=True)})
    assert write(tree) == '"on": 2026-10-06T10:20\n"n": -3\n'


def test_comments_stand_where_they_belong_and_wrap():
    tree = Mapping({"a": Sequence([Mapping({"b": Scalar("1"), "c": Scalar("x")})]), "d": Scalar("why")})
    comments = Comments(
        {("a",): ["# A"], ("a", 0, "b"): ["# B"], ("a", 0, "c"): ["# C"], ("d",): ["# D"]},
        {("d",): "# t"},
        ["# end"],
    )
    expected = '# A\na:\n  # B\n  - b: "1"\n    # C\n    c: x\n\n# D\nd: why # t\n\n# end\n'
    assert write(tree, comments) == expected
    wrapped = comment_lines("woord " * 60, 6)
    assert len(wrapped) > 3
    assert all(len(line) <= 94 for line in wrapped)


def test_control_characters_in_a_comment_are_shown_not_written():
    assert comment_lines("a\x1b[31m\u2028b: c") == ["# a[U+001B][31m", "# b: c"]


def test_a_very_long_key_still_reads():
    tree = Mapping({"k" * 3000: Mapping({"a": Scalar("b")}), "x\ny": Scalar("z")})
    assert parse(write(tree).encode()) == tree
