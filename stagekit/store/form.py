"""Questions as comments in the files, so that a file reads as a form."""

from collections.abc import Iterator

from stagekit.i18n import LANGUAGES
from stagekit.model.course import Assignment, GroupQuestion, Question, RepeatQuestion
from stagekit.model.decode import NodePath
from stagekit.model.node import Mapping, Node, Scalar, Sequence
from stagekit.store.yaml_writer import comment_lines

_known: dict[int, tuple[Assignment, frozenset[str]]] = {}
_TOP = 2
"""Columns at which the questions stand below `answers:`."""


def prompts(assignment: Assignment, answers: Mapping, language: str) -> dict[NodePath, list[str]]:
    """Give the comment above each question that is in `answers`; inside a list above its first item only."""
    found: dict[NodePath, list[str]] = {("assignment",): comment_lines(assignment.title[language])}
    for path, question, indent in _placed(assignment.questions, answers, ("answers",), _TOP):
        found[path] = comment_lines(question.prompt[language], indent)
    return found


def _placed(
    questions: tuple[Question, ...], node: Node, path: NodePath, indent: int
) -> Iterator[tuple[NodePath, Question, int]]:
    if not isinstance(node, Mapping):
        return
    for question in questions:
        child = node.entries.get(question.id)
        if child is None:
            continue
        place = (*path, question.id)
        yield place, question, indent
        if isinstance(question, GroupQuestion):
            yield from _placed(question.questions, child, place, indent + 2)
        elif isinstance(question, RepeatQuestion) and isinstance(child, Sequence) and child.items:
            yield from _placed(question.questions, child.items[0], (*place, 0), indent + 4)


def known_lines(assignment: Assignment) -> frozenset[str]:
    """Give every line that `prompts` may ever write for the assignment, in any language."""
    if (cached := _known.get(id(assignment))) is not None and cached[0] is assignment:
        return cached[1]
    lines = {line for language in LANGUAGES for line in comment_lines(assignment.title[language])}
    for question, indent in _all(assignment.questions, _TOP):
        for language in LANGUAGES:
            lines.update(comment_lines(question.prompt[language], indent))
    _known[id(assignment)] = assignment, frozenset(lines)
    return _known[id(assignment)][1]


def _all(questions: tuple[Question, ...], indent: int) -> Iterator[tuple[Question, int]]:
    for question in questions:
        yield question, indent
        if isinstance(question, GroupQuestion):
            yield from _all(question.questions, indent + 2)
        elif isinstance(question, RepeatQuestion):
            yield from _all(question.questions, indent + 4)


def blank(question: Question) -> Node:
    """Give the empty place of a question; a group shows the questions in it."""
    if isinstance(question, GroupQuestion):
        return Mapping({inner.id: blank(inner) for inner in question.questions})
    return Scalar("", plain=True)


def filled_in(question: Question, node: Node | None) -> Node:
    """Give an answer with empty places for what its group still lacks."""
    if node is None or (isinstance(node, Scalar) and node.plain and not node.text):
        return blank(question)
    if not isinstance(question, GroupQuestion) or not isinstance(node, Mapping):
        return node
    entries = {inner.id: filled_in(inner, node.entries.get(inner.id)) for inner in question.questions}
    return Mapping({**entries, **{key: child for key, child in node.items() if key not in entries}})
