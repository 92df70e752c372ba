from dataclasses import dataclass
from typing import Annotated, Literal

import pytest

from stagekit.model.decode import Pattern, Problems, decode, format_path, locate
from stagekit.model.text import Text
from stagekit.store.yaml_reader import parse


@dataclass(frozen=True, kw_only=True)
class Leaf:
    name: str
    size: int = 1


@dataclass(frozen=True, kw_only=True)
class Tree:
    id: Annotated[str, Pattern(r"[a-z]+")]
    kind: Literal["oak", "beech"]
    title: Text
    leaves: tuple[Leaf, ...] = ()
    note: str | None = None
    green: bool = False


GOOD = """\
id: abc
kind: oak
title: {nl: Boom, en: Tree}
leaves:
  - {name: a, size: 3}
  - name: no
note:
green: true
"""


def read(text):
    problems = Problems()
    return decode(Tree, parse(text.encode()), problems), [(p.line, p.path, p.message) for p in problems.found]


def test_reads_what_the_annotations_say():
    tree, problems = read(GOOD)
    assert problems == []
    assert tree.leaves == (Leaf(name="a", size=3), Leaf(name="no"))
    assert tree.title["nl"] == "Boom"
    assert (tree.note, tree.green) == (None, True)


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "words"),
    [
        ("green: true", "green: maybe", 8, "green", "true or false"),
        ("green: true", "gren: true", 8, "gren", "“green”"),
        ("kind: oak", "kind: oka", 2, "kind", "“oak”"),
        ("id: abc", "id: A b", 1, "id", "form"),
        ("id: abc\n", "", 1, "", "“id”"),
        ("en: Tree", "de: Baum", 3, "title", "“en”"),
        ("{name: a, size: 3}", "{name: a, size: x}", 5, "leaves[1].size", "whole number"),
        ("{name: a, size: 3}", "{size: 3}", 5, "leaves[1]", "“name”"),
        ("- name: no", "- [no]", 6, "leaves[2]", "mapping"),
        ("id: abc", "id: [abc]", 1, "id", "single text"),
        ("id: abc", "id: ''", 1, "id", "empty"),
        ("{nl: Boom, en: Tree}", "Boom", 3, "title", "each language"),
    ],
)
def test_each_mistake_has_its_line_its_path_and_a_sentence(english, old, new, line, path, words):
    tree, problems = read(GOOD.replace(old, new))
    assert tree is None
    assert any(p[0] == line and p[1] == path and words in p[2] for p in problems), problems


def test_all_mistakes_come_at_once(english):
    tree, problems = read(
        GOOD.replace("oak", "elm").replace("size: 3", "size: x").replace("en: Tree", "en: ''")
    )
    assert tree is None
    assert {p[1] for p in problems} == {"kind", "leaves[1].size", "title.en"}


def test_control_characters_are_refused_by_name(english):
    tree, problems = read(GOOD.replace("id: abc", r'id: "a\e[31m"'))
    assert tree is None
    assert "U+001B" in problems[0][2]


def test_paths_read_as_people_count():
    assert format_path(("visie", "quotes", 1, "page")) == "visie.quotes[2].page"


def test_locate_gives_the_line_of_the_deepest_part_there_is():
    node = parse(GOOD.encode())
    assert locate(node, ("leaves", 1, "name")) == 6
    assert locate(node, ("leaves", 9, "name")) == 4
