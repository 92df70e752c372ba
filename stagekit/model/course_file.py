"""`course.yaml`: which files a course is made of."""

from typing import Annotated, Literal

from stagekit.model.catalogue import Identifier
from stagekit.model.decode import Pattern
from stagekit.model.record import record
from stagekit.model.text import Text

FileName = Annotated[str, Pattern(r"(?:[a-z0-9-]+/)?[a-z0-9-]+\.yaml")]
"""A file of the course, at most one folder down."""


@record
class CourseFile:
    """`course.yaml`: what belongs to the course, by file name."""

    schema: Literal["1"]
    id: Identifier
    title: Text
    intro: Text
    assignments: tuple[FileName, ...]
    references: tuple[FileName, ...] = ()
    names: FileName
    privacy: FileName | None = None
    demo: "DemoFiles"
    demo_cohort: "DemoFiles | None" = None


@record
class DemoFiles:
    """The sample answers, or what a sample cohort is made from, one file a language."""

    nl: FileName
    en: FileName
