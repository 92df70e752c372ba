"""Nodes to tidy YAML: long text as readable blocks, and every text read back exactly.

PyYAML's own emitters turn text with an emoji, a tab or a trailing blank into one escaped line (C) or change
U+0085 (Python); files here are read and edited by people, so text stays a block wherever YAML can carry it.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field

from stagekit.model.decode import NodePath
from stagekit.model.node import Mapping, Node, Scalar, Sequence
from stagekit.model.text import visible

WIDTH = 100
"""Columns after which comments are wrapped."""
LONG = 72
"""Characters from which one line of text becomes a block."""
_MAX_SIMPLE_KEY = 900
_SPACED_DEPTH = 2


@dataclass(slots=True)
class Comments:
    """Comment lines by the path of what they stand at, each line from its `#` on.

    `before`: own lines above it; `trailing`: behind a value on one line; `end`: below everything.
    """

    before: dict[NodePath, list[str]] = field(default_factory=dict)
    trailing: dict[NodePath, str] = field(default_factory=dict)
    end: list[str] = field(default_factory=list)


def write(node: Node, comments: Comments | None = None) -> str:
    """Give the YAML text of a document; parsing it gives `node` again, to the character."""
    writer = _Writer(comments or Comments())
    if isinstance(node, Scalar):
        lines = [node.text if node.plain and _is_plain(node) else _quoted(node.text, 2)]
    else:
        lines = list(writer.lines(node, (), 0))
        if not _has_entries(node):
            lines = [_scalar_or_empty(node)]
    if writer.comments.end:
        lines += [*([] if writer.kept else [""]), *writer.comments.end]
    return "\n".join(lines) + "\n"


def comment_lines(text: str, indent: int = 0) -> list[str]:
    """Give `text` as comment lines, wrapped before column `WIDTH`; control characters shown."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = "#"
        for word in visible(paragraph).replace("\ufeff", "").split():
            if line != "#" and len(line) + 1 + len(word) > WIDTH - indent:
                lines.append(line)
                line = "#"
            line += " " + word
        lines.append(line)
    return lines


def _has_entries(node: Node) -> bool:
    return bool(node.entries if isinstance(node, Mapping) else isinstance(node, Sequence) and node.items)


def _scalar_or_empty(node: Node) -> str:
    return "{}" if isinstance(node, Mapping) else "[]"


class _Writer:
    def __init__(self, comments: Comments) -> None:
        self.comments = comments
        self.kept = False
        """The last value is a `|+` block: a blank line after it would become part of the text."""

    def lines(self, node: Node, path: NodePath, indent: int) -> Iterator[str]:
        if isinstance(node, Mapping):
            for index, (key, value) in enumerate(node.items()):
                spaced = index > 0 and len(path) < _SPACED_DEPTH
                yield from self.above((*path, key), indent, spaced=spaced)
                yield from self.entry(_key(key), value, (*path, key), indent)
        elif isinstance(node, Sequence):
            for number, item in enumerate(node.items):
                yield from self.above((*path, number), indent, spaced=False)
                yield from self.item(item, (*path, number), indent)

    def above(self, path: NodePath, indent: int, *, spaced: bool) -> Iterator[str]:
        found = self.comments.before.get(path)
        if found and spaced and not self.kept:
            yield ""
        for line in found or ():
            yield " " * indent + line

    def entry(self, key: str, value: Node, path: NodePath, indent: int) -> Iterator[str]:
        margin = " " * indent
        if len(key) > _MAX_SIMPLE_KEY:
            yield f"{margin}? {key}"
            key = ""
        if _has_entries(value) and self.flow(value, path) is None:
            yield f"{margin}{key}:" + self.behind(path)
            yield from self.lines(value, path, indent + 2)
        else:
            yield from self.value(f"{margin}{key}:", value, path, indent)

    def item(self, node: Node, path: NodePath, indent: int) -> Iterator[str]:
        margin = " " * indent
        if not _has_entries(node):
            yield from self.value(margin + "-", node, path, indent)
            return
        first = True
        for line in self.lines(node, path, indent + 2):
            if not first:
                yield line
            elif line.lstrip().startswith("#"):
                yield line[2:]
            else:
                yield margin + "- " + line[indent + 2 :]
                first = False

    def value(self, start: str, node: Node, path: NodePath, indent: int) -> Iterator[str]:
        flow = self.flow(node, path)
        if flow is not None or not isinstance(node, Scalar):
            self.kept = False
            yield f"{start} {flow or _scalar_or_empty(node)}" + self.behind(path)
            return
        lines = _scalar(node, indent + 2)
        self.kept = lines[0].startswith("|") and lines[0].endswith("+")
        if len(lines) > 1 and path in self.comments.trailing and lines[0].startswith("|"):
            lines[0] += self.behind(path)
        elif path in self.comments.trailing:
            lines[-1] += self.behind(path)
        yield f"{start} {lines[0]}" if lines[0] else start
        yield from lines[1:]

    def behind(self, path: NodePath) -> str:
        found = self.comments.trailing.get(path)
        return f" {found}" if found else ""

    def flow(self, node: Node, path: NodePath) -> str | None:
        """Give `[a, b]` for a short list of ids without comments of its own."""
        if not isinstance(node, Sequence) or not node.items:
            return None
        texts = [item.text for item in node.items if isinstance(item, Scalar) and _FLOW.fullmatch(item.text)]
        line = f"[{', '.join(texts)}]"
        if len(texts) < len(node.items) or len(line) > LONG or any(map(_is_reserved, texts)):
            return None
        places: Iterable[AbstractMapping[NodePath, object]] = (self.comments.before, self.comments.trailing)
        size = len(path)
        inside = any(len(place) > size and place[:size] == path for known in places for place in known)
        return None if inside else line


# What YAML 1.1 or 1.2 takes for something else than text begins with a digit or a sign, or is one of these.
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_FLOW = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PLAIN = re.compile(r"[^\W\d_](?:[\w.,;()/?!'’‘“”…–—%&+=@*éë-]|:(?=\S)| (?=[^\s#]))*")
_PLAIN_AS_GIVEN = re.compile(r"[A-Za-z0-9+.-]?[A-Za-z0-9](?:[A-Za-z0-9_+.-]|:(?=[0-9]))*|~|null")
# Line ends that YAML would change, and what it does not take raw; all of these need an escape.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_SHORT_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n",
    "\r": "\\r", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip
_TO_ESCAPE = re.compile('[\\\\"\t\n\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]')


def _is_reserved(text: str) -> bool:
    return text.lower() in _RESERVED


def _is_plain(node: Scalar) -> bool:
    text = node.text
    if node.plain and (not text or _PLAIN_AS_GIVEN.fullmatch(text)):
        return True
    return len(text) <= LONG and _PLAIN.fullmatch(text) is not None and not _is_reserved(text)


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) and not _is_reserved(key) else _one_line(key)


def _scalar(node: Scalar, indent: int) -> list[str]:
    text = node.text
    if _is_plain(node):
        return [text]
    if ("\n" in text or len(text) > LONG) and text.strip("\n") and not _ESCAPED.search(text):
        return _block(text, indent)
    return _quoted(text, indent).split("\n")


def _block(text: str, indent: int) -> list[str]:
    """Give a literal block; text lines stand two columns inside what the block belongs to."""
    body = text[:-1] if text.endswith("\n") else text
    chomping = "-" if body is text else "+" if body.endswith("\n") or not body.strip() else ""
    indicator = "2" if text[0] in " \t\n" else ""
    margin = " " * indent
    return [f"|{indicator}{chomping}", *(margin + line if line else "" for line in body.split("\n"))]


def _one_line(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(_escape, text) + '"'


def _quoted(text: str, indent: int) -> str:
    """Give a quoted text, one line of the file for each line of the text."""
    lines = text.split("\n")
    if len(lines) == 1 or not text.strip("\n"):
        return _one_line(text)
    escaped = [_TO_ESCAPE.sub(_escape, line) for line in lines]
    rest = ["\\" + line if line.startswith(" ") else line for line in escaped[1:]]
    return '"' + ("\\n\\\n" + " " * indent).join([escaped[0], *rest]) + '"'


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    if short := _SHORT_ESCAPES.get(sign):
        return short
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
