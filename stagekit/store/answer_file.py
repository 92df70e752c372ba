"""One answer file, `answers/1-visie.yaml`: what it says, and the text it becomes when answers change."""

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Assignment, Course, GroupQuestion, Question, RepeatQuestion
from stagekit.model.decode import NodePath, Problems, did_you_mean, format_path, shorten
from stagekit.model.node import Mapping, Node, Scalar, Sequence, is_empty
from stagekit.model.values import CONSENT_KEYS, MAX_ITEMS, Value, Values, decode_values
from stagekit.store import yaml_reader
from stagekit.store.merge import carried_over, checked, significant
from stagekit.store.yaml_recovery import MAX_NODES, parse_file

if TYPE_CHECKING:
    from stagekit.store.yaml_writer import Comments

SCHEMA = "1"
_HEAD = ("assignment", "schema", "answers")
_MAX_NOTICES = 20


@dataclass(slots=True)
class AnswerFile:
    """An answer file as read: its tree, and the answers that could be made out.

    `broken`: the YAML could not be read in one go, so that the file must not be written over.
    """

    path: Path
    assignment: Assignment
    data: bytes = b""
    tree: Mapping = field(default_factory=Mapping)
    values: AbstractMapping[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    broken: bool = False

    @property
    def answers(self) -> Mapping:
        """The mapping under `answers:`; empty where there is none."""
        found = self.tree.entries.get("answers")
        return found if isinstance(found, Mapping) else Mapping()

    def raw(self, question_id: str) -> Node | None:
        """Give what stands there for a question, typed or not; None where it says nothing."""
        return significant(self.answers.entries.get(question_id))


def read_answer_file(path: Path, data: bytes | None, assignment: Assignment, course: Course) -> AnswerFile:
    """Read a file (None: there is none yet). Never raises for its content: what is wrong is in `problems`."""
    if data is None:
        return AnswerFile(path, assignment)
    parsed = parse_file(data, path)
    file = AnswerFile(path, assignment, data, parsed.tree, {}, parsed.problems, [], parsed.broken)
    problems = Problems(path)
    if _check_head(file, problems):
        node = file.tree.entries.get("answers", Mapping(line=file.tree.line))
        unknown: list[tuple[NodePath, int]] = []
        file.values = decode_values(assignment.questions, node, (assignment.id,), course, problems, unknown)
        unknown += [((key,), file.tree.line_of(key)) for key in file.tree.entries if key not in _HEAD]
        file.notices += _unknown_keys(file, unknown)
        file.broken = file.broken or not (isinstance(node, Mapping) or is_empty(node))
    file.problems += problems.found
    return file


def _check_head(file: AnswerFile, problems: Problems) -> bool:
    """Tell whether the file is that of its assignment, in a form this version knows."""
    tree, expected = file.tree, {"assignment": file.assignment.id, "schema": SCHEMA}
    for key, value in expected.items():
        node = tree.entries.get(key)
        if node is None or is_empty(node) or node == Scalar(value):
            continue
        found = shorten(node.text) if isinstance(node, Scalar) else "…"
        if key == "schema":
            message = _("This file has form {found}; this StageKit knows {known}. Update StageKit.",
                        found=found, known=value)  # fmt: skip
        else:
            message = _("This file is that of “{found}”, but has the name of “{known}”; it is not used. "
                        "Give each file its own name again.", found=found, known=value)  # fmt: skip
        problems.add(tree.line_of(key), (key,), message)
        file.broken = True
    return not problems.found


def _unknown_keys(file: AnswerFile, unknown: list[tuple[NodePath, int]]) -> list[Problem]:
    notices = []
    for path, line in unknown[:_MAX_NOTICES]:
        key = str(path[-1])
        known = _HEAD if len(path) == 1 else _known_keys(file.assignment.questions, path[1:-1])
        message = _("“{key}” is not a question here; it is kept as it stands.", key=shorten(key))
        message += did_you_mean(key, known)
        notices.append(Problem(message, format_path(path), file.path, line or None))
    if len(unknown) > _MAX_NOTICES:
        message = _("{count} more keys are not questions; they are kept as they stand.",
                    count=len(unknown) - _MAX_NOTICES)  # fmt: skip
        notices.append(Problem(message, file=file.path))
    return notices


def _known_keys(questions: tuple[Question, ...], path: NodePath) -> list[str]:
    for step in path:
        question = next((q for q in questions if q.id == step), None)
        if isinstance(question, GroupQuestion | RepeatQuestion):
            questions = question.questions
        elif question is not None:
            return list(CONSENT_KEYS)
    return [question.id for question in questions]


def refuse_broken(file: AnswerFile) -> None:
    """Raise InvalidInput where saving would overwrite what could not be read."""
    if file.broken:
        message = _("“{file}” cannot be saved to until this is mended; nothing was overwritten. "
                    "Earlier versions are in .stagekit/history.", file=file.path.name)  # fmt: skip
        raise InvalidInput([*file.problems, Problem(message, file=file.path)])


def changed_tree(
    file: AnswerFile, changes: AbstractMapping[str, Value | None], course: Course
) -> Mapping | None:
    """Give the tree with the given questions set (None: cleared); None where that says the same as before.

    Raises InvalidInput for a value that the question cannot hold, UserError for a question that is not there.
    """
    new: dict[str, Node | None] = {}
    for question_id, value in changes.items():
        question = _question(file, question_id)
        old = file.answers.entries.get(question_id)
        if value is None:
            new[question_id] = None
        else:
            node = checked(question, value, (file.assignment.id,), course)
            new[question_id] = carried_over(question, old, node, course)
    if file.data and all(significant(node) == file.raw(key) for key, node in new.items()):
        return None
    return _form_tree(file, new)


def tree_with_item(file: AnswerFile, question_id: str, item: Values, course: Course) -> tuple[Mapping, int]:
    """Give the tree with an item more in a list, and how many it has then; the others stay as they are."""
    question = _question(file, question_id)
    if not isinstance(question, RepeatQuestion):
        message = _("“{question}” is not a list.", question=question_id)
        raise UserError(message, _("Save its answer with `stagekit start`."))
    old = file.answers.entries.get(question_id)
    if not (isinstance(old, Sequence) or is_empty(old)):
        message = _("A list is expected here: each item begins with “- ”. Nothing was added.")
        place = format_path((file.assignment.id, question_id))
        raise InvalidInput([Problem(message, place, file.path, file.answers.line_of(question_id))])
    items = old.items if isinstance(old, Sequence) else []
    if len(items) >= MAX_ITEMS:
        message = _("The list in “{file}” is full: it has {count} items.", file=file.path, count=len(items))
        raise UserError(message, _("Remove items you no longer need, then try again."))
    added = checked(question, (item,), (file.assignment.id,), course)
    new = [*items, *(added.items if isinstance(added, Sequence) else [])]
    return _form_tree(file, {question_id: Sequence(new)}), len(new)


def _question(file: AnswerFile, question_id: str) -> Question:
    question = file.assignment.question(question_id)
    if question is None:
        known = [known.id for known in file.assignment.questions]
        message = _("The assignment “{assignment}” has no question “{question}”.",
                    assignment=file.assignment.id, question=shorten(question_id))  # fmt: skip
        raise UserError(message, did_you_mean(question_id, known).strip())
    return question


def _form_tree(file: AnswerFile, new: AbstractMapping[str, Node | None]) -> Mapping:
    from stagekit.store import form

    answers: dict[str, Node] = {}
    for question in file.assignment.questions:
        node = new[question.id] if question.id in new else file.answers.entries.get(question.id)
        answers[question.id] = form.filled_in(question, node)
    answers |= {key: node for key, node in file.answers.items() if key not in answers}
    head: dict[str, Node] = {
        "assignment": Scalar(file.assignment.id, plain=True),
        "schema": Scalar(SCHEMA, plain=True),
        "answers": Mapping(answers),
    }
    return Mapping({**head, **{key: node for key, node in file.tree.items() if key not in head}})


def compose(file: AnswerFile, tree: Mapping, language: str) -> tuple[bytes, list[Problem]]:
    """Give the text for a changed tree, with the prompts and with the comments a person added.

    The text is read back before anyone relies on it: what is saved is what was meant, to the character.
    """
    from stagekit.store import form, yaml_writer

    answers = tree.entries["answers"]
    assert isinstance(answers, Mapping)  # noqa: S101 - made so by changed_tree
    own = yaml_writer.Comments(form.prompts(file.assignment, answers, language))
    known = form.known_lines(file.assignment)
    return compose_document(file.path, file.data, tree, own, known)


def compose_document(
    path: Path, former: bytes, tree: Mapping, own: "Comments", known: frozenset[str]
) -> tuple[bytes, list[Problem]]:
    """Give the text for `tree` with its own comments below those that the `former` text has."""
    from stagekit.store import yaml_comments, yaml_writer

    found = yaml_comments.find_comments(former.decode("utf-8-sig"), known.__contains__)
    if found is not None:
        kept = yaml_comments.settle(found, tree)
        for place, lines in own.before.items():
            kept.before[place] = [*kept.before.get(place, []), *lines]
        data = yaml_writer.write(tree, kept).encode()
        if _reads_as(data, tree):
            return data, []
    data = yaml_writer.write(tree, own).encode()
    if not _reads_as(data, tree):
        message = _("“{file}” would become too large to be read again; nothing was saved.", file=path)
        raise UserError(message, _("Make the answers in it shorter or fewer."))
    message = _("Comments in this file could not be kept; the version with them is in .stagekit/history.")
    return data, [Problem(message, file=path)]


def _reads_as(data: bytes, tree: Mapping) -> bool:
    try:
        return yaml_reader.parse(data, max_nodes=MAX_NODES) == tree
    except InvalidInput:
        return False
