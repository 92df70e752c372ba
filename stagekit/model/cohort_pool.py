"""What a sample cohort is put together from: names, schools, and for each question what students may say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stagekit.i18n import _
from stagekit.model.course import Assignment, Course, RepeatQuestion
from stagekit.model.decode import NodePath, Problems, decode, did_you_mean, shorten
from stagekit.model.feedback import FeedbackLevel
from stagekit.model.node import Mapping as Tree
from stagekit.model.node import Node, Sequence
from stagekit.model.values import Value, decode_values

ANSWERS = "answers"


@dataclass(frozen=True, kw_only=True)
class PoolSchool:
    """An invented school."""

    name: str
    place: str


@dataclass(frozen=True, kw_only=True)
class PoolComment:
    """What an invented mentor says of an assignment."""

    level: FeedbackLevel
    comment: str


@dataclass(frozen=True, kw_only=True)
class _Names:
    given: tuple[str, ...]
    family: tuple[str, ...]
    people: tuple[str, ...]
    schools: tuple[PoolSchool, ...]
    feedback: tuple[PoolComment, ...] = ()


@dataclass(frozen=True)
class CohortPool:
    """Names and schools to choose from and, by assignment and question, the answers to choose from.

    Of a list (`RepeatQuestion`) the alternatives are its items.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    people: tuple[str, ...]
    schools: tuple[PoolSchool, ...]
    feedback: tuple[PoolComment, ...]
    answers: Mapping[str, Mapping[str, tuple[Value, ...]]] = field(default_factory=dict)


def decode_pool(root: Node, course: Course, problems: Problems) -> CohortPool | None:
    """Read a pool; None when a problem was added."""
    if not isinstance(root, Tree):
        problems.add(root.line, (), _("The file must hold a mapping: given, family, schools, answers, …"))
        return None
    entries = {key: node for key, node in root.items() if key != ANSWERS}
    names = decode(_Names, Tree(entries, root.line, root.key_lines), problems)
    answers = _answers(root.entries.get(ANSWERS, Tree()), course, problems)
    if names is None or problems.found:
        return None
    return CohortPool(names.given, names.family, names.people, names.schools, names.feedback, answers)


def _answers(node: Node, course: Course, problems: Problems) -> dict[str, dict[str, tuple[Value, ...]]]:
    found: dict[str, dict[str, tuple[Value, ...]]] = {}
    if not isinstance(node, Tree):
        problems.add(node.line, (ANSWERS,), _("Answers are expected here, as “question: answer”."))
        return found
    known = [assignment.id for assignment in course.assignments]
    for key, child in node.items():
        assignment = course.assignment(key)
        if assignment is None or not isinstance(child, Tree):
            message = _("No assignment is called “{key}”.", key=shorten(key)) + did_you_mean(key, known)
            problems.add(node.line_of(key), (ANSWERS, key), message)
            continue
        found[key] = {
            question_id: _alternatives(course, assignment, question_id, listed, problems)
            for question_id, listed in child.items()
            if _asked(assignment, question_id, child.line_of(question_id), problems)
        }
    return found


def _asked(assignment: Assignment, question_id: str, line: int, problems: Problems) -> bool:
    known = [question.id for question in assignment.questions]
    if question_id in known:
        return True
    message = _("No question is called “{key}”.", key=shorten(question_id)) + did_you_mean(question_id, known)
    problems.add(line, (ANSWERS, assignment.id, question_id), message)
    return False


def _alternatives(
    course: Course, assignment: Assignment, question_id: str, listed: Node, problems: Problems
) -> tuple[Value, ...]:
    path: NodePath = (ANSWERS, assignment.id, question_id)
    if not isinstance(listed, Sequence):
        problems.add(listed.line, path, _("A list is expected here: each item begins with “- ”."))
        return ()
    if isinstance(assignment.question(question_id), RepeatQuestion):
        items: Any = _decoded(course, assignment, question_id, listed, problems)
        return tuple(items or ())
    values = [_decoded(course, assignment, question_id, item, problems) for item in listed.items]
    return tuple(value for value in values if value is not None)


def _decoded(
    course: Course, assignment: Assignment, question_id: str, node: Node, problems: Problems
) -> Value | None:
    tree = Tree({question_id: node}, node.line, {question_id: node.line})
    path = (ANSWERS, assignment.id)
    return decode_values(assignment.questions, tree, path, course, problems).get(question_id)
