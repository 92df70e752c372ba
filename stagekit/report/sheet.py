"""A printable form for an interview or an observation: what is on it, in no format's own terms.

Every text is final: in the language of the sheet, private names replaced, nothing of a conversation that may
not be used. `str` is a sentence or label of the course or of StageKit, `Inlines` and `Prose` hold what the
student typed and must be escaped by the rules of the format. A renderer decides nothing but looks.
"""

from dataclasses import dataclass
from typing import TypeAlias

from stagekit.report.tree import Inlines, Prose


@dataclass(frozen=True, slots=True)
class Blank:
    """A short answer on one line: a rule to write on, or `value`."""

    id: str
    label: str
    value: Inlines = ()


@dataclass(frozen=True, slots=True)
class Blanks:
    """Short answers beside each other, two on a line."""

    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A choice to tick."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """A question answered by ticking; the boxes run on over as many lines as they need."""

    id: str
    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Words to read out before anything else, in a frame under `label`."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Hints:
    """Sentences for whoever uses the sheet, under `label`."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """What a part of the sheet begins with: `Parent 2`, and the question that opens it.

    Level 2 stands above the items of level 3 that share its page.
    """

    text: str
    lead: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class Writing:
    """A question with `lines` ruled lines for the answer, below what is known already.

    `lines` fill the page when a line is `LINE` high; a format that knows what room is left may add some.
    """

    id: str
    prompt: str
    hints: tuple[str, ...] = ()
    prose: Prose = ()
    lines: int = 0


SheetBlock: TypeAlias = Title | Blanks | Boxes | ReadAloud | Hints | Writing


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page; the next page begins a new one."""

    blocks: tuple[SheetBlock, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of whole pages. `title` names it, `course` the course; `reminder` stands on every page."""

    id: str
    language: str
    title: str
    course: str
    reminder: str
    pages: tuple[Page, ...]
