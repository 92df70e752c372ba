"""The quick way through a file and the one that explains agree: on what is read, and on what is refused."""

from hypothesis import given
from hypothesis import strategies as st

from stagekit.errors import InvalidInput
from stagekit.model.node import Mapping, Scalar, Sequence
from stagekit.store.yaml_reader import MAX_DEPTH, _Builder, _built

PIECES = ["a: ", "b: ", "a:\n", "- ", "\n", "\n  ", "- x\n", "x", "'q'", "|\n  t\n", ">-\n", "{a: 1, b: 2}",
          "[1, 2]", "{", "]", ",", "# c\n", "&a ", "*a", "!t ", "---\n", "...\n", "? ", "~", "null", "\t",
          "é", "a: 1\n", "b: 2\n", "? [a]\n: 1\n", "- " * (MAX_DEPTH + 2), "\x07"]  # fmt: skip


def told(node):
    """Give a node with what its comparison leaves out: lines, and how it stood there."""
    if isinstance(node, Scalar):
        return (node.text, node.plain, node.line)
    if isinstance(node, Sequence):
        return [node.line, *map(told, node.items)]
    assert isinstance(node, Mapping)
    return [node.line, node.key_lines, {key: told(value) for key, value in node.entries.items()}]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.sampled_from([4, 1000]),
       st.sampled_from([1, 7]))  # fmt: skip
def test_both_ways_agree(text, max_nodes, first_line):
    quick = _built(text, max_nodes, first_line)
    try:
        slow = _Builder(None, max_nodes, first_line).build(text)
    except InvalidInput:
        assert quick is None
    else:
        assert quick is not None
        assert told(quick) == told(slow)
