"""What one text gives away: every kind of finding together, each place once."""

from collections.abc import Iterator

from stagekit.checks.aliases import Aliases
from stagekit.checks.findings_names import names
from stagekit.checks.findings_numbers import numbers
from stagekit.checks.findings_scan import Kind, PrivacyLexicon, Scan, Spot
from stagekit.checks.findings_words import quotations, words
from stagekit.checks.matching import Doubt
from stagekit.checks.spelling import fold

_ORDER = (
    Kind.EMAIL, Kind.IBAN, Kind.PHONE, Kind.BSN, Kind.ADDRESS, Kind.POSTCODE, Kind.DATE, Kind.RELATION_NAME,
    Kind.TITLED_NAME, Kind.SURNAME, Kind.PRIVATE_NAME, Kind.GROUP, Kind.SENSITIVE,
)  # fmt: skip
"""What comes first where findings overlap; a quotation may hold others."""
_NAMES = frozenset({Kind.RELATION_NAME, Kind.TITLED_NAME, Kind.SURNAME})
_CONTACTS = frozenset({Kind.EMAIL, Kind.PHONE})


class TextCheck:
    """Looks through texts of one portfolio. Its own student, school, aliases and people are no findings."""

    def __init__(self, lexicon: PrivacyLexicon, aliases: Aliases, own: tuple[str, ...] = ()) -> None:
        self.lexicon = lexicon
        self.aliases = aliases
        phrases = {*own, *aliases.people.values()}
        self.phrases = [fold(phrase).text.strip() for phrase in phrases if phrase.strip()] + lexicon.phrases

    def spots(self, text: str, *, paraphrased: bool = False) -> list[Spot]:
        """Give what `text` gives away, in order; `paraphrased`: somebody allowed the gist and not the words.

        Time is linear in the text.
        """
        scan = Scan(text, self.lexicon)
        found = [*numbers(scan), *names(scan), *words(scan), *self._ambiguous(text)]
        hidden = None
        taken = bytearray(len(text) + 1)
        kept: list[Spot] = []
        for spot in sorted(found, key=lambda spot: (_ORDER.index(spot.kind), spot.start)):
            if any(taken[spot.start : spot.end]):
                continue
            if spot.kind in _NAMES:
                hidden = hidden or self._hidden(scan)
                name = range(spot.name_start, spot.name_end)
                if all(hidden[place] for place in name if text[place].isalnum()):
                    continue
            taken[spot.start : spot.end] = b"\x01" * (spot.end - spot.start)
            kept.append(spot)
        if paraphrased:
            kept += quotations(scan)
        return sorted(kept, key=lambda spot: (spot.start, spot.end))

    def _ambiguous(self, text: str) -> Iterator[Spot]:
        for found in self.aliases.ambiguous(text):
            if found.doubt is not Doubt.SMALL:
                yield Spot(Kind.PRIVATE_NAME, found.start, found.end, found.start, found.end)

    def _hidden(self, scan: Scan) -> bytearray:
        """Mark every place of a text that is no further name: own and known names, aliases, private names."""
        marks = bytearray(len(scan.text) + 1)
        text = scan.folded.text
        whole = text.strip()  # an alias is looked through where it is chosen
        for phrase in self.phrases:
            at = -1 if phrase == whole else text.find(phrase)
            while at >= 0:
                end = at + len(phrase)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    _mark(marks, scan.folded.raw(at), scan.folded.raw(end))
                at = text.find(phrase, end)
        for start, end in self.aliases.certain(scan.text):
            _mark(marks, start, end)
        return marks


def published(spots: list[Spot]) -> list[Spot]:
    """Take a text for what a school publishes, its own phone and e-mail included."""
    return [spot._replace(kind=Kind.SCHOOL_CONTACT) if spot.kind in _CONTACTS else spot for spot in spots]


def _mark(marks: bytearray, start: int, end: int) -> None:
    marks[start:end] = b"\x01" * (end - start)
