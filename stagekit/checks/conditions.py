"""When a question applies: the declarative conditions of a course."""

from datetime import date, datetime

from stagekit.model.course import Question, When
from stagekit.model.values import Value, Values


def applies(question: Question, siblings: Values, assignment_values: Values) -> bool:
    """Tell whether `question` is asked, given the answers beside it and at the assignment's top level."""
    return question.when is None or holds(question.when, siblings, assignment_values)


def holds(when: When, siblings: Values, assignment_values: Values | None = None) -> bool:
    """Tell whether a condition is met; an answer beside the question comes before one at the top level.

    A choice among several counts when it is one of those chosen. Without an answer `is` and `any_of`
    are not met, and `is_not` is.
    """
    value = siblings.get(when.question)
    if value is None and assignment_values is not None:
        value = assignment_values.get(when.question)
    words = _words(value)
    if when.is_not is not None:
        return when.is_not not in words
    wanted = when.any_of if when.is_ is None else (when.is_,)
    return any(word in words for word in wanted)


def _words(value: Value | None) -> frozenset[str]:
    """Give an answer as a course file writes it in a condition."""
    match value:
        case None:
            return frozenset()
        case bool():
            return frozenset({"true" if value else "false"})
        case str():
            return frozenset({value})
        case datetime():
            return frozenset({value.strftime("%Y-%m-%dT%H:%M")})
        case int() | date():
            return frozenset({str(value)})
        case tuple():
            return frozenset(item for item in value if isinstance(item, str))
        case _:
            return frozenset()
