"""Dataclasses that do not change, made quickly: a cohort's documents are made of millions of them.

That nobody changes one is for the type checker to see; at run time a frozen one takes four times as long.
"""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Make `cls` a dataclass with slots that compares and hashes by its fields."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
