"""Comments of a person are found wherever YAML allows them, and never inside a text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit.model.node import Mapping, Scalar
from stagekit.store.yaml_comments import find_comments, settle
from stagekit.store.yaml_reader import parse
from stagekit.store.yaml_writer import write
from tests.unit.store.test_yaml_writer import NODES

TEXT = """\
# top
answers: # behind a mapping
  # ours
  # mine
  a: "x # no"   # trailing
  b: |  # behind a block mark
    # text
    more # text
  # before c
  c: plain#no # yes
  d:
    # item
    - e: 'it''s # no'
      # f
      f: [g, h] # list
# end
"""


def found():
    return find_comments(TEXT, {"# ours"}.__contains__)


def test_every_comment_is_found_at_its_place():
    assert found().before == {
        ("answers",): ["# top"],
        ("answers", "a"): ["# mine"],
        ("answers", "c"): ["# before c"],
        ("answers", "d", 0): ["# item"],
        ("answers", "d", 0, "f"): ["# f"],
    }
    assert found().trailing[("answers",)] == "# behind a mapping"
    assert found().trailing[("answers", "a")] == "# trailing"
    assert found().trailing[("answers", "b")] == "# behind a block mark"
    assert found().trailing[("answers", "c")] == "# yes"
    assert found().end == ["# end"]


def test_comments_survive_a_rewrite():
    tree = parse(TEXT.encode())
    written = write(tree, settle(found(), tree))
    assert parse(written.encode()) == tree
    for comment in (
        "top",
        "behind a mapping",
        "mine",
        "trailing",
        "behind a block",
        "before c",
        "yes",
        "item",
        "f",
        "list",
        "end",
    ):
        assert written.count(f"# {comment}") == 1, comment


def test_a_comment_at_something_gone_moves_to_what_held_it():
    tree = Mapping({"answers": Mapping({"d": Scalar("x"), "c": Scalar("y")})})
    settled = settle(found(), tree)
    assert settled.before[("answers", "d")] == ["# item", "# f", "# list"]
    assert "# trailing" in settled.before[("answers",)]


@given(NODES, st.sampled_from(["# a", "#b", "#"]))
@settings(max_examples=150, deadline=None)
def test_no_text_is_taken_for_a_comment(node, comment):
    tree = Mapping({"k": node, "z": Scalar("end")})
    text = write(tree).replace("\nz: end", f"\n{comment}\nz: end")
    comments = find_comments(text, lambda line: False)
    assert comments.before in ({("z",): [comment]}, {})
    assert not comments.trailing
    assert parse(text.encode()).entries["z"] == Scalar("end")
