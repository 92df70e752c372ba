"""Strict YAML: scalars as text, no anchors, tags or duplicate keys, and bounds on bytes, depth and size.

Events are read one by one (libyaml through PyYAML), so that a bomb is refused before it is built.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from stagekit.errors import InvalidInput, Problem
from stagekit.i18n import N_, _
from stagekit.model.node import Mapping, Node, Scalar, Sequence

MAX_BYTES = 8_000_000
MAX_DEPTH = 30
MAX_NODES = 100_000

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


def parse(
    data: bytes, file: Path | None = None, *,
    max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES, first_line: int = 1,
) -> Node:  # fmt: skip
    """Read one YAML document; an empty one is an empty mapping. Lines are counted from `first_line`.

    Raises InvalidInput with the line for whatever is not strict YAML within the bounds.
    """
    if len(data) > max_bytes:
        message = _("The file is too large: {size} bytes; at most {limit} are read.",
                    size=len(data), limit=max_bytes)  # fmt: skip
        raise InvalidInput([Problem(message, file=file)])
    text = _decoded(data, file, first_line)
    built = _built(text, max_nodes, first_line)
    return _Builder(file, max_nodes, first_line).build(text) if built is None else built


def _decoded(data: bytes, file: Path | None, first_line: int) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + first_line
        message = _("The file is not UTF-8 text here; save it again as UTF-8.")
        raise InvalidInput([Problem(message, file=file, line=line)]) from None


def _built(text: str, max_nodes: int, first_line: int) -> Node | None:
    """Read what is strict YAML within the bounds, in less time; None where there is anything to refuse."""
    loader = _LOADER(text)
    bucket: list[Any] = []
    stack: list[tuple[int, list[Any]]] = []
    count = 0
    following, scalar = loader.get_event, yaml.ScalarEvent
    try:
        while (event := following()) is not None:
            kind = type(event)
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    return None
                bucket.append(Scalar(event.value, event.implicit[0], event.start_mark.line + first_line))
                count += 1
            elif kind in _ENDS:
                line, outer = stack.pop()
                outer.append(_ENDS[kind](bucket, line))
                bucket = outer
            elif kind in _STARTS:
                if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
                    return None
                stack.append((event.start_mark.line + 1, bucket))
                bucket = []
                count += 1
            elif kind is yaml.AliasEvent:
                return None
            if count > max_nodes:
                return None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    finally:
        loader.dispose()
    return _root(bucket, first_line)


def _root(found: list[Node], first_line: int) -> Node | None:
    """Give the one document there is; two of them are refused."""
    if len(found) > 1:
        return None
    return found[0] if found else Mapping(line=first_line)


def _mapping(nodes: list[Any], line: int) -> Mapping:
    """Make a mapping of keys and values in turns; ValueError where a key is no text or stands there twice."""
    made = Mapping({}, line)
    entries, lines = made.entries, made.key_lines
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        if type(key) is not Scalar or key.text in entries:
            raise ValueError
        entries[key.text] = value
        lines[key.text] = key.line
    return made


_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS: dict[type, Callable[[list[Any], int], Node]] = {
    yaml.MappingEndEvent: _mapping,
    yaml.SequenceEndEvent: Sequence,
}


class _Builder:
    """Reads event by event and says what is refused, and where."""

    def __init__(self, file: Path | None, max_nodes: int, first_line: int) -> None:
        self.file = file
        self.max_nodes = max_nodes
        self.first_line = first_line
        self.count = 0
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []

    def build(self, text: str) -> Node:
        loader = _LOADER(text)
        try:
            while loader.check_event():
                self.take(loader.get_event())
        except yaml.MarkedYAMLError as error:
            # What was opened and never closed tells more than the place, far below, where that comes out.
            unclosed = re.search(r"end of stream|expected ',' or", str(error.problem))
            opened = error.context_mark if unclosed else None
            mark = opened or error.problem_mark or error.context_mark
            raise self.refusal(_syntax_message(error), mark.line if mark else None) from None
        except (yaml.YAMLError, ValueError, RecursionError):
            raise self.refusal(_("This is not readable as YAML."), None) from None
        finally:
            loader.dispose()
        return self.root if self.root is not None else Mapping(line=self.first_line)

    def refusal(self, message: str, line: int | None) -> InvalidInput:
        number = None if line is None else line + self.first_line
        return InvalidInput([Problem(message, file=self.file, line=number)])

    def take(self, event: Any) -> None:
        line = event.start_mark.line
        if getattr(event, "anchor", None) is not None:
            raise self.refusal(
                _("Anchors and aliases (& and *) are not used; put quotes around the text."), line
            )
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise self.refusal(_("A second document (---) begins here; one file holds one document."), line)
        if getattr(event, "tag", None) is not None:
            raise self.refusal(_("Tags (!) are not used here; put quotes around the text."), line)
        if isinstance(event, yaml.ScalarEvent):
            self.add(Scalar(event.value, event.implicit[0], line + self.first_line))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.open(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.keys.pop()

    def open(self, event: Any, line: int) -> None:
        node = (
            Mapping(line=line + 1) if isinstance(event, yaml.MappingStartEvent) else Sequence(line=line + 1)
        )
        self.add(node)
        if len(self.stack) >= MAX_DEPTH:
            raise self.refusal(_("Lists and mappings are nested too deeply here."), line)
        self.stack.append(node)
        self.keys.append(None)

    def add(self, node: Node) -> None:
        self.count += 1
        if self.count > self.max_nodes:
            raise self.refusal(_("The file holds too many values."), node.line - self.first_line)
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self.checked_key(parent, node)
        else:
            parent.entries[key.text] = node
            parent.key_lines[key.text] = key.line
            self.keys[-1] = None

    def checked_key(self, parent: Mapping, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            message = _("A key must be a single word, not a list or a mapping.")
            raise self.refusal(message, node.line - self.first_line)
        if node.text in parent.entries:
            first = parent.key_lines[node.text]
            message = _("The key “{key}” stands here a second time (first on line {first}); remove one.",
                        key=node.text[:60], first=first)  # fmt: skip
            raise self.refusal(message, node.line - self.first_line)
        return node


def _syntax_message(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or "")
    for sign, message in _SYNTAX.items():
        if sign in problem:
            return _(message)
    return _("The YAML cannot be read here: check indentation, quotes and colons near this line.")


_SYNTAX = {
    "cannot start any token": N_(
        "A tab or a reserved sign stands here; indent with blanks, or quote the text."
    ),
    "mapping values are not allowed": N_(
        "A second colon on this line, or indentation that is off; quote the text."
    ),
    "did not find expected key": N_(
        "Indentation is off here, or a quote is missing; line it up with the lines above."
    ),
    "expected ',' or": N_(
        "A bracket is opened and not closed, or a comma is missing; mend it, or quote the text."
    ),
    "unexpected end of stream": N_("A quote is opened and never closed."),
    "control characters are not allowed": N_("A control character stands here; remove it."),
    "could not find expected ':'": N_("A colon is missing after a key, or the text above is not indented."),
}
