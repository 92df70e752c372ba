"""The Report: all a document shows, in reading order, with no format's own terms.

Every text is final: in the language of the document, private names replaced, withheld conversations
gone. `str` is a sentence or label of the course or of StageKit, `Inlines` and `Prose` hold what the
student typed and must be escaped by the rules of the format. A renderer decides nothing but looks.
"""

from typing import Literal, TypeAlias

from stagekit.report.feedback_model import FeedbackForm, Remark
from stagekit.report.tree import Inlines, Prose
from stagekit.report.value import value


@value
class Todo:
    """A required answer that is not there, in its place; `text` is a whole sentence."""

    text: str


@value
class Fact:
    """A short answer behind its label; where `todo` is given there is no value."""

    id: str
    label: str
    value: Inlines = ()
    todo: Todo | None = None


@value
class Facts:
    """Short answers one below the other."""

    facts: tuple[Fact, ...]


@value
class Passage:
    """A longer answer; `label` is empty where a heading or prompt above says what it is."""

    id: str
    label: str
    prose: Prose = ()
    todo: Todo | None = None


@value
class Column:
    """A column of a table; `id` is the question's, or `item` for what the row is about."""

    id: str
    label: str


@value
class Cell:
    """One cell: the answer, or nothing, or a required answer that is missing."""

    value: Inlines = ()
    todo: bool = False


@value
class Table:
    """Answers to the same questions side by side; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@value
class Count:
    """How often something was chosen, 0 or more."""

    id: str
    label: str
    count: int


@value
class Tally:
    """How often each choice of one question was made, over `total` items."""

    id: str
    label: str
    counts: tuple[Count, ...]
    total: int


@value
class Note:
    """A sentence of the document about what stands here, or does not.

    `withheld`: a conversation of which nothing may be shown; `unrecorded`: one whose consent is not
    recorded; `paraphrased`: one of which only the gist is shown; `remark`: anything else.
    """

    kind: Literal["withheld", "unrecorded", "paraphrased", "remark"]
    text: Inlines


@value
class Item:
    """One of a repeat group. `title` is the document's ("Parent 2"), `name` what the student calls it."""

    id: str
    number: int
    title: str
    name: Inlines
    blocks: "tuple[ItemBlock, ...]"


@value
class Level:
    """A step on the way from lower to higher impact: `lower`, `depends` or `higher`."""

    id: str
    label: str


@value
class Likely:
    """What the reference list says of a contact type, and why."""

    level: Level
    leans: Literal["lower", "higher"] | None
    text: str
    """The likely impact in words, with which way it leans."""
    confidence: str
    reason: str
    sources: tuple[str, ...]
    """Ids of `Report.sources`."""


@value
class Contact:
    """A contact type of the school: what the student makes of it, beside the reference."""

    id: str
    number: int
    title: str
    """The catalogue's name, or the document's word for one the list does not have."""
    name: Inlines
    own: bool
    """Of the student's own: the reference list does not have it."""
    blocks: tuple[str, ...]
    """Ids of `ImpactFigure.blocks`."""
    judgement: Level | None
    likely: Likely | None
    comparison: str
    """Judgement and reference, compared in a sentence: never a score."""
    why: Passage | None
    characteristics: tuple[str, ...]
    characteristics_text: str
    """`6 of 9 characteristics`."""
    facts: tuple[Fact, ...]
    """What else was answered on it and stands in no table."""


@value
class ImpactFigure:
    """The contact types set out from lower to higher impact; `contacts` stand in that order."""

    title: str
    intro: str
    note: str
    reference_title: str
    levels: tuple[Level, ...]
    blocks: tuple[Level, ...]
    contacts: tuple[Contact, ...]
    alternative: str
    """The figure in a few sentences, for who cannot see it."""


ItemBlock: TypeAlias = Facts | Passage | Note
AnswerBlock: TypeAlias = Facts | Passage | Table | Tally | Note | Todo | Item | ImpactFigure


@value
class Answer:
    """A question and what was answered. `id` is unique in the report; `number` reads `2.3`."""

    id: str
    number: str
    label: str
    prompt: str
    blocks: tuple[AnswerBlock, ...]
    feedback: tuple[Remark, ...] = ()


@value
class Section:
    """An assignment; `facts` are its short answers that come before anything long."""

    id: str
    number: int
    title: str
    intro: str
    facts: tuple[Fact, ...]
    answers: tuple[Answer, ...]
    advised: tuple[str, ...]
    """Sentences on what is advised and not answered."""
    feedback: tuple[Remark, ...] = ()


@value
class Outstanding:
    """A required answer that is not there, for the overview: where it belongs, and what to add."""

    section: str
    answer: str | None
    """Id of the `Answer` it stands in, None for the facts of the section."""
    text: str


@value
class Source:
    """Something the portfolio builds on. Reasons refer to it by `key`; the school's own has none."""

    id: str
    key: str
    text: Inlines
    url: str | None


@value
class SourceGroup:
    """Sources of one kind under a title."""

    title: str
    sources: tuple[Source, ...]


@value
class Cover:
    """Whose portfolio it is; `facts` are the lines to print, in order, the others for document properties."""

    title: str
    subtitle: str
    student: Inlines
    facts: tuple[Fact, ...]


@value
class Labels:
    """Headings and words of the document itself, so that no renderer translates."""

    contents: str
    todo: str
    complete: str
    """What the overview says when nothing is missing."""
    todo_short: str
    """What stands where there is no room for a sentence."""
    advised: str
    sources: str
    judgement: str
    reference: str
    comparison: str
    characteristics: str
    blocks: str
    contact: str
    count: str
    source: str


@value
class Report:
    """A whole portfolio, ready for any format."""

    language: str
    reader: str
    cover: Cover
    notices: tuple[str, ...]
    """Sentences above everything: on pseudonyms, on parts left out."""
    todo: tuple[Outstanding, ...]
    sections: tuple[Section, ...]
    sources: tuple[SourceGroup, ...]
    labels: Labels
    feedback: tuple[Remark, ...] = ()
    """On the portfolio as a whole."""
    form: FeedbackForm | None = None
    """Given where the reader is to give feedback in the page itself."""
