"""A round as a file of the portfolio: YAML that a person can read, and write their replies in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _, translate
from stagekit.model.course import Course
from stagekit.model.decode import NodePath, Problems, did_you_mean, format_path, shorten
from stagekit.model.feedback import OVERALL, AssignmentFeedback, Feedback, Reply, Round
from stagekit.model.node import Mapping, Node, Scalar, Sequence
from stagekit.store import yaml_writer
from stagekit.store.answer_file import compose_document
from stagekit.store.feedback_nodes import MAX_COMMENT, Reading
from stagekit.store.yaml_recovery import parse_file

SCHEMA = "1"
_MAX_NOTICES = 20


@dataclass(slots=True)
class RoundFile:
    """A file as read; `round` is None where it cannot be made out.

    `broken`: its YAML could not be read in one go, so that it must not be written over.
    """

    path: Path
    data: bytes
    tree: Mapping
    round: Round | None
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    broken: bool = False


def read_round(path: Path, data: bytes) -> RoundFile:
    """Read a round. Never raises for its content: one wrong line costs only itself and is in `problems`."""
    parsed = parse_file(data, path)
    problems = Problems(path)
    file = RoundFile(path, data, parsed.tree, None, parsed.problems, broken=parsed.broken)
    schema = parsed.tree.entries.get("schema")
    if schema is not None and schema != Scalar(SCHEMA):
        found = shorten(schema.text) if isinstance(schema, Scalar) else "…"
        message = _("This file has form {found}; this StageKit knows {known}. Update StageKit.",
                    found=found, known=SCHEMA)  # fmt: skip
        problems.add(parsed.tree.line_of("schema"), ("schema",), message)
        file.broken = True
    else:
        reading = Reading(problems, "round")
        feedback = reading.feedback(parsed.tree)
        if feedback is not None:
            file.round = Round(id=path.stem, feedback=feedback, replies=reading.replies)
        file.notices = [_unknown(path, *found) for found in reading.unknown[:_MAX_NOTICES]]
    file.problems += problems.found
    return file


def _unknown(path: Path, line: int, place: NodePath, key: str) -> Problem:
    message = _("“{key}” is not known here; it is kept as it stands.", key=shorten(key))
    known = ("comment", "level", "signed_off", "answers", "reply", "done")
    place = (*place, shorten(key))
    return Problem(message + did_you_mean(key, known), format_path(place), path, line or None)


def new_round(feedback: Feedback, course: Course | None = None, language: str = "nl") -> bytes:
    """Give the text of a new round, with the course's words above each point where `course` is given.

    Raises UserError where the text would not come back.
    """
    data = encoded(Round(id="", feedback=feedback), course, language)
    back = read_round(Path("feedback"), data).round
    if back is None or back.feedback != feedback:
        message = _("This feedback holds a text that is too long, or a sign that no file can hold.")
        raise UserError(message, _("Make it shorter, then save it again."))
    return data


def encoded(taken: Round, course: Course | None = None, language: str = "nl") -> bytes:
    """Give the text of a round with its replies."""
    feedback = taken.feedback
    reviewer = feedback.reviewer
    tree = Mapping(
        {
            "schema": Scalar(SCHEMA, plain=True),
            "portfolio": Scalar(feedback.portfolio),
            "reviewer": Mapping(
                {
                    "name": _text(reviewer.name),
                    "show_name": _yes_no(reviewer.show_name),
                    "date": _text(reviewer.date, plain=True),
                }
            ),
        }
    )
    if feedback.overall:
        reply = taken.replies.get(OVERALL, Reply())
        tree.entries[OVERALL] = Mapping({"comment": _text(feedback.overall), **_reply(reply)})
    if feedback.assignments:
        tree.entries["assignments"] = Mapping(
            {key: _assignment(key, given, taken) for key, given in feedback.assignments.items()}
        )
    comments = yaml_writer.Comments(_headings(feedback, course, language))
    return compose_document(Path("feedback"), b"", tree, comments, frozenset())[0]


def _assignment(key: str, given: AssignmentFeedback, taken: Round) -> Mapping:
    entries: dict[str, Node] = {}
    if given.level:
        entries["level"] = Scalar(given.level)
    if given.signed_off:
        entries["signed_off"] = _yes_no(given.signed_off)
    if given.comment:
        entries["comment"] = _text(given.comment)
        entries |= _reply(taken.replies.get(key, Reply()))
    if given.seen:
        entries["seen"] = Scalar(given.seen)
    if given.answers:
        entries["answers"] = Mapping(
            {
                question: Mapping(
                    {
                        "comment": _text(answer.comment),
                        **({"seen": Scalar(answer.seen)} if answer.seen else {}),
                        **_reply(taken.replies.get(f"{key}.{question}", Reply())),
                    }
                )
                for question, answer in given.answers.items()
            }
        )
    return Mapping(entries)


def _text(text: str | None, *, plain: bool = False) -> Scalar:
    return Scalar(text, plain=plain) if text else Scalar("", plain=True)


def _yes_no(value: bool) -> Scalar:
    return Scalar("true" if value else "false", plain=True)


def _reply(reply: Reply) -> dict[str, Node]:
    return {"reply": _text(reply.text), "done": _yes_no(reply.done)}


def _headings(feedback: Feedback, course: Course | None, language: str) -> dict[NodePath, list[str]]:
    """Give the comment lines above the parts: what the file is, and the course's own words."""
    words = translate(language, "Feedback on this portfolio. Write what you did with a point behind `reply`; "
                                "`done: true` says that you are done with it.")  # fmt: skip
    lines: dict[NodePath, list[str]] = {("schema",): yaml_writer.comment_lines(words)}
    for key, given in feedback.assignments.items():
        assignment = course.assignment(key) if course else None
        if assignment is None:
            continue
        place: NodePath = ("assignments", key)
        lines[place] = yaml_writer.comment_lines(assignment.title[language], 2)
        for question_id in given.answers:
            question = assignment.question(question_id)
            if question is not None:
                label = question.label[language]
                lines[(*place, "answers", question_id)] = yaml_writer.comment_lines(label, 6)
    return lines


def with_reply(file: RoundFile, point: str, reply: Reply) -> bytes:
    """Give the text of a file in which `point` has that reply; all else stays as it stands.

    Raises UserError where there is no such point, InvalidInput for a file that is broken or a text that
    would not come back.
    """
    if file.broken or file.round is None:
        message = _("“{file}” cannot be saved to until this is mended; nothing was overwritten. "
                    "Earlier versions are in .stagekit/history.", file=file.path.name)  # fmt: skip
        raise InvalidInput([*file.problems, Problem(message, file=file.path)])
    _check(reply)
    tree = cast(Mapping, _copied(file.tree))
    node = _at(tree, point)
    if node is None:
        message = _("This feedback has no point “{point}”.", point=shorten(point))
        raise UserError(message, _("`stagekit status` shows the points there are."))
    node.entries |= _reply(reply)
    return compose_document(file.path, file.data, tree, yaml_writer.Comments(), frozenset())[0]


def _check(reply: Reply) -> None:
    problems = Problems()
    node = Mapping({"reply": _text(reply.text)})
    Reading(problems, "round").text(node, (), "reply", MAX_COMMENT)
    if problems.found:
        raise InvalidInput(problems.found)


def _at(tree: Mapping, point: str) -> Mapping | None:
    assignment, _dot, question = point.partition(".")
    path = ("assignments", assignment, *(("answers", question) if question else ()))
    node: Node | None = tree
    for step in (OVERALL,) if point == OVERALL else path:
        node = node.entries.get(step) if isinstance(node, Mapping) else None
    return node if isinstance(node, Mapping) else None


def _copied(node: Node) -> Node:
    match node:
        case Mapping():
            entries = {key: _copied(child) for key, child in node.items()}
            return Mapping(entries, node.line, dict(node.key_lines))
        case Sequence():
            return Sequence([_copied(item) for item in node.items], node.line)
        case _:
            return node
