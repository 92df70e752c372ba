"""Strict JSON as nodes with line numbers: bounds on bytes, depth and size, no key twice, nothing but JSON.

The json of Python lets a second key win, takes NaN, knows no lines, and ends in a RecursionError where lists
are nested deeply. Here a text is a Scalar that is not `plain`; a number, true, false or null is a plain one.
"""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import NoReturn

from stagekit.errors import InvalidInput, Problem
from stagekit.i18n import _
from stagekit.model.decode import shorten
from stagekit.model.node import Mapping, Node, Scalar, Sequence
from stagekit.model.text import visible

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_NODES = 20_000
_BLANK = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,5})?|true|false|null", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(data: bytes, file: Path | None = None) -> Node:
    """Read one JSON document. Raises InvalidInput with the line for whatever is not strict JSON."""
    if len(data) > MAX_BYTES:
        raise InvalidInput([Problem(too_large(len(data)), file=file)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8 text here; it is not a feedback file, or it was damaged.")
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput([Problem(message, file=file, line=line)]) from None
    return _Parser(text, file).document()


def too_large(size: int) -> str:
    """Say that a file is larger than what is read."""
    return _("The file is too large: {size} bytes; at most {limit} are read.", size=size, limit=MAX_BYTES)


class _Parser:
    def __init__(self, text: str, file: Path | None) -> None:
        self.text = text
        self.file = file
        self.at = 0
        self.counted, self.line = 0, 1
        self.nodes = 0

    def document(self) -> Node:
        self.blank()
        node = self.value(0)
        self.blank()
        if self.at < len(self.text):
            self.refuse(_("More follows here than one JSON document."))
        return node

    def refuse(self, message: str) -> NoReturn:
        raise InvalidInput([Problem(message, file=self.file, line=self.here())])

    def here(self) -> int:
        """Give the line that is being read."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = max(self.counted, self.at)
        return self.line

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def sign(self) -> str:
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.refuse(_("The file holds too many values."))
        if depth > MAX_DEPTH:
            self.refuse(_("Lists and mappings are nested too deeply here."))
        match self.sign():
            case "{":
                return self.mapping(depth)
            case "[":
                return self.sequence(depth)
            case '"':
                line = self.here()
                return Scalar(self.string(), line=line)
        if (match := _PLAIN.match(self.text, self.at)) is None:
            self.refuse(_not_json(self.text[self.at : self.at + 40]))
        line, self.at = self.here(), match.end()
        if self.text[self.at : self.at + 1] not in {"", ",", "}", "]", " ", "\t", "\n", "\r"}:
            self.refuse(_not_json(self.text[match.start() : match.start() + 40]))
        return Scalar(match.group(), plain=True, line=line)

    def string(self) -> str:
        try:
            text, end = scanstring(self.text, self.at + 1, True)
        except ValueError as error:
            # json.JSONDecodeError, whose message would quote nothing, tells where.
            self.at = min(getattr(error, "pos", self.at), len(self.text))
            self.refuse(_("A text is not closed here, or holds a sign that JSON does not allow."))
        if half := _SURROGATE.search(text):
            name = visible(half.group())[1:-1]
            self.refuse(_("The character {name} cannot be used; remove it.", name=name))
        self.at = end
        return str(text)

    def mapping(self, depth: int) -> Mapping:
        node = Mapping(line=self.here())
        if self.opened("}"):
            return node
        while True:
            if self.sign() != '"':
                self.refuse(_("A key between double quotes is expected here."))
            line, key = self.here(), self.string()
            if key in node.entries:
                message = _("The key “{key}” stands here a second time (first on line {first}); remove one.",
                            key=shorten(visible(key)), first=node.key_lines[key])  # fmt: skip
                self.refuse(message)
            self.blank()
            if self.sign() != ":":
                self.refuse(_("A colon is expected here."))
            self.at += 1
            self.blank()
            node.key_lines[key] = line
            node.entries[key] = self.value(depth + 1)
            if self.closed("}"):
                return node

    def sequence(self, depth: int) -> Sequence:
        node = Sequence(line=self.here())
        if self.opened("]"):
            return node
        while True:
            node.items.append(self.value(depth + 1))
            if self.closed("]"):
                return node

    def opened(self, end: str) -> bool:
        """Go past the bracket; tell whether nothing stands within."""
        self.at += 1
        self.blank()
        if self.sign() != end:
            return False
        self.at += 1
        return True

    def closed(self, end: str) -> bool:
        """Go past a comma or the end; tell whether it was the end."""
        self.blank()
        sign = self.sign()
        if sign not in {",", end} or not sign:
            self.refuse(_("A comma or a closing bracket is missing here; the file is not whole."))
        self.at += 1
        self.blank()
        return sign == end


def _not_json(found: str) -> str:
    if not found.strip():
        return _("The file ends here before it is complete.")
    return _("“{text}” is not JSON.", text=shorten(visible(found), 20))
