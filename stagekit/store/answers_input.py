"""An `--answers` file: identity and answers of any part of a portfolio in one mapping, strictly read."""

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from pathlib import Path

from stagekit.errors import InvalidInput, UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.model.decode import Problems, decode, did_you_mean, shorten
from stagekit.model.node import Mapping, Node, is_empty
from stagekit.model.portfolio import GivenIdentity
from stagekit.model.values import Values, decode_values
from stagekit.store import yaml_reader


@dataclass(frozen=True, slots=True)
class AnswersInput:
    """What an `--answers` file gives: identity fields, and values by assignment id and question id."""

    identity: GivenIdentity
    answers: AbstractMapping[str, Values]


def read_answers(file: Path, course: Course) -> AnswersInput:
    """Read `file` as a whole; raises InvalidInput with every problem, so that nothing half is taken in."""
    return parse_answers(_bytes(file), file, course)


def parse_answers(data: bytes, file: Path, course: Course) -> AnswersInput:
    """Read the content of `file`; raises InvalidInput as `read_answers` does."""
    problems = Problems(file)
    root = yaml_reader.parse(data, file)
    if not isinstance(root, Mapping):
        problems.add(root.line, (), _("The file must hold a mapping: portfolio, visie, soorten-contact, …"))
        raise InvalidInput(problems.found)
    identity = GivenIdentity()
    answers: dict[str, Values] = {}
    known = ["portfolio", *(assignment.id for assignment in course.assignments)]
    for key, node in root.items():
        assignment = course.assignment(key)
        if key == "portfolio":
            identity = _identity(node, problems)
        elif assignment is not None:
            answers[key] = decode_values(assignment.questions, node, (key,), course, problems)
        else:
            message = _("No assignment is called “{key}”.", key=shorten(key)) + did_you_mean(key, known)
            problems.add(root.line_of(key), (key,), message)
    if problems.found:
        raise InvalidInput(problems.found)
    return AnswersInput(identity, {key: values for key, values in answers.items() if values})


def _identity(node: Node, problems: Problems) -> GivenIdentity:
    if is_empty(node):
        return GivenIdentity()
    return decode(GivenIdentity, node, problems, ("portfolio",)) or GivenIdentity()


def _bytes(file: Path) -> bytes:
    next_step = _("Give the path of a YAML file with answers; the README shows one.")
    try:
        with file.open("rb") as stream:
            return stream.read(yaml_reader.MAX_BYTES + 1)
    except FileNotFoundError:
        raise UserError(_("The file {file} is not there.", file=file), next_step) from None
    except IsADirectoryError:
        raise UserError(_("{file} is a folder, not a file.", file=file), next_step) from None
