"""Courses as data, for those who make them."""

import json
from dataclasses import dataclass
from pathlib import Path

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.model.decode import did_you_mean
from stagekit.model.schema import SCHEMAS, json_schema
from stagekit.store import course_files


@dataclass(frozen=True, slots=True)
class Validation:
    """A course folder and what is wrong with its files; nothing, when it can be used."""

    folder: Path
    problems: tuple[Problem, ...]


def courses() -> list[Course]:
    """Load every course that ships."""
    return [course_files.load_course(course_id) for course_id in course_files.course_ids()]


def course_by_id(course_id: str) -> Course:
    """Load one course; raises UserError for an unknown id."""
    return course_files.load_course(course_id)


def validate(folder: Path) -> Validation:
    """Check every file of the course in `folder`."""
    if not (folder / "course.yaml").is_file():
        raise UserError(
            _("There is no course.yaml in {folder}.", folder=folder), _("Give the folder of a course.")
        )
    try:
        course_files.load_course_folder(folder)
    except InvalidInput as error:
        return Validation(folder, error.problems)
    return Validation(folder, ())


def schema_text(name: str) -> str:
    """Give the JSON Schema of one kind of course file, as committed."""
    if name not in SCHEMAS:
        raise UserError(
            _("There is no schema “{name}”.", name=name[:40]) + did_you_mean(name, SCHEMAS),
            _("Choose from: {names}.", names=", ".join(SCHEMAS)),
        )
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
