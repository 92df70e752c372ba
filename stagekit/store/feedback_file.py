"""The feedback file a reviewer sends: strict JSON, read whole or not at all."""

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.model.decode import Problems, did_you_mean, shorten
from stagekit.model.feedback import AssignmentFeedback, Feedback
from stagekit.model.node import Mapping as Tree
from stagekit.model.node import Scalar
from stagekit.store import json_reader
from stagekit.store.atomic import cannot_read
from stagekit.store.feedback_nodes import Reading

VERSION = "1"
_MARK = "stagekit_feedback"
_MAX_PROBLEMS = 20
_DOCUMENTS = (b"<", b"%PDF", b"PK\x03\x04")
"""How a page, a PDF, and a Word file or a zip begin."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_feedback(file: Path, course: Course, portfolio: str) -> Feedback:
    """Read the feedback file `file` on the `portfolio` with that id.

    Raises UserError where it cannot be read or is on another portfolio, InvalidInput with every problem
    found, each with its line, where it is not a feedback file of this course.
    """
    return decode_feedback(_content(file), course, portfolio, file)


def decode_feedback(data: bytes, course: Course, portfolio: str, file: Path | None = None) -> Feedback:
    """Read the content of a feedback file; raises as `read_feedback` does."""
    _refuse_document(data)
    root = json_reader.parse(data, file)
    if not isinstance(root, Tree) or _MARK not in root.entries:
        message = _("This is not a feedback file of StageKit.")
        raise UserError(message, _("Use the file that “Save feedback” in the report made."))
    problems = Problems(file)
    _check_version(root, problems)
    _refuse_other(root, portfolio)
    feedback = Reading(problems, "file").feedback(root)
    if feedback is None or problems.found:
        raise InvalidInput(_bounded(problems.found, file))
    _check_places(root, course, feedback, problems)
    if problems.found:
        raise InvalidInput(_bounded(problems.found, file))
    return _without_nothing(feedback)


def _refuse_document(data: bytes) -> None:
    """Refuse the report itself, or another document, which a mentor sends back sooner than the small file."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_DOCUMENTS):
        raise UserError(
            _("This is a document, not the file with the feedback; nothing was taken in."),
            _("Ask your mentor for the small file, feedback-….json. “Save feedback” in the report makes it, "
              "on the computer where the feedback was typed."),
        )  # fmt: skip


def _content(file: Path) -> bytes:
    """Read a file within its bound; what is larger is refused before it is read."""
    try:
        descriptor = os.open(file, _FLAGS)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            message = _("There is no file “{file}”.", file=file)
            next_step = _("Type the command up to --import and a space, then drag the file into the window.")
            raise UserError(message, next_step) from None
        raise cannot_read(file, error) from None
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            message = _("“{file}” is not a file that can be read.", file=file)
            raise UserError(message, _("Use the file that “Save feedback” in the report made."))
        if info.st_size > json_reader.MAX_BYTES:
            raise InvalidInput([Problem(json_reader.too_large(info.st_size), file=file)])
        parts: list[bytes] = []
        while sum(map(len, parts)) <= json_reader.MAX_BYTES and (part := os.read(descriptor, 1 << 20)):
            parts.append(part)
        return b"".join(parts)
    except OSError as error:
        raise cannot_read(file, error) from None
    finally:
        os.close(descriptor)


def _check_version(root: Tree, problems: Problems) -> None:
    node = root.entries[_MARK]
    if node == Scalar(VERSION) and isinstance(node, Scalar) and node.plain:
        return
    found = shorten(node.text) if isinstance(node, Scalar) else "…"
    message = _("This file has form {found}; this StageKit knows {known}. Update StageKit.",
                found=found, known=VERSION)  # fmt: skip
    problems.add(root.line_of(_MARK), (_MARK,), message)
    raise InvalidInput(problems.found)


def _refuse_other(root: Tree, portfolio: str) -> None:
    node = root.entries.get("portfolio")
    if isinstance(node, Scalar) and not node.plain and node.text != portfolio:
        message = _("This feedback is on another portfolio ({other}) than this one ({own}); "
                    "nothing was taken in.", other=shorten(node.text), own=portfolio)  # fmt: skip
        raise UserError(message, _("Give the folder of the portfolio it is on, or ask for the right file."))


def _check_places(root: Tree, course: Course, feedback: Feedback, problems: Problems) -> None:
    """Refuse what is said of an assignment or question that the course does not have."""
    assignments = root.entries.get("assignments")
    if not isinstance(assignments, Tree):
        return
    known = [assignment.id for assignment in course.assignments]
    for key, given in feedback.assignments.items():
        assignment = course.assignment(key)
        if assignment is None:
            message = _("The course has no assignment “{id}”.", id=shorten(key)) + did_you_mean(key, known)
            problems.add(assignments.line_of(key), ("assignments", key), message)
            continue
        questions = [question.id for question in assignment.questions]
        lines = _answers(assignments, key)
        for question in given.answers:
            if question not in questions:
                message = _("The assignment “{assignment}” has no question “{question}”.",
                            assignment=key, question=shorten(question))  # fmt: skip
                place = ("assignments", key, "answers", question)
                problems.add(lines(question), place, message + did_you_mean(question, questions))


def _answers(assignments: Tree, key: str) -> Callable[[str], int]:
    node = assignments.entries.get(key)
    answers = node.entries.get("answers") if isinstance(node, Tree) else None
    return answers.line_of if isinstance(answers, Tree) else lambda _key: 0


def _bounded(found: list[Problem], file: Path | None) -> list[Problem]:
    if len(found) <= _MAX_PROBLEMS:
        return found
    message = _("{count} more problems are not shown.", count=len(found) - _MAX_PROBLEMS)
    return [*found[:_MAX_PROBLEMS], Problem(message, file=file)]


def _without_nothing(feedback: Feedback) -> Feedback:
    """Leave out the places where the reviewer said nothing."""
    kept: dict[str, AssignmentFeedback] = {}
    for key, given in feedback.assignments.items():
        answers = {k: answer for k, answer in given.answers.items() if answer.comment}
        if answers or given.level or given.comment or given.signed_off:
            kept[key] = replace(given, answers=answers)
    return replace(feedback, assignments=kept)
