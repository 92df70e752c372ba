"""JSON Schema of the course files, from the same annotations the decoder reads."""

import types
import typing
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from stagekit.i18n import LANGUAGES
from stagekit.model import course as c
from stagekit.model.decode import Pattern, field_specs, variants
from stagekit.model.text import Text

SCHEMAS: dict[str, type] = {
    "course": c.CourseFile,
    "assignment": c.Assignment,
    "reference": c.Catalogue,
    "names": c.Names,
    "privacy": c.Privacy,
}
"""Name of the schema file to what it describes."""

_NUMBER = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]{1,9}$"}]}
_BOOLEAN = {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}
# Any scalar is text to the engine; an editor's YAML types it first.
_STRING: dict[str, Any] = {"type": ["string", "number", "boolean"]}


def json_schema(name: str) -> dict[str, Any]:
    """Give the schema of `course`, `assignment`, `reference`, `names` or `privacy` files."""
    definitions: dict[str, Any] = {}
    root = _schema(SCHEMAS[name], definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"StageKit {name}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint is Text:
        return _text_schema(definitions)
    if hint is str:
        return _STRING
    if hint is int:
        return _NUMBER
    if hint is bool:
        return _BOOLEAN
    if is_dataclass(hint):
        return _reference(typing.cast(type, hint), definitions)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    return _generic_schema(hint, definitions)


def _generic_schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": [*arguments, *(int(a) for a in arguments if a.isdigit())]}
    if origin is Annotated:
        pattern = typing.cast(Pattern, arguments[1])
        return {"type": "string", "pattern": f"^(?:{pattern.regex})$"}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin not in {typing.Union, types.UnionType}:
        raise TypeError(f"no schema for {hint!r}")
    if (tags := variants(hint)) is not None:
        return {"oneOf": [_schema(member, definitions) for member in tags.values()]}
    (inner,) = (member for member in arguments if member is not type(None))
    return {"anyOf": [_schema(inner, definitions), {"type": "null"}]}


def _text_schema(definitions: dict[str, Any]) -> dict[str, Any]:
    definitions["Text"] = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, _STRING),
        "required": list(LANGUAGES),
        "additionalProperties": False,
    }
    return {"$ref": "#/$defs/Text"}


def _reference(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = cls.__name__
    if name not in definitions:
        definitions[name] = {}  # stands for itself while its own fields refer back to it
        specs = field_specs(cls)
        definitions[name] = {
            "type": "object",
            "description": (cls.__doc__ or "").splitlines()[0],
            "properties": {spec.key: _schema(spec.hint, definitions) for spec in specs},
            "required": [spec.key for spec in specs if spec.required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
