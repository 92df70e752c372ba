"""The file that a sample cohort is put together from."""

from stagekit.errors import InvalidInput
from stagekit.model.cohort_pool import CohortPool, decode_pool
from stagekit.model.course import Course
from stagekit.model.decode import Problems
from stagekit.store import yaml_reader
from stagekit.store.course_files import cohort_file


def load_pool(course: Course, language: str) -> CohortPool:
    """Read the course's pool in `language`; raises InvalidInput with every problem of the file."""
    file = cohort_file(course.id, language)
    problems = Problems(file)
    pool = decode_pool(yaml_reader.parse(file.read_bytes(), file), course, problems)
    if pool is None:
        raise InvalidInput(problems.found)
    return pool
