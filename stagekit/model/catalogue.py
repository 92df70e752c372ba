"""Catalogues: the reference files of a course, lists that questions choose from."""

from enum import StrEnum
from typing import Annotated, Literal

from stagekit.model.decode import Pattern
from stagekit.model.record import record
from stagekit.model.text import Text

Identifier = Annotated[str, Pattern(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")]
"""Lower case words joined by `-` or `_`."""


@record
class Source:
    """Where a catalogue has a claim from."""

    id: Annotated[str, Pattern(r"[A-Z]{2,5}")]
    text: Text
    url: str | None = None


@record
class Poles:
    """The two ends of a characteristic."""

    lower: Text
    higher: Text


class Impact(StrEnum):
    """The likely impact of a contact type, in the order it is shown."""

    LOWER = "lower"
    DEPENDS = "depends"
    HIGHER = "higher"


@record
class Entry:
    """One thing a catalogue knows; the fields on impact are those of contact types only."""

    id: Identifier
    label: Text
    text: Text | None = None
    group: Text | None = None
    poles: Poles | None = None
    blocks: tuple[Identifier, ...] = ()
    impact: Impact | None = None
    leans: Literal["lower", "higher"] | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    reason: Text | None = None
    sources: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@record
class Catalogue:
    """A reference file: a list that questions choose from."""

    id: Identifier
    title: Text
    note: Text | None = None
    sources: tuple[Source, ...] = ()
    entries: tuple[Entry, ...]

    def entry(self, entry_id: str) -> Entry | None:
        """Give the entry with that id."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)


@record
class Names:
    """What helps to tell names from words.

    `particles` are *tussenvoegsels*; `ambiguous` parts are also common words (a particle among them can be a
    first name); `titles` stand before a name (*juf*); `roles` stand with one and are none (*moeder*, *en*).
    """

    particles: tuple[str, ...]
    ambiguous: tuple[str, ...]
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
