"""A file whose YAML is broken at one place: everything around that place read all the same."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from stagekit.errors import InvalidInput, Problem
from stagekit.i18n import _
from stagekit.model.node import Mapping
from stagekit.store import yaml_reader

MAX_NODES = 20_000
_MAX_RECOVERED_BYTES = 500_000
_MAX_CHUNKS = 300
_DEPTH = 2
_KEY = re.compile(r"( *)(?:[^\s#'\"\-\[{][^:]*|\"[^\"]*\"|'[^']*'):(?:\s|$)")
_BARE_KEY = re.compile(r" *([^\s#'\"\-\[{:][^:]*):[ \t]*(?:#.*)?")


@dataclass(slots=True)
class ParsedFile:
    """The mapping a file holds; `broken` where its YAML is, and `tree` has only what could be made out."""

    tree: Mapping
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False


def parse_file(data: bytes, file: Path) -> ParsedFile:
    """Read a file that a person may have edited; what cannot be read is a problem with its line."""
    try:
        tree = yaml_reader.parse(data, file, max_nodes=MAX_NODES)
    except InvalidInput as error:
        recovery = _Recovery(file)
        if len(data) <= _MAX_RECOVERED_BYTES:
            lines = data.decode("utf-8", "surrogateescape").splitlines(keepends=True)
            tree = recovery.mapping(lines, 1, _DEPTH)
        else:
            tree = Mapping(line=1)
        return ParsedFile(tree, recovery.problems or list(error.problems), broken=True)
    if not isinstance(tree, Mapping):
        message = _("The file must hold lines such as “key: value”; an earlier version is in the history.")
        return ParsedFile(Mapping(line=1), [Problem(message, file=file, line=tree.line)], broken=True)
    return ParsedFile(tree)


class _Recovery:
    """Cuts a mapping into its `key:` chunks by their indentation, and reads each on its own."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.chunks = 0

    def mapping(self, lines: list[str], first_line: int, depth: int) -> Mapping:
        found = Mapping(line=first_line)
        for start, end in self.cut(lines):
            self.chunks += 1
            if self.chunks > _MAX_CHUNKS:
                break
            self.take(found, lines[start:end], first_line + start, depth)
        return found

    def cut(self, lines: list[str]) -> list[tuple[int, int]]:
        indents = [match and len(match[1]) for match in map(_KEY.match, lines)]
        margin = min((indent for indent in indents if indent is not None), default=0)
        starts = [number for number, indent in enumerate(indents) if indent == margin]
        return list(zip(starts, [*starts[1:], len(lines)], strict=True)) if starts else []

    def take(self, found: Mapping, lines: list[str], first_line: int, depth: int) -> None:
        data = "".join(lines).encode("utf-8", "surrogateescape")
        try:
            part = yaml_reader.parse(data, self.file, max_nodes=MAX_NODES, first_line=first_line)
        except InvalidInput as error:
            bare = _BARE_KEY.fullmatch(lines[0].rstrip("\r\n"))
            if bare and depth > 1 and len(lines) > 1:
                part = Mapping({bare[1]: self.mapping(lines[1:], first_line + 1, depth - 1)}, first_line)
            else:
                self.problems += error.problems
                return
        for key, value in part.items() if isinstance(part, Mapping) else ():
            if key not in found.entries:
                found.entries[key] = value
                found.key_lines[key] = part.line_of(key) if isinstance(part, Mapping) else first_line
