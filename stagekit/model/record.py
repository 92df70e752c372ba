"""Frozen dataclasses that cost next to nothing to define: their methods are shared, not compiled for each.

A command starts by defining what a course is; as `dataclass(frozen=True)` writes and compiles six methods for
each class, that was a sixth of all the time to the first question. Reading attributes is as fast as ever.
"""

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make `cls` a dataclass as `dataclass(frozen=True, kw_only=True)` does."""
    made = dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
    names = tuple(f.name for f in fields(made))  # type: ignore[arg-type]
    required, factories = set(), {}
    for f in fields(made):  # type: ignore[arg-type]
        if f.default_factory is not MISSING:
            factories[f.name] = f.default_factory
        elif f.default is MISSING:
            required.add(f.name)
    own: dict[str, Any] = {"_names": names, "_known": frozenset(names), "_required": required,
                           "_factories": factories}  # fmt: skip
    for name, value in (own | _METHODS).items():
        setattr(made, name, value)
    return made


def _init(self: Any, /, **values: Any) -> None:
    if not self._known.issuperset(values) or not self._required.issubset(values):
        wrong = sorted(values.keys() ^ (self._required | (values.keys() & self._known)))
        raise TypeError(f"{type(self).__name__}() lacks or does not know: {', '.join(wrong)}")
    for name, make in self._factories.items():
        if name not in values:
            values[name] = make()
    self.__dict__.update(values)  # a default is found on the class


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self._names)


def _repr(self: Any) -> str:
    inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
    return f"{type(self).__qualname__}({inner})"


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse(self: Any, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} does not change")


_METHODS: dict[str, Any] = {
    "__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash,
    "__setattr__": _refuse, "__delattr__": _refuse,
}  # fmt: skip
