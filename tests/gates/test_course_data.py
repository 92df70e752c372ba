"""The committed course data: it loads, its schema is current and as strict as the engine, demos are whole."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from stagekit import resources
from stagekit.api.courses import schema_text
from stagekit.checks.completeness import completeness
from stagekit.model.portfolio import Portfolio
from stagekit.model.schema import SCHEMAS
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import course_ids, demo_file, load_course

ASSIGNMENTS = resources.assignments_dir()
KINDS = {
    "references/names.yaml": "names",
    "references/privacy.yaml": "privacy",
    "course.yaml": "course",
}


def course_files():
    for course_id in course_ids():
        folder = ASSIGNMENTS / course_id
        for file in [*folder.glob("*.yaml"), *folder.glob("references/*.yaml")]:
            name = file.relative_to(folder).as_posix()
            kind = KINDS.get(name, "reference" if name.startswith("references/") else "assignment")
            yield pytest.param(file, kind, id=f"{course_id}/{name}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_committed_schema_is_current(name):
    file = ASSIGNMENTS / "schema" / f"{name}.schema.json"
    committed = file.read_text(encoding="utf-8")
    assert committed == schema_text(name), f"run: stagekit course schema {name} > {file}"


@pytest.mark.parametrize(("file", "kind"), list(course_files()))
def test_schema_accepts_what_the_engine_accepts(file: Path, kind):
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    schema = json.loads(schema_text(kind))
    errors = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]
    assert errors == []


@pytest.mark.parametrize(("file", "kind"), list(course_files()))
def test_first_line_names_the_schema_for_editors(file: Path, kind):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    named = (file.parent / first.partition("$schema=")[2]).resolve()
    assert named == ASSIGNMENTS / "schema" / f"{kind}.schema.json"


@pytest.mark.parametrize("course_id", course_ids())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_demo_is_complete_with_nothing_left_to_advise(course_id, language):
    from stagekit.api.portfolios import new_identity

    course = load_course(course_id)
    given = read_answers(demo_file(course_id, language), course)
    identity = given.identity.over(new_identity(language))
    state = completeness(course, Portfolio(identity, given.answers))
    assert state.complete
    assert [item for assignment in state.assignments for item in assignment.advised] == []
    assert identity.language == language
