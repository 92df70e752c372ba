"""A YAML document as plain data with line numbers: every scalar is text, typed later by what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Scalar:
    """Text of one value; `plain` when it stood without quotes or block marks."""

    text: str
    plain: bool = field(default=False, compare=False)
    line: int = field(default=0, compare=False)

    kind = "scalar"


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: "list[Node]" = field(default_factory=list)
    line: int = field(default=0, compare=False)

    kind = "sequence"


@dataclass(slots=True)
class Mapping:
    """A mapping in the order of the file; keys are unique text."""

    entries: "dict[str, Node]" = field(default_factory=dict)
    line: int = field(default=0, compare=False)
    key_lines: dict[str, int] = field(default_factory=dict, compare=False)

    kind = "mapping"

    def line_of(self, key: str) -> int:
        """Line of the key, or of the mapping where the key is not there."""
        return self.key_lines.get(key, self.line)

    def items(self) -> "Iterator[tuple[str, Node]]":
        """Give key and value in the order of the file."""
        yield from self.entries.items()


Node = Scalar | Sequence | Mapping
_NOTHING = frozenset({"", "~", "null"})


def is_empty(node: "Node | None") -> bool:
    """Tell whether a value says nothing: absent, `key:` without a value, `[]` or `{}`."""
    if isinstance(node, Scalar):
        return node.plain and node.text in _NOTHING
    if isinstance(node, Sequence):
        return not node.items
    return node is None or not node.entries
