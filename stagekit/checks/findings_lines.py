"""On which line of an answer file words stand, also within a text of many lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stagekit.model.decode import NodePath
from stagekit.model.node import Mapping as Tree
from stagekit.model.node import Node, Scalar, Sequence

_BLOCK = re.compile(r"(?:^|[\s:-])\|[-+0-9]*\s*(?:#.*)?$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Source:
    """An answer file: what it is called, what stands at each question, and its lines."""

    name: str = ""
    nodes: Mapping[str, Node | None] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    def line(self, path: NodePath, text: str, start: int) -> int | None:
        """Give the line (from 1) of what stands at `start` of the answer at `path`; None where unknown."""
        node = self._node(path)
        if not isinstance(node, Scalar) or not node.line:
            return None
        first = node.line
        if first <= len(self.lines) and _BLOCK.search(self.lines[first - 1]):
            return first + 1 + text.count("\n", 0, start)
        return self._found(first, text, start)

    def _node(self, path: NodePath) -> Node | None:
        node: Node | None = self.nodes.get(str(path[0])) if path else None
        for step in path[1:]:
            if isinstance(node, Tree):
                node = node.entries.get(str(step))
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def _found(self, first: int, text: str, start: int) -> int:
        """Count the word where words begin, and look for it as often from the first line on.

        Quoted and folded texts are broken at other places than they are read with.
        """
        match = _WORD.search(text, start)
        if match is None:
            return first
        word = re.compile(rf"\b{re.escape(match.group())}\b")
        wanted = sum(1 for _each in word.finditer(text, 0, match.end()))
        for number, line in enumerate(
            self.lines[first - 1 : first + text.count(" ") + 2 * text.count("\n") + 1], first
        ):
            wanted -= sum(1 for _each in word.finditer(line))
            if wanted <= 0:
                return number
        return first
