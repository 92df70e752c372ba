"""What a foreign Word template works with: answers and the names below them, and nothing else."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from stagekit.report.tree import (
    Block,
    BulletList,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Plain,
    Prose,
    Strong,
    plain,
)

if TYPE_CHECKING:
    from jinja2 import Undefined


class UnknownName(Exception):
    """A template asks for what there is not; `near` is the nearest name there is, or empty."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


class Namespace:
    """Values by name; a name that is known and has no value is empty.

    What begins with an underscore is out of a template's reach.
    """

    __slots__ = ("_known", "_path", "_values")

    def __init__(self, values: Mapping[str, Any], known: Mapping[str, Any], path: str) -> None:
        self._values = values
        self._known = known
        self._path = path

    def __getattr__(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        if name in self._known:
            return Answer((), (), {}, self._known[name], f"{self._path}.{name}")
        raise AttributeError(name)

    def __getitem__(self, name: Any) -> Any:
        try:
            return self.__getattr__(name)
        except (AttributeError, TypeError):
            raise KeyError(name) from None

    def __str__(self) -> str:
        return ""


class Answer(Namespace):
    """An answer: its words, its items where it is a list, and what stands below it by name."""

    __slots__ = ("_items", "_prose")

    def __init__(self, prose: Prose, items: tuple[Any, ...], values: Mapping[str, Any],
                 known: Mapping[str, Any], path: str) -> None:  # fmt: skip
        super().__init__(values, known, path)
        self._prose = prose
        self._items = items

    def __getattr__(self, name: str) -> Any:
        if name == "text" and name not in self._values:
            return str(self)
        return super().__getattr__(name)

    def __getitem__(self, name: Any) -> Any:
        return self._items[name] if isinstance(name, int) else super().__getitem__(name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return bool(self._items) or bool(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | Answer) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return plain(self._prose)


def prose_of(answer: Answer) -> Prose:
    """Give the words of an answer with their paragraphs and lists."""
    return answer._prose


def load(data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Make the values of a template from `word_names.template_data`, and `known` names beside them."""
    values = {name: _value(value, known.get(name, {}), name) for name, value in data.items()}
    missing = {name: Answer((), (), {}, below, name) for name, below in known.items()}
    return missing | values


def _value(value: Any, known: Mapping[str, Any], path: str) -> Any:
    if isinstance(value, list):
        return tuple(_value(each, known, path) for each in value)
    if not isinstance(value, dict):
        return value
    if "map" in value:
        return Namespace({k: _value(v, {}, f"{path}.{k}") for k, v in value["map"].items()}, {}, path)
    fields = {k: _value(v, known.get(k, {}), f"{path}.{k}") for k, v in value["fields"].items()}
    items = tuple(_value(each, known, path) for each in value["items"])
    return Answer(_blocks(value["prose"]), items, fields, known, path)


def _blocks(data: list[Any]) -> Prose:
    return tuple(_block(each) for each in data)


def _block(data: list[Any]) -> Block:
    match data:
        case ["p", pieces]:
            return Paragraph(_inlines(pieces))
        case ["ul", items]:
            return BulletList(tuple(_blocks(item) for item in items))
        case _:
            return OrderedList(data[1], tuple(_blocks(item) for item in data[2]))


def _inlines(data: list[Any]) -> Inlines:
    return tuple(_inline(each) for each in data)


def _inline(data: Any) -> Inline:
    match data:
        case str():
            return Plain(data)
        case ["br"]:
            return LineBreak()
        case ["em", pieces]:
            return Emphasis(_inlines(pieces))
        case ["b", pieces]:
            return Strong(_inlines(pieces))
        case _:
            return Link(data[1], _inlines(data[2]))


def unknown_name(names: list[str]) -> "type[Undefined]":
    """Give what stands for a name there is not: using it says which name was meant, perhaps."""
    from jinja2 import StrictUndefined

    class Unknown(StrictUndefined):
        def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
            from difflib import get_close_matches

            name, owner = str(self._undefined_name), self._undefined_obj
            below = [*owner._values, *owner._known] if isinstance(owner, Namespace) else names
            prefix = f"{owner._path}." if isinstance(owner, Namespace) else ""
            near = get_close_matches(name, below, n=1, cutoff=0.6)
            raise UnknownName(prefix + name, prefix + near[0] if near else "")

        __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = _fail_with_undefined_error
        __call__ = __getitem__ = __add__ = __radd__ = __lt__ = __gt__ = _fail_with_undefined_error

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self._fail_with_undefined_error()

    return Unknown
