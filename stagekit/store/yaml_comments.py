"""Comments that a person added to a file: found by what no value covers, with the place they belong to."""

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from stagekit.model.decode import NodePath
from stagekit.model.node import Mapping, Node, Sequence
from stagekit.store.yaml_writer import Comments

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
MAX_COMMENTS = 3000
_FAR = sys.maxsize
_COMMENT = re.compile(r"(?:(?<=\s)|^)#")


def find_comments(text: str, known: Callable[[str], bool]) -> Comments | None:
    """List the comments of a document that parses, without the own lines that `known` says are generated.

    An own line belongs to what follows it, a trailing one to the value before it. None where there are more
    than anyone writes by hand.
    """
    lines = text.splitlines()
    comments = Comments()
    if not any("#" in line and not (line.lstrip().startswith("#") and known(line.strip())) for line in lines):
        return comments
    scan = _Scan()
    scan.run(text)
    covered = scan.covered_columns()
    count = 0
    for number in scan.uncovered_lines(len(lines)):
        line = lines[number]
        start = _comment_start(line, covered.get(number, [])) if "#" in line else None
        if start is None:
            continue
        if (count := count + 1) > MAX_COMMENTS:
            return None
        comment = line[start:].rstrip()
        if line[:start].strip():
            _add_trailing(comments, scan, number, comment)
        elif not known(comment):
            _add_own_line(comments, scan, number, comment)
    return comments


def _comment_start(line: str, covered: list[tuple[int, int]]) -> int | None:
    for match in _COMMENT.finditer(line):
        if not any(start <= match.start() < end for start, end in covered):
            return match.start()
    return None


def _add_trailing(comments: Comments, scan: "_Scan", number: int, comment: str) -> None:
    index = bisect_right(scan.lines, number)
    place = scan.places[index - 1] if index else None
    if place is None:
        comments.end.append(comment)
    elif place in comments.trailing:
        comments.before.setdefault(place, []).append(comment)
    else:
        comments.trailing[place] = comment


def _add_own_line(comments: Comments, scan: "_Scan", number: int, comment: str) -> None:
    index = bisect_right(scan.lines, number)
    place = scan.places[index] if index < len(scan.places) else None
    (comments.end if place is None else comments.before.setdefault(place, [])).append(comment)


def settle(comments: Comments, tree: Node) -> Comments:
    """Give the comments with each at a place that `tree` has: what is gone hands its own to what held it."""
    settled = Comments(end=list(comments.end))
    for path, lines in comments.before.items():
        _put_above(settled, _existing(tree, path), lines)
    for path, line in comments.trailing.items():
        place = _existing(tree, path)
        if place == path:
            settled.trailing[path] = line
        else:
            _put_above(settled, place, [line])
    return settled


def _put_above(comments: Comments, place: NodePath, lines: list[str]) -> None:
    (comments.before.setdefault(place, []) if place else comments.end).extend(lines)


def _existing(tree: Node, path: NodePath) -> NodePath:
    node = tree
    for depth, step in enumerate(path):
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return path[:depth]
    return path


@dataclass(slots=True)
class _Frame:
    path: NodePath
    is_mapping: bool
    key: str | None = None
    count: int = 0


@dataclass(slots=True)
class _Scan:
    """Where values stand: the text they cover, and the line at which each key and item begins."""

    spans: list[tuple[Any, Any, bool]] = field(default_factory=list)
    places: list[NodePath] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)

    def run(self, text: str) -> None:
        loader = _LOADER(text)
        try:
            while loader.check_event():
                self.take(loader.get_event())
        finally:
            loader.dispose()

    def take(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        if isinstance(event, yaml.ScalarEvent):
            self.spans.append((start, end, event.style in {"|", ">"}))
            self.step(start.line, event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            path = self.step(start.line, None)
            self.stack.append(_Frame(path, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def begin(self, line: int, path: NodePath) -> None:
        self.places.append(path)
        self.lines.append(line)

    def step(self, line: int, text: str | None) -> NodePath:
        """Note the key or item that begins here; give the path of the value."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if not frame.is_mapping:
            path = (*frame.path, frame.count)
            frame.count += 1
            self.begin(line, path)
            return path
        if frame.key is None:
            frame.key = text or ""
            self.begin(line, (*frame.path, frame.key))
            return frame.path
        path = (*frame.path, frame.key)
        frame.key = None
        return path

    def uncovered_lines(self, count: int) -> Iterator[int]:
        """Give the lines, from 0, that do not lie within one value as a whole."""
        line = 0
        for start, end, _is_block in self.spans:
            yield from range(line, min(start.line + 1, count))
            line = max(line, start.line + 1, end.line)
        yield from range(line, count)

    def covered_columns(self) -> dict[int, list[tuple[int, int]]]:
        """Give what values cover of the lines they begin and end on."""
        covered: dict[int, list[tuple[int, int]]] = {}
        for start, end, is_block in self.spans:
            last = end.column if start.line == end.line else _FAR
            # A comment may stand behind the mark of a block.
            columns = (start.column, start.column + 1 if is_block else last)
            covered.setdefault(start.line, []).append(columns)
            if end.line != start.line:
                covered.setdefault(end.line, []).append((0, end.column))
        return covered
