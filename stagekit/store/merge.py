"""New values into the tree of a file, with everything that only the file knows kept."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AbstractMapping

from stagekit.errors import InvalidInput
from stagekit.model.course import ConsentQuestion, Course, GroupQuestion, Question, RepeatQuestion
from stagekit.model.decode import NodePath, Problems
from stagekit.model.node import Mapping, Node, Scalar, Sequence, is_empty
from stagekit.model.values import CONSENT_KEYS, WITHHELD, Value, decode_values, encode


def checked(question: Question, value: Value, path: NodePath, course: Course) -> Node:
    """Give the node for a value, its parts in the order of the questions.

    Raises InvalidInput where the value would not come back as it is.
    """
    problems = Problems()
    node = encode(value)
    decode_values((question,), Mapping({question.id: node}), path, course, problems)
    if problems.found:
        raise InvalidInput(problems.found)
    return _ordered(question, node)


def _ordered(question: Question, node: Node) -> Node:
    if isinstance(question, RepeatQuestion) and isinstance(node, Sequence):
        return Sequence([_ordered_item(question, item) for item in node.items])
    return _ordered_parts(question.questions, node) if isinstance(question, GroupQuestion) else node


def _ordered_item(question: RepeatQuestion, item: Node) -> Node:
    """Order an item; that its content is withheld is no question, and stays."""
    ordered = _ordered_parts(question.questions, item)
    if not (isinstance(item, Mapping) and isinstance(ordered, Mapping) and WITHHELD in item.entries):
        return ordered
    return Mapping({**ordered.entries, WITHHELD: item.entries[WITHHELD]})


def _ordered_parts(questions: tuple[Question, ...], node: Node) -> Node:
    if not isinstance(node, Mapping):
        return node
    return Mapping({q.id: _ordered(q, node.entries[q.id]) for q in questions if q.id in node.entries})


def carried_over(question: Question, old: Node | None, new: Node, course: Course) -> Node:
    """Give `new` with what only `old` has: keys no question has, and inner values that cannot be read."""
    if isinstance(question, RepeatQuestion) and isinstance(old, Sequence) and isinstance(new, Sequence):
        return _items(question, old, new, course)
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    if isinstance(question, ConsentQuestion):
        extra = {key: child for key, child in old.items() if key not in CONSENT_KEYS}
        return Mapping({**new.entries, **extra})
    return _parts(question.questions, old, new, course) if isinstance(question, GroupQuestion) else new


def _parts(questions: tuple[Question, ...], old: Mapping, new: Mapping, course: Course) -> Mapping:
    known = {question.id: question for question in questions}
    former = old.entries
    entries = {key: carried_over(known[key], former.get(key), child, course) for key, child in new.items()}
    for key, child in old.items():
        if key not in entries and (key not in known or _is_unreadable(known[key], child, course)):
            entries[key] = child
    return Mapping(entries)


def _is_unreadable(question: Question, node: Node, course: Course) -> bool:
    problems = Problems()
    decode_values((question,), Mapping({question.id: node}), (), course, problems)
    return bool(problems.found)


def _items(question: RepeatQuestion, old: Sequence, new: Sequence, course: Course) -> Sequence:
    """Match items: first those that are equal as read, then by their place."""
    readable = [_as_read(question, item, course) for item in old.items]
    left = set(range(len(old.items)))
    matches: dict[int, int] = {}
    for number, item in enumerate(new.items):
        equal = next((i for i in sorted(left) if readable[i] == item), None)
        if equal is not None:
            matches[number] = equal
            left.discard(equal)
    for number in range(len(new.items)):
        if number not in matches and number in left:
            matches[number] = number
            left.discard(number)
    return Sequence([_item(question, old, item, matches.get(i), course) for i, item in enumerate(new.items)])


def _item(question: RepeatQuestion, old: Sequence, item: Node, match: int | None, course: Course) -> Node:
    former = None if match is None else old.items[match]
    if not isinstance(former, Mapping) or not isinstance(item, Mapping):
        return item
    return _parts(question.questions, former, item, course)


def _as_read(question: RepeatQuestion, item: Node, course: Course) -> Node:
    values = decode_values(question.questions, item, (), course, Problems(), [])
    return _ordered_parts(question.questions, encode(values))


def significant(node: Node | None) -> Node | None:
    """Give a node without its empty places, None where nothing is left: two that are equal say the same."""
    match node:
        case Mapping():
            parts = {key: significant(child) for key, child in node.items()}
            entries = {key: child for key, child in parts.items() if child is not None}
            return Mapping(entries) if entries else None
        case Sequence():
            return Sequence([significant(item) or Mapping() for item in node.items]) if node.items else None
        case Scalar() if not is_empty(node):
            return node
        case _:
            return None


class Significant(AbstractMapping[str, Node | None]):
    """What `significant` gives of each of `keys` in a mapping, worked out where somebody asks."""

    def __init__(self, keys: Iterable[str], entries: AbstractMapping[str, Node]) -> None:
        self._entries = {key: entries.get(key) for key in keys}
        self._found: dict[str, Node | None] = {}

    def __getitem__(self, key: str) -> Node | None:
        if key not in self._found:
            self._found[key] = significant(self._entries[key])
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
