"""The portfolio: who and where, the settings, and the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Annotated, Literal, TypeVar

from stagekit.model.decode import Pattern
from stagekit.model.record import record
from stagekit.model.values import Values


@record
class Student:
    """Whose portfolio it is. Number is text: it may begin with a zero."""

    name: str | None = None
    number: str | None = None


@record
class School:
    """The internship school; `group` is the class, printed as the student typed it."""

    name: str | None = None
    place: str | None = None
    group: str | None = None


@record
class Mentor:
    """The class teacher; the name is private."""

    name: str | None = None


@record
class AcceptedFinding:
    """A privacy finding the student looked at and lets stand, and why."""

    id: str
    reason: str


@record
class PrivateAlias:
    """A further name and what stands for it; the name is private."""

    name: str
    alias: str


@record
class Settings:
    """Choices of the student that go with the portfolio."""

    mentor_sees: tuple[str, ...] | None = None
    """Assignments the mentor may see; None for the course's own choice."""
    accepted_findings: tuple[AcceptedFinding, ...] = ()
    private_names: tuple[str, ...] = ()
    private_aliases: tuple[PrivateAlias, ...] = ()
    keep_until: Annotated[str, Pattern(r"\d{4}-\d{2}-\d{2}")] | None = None


@record
class Identity:
    """`portfolio.yaml`, whole."""

    schema: Literal["1"] = "1"
    id: Annotated[str, Pattern(r"[a-z0-9]{8,40}")]
    course: Annotated[str, Pattern(r"[a-z0-9-]{1,80}")]
    language: Literal["nl", "en"]
    student: Student = field(default_factory=Student)
    school: School = field(default_factory=School)
    mentor: Mentor = field(default_factory=Mentor)
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True)
class Portfolio:
    """A student's work: identity and, per assignment id, the answers given."""

    identity: Identity
    answers: Mapping[str, Values] = field(default_factory=dict)
    reviewers: tuple[str, ...] = ()
    """Names of those who gave feedback and do not want to be named: private, as the mentor's is."""

    def of(self, assignment_id: str) -> Values:
        """Give the answers of one assignment; empty where there are none."""
        return self.answers.get(assignment_id, {})


def keep_until(settings: Settings) -> date | None:
    """Give the day after which the portfolio should be removed, where one is set."""
    try:
        return date.fromisoformat(settings.keep_until) if settings.keep_until else None
    except ValueError:  # written by hand: 2027-02-31
        return None


@record
class GivenIdentity:
    """`portfolio:` of an `--answers` file: what is given replaces what was there, the rest stays."""

    language: Literal["nl", "en"] | None = None
    student: Student | None = None
    school: School | None = None
    mentor: Mentor | None = None

    def over(self, identity: Identity) -> Identity:
        """Give `identity` with what is given here in place of what it had."""
        return replace(
            identity,
            language=self.language or identity.language,
            student=_merged(identity.student, self.student),
            school=_merged(identity.school, self.school),
            mentor=_merged(identity.mentor, self.mentor),
        )


Part = TypeVar("Part", Student, School, Mentor)


def _merged(old: Part, new: Part | None) -> Part:
    if new is None:
        return old
    given = {f.name: getattr(new, f.name) for f in fields(new) if getattr(new, f.name) is not None}
    return replace(old, **given)
