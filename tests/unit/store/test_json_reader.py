"""Strict JSON: what the json of Python reads is read alike, what it lets pass is refused with its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.errors import InvalidInput
from stagekit.model.node import Mapping, Scalar, Sequence
from stagekit.store import json_reader
from stagekit.store.json_reader import parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def plain(node):
    """Give what a node holds, as the json of Python does."""
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return json.loads(node.text) if node.plain else node.text


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_it_reads_what_json_writes(value, ascii_, indent):
    text = json.dumps(value, ensure_ascii=ascii_, indent=indent)
    assert plain(parse(text.encode())) == value


@given(st.binary(max_size=40) | st.text('{}[]:,"\\tfn01.-eE \n', max_size=40).map(str.encode))
def test_any_bytes_give_what_json_gives_or_a_sentence(data):
    found = refused = None
    try:
        found = parse(data)
    except InvalidInput as error:
        (refused,) = error.problems
    if found is None:
        assert refused.message
    else:
        assert json.loads(data.decode("utf-8-sig")) == plain(found)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('{"a": 1,\n"b": 2,\n"a": 3}', 3),
        ('{"a": NaN}', 1),
        ('{"a":\nInfinity}', 2),
        ('{"a": 01}', 1),
        ('{"a": 1.}', 1),
        ('{"a": "\\ud800"}', 1),
        ('{"a": "\x1b[2J"}', 1),
        ('{"a": "not closed}', 1),
        ("{'a': 1}", 1),
        ('{"a": 1}\n{}', 2),
        ('{"a": 1,}', 1),
        ("[1 2]", 1),
        ("[1,\n", 2),
        ("", 1),
        ("// remark\n{}", 1),
    ],
)
def test_what_is_not_strict_json_is_refused_with_its_line(data, line):
    with pytest.raises(InvalidInput) as caught:
        parse(data.encode())
    assert caught.value.problems[0].line == line


def test_lines_and_kinds():
    node = parse(b'{\n "a": "true",\n "b": [true,\n 7]}')
    assert node.line_of("b") == 3
    assert node.entries["a"] == Scalar("true")
    assert not node.entries["a"].plain
    first, second = node.entries["b"].items
    assert (first.plain, second.plain, second.line) == (True, True, 4)


def test_a_byte_order_mark_is_no_text():
    assert plain(parse(b'\xef\xbb\xbf{"a": 1}')) == {"a": 1}


@pytest.mark.parametrize("pair", ["[]", '{"a":}'])
def test_deep_nesting_is_refused_before_it_is_built(english, pair):
    start, end = pair[:-1], pair[-1]
    with pytest.raises(InvalidInput, match="nested"):
        parse((start * 100_000 + end * 100_000).encode())


def test_bounds(english):
    with pytest.raises(InvalidInput, match="too large"):
        parse(b" " * (json_reader.MAX_BYTES + 1))
    with pytest.raises(InvalidInput, match="too many values"):
        parse(b"[" + b"1," * json_reader.MAX_NODES + b"1]")
    with pytest.raises(InvalidInput, match="UTF-8"):
        parse(b'{"a": "\xff"}')
