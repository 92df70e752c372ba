"""From nodes to frozen dataclasses, strictly, by their annotations; every problem at once, with its line.

The same annotations make the JSON Schema (`stagekit.model.schema`), so that an editor and the engine agree.
"""

import re
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from stagekit.errors import Problem
from stagekit.i18n import LANGUAGES, _
from stagekit.model.node import Mapping, Node, Scalar, Sequence, is_empty
from stagekit.model.text import Text, refused_characters

NodePath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Annotation: the text matches this regular expression as a whole."""

    regex: str


class Problems:
    """Collects located problems of one file."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, line: int, path: NodePath, message: str) -> None:
        """Note a problem at `line` (from 1; 0 where unknown)."""
        self.found.append(Problem(message, format_path(path), self.file, line or None))


def format_path(path: NodePath) -> str:
    """Write a path as people read it: `visie.quotes[2].page`, items counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def locate(node: Node, path: NodePath) -> int:
    """Give the line of the deepest part of `path` that is there."""
    line = node.line
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            line = node.line_of(step)
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return line


def did_you_mean(word: str, known: typing.Iterable[str]) -> str:
    """Give ` Did you mean "summary"?`, or nothing where no known word is near."""
    import difflib

    names = list(known)
    near = [name for name in names if len(word) > 1 and name.startswith(word)]
    near = near or difflib.get_close_matches(word, names, n=1)
    return " " + _("Did you mean “{word}”?", word=near[0]) if near else ""


Decoder = Callable[[Node, NodePath, Problems], Any]


T = TypeVar("T")


def decode(cls: type[T], node: Node, problems: Problems, path: NodePath = ()) -> T | None:
    """Read `node` as dataclass `cls`; None when a problem was added."""
    before = len(problems.found)
    value = _decoder(typing.cast("typing.Hashable", cls))(node, path, problems)
    return None if len(problems.found) > before else typing.cast(T, value)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One key of a mapping: its name in the file, its attribute, its annotation, whether it must be there."""

    key: str
    attribute: str
    hint: Any
    required: bool
    empty_counts: bool
    """Whether `[]` says something: a list chosen to be empty, where no list at all is another thing."""


@cache
def field_specs(cls: type) -> tuple[FieldSpec, ...]:
    """List the keys a dataclass reads; `is_` in Python is `is` in the file."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        FieldSpec(
            key=f.name.rstrip("_"),
            attribute=f.name,
            hint=hints[f.name],
            required=f.default is MISSING and f.default_factory is MISSING,
            empty_counts=f.default is None and any(get_origin(m) is tuple for m in get_args(hints[f.name])),
        )
        for f in fields(cls)
    )


@cache
def variants(union: Any) -> dict[str, type] | None:
    """Give tag to dataclass for a union of dataclasses told apart by a literal `type`, else None."""
    members = [member for member in get_args(union) if member is not type(None)]
    if len(members) < 2 or not all(is_dataclass(member) for member in members):
        return None
    tags = {}
    for member in members:
        hint = next(spec.hint for spec in field_specs(member) if spec.key == "type")
        tags[get_args(hint)[0]] = member
    return tags


@cache
def _decoder(hint: Any) -> Decoder:
    if hint is Text:
        return _text
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_dataclass(hint):
        return _dataclass_decoder(typing.cast(type, hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _one_of(tuple(hint), hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _one_of(arguments, str)
    if origin is Annotated:
        return _pattern_decoder(arguments[1])
    if origin is tuple:
        return _tuple_decoder(arguments[0])
    if origin in {typing.Union, types.UnionType}:
        return _union_decoder(hint)
    raise TypeError(f"no decoder for {hint!r}")


def scalar_text(node: Node, path: NodePath, problems: Problems) -> str | None:
    """Give the text of a scalar that holds one, else note a problem."""
    if _is_words(node):
        return node.text  # type: ignore[union-attr]
    if not isinstance(node, Scalar):
        problems.add(node.line, path, _("A single text is expected here, not a list or a mapping."))
        return None
    if is_empty(node) or not node.text.strip():
        problems.add(node.line, path, _("A text is expected here; it is empty."))
        return None
    if refused := refused_characters(node.text):
        name = refused[0].name
        problems.add(node.line, path, _("The character {name} cannot be used; remove it.", name=name))
        return None
    return node.text


def whole_number(node: Node, path: NodePath, problems: Problems) -> int | None:
    """Read a whole number of at most nine digits."""
    text = scalar_text(node, path, problems)
    if text is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        problems.add(node.line, path, _("A whole number is expected here, such as 3."))
        return None
    return int(text)


def true_or_false(node: Node, path: NodePath, problems: Problems) -> bool | None:
    """Read `true` or `false`."""
    text = scalar_text(node, path, problems)
    if text in {"true", "false"}:
        return text == "true"
    if text is not None:
        problems.add(node.line, path, _("Write true or false here."))
    return None


def _is_words(node: Node | None) -> bool:
    """Tell whether a node is a text of which nothing need be said, as nearly all are."""
    return type(node) is Scalar and node.text.isprintable() and node.text.strip() != "" and not is_empty(node)


def _text(node: Node, path: NodePath, problems: Problems) -> Text | None:
    if not isinstance(node, Mapping):
        problems.add(node.line, path, _("A text in each language is expected here: nl: … and en: …"))
        return None
    entries = node.entries
    if len(entries) == len(LANGUAGES) and all(map(_is_words, map(entries.get, LANGUAGES))):
        return Text({language: entries[language].text for language in LANGUAGES})  # type: ignore[union-attr]
    translations = {}
    for key, value in entries.items():
        if key not in LANGUAGES:
            problems.add(node.line_of(key), (*path, key), _("Unknown language; known are nl and en."))
        else:
            translations[key] = scalar_text(value, (*path, key), problems)
    for language in LANGUAGES:
        if language not in node.entries:
            message = _("The translation for “{language}” is missing; add it.", language=language)
            problems.add(node.line, path, message)
    return Text(typing.cast(dict[str, str], translations))


_SCALARS: dict[Any, Decoder] = {str: scalar_text, int: whole_number, bool: true_or_false}


def _one_of(allowed: tuple[str, ...], make: Callable[[str], Any]) -> Decoder:
    def read(node: Node, path: NodePath, problems: Problems) -> Any:
        text = scalar_text(node, path, problems)
        if text is None:
            return None
        if text not in allowed:
            choices = ", ".join(allowed)
            message = _("“{text}” is not one of: {choices}.", text=shorten(text), choices=choices)
            problems.add(node.line, path, message + did_you_mean(text, allowed))
            return None
        return make(text)

    return read


def shorten(text: str, width: int = 40) -> str:
    """Give the start of `text`, on one line, for a message about the course or about a key."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _pattern_decoder(pattern: Pattern) -> Decoder:
    matches = re.compile(pattern.regex).fullmatch

    def read(node: Node, path: NodePath, problems: Problems) -> str | None:
        text = scalar_text(node, path, problems)
        if text is not None and matches(text) is None:
            message = _("“{text}” does not have the form expected here ({form}).",
                        text=shorten(text), form=pattern.regex)  # fmt: skip
            problems.add(node.line, path, message)
            return None
        return text

    return read


def _tuple_decoder(hint: Any) -> Decoder:
    def read(node: Node, path: NodePath, problems: Problems) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            problems.add(node.line, path, _("A list is expected here."))
            return None
        item = _decoder(hint)
        return tuple(item(child, (*path, index), problems) for index, child in enumerate(node.items))

    return read


def _union_decoder(hint: Any) -> Decoder:
    tags = variants(hint)
    if tags is None:
        (inner,) = (member for member in get_args(hint) if member is not type(None))
        return _decoder(inner)

    def read(node: Node, path: NodePath, problems: Problems) -> Any:
        if not isinstance(node, Mapping):
            problems.add(node.line, path, _("A mapping with a “type” is expected here."))
            return None
        if "type" not in node.entries:
            problems.add(node.line, path, _("The key “type” is missing; add it."))
            return None
        tag = _one_of(tuple(tags), str)(node.entries["type"], (*path, "type"), problems)
        return None if tag is None else _decoder(tags[tag])(node, path, problems)

    return read


def _dataclass_decoder(cls: type) -> Decoder:
    specs = {spec.key: spec for spec in field_specs(cls)}
    required = [spec.key for spec in specs.values() if spec.required]
    decoders: dict[str, Decoder] = {}

    def decoder(spec: FieldSpec) -> Decoder:
        if spec.key not in decoders:  # not before it is needed: a class may hold its own kind
            decoders[spec.key] = _decoder(spec.hint)
        return decoders[spec.key]

    def read(node: Node, path: NodePath, problems: Problems) -> Any:
        if not isinstance(node, Mapping):
            problems.add(node.line, path, _("A mapping (key: value) is expected here."))
            return None
        before = len(problems.found)
        values = {}
        for key, child in node.entries.items():
            spec = specs.get(key)
            if spec is None:
                message = _("Unknown key “{key}”.", key=shorten(key)) + did_you_mean(key, specs)
                problems.add(node.line_of(key), (*path, key), message)
            elif spec.required or not is_empty(child) or (spec.empty_counts and isinstance(child, Sequence)):
                values[spec.attribute] = decoder(spec)(child, (*path, key), problems)
        for key in required:
            if key not in node.entries:
                problems.add(node.line, path, _("The key “{key}” is missing; add it.", key=key))
        return cls(**values) if len(problems.found) == before else None

    return read
