"""The line of words in an answer file, however the text is written there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.checks.findings_lines import Source
from stagekit.store.yaml_reader import parse


def source(yaml):
    node = parse(yaml.encode())
    return Source("a.yaml", dict(node.items()), tuple(yaml.split("\n"))), node


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("# een\na: |-\n  een\n  twee bel drie\n", 4),
        ("a: |\n\n  een\n  bel\n", 4),
        ("a: >-\n  een twee\n  drie\n  bel vier\n", 4),
        ("a: een\n  twee\n  bel drie\n", 3),
        ('a: "een\n  twee\n\n  bel"\n', 4),
        ("a: een bel\n", 1),
        ("b: bel\na: bel\n", 2),
        ("a: |2-\n    bel\n", 2),
        ("a: een | bel\n", 1),
    ],
)
def test_line_of_a_word(yaml, line):
    found, node = source(yaml)
    text = node.entries["a"].text
    assert found.line(("a",), text, text.index("bel")) == line


def test_line_within_lists_and_groups():
    found, _node = source("a:\n  - b: een\n    c: bel\n  - b: twee\n    c: |\n      x\n      bel\n")
    assert found.line(("a", 0, "c"), "bel", 0) == 3
    assert found.line(("a", 1, "c"), "x\nbel\n", 2) == 7


def test_what_is_not_there_has_no_line():
    found, _node = source("a: een\n")
    for path in ((), ("b",), ("a", 0), ("a", "c")):
        assert found.line(path, "een", 0) is None
    assert Source().line(("a",), "een", 0) is None


@given(st.lists(st.sampled_from(["een", "twee", "bel", "", "x y"]), min_size=1, max_size=8))
def test_in_a_block_every_word_is_on_its_own_line(words):
    lines = ["start", *words]
    found, node = source("a: |\n" + "".join(f"  {line}\n" if line else "\n" for line in lines))
    text = node.entries["a"].text
    place = 0
    for number, line in enumerate(lines, 2):
        if line:
            assert found.line(("a",), text, place) == number
        place += len(line) + 1
