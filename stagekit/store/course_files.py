"""Courses: from the files under `assignments/` to a model.Course, with every problem at once."""

from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from stagekit import resources
from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import LANGUAGES, _
from stagekit.model import course as c
from stagekit.model.course_check import check_assignment, check_catalogue, check_course
from stagekit.model.decode import Problems, decode, did_you_mean
from stagekit.model.node import Node
from stagekit.store import yaml_reader

DEFAULT_COURSE = "samenwerken-met-ouders"
T = TypeVar("T")


def course_ids() -> list[str]:
    """List the courses that ship with StageKit."""
    return sorted(folder.parent.name for folder in resources.assignments_dir().glob("*/course.yaml"))


@cache
def load_course(course_id: str = DEFAULT_COURSE) -> c.Course:
    """Load a shipped course; once per process.

    Raises UserError for an unknown id, InvalidInput with every problem of its files.
    """
    known = course_ids()
    if course_id not in known:
        message = _("There is no course “{id}”.", id=course_id[:80]) + did_you_mean(course_id, known)
        raise UserError(message, _("`stagekit course list` shows the courses there are."))
    return _load(resources.assignments_dir() / course_id)


@cache
def load_privacy(course_id: str) -> c.Privacy:
    """Load what a shipped course knows of personal data, once per process; apart, for few commands need it.

    Raises InvalidInput with every problem of its file.
    """
    loader = _Loader(resources.assignments_dir() / course_id)
    head = loader.read("course.yaml", c.CourseFile)
    return loader.checked(loader.privacy(head[0].privacy if head else None))


def _names(folder: Path, name: str) -> c.Names:
    loader = _Loader(folder)
    return loader.checked(loader.names(name))


def demo_file(course_id: str, language: str) -> Path:
    """Give the `--answers` file of the course's sample portfolio."""
    return _named_file(course_id, "demo", language)


def cohort_file(course_id: str, language: str) -> Path:
    """Give the file that a sample cohort of the course is put together from."""
    return _named_file(course_id, "demo_cohort", language)


def _named_file(course_id: str, key: str, language: str) -> Path:
    folder = resources.assignments_dir() / course_id
    head = decode(c.CourseFile, yaml_reader.parse((folder / "course.yaml").read_bytes()), Problems())
    if head is None:
        load_course_folder(folder)  # raises with every problem
        raise AssertionError("a course that loads has a readable course.yaml")
    files: c.DemoFiles | None = getattr(head, key)
    if files is None:
        raise UserError(_("The course “{id}” has no sample of that kind.", id=course_id))
    return folder / str(getattr(files, language))


def load_course_folder(folder: Path) -> c.Course:
    """Load the course in `folder`, wherever that is; raises InvalidInput with every problem."""
    return _load(folder, whole=True)


def _load(folder: Path, *, whole: bool = False) -> c.Course:
    loader = _Loader(folder)
    found = loader.checked(loader.load(whole=whole))
    if found is None:
        raise AssertionError("a course that cannot be read has problems")
    return found


def _order(problem: Problem) -> tuple[str, int]:
    return (str(problem.file), problem.line or 0)


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problems] = []
        self.places: dict[str, tuple[Node, Problems]] = {}

    def load(self, *, whole: bool) -> c.Course | None:
        head = self.read("course.yaml", c.CourseFile)
        if head is None:
            return None
        main, _node, problems = head
        self.check_links(main, problems)
        catalogues: dict[str, c.Catalogue] = {}
        for name in main.references:
            if (found := self.read(name, c.Catalogue)) is not None:
                catalogue, node, its_problems = found
                check_catalogue(catalogue, node, its_problems)
                catalogues[catalogue.id] = catalogue
        assignments = self.assignments(main, catalogues)
        course = c.Course(
            id=main.id,
            title=main.title,
            intro=main.intro,
            assignments=tuple(assignments.values()),
            catalogues=catalogues,
            names_from=partial(_names, self.folder, main.names),
            files={assignment.id: file for file, assignment in assignments.items()},
        )
        check_course(course, lambda assignment_id: self.places[assignment_id])
        if whole:
            self.names(main.names)
            self.privacy(main.privacy)
        return course

    def checked(self, found: T) -> T:
        """Give what was read; raises InvalidInput with every problem there was."""
        problems = [problem for problems in self.problems for problem in problems.found]
        if problems:
            raise InvalidInput(sorted(problems, key=_order))
        return found

    def names(self, name: str) -> c.Names:
        found = self.read(name, c.Names)
        return found[0] if found else c.Names(particles=(), ambiguous=())

    def privacy(self, name: str | None) -> c.Privacy:
        found = self.read(name, c.Privacy) if name else None
        return found[0] if found else c.Privacy()

    def assignments(self, main: c.CourseFile, catalogues: dict[str, c.Catalogue]) -> dict[str, c.Assignment]:
        assignments = {}
        for name in main.assignments:
            if (found := self.read(name, c.Assignment)) is not None:
                assignment, node, problems = found
                check_assignment(assignment, node, catalogues, problems)
                assignments[name] = assignment
                self.places[assignment.id] = (node, problems)
        return assignments

    def check_links(self, main: c.CourseFile, problems: Problems) -> None:
        if main.id != self.folder.name:
            message = _("The id must be the name of the folder, “{name}”.", name=self.folder.name)
            problems.add(0, ("id",), message)
        for key in ("demo", "demo_cohort"):
            files: c.DemoFiles | None = getattr(main, key)
            for language in LANGUAGES if files else ():
                name = getattr(files, language)
                if not (self.folder / name).is_file():
                    problems.add(0, (key, language), _("The file {name} is not there.", name=name))

    def read(self, name: str, cls: type[T]) -> tuple[T, Node, Problems] | None:
        file = self.folder / name
        problems = Problems(file)
        self.problems.append(problems)
        try:
            node = yaml_reader.parse(file.read_bytes(), file)
        except OSError:
            problems.add(0, (), _("The file cannot be read; is it there?"))
            return None
        except InvalidInput as error:
            problems.found.extend(error.problems)
            return None
        value = decode(cls, node, problems)
        return None if value is None else (value, node, problems)
