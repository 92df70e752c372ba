"""What follows from a question of the course alone, worked out once: a cohort asks it for every answer."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 5_000


def per_question(work: Callable[[Any], T]) -> Callable[[Any], T]:
    """Remember what `work` gives for each question.

    Known by identity, for questions compare by all that stands in them. Each is kept, so that its identity
    stays its own.
    """
    known: dict[int, tuple[Any, T]] = {}

    def found(question: Any) -> T:
        entry = known.get(id(question))
        if entry is None:
            if len(known) >= _MOST:
                known.clear()
            entry = known[id(question)] = (question, work(question))
        return entry[1]

    return found
