"""What the interview asks of whoever can ask a person: a terminal, plain lines, or a script in a test."""

from collections.abc import Callable, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Protocol

from stagekit.model.record import record, record_in_order


class Kind(StrEnum):
    """How an answer is given."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    SEARCH = "search"
    MENU = "menu"


class Move(StrEnum):
    """What a person does instead of answering; every prompt can give every move."""

    BACK = "back"
    SKIP = "skip"
    JUMP = "jump"
    STOP = "stop"
    VERSIONS = "versions"
    FEEDBACK = "feedback"
    INTERRUPT = "interrupt"
    """Ctrl-C or Ctrl-D: the interview asks where to go."""


@record_in_order
class Option:
    """One thing to choose: its id, its label, a line of explanation, words it is also found by."""

    id: str
    label: str
    hint: str = ""
    keywords: tuple[str, ...] = ()


@record
class Prompt:
    """One question as put to a person; every text is in the person's language.

    `initial` is text, an option id, or option ids, by kind. Where it is `proposed`, what is typed takes its
    place. `pointer` is the option pointed at while nothing is chosen; "" is the first. `check` gives a
    sentence on what does not fit, or None. `changed` is called with the text so far, so that half an answer
    is kept; it is quick.
    `moves` are those that make sense here, in the order they are shown.
    """

    kind: Kind
    title: str
    text: str
    breadcrumb: str = ""
    why: str = ""
    need: str = ""
    help: tuple[str, ...] = ()
    """Paragraphs shown on a key: hint, follow-ups, rubric, earlier answers."""
    aside: tuple[str, ...] = ()
    """Paragraphs shown at once above the field: the list so far, own earlier answers."""
    options: Sequence[Option] = ()
    initial: str | tuple[str, ...] = ""
    proposed: str = ""
    pointer: str = ""
    max_words: int | None = None
    check: Callable[[str], str | None] = lambda _text: None
    changed: Callable[[str], None] = lambda _text: None
    moves: tuple[Move, ...] = field(default=(Move.BACK, Move.SKIP, Move.JUMP, Move.STOP))


@record_in_order
class Given:
    """An answer: text, an option id, or option ids, by the kind of the prompt."""

    value: str | tuple[str, ...]


Reply = Given | Move


class Prompter(Protocol):
    """Asks a person, and shows what needs no answer."""

    def ask(self, prompt: Prompt) -> Reply:
        """Put one question; comes back with an answer that `check` accepts, or with a move."""

    def show(self, *paragraphs: str, style: str = "") -> None:
        """Show paragraphs; `style` is `good`, `todo`, `bad`, `strong`, `quiet` or nothing."""
