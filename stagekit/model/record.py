"""Frozen dataclasses that cost next to nothing to define: their methods are shared, not compiled for each.

A command starts by defining what a course is; as `dataclass(frozen=True)` writes and compiles six methods for
each class, that was a sixth of all the time to the first question. Reading attributes is as fast as ever.
"""

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import partial
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make `cls` a dataclass as `dataclass(frozen=True, kw_only=True)` does."""
    return _made(cls, kw_only=True)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record_in_order(cls: type[T]) -> type[T]:
    """Make `cls` a dataclass as `dataclass(frozen=True)` does: its fields may be given in order."""
    return _made(cls, kw_only=False)


def _made(cls: type[T], *, kw_only: bool) -> type[T]:
    made = dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
    listed = fields(made)  # type: ignore[arg-type]
    names = tuple(f.name for f in listed)
    factories: dict[str, Any] = {
        f.name: f.default_factory for f in listed if f.default_factory is not MISSING
    }
    for f in listed:
        if hasattr(type(f.default), "__get__"):  # a function, which found on the class would be a method
            factories[f.name] = partial(_same, f.default)
    own: dict[str, Any] = {
        "_names": names,
        "_known": frozenset(names),
        "_required": {f.name for f in listed if f.default is MISSING} - factories.keys(),
        "_factories": factories,
        "_compared": tuple(f.name for f in listed if f.compare),
        "_shown": tuple(f.name for f in listed if f.repr),
        "__init__": _init if kw_only else _init_in_order,
    }
    for name, value in (own | _METHODS).items():
        setattr(made, name, value)
    return made


def _same(found: T) -> T:
    return found


def _init(self: Any, /, **values: Any) -> None:
    if not self._known.issuperset(values) or not self._required.issubset(values):
        wrong = sorted(values.keys() ^ (self._required | (values.keys() & self._known)))
        raise TypeError(f"{type(self).__name__}() lacks or does not know: {', '.join(wrong)}")
    for name, make in self._factories.items():
        if name not in values:
            values[name] = make()
    self.__dict__.update(values)  # a default is found on the class


def _init_in_order(self: Any, /, *given: Any, **values: Any) -> None:
    if len(given) > len(self._names) or not values.keys().isdisjoint(self._names[: len(given)]):
        raise TypeError(f"{type(self).__name__}() was given too much")
    _init(self, **dict(zip(self._names, given, strict=False)), **values)


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self._compared)


def _repr(self: Any) -> str:
    inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
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
    "__repr__": _repr, "__eq__": _eq, "__hash__": _hash,
    "__setattr__": _refuse, "__delattr__": _refuse,
}  # fmt: skip
