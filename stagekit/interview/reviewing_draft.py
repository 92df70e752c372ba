"""What a mentor gave so far in the terminal, kept as drafts of the portfolio until it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from stagekit.model.text import visible
from stagekit.store.drafts import Draft, Drafts, Place

ROOT = "review"
"""First step of the place of every such draft; no assignment has this id."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing to be said: of which part (or `overall`, `reviewer`), what, and the hash of what was seen."""

    part: str
    name: str
    seen: str = ""

    @property
    def place(self) -> Place:
        """Where its draft is kept."""
        return (ROOT, self.part, self.name, self.seen)


class ReviewDraft:
    """What was given so far; every change is on the disk soon, and survives whatever happens."""

    def __init__(self, drafts: Drafts, busy: Sequence[str] = ()) -> None:
        self.drafts = drafts
        self.left: list[Draft] = [draft for draft in drafts.found(busy) if _is_of_review(draft)]
        """What an earlier sitting left, newest first."""
        self._said: dict[tuple[str, str], tuple[str, str]] = {}

    def take_over(self, *, wanted: bool) -> None:
        """Go on with what an earlier sitting left, or throw it away."""
        places: dict[tuple[str, str], list[Draft]] = {}
        for draft in self.left:
            places.setdefault((str(draft.place[1]), str(draft.place[2])), []).append(draft)
        for key, found in places.items():
            newest = found[0]
            if wanted and newest.text:
                self._said[key] = (newest.text, str(newest.place[3]))
            for draft in found:
                chosen = newest if wanted and draft.place == newest.place else None
                self.drafts.adopt(draft.place, chosen, [draft])
        self.left = []

    def text(self, part: str, name: str) -> str:
        """Give what was said; empty where nothing was."""
        return self._said.get((part, name), ("", ""))[0].strip()

    def seen(self, part: str, name: str) -> str | None:
        """Give the hash of what the mentor saw when it was said."""
        return self._said.get((part, name), ("", ""))[1] or None

    def note(self, spot: Spot, text: str) -> None:
        """Keep what is being typed, soon."""
        self._say(spot, text)
        self.drafts.note(spot.place, text)

    def keep(self, spot: Spot, text: str) -> bool:
        """Keep what was given, now; tell whether that could be done."""
        former = self._said.get((spot.part, spot.name))
        if former is not None and former[1] != spot.seen:
            self.drafts.discard(Spot(spot.part, spot.name, former[1]).place)
        self._say(spot, text)
        if text:
            return self.drafts.keep(spot.place, text)
        self.drafts.discard(spot.place)
        return True

    def _say(self, spot: Spot, text: str) -> None:
        self._said[spot.part, spot.name] = (visible(text), spot.seen)

    def flush(self) -> None:
        """Write what waits."""
        self.drafts.flush()

    def clear(self) -> None:
        """Remove all of it: it is in the portfolio now."""
        for (part, name), (_text, seen) in self._said.items():
            self.drafts.discard(Spot(part, name, seen).place)
        self._said.clear()


def _is_of_review(draft: Draft) -> bool:
    return len(draft.place) == 4 and draft.place[0] == ROOT and bool(draft.text.strip())
