"""What every step of building a Report needs to know, worked out once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from stagekit.checks.aliases import Aliases
from stagekit.checks.completeness import AssignmentCompleteness, Missing, completeness, given
from stagekit.checks.consent import Reader, Visibility, may_read, mentor_sees, visibility
from stagekit.model import course as c
from stagekit.model.decode import NodePath
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import Values
from stagekit.report import prose
from stagekit.report.tree import Inlines, Prose
from stagekit.report.value import value


@value
class Entry:
    """One item of a repeat group that says something; `number` counts from 1, those withheld included."""

    number: int
    values: Values
    visibility: Visibility
    readable: bool
    alias: str
    """What the person is called, empty where items are no persons."""


@dataclass(frozen=True)
class Context:
    """Everything a builder reads; made once per Report."""

    course: c.Course
    portfolio: Portfolio
    language: str
    reader: Reader

    @cached_property
    def aliases(self) -> Aliases:
        """Stand-ins for every private name."""
        return Aliases.of(self.course, self.portfolio, self.language)

    @cached_property
    def assignments(self) -> tuple[c.Assignment, ...]:
        """The assignments this reader sees."""
        return tuple(a for a in self.course.assignments if self.sees(a))

    def sees(self, assignment: c.Assignment) -> bool:
        """Tell whether this reader sees `assignment`."""
        return self.reader is not Reader.MENTOR or mentor_sees(self.course, self.portfolio, assignment)

    @cached_property
    def lacking(self) -> dict[str, AssignmentCompleteness]:
        """What is missing and advised, by assignment."""
        return {found.id: found for found in completeness(self.course, self.portfolio).assignments}

    @cached_property
    def missing(self) -> dict[NodePath, list[Missing]]:
        """What is missing, by assignment and path: `("visie", "summary")`."""
        places: dict[NodePath, list[Missing]] = {}
        for assignment_id, found in self.lacking.items():
            for missing in found.missing:
                places.setdefault((assignment_id, *missing.path), []).append(missing)
        return places

    @cached_property
    def _aliased(self) -> "Callable[[str], str]":
        return cache(self.aliases.apply)

    @cached_property
    def prose(self) -> "Callable[[str], Prose]":
        """Read a longer answer; the same words are read once."""
        aliased = self._aliased  # not by way of `self`, which would keep a portfolio until a collection
        return cache(lambda text: prose.parse(text, aliased))

    @cached_property
    def line(self) -> "Callable[[str], Inlines]":
        """Read a one-line answer; the same words are read once."""
        aliased = self._aliased
        return cache(lambda text: prose.one_line(text, aliased))

    @cached_property
    def _entries(self) -> "dict[tuple[str, str], tuple[Entry, ...]]":
        return {}

    def entries(self, assignment_id: str, question: c.RepeatQuestion) -> "tuple[Entry, ...]":
        """Give the items of a repeat group in order, without those that say nothing."""
        place = assignment_id, question.id
        if place not in self._entries:
            self._entries[place] = tuple(self._read_entries(assignment_id, question))
        return self._entries[place]

    def _read_entries(self, assignment_id: str, question: c.RepeatQuestion) -> "Iterator[Entry]":
        value = self.portfolio.of(assignment_id).get(question.id)
        for index, item in enumerate(value if isinstance(value, tuple) else ()):
            if not given(item):
                continue
            found = visibility(question, item)
            alias = ""
            if question.person is not None:
                alias = self.aliases.of_item(assignment_id, question.id, index)
            yield Entry(index + 1, item, found, may_read(found, self.reader), alias)

    @cached_property
    def _choices(self) -> "dict[int, dict[str, str]]":
        return {}

    def choices(self, question: Any) -> "dict[str, str]":
        """Give the labels of the choices of `question` by id, in the order of the course."""
        if id(question) not in self._choices:  # the course keeps its questions as long as this lasts
            catalogue = self.course.catalogues.get(getattr(question, "catalogue", None) or "")
            options = catalogue.entries if catalogue else question.choices
            self._choices[id(question)] = {option.id: option.label[self.language] for option in options}
        return self._choices[id(question)]
