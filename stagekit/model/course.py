"""The course as data: assignments, questions and catalogues, as the files under `assignments/` hold them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from stagekit.i18n import LANGUAGES, translate
from stagekit.model.catalogue import Catalogue as Catalogue
from stagekit.model.catalogue import Entry as Entry
from stagekit.model.catalogue import Identifier as Identifier
from stagekit.model.catalogue import Impact as Impact
from stagekit.model.catalogue import Names as Names
from stagekit.model.catalogue import Source as Source
from stagekit.model.course_file import CourseFile as CourseFile
from stagekit.model.course_file import DemoFiles as DemoFiles
from stagekit.model.decode import Pattern
from stagekit.model.options import Options
from stagekit.model.privacy import Privacy as Privacy
from stagekit.model.record import record
from stagekit.model.text import Text

QuestionPath = Annotated[str, Pattern(r"[a-z0-9-]+\.[a-z0-9_]+(?:\.[a-z0-9_]+)?")]
"""`assignment.question`, or one step further into a group."""

OTHER = "other"
_NO_NAMES = Names(particles=(), ambiguous=())


class Need(StrEnum):
    """What a question means for completeness."""

    REQUIRED = "required"
    ADVISED = "advised"
    OPTIONAL = "optional"


@record
class When:
    """A condition on another answer; exactly one of `is`, `is_not` and `any_of` is given."""

    question: Identifier
    is_: str | None = None
    is_not: str | None = None
    any_of: tuple[str, ...] = ()


@record
class Rubric:
    """What an answer looks like at each level; words, never marks."""

    not_yet: Text
    sufficient: Text
    strong: Text


@record
class Choice:
    """One option of a choice question."""

    id: Identifier
    label: Text
    hint: Text | None = None


@record
class Quota:
    """How many items of a repeat group must meet a condition."""

    when: When
    minimum: int
    label: Text


@record
class PersonFields:
    """Which questions of a repeat group hold a person's name and alias, and the alias where none is given.

    `default` may use `{letter}` (A, B, …) and `{number}` (1, 2, …), the mentor not counted.
    """

    name: Identifier
    alias: Identifier
    default: Text
    mentor: When | None = None


@record
class QuestionBase:
    """What every question has; `sheet` is how a printed sheet asks it, and without it no sheet does."""

    id: Identifier
    label: Text
    prompt: Text
    why: Text | None = None
    follow_ups: tuple[Text, ...] = ()
    rubric: Rubric | None = None
    need: Need = Need.OPTIONAL
    private: bool = False
    when: When | None = None
    recall: tuple[QuestionPath, ...] = ()
    reveals: Identifier | None = None
    sheet: Text | None = None

    @property
    def required(self) -> bool:
        """Tell whether the assignment is incomplete without it."""
        return self.need is Need.REQUIRED


@record
class TextQuestion(QuestionBase):
    """One line of text."""

    type: Literal["text"]
    max_words: int | None = None


@record
class LongTextQuestion(QuestionBase):
    """Paragraphs."""

    type: Literal["long_text"]
    max_words: int | None = None


@record
class _Options(QuestionBase):
    choices: tuple[Choice, ...] = ()
    catalogue: Identifier | None = None


@record
class ChoiceQuestion(_Options):
    """One of a few, listed here or in a catalogue."""

    type: Literal["choice"]


@record
class ChoicesQuestion(_Options):
    """Any number of a few; `advised_values` are the choices to be found somewhere in the answers."""

    type: Literal["choices"]
    advised_values: tuple[Identifier, ...] = ()


@record
class YesNoQuestion(QuestionBase):
    """Yes or no."""

    type: Literal["yes_no"]


@record
class DateQuestion(QuestionBase):
    """A day, `2026-10-06`; `default` is what the wizard proposes."""

    type: Literal["date"]
    default: Literal["today"] | None = None


@record
class DateTimeQuestion(QuestionBase):
    """A day and a time to the minute, `2026-10-06T10:20`; `default` is what the wizard proposes."""

    type: Literal["date_time"]
    default: Literal["now"] | None = None


@record
class UrlQuestion(QuestionBase):
    """An address on the web, http or https."""

    type: Literal["url"]


@record
class NumberQuestion(QuestionBase):
    """A whole number."""

    type: Literal["number"]
    minimum: int | None = None
    maximum: int | None = None


@record
class ScaleQuestion(QuestionBase):
    """A whole number between two described ends."""

    type: Literal["scale"]
    minimum: int
    maximum: int
    low: Text
    high: Text


@record
class ReferenceQuestion(QuestionBase):
    """An entry of a catalogue, or `other` with a name of the student's own in the question `other` names."""

    type: Literal["reference"]
    catalogue: Identifier
    other: Identifier | None = None


@record
class ConsentQuestion(QuestionBase):
    """What the person talked with allows; `words` are what the student says before the conversation."""

    type: Literal["consent"]
    words: Text | None = None


@record
class GroupQuestion(QuestionBase):
    """Questions that belong together."""

    type: Literal["group"]
    questions: "tuple[Question, ...]"


@record
class RepeatQuestion(QuestionBase):
    """The same questions for each of a list of things."""

    type: Literal["repeat"]
    questions: "tuple[Question, ...]"
    item: Text
    minimum: int = 0
    suggested: int | None = None
    quotas: tuple[Quota, ...] = ()
    table: tuple[Identifier, ...] = ()
    person: PersonFields | None = None

    @cached_property
    def names_people(self) -> bool:
        """Tell whether an item is about a person, or has a private answer."""
        inner = walk(self.questions)
        return bool(self.person or any(q.private or getattr(q, "person", None) for q in inner))

    @cached_property
    def consent(self) -> "ConsentQuestion | None":
        """The consent question of an item, where it has one."""
        return next((q for q in self.questions if isinstance(q, ConsentQuestion)), None)


Question = (
    TextQuestion | LongTextQuestion | ChoiceQuestion | ChoicesQuestion | YesNoQuestion | DateQuestion
    | DateTimeQuestion | UrlQuestion | NumberQuestion | ScaleQuestion | ReferenceQuestion | ConsentQuestion
    | GroupQuestion | RepeatQuestion
)  # fmt: skip


@record
class Assignment:
    """One of the parts a student works through."""

    id: Identifier
    title: Text
    intro: Text
    document_intro: Text
    closing: Text | None = None
    mentor_sees: bool = True
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """Give the top-level question with that id."""
        return next((q for q in self.questions if q.id == question_id), None)


Choosing = ChoiceQuestion | ChoicesQuestion | ReferenceQuestion


@dataclass(frozen=True)
class Course:
    """A course, whole: what every other layer asks about wording, order and choices."""

    id: str
    title: Text
    intro: Text
    assignments: tuple[Assignment, ...]
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    names_from: Callable[[], Names] = field(default=lambda: _NO_NAMES, repr=False, compare=False)
    """Reads the names; a thousand of them, which many commands never ask for."""
    files: dict[str, str] = field(default_factory=dict)
    """Assignment id to the name of its answer file, `visie` to `1-visie.yaml`."""
    _choosing: dict[int, Options] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def names(self) -> Names:
        """What the course knows of people's names, read once."""
        return self.names_from()

    def assignment(self, assignment_id: str) -> Assignment | None:
        """Give the assignment with that id."""
        return next((a for a in self.assignments if a.id == assignment_id), None)

    def options(self, question: Choosing) -> list[tuple[str, Text]]:
        """List id and label of what may be chosen, `other` last where the question has it."""
        return self._chosen_from(question).options

    def chosen(self, question: Choosing, text: str) -> str | None:
        """Give the id that `text` means: the id itself, or its label in either language; None if none."""
        return self._chosen_from(question).meant(text)

    def _chosen_from(self, question: Choosing) -> Options:
        known = self._choosing.get(id(question))
        if known is None or known.question is not question:  # which is kept, so that its id stays its own
            known = self._choosing[id(question)] = Options.of(question, self._options(question))
        return known

    def _options(self, question: Choosing) -> list[tuple[str, Text]]:
        if isinstance(question, ReferenceQuestion):
            options = [(e.id, e.label) for e in self.catalogues[question.catalogue].entries]
            return [*options, (OTHER, other_label())] if question.other else options
        if question.catalogue is not None:
            return [(e.id, e.label) for e in self.catalogues[question.catalogue].entries]
        return [(c.id, c.label) for c in question.choices]


def other_label() -> Text:
    """Give the label of the choice for what a catalogue does not have."""
    return Text({language: translate(language, "something else") for language in LANGUAGES})


def walk(questions: "tuple[Question, ...]") -> "Iterator[Question]":
    """Give every question, groups and repeat groups before what stands inside them."""
    for question in questions:
        yield question
        if isinstance(question, GroupQuestion | RepeatQuestion):
            yield from walk(question.questions)
