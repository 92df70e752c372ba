"""Where names stand in a text, and where that cannot be told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stagekit.checks.names import Lexicon, Node, Rank, Sure, Tree
from stagekit.checks.spelling import ASCII_WORD, WORD, Folded, fold, letter_words, place_of

# Between two words of a name: a hyphen, a line end, blanks, a full stop, or one sign. Possessive
# quantifiers, so that no text makes it try again.
_GAP = re.compile(r"(?: *+-++ *+\n?| *+\n[ >]*+'?| ++'?|\. *+(?:\n[ >]*+)?+'?|[_/'])?+")
_BARE = re.compile(r"'[ \n]{1,3}[^\W\d_]")
_OPEN_QUOTE = re.compile(r"(?<![^\W_])'(?!(?:[tsnkmr]|er|ie)(?![^\W_]))(?=[^\W_])")
_SENTENCE_GOES_ON = re.compile(r"\.(?=[ ]?([^\W\d_])|[,;:])")
_MAX_INITIALS = 3
_WORDS_BEFORE = 6
_SHORT = 3


class Doubt(StrEnum):
    """Why words that are a name may be common words here."""

    FIRST = "first"
    """At the start of a sentence or a quotation every word has a capital."""
    CAPITALS = "capitals"
    """Everything around it is in capitals."""
    SMALL = "small"
    """Written without a capital: most likely the common word."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word before a name: folded, and its place in the text as typed."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name at `start` up to `end` of the text as typed, its possessive ending included."""

    start: int
    end: int
    people: tuple[int, ...]
    """Whose it can be; more than one where people share the words."""
    possessive: str
    """The apostrophe to write a possessive with, empty where it is none."""
    doubt: Doubt | None
    before: tuple[Near, ...]


@dataclass(slots=True)
class _Found:
    node: Node
    last: int
    """Where the last word begins."""
    end: int
    stop: int
    word: str
    with_s: bool = False


class Matcher:
    """Finds the names of a tree; `phrases` stay as they are: as typed, or in any case where None."""

    def __init__(self, tree: Tree, lexicon: Lexicon, phrases: "dict[int, str | None]") -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.phrases = phrases

    def scan(self, text: str) -> Iterator[Hit]:
        """Give every name in order, those in doubt included; in time linear in the text."""
        letters = letter_words(text)
        if self.tree.ends.isdisjoint(letters) or not self.tree.beginnings(letters):
            return
        folded = fold(text)
        pattern = ASCII_WORD if folded.text.isascii() else WORD
        beginnings = self.tree.beginnings(pattern.findall(folded.text))
        matches = list(pattern.finditer(folded.text)) if beginnings else []
        passed = kept = since = 0
        for index in beginnings:
            match = matches[index]
            start = match.start()
            if start < passed or start < kept:
                continue
            while matches[since].start() < passed:
                since += 1
            hit, until = self._at(text, folded, match, matches[max(since, index - _WORDS_BEFORE) : index])
            if hit is not None:
                yield hit
            if hit is None or hit.doubt is not None:
                kept = max(kept, until)
            else:
                passed = until

    def _at(
        self, text: str, folded: Folded, match: re.Match[str], before: Sequence[re.Match[str]]
    ) -> tuple[Hit | None, int]:
        """Give the name that begins with `match`, and up to where nothing else begins."""
        doubtful: Hit | None = None
        for found in sorted(self._ways(folded, match), key=lambda way: way.stop, reverse=True):
            people = _owners(found.node)
            if not people:
                if self._stays(text, folded, match.start(), found):
                    return None, found.stop
                continue
            doubt = self._doubt(text, folded, match.start(), found, before)
            if doubt is Doubt.SMALL and found.with_s:
                continue
            stop, possessive = _ending(folded, match.start(), found, text)
            start = match.start() - _elided(folded.text, match)
            near = () if doubt else tuple(Near(m.group(), *map(folded.raw, m.span())) for m in before)
            hit = Hit(folded.raw(start), folded.raw(stop), people, possessive, doubt, near)
            if doubt is None:
                return hit, stop
            doubtful = doubtful or hit
        return doubtful, 0

    def _ways(self, folded: Folded, match: re.Match[str]) -> Iterator[_Found]:
        """Give every name that begins with the word `match`."""
        node, text, others = self.tree.root, folded.text, 0
        following: re.Match[str] | None = match
        while following is not None:
            word, (start, end) = following.group(), following.span()
            stem = node.children.get(word[:-1]) if word[-1] == "s" else None
            if stem is not None and stem.owners and not stem.dotted:
                yield _Found(stem, start, end - 1, end, word, with_s=True)
            child = node.children.get(word)
            stopped = text[end : end + 1] == "."
            if child is not None:
                node = child
                if node.owners and (stopped or not node.dotted):
                    yield _Found(node, start, end, end, word)
            elif node.short and len(word) == 1 and stopped and others < _MAX_INITIALS:
                others += 1
            else:
                return
            following = _next(text, end, node)

    def _stays(self, text: str, folded: Folded, start: int, found: _Found) -> bool:
        """Tell whether a phrase that is to stay stands here: as typed, or all in capitals."""
        here = " ".join(text[folded.raw(start) : folded.raw(found.end)].split())
        kept = [self.phrases.get(phrase) for phrase in found.node.owners]
        return any(k is None or here.startswith(k) or (here.isupper() and here == k.upper()) for k in kept)

    def _doubt(
        self, text: str, folded: Folded, start: int, found: _Found, before: Sequence[re.Match[str]]
    ) -> Doubt | None:
        sure = found.node.sure
        if found.with_s and (len(found.word) - 1 <= _SHORT or found.word in self.lexicon.ambiguous):
            sure = Sure.WITHIN  # “Huis” is no possessive of “Hui”
        at, end = folded.raw(found.last), folded.raw(found.end)
        first = text[at]
        if sure is Sure.ALWAYS or first.lower() == first.upper():
            return None
        typed = text[at:end]
        if any(char.isupper() for char in typed[1:]) and not typed.isupper():
            return None  # a capital within, DeWit, is no common word
        if not first.isupper():
            return Doubt.SMALL
        if sure is Sure.CAPITAL or (before and _titled(folded, before[-1], start, self.lexicon)):
            return None
        if typed.isupper() and len(typed) > 1 and _among_capitals(text, folded, found.stop, before):
            return Doubt.CAPITALS
        place = place_of(text, folded.raw(start))
        return Doubt.FIRST if place.first or place.quoted else None


def _owners(node: Node) -> tuple[int, ...]:
    """Give the people the words are nearest to; none where they are only a phrase that stays."""
    best = max(node.owners.values())
    if best is Rank.PHRASE:
        return ()
    return tuple(person for person, rank in node.owners.items() if rank is best)


def _next(text: str, end: int, node: Node) -> re.Match[str] | None:
    """Give the next word where a name can go on there."""
    gap = _GAP.match(text, end)
    between = "" if gap is None else gap.group()
    stopped = between.startswith(".")
    if (stopped and between != "." and not node.short) or (node.dotted and not stopped):
        return None
    return WORD.match(text, end + len(between))


def _elided(text: str, match: re.Match[str]) -> bool:
    """Tell whether an apostrophe belongs to the first word, as in ’t Hart."""
    start = match.start()
    alone = not text[start - 2 : start - 1].isalpha()
    return alone and len(match.group()) == 1 and text[start - 1 : start] == "'"


def _titled(folded: Folded, before: re.Match[str], start: int, lexicon: Lexicon) -> bool:
    between = folded.text[before.end() : start]
    return before.group() in lexicon.titles and between in {" ", ".", ". "}


def _among_capitals(text: str, folded: Folded, stop: int, before: Sequence[re.Match[str]]) -> bool:
    after = WORD.search(folded.text, stop, stop + 20)
    words = [m for m in (before[-1] if before else None, after) if m is not None]
    typed = [text[folded.raw(m.start()) : folded.raw(m.end())].strip() for m in words]
    return any(len(word) > 1 and word.isupper() for word in typed)


def _ending(folded: Folded, start: int, found: _Found, typed: str) -> tuple[int, str]:
    """Give the end of a name with its possessive ending or full stop, and the apostrophe of a possessive."""
    text, end = folded.text, found.end
    if found.with_s:
        return found.stop, "'"
    if found.node.dotted:
        on = _SENTENCE_GOES_ON.match(typed, folded.raw(end))
        return end + (on is not None and not (on[1] or "").isupper()), ""
    if text[end : end + 1] != "'":
        return end, ""
    sign = typed[folded.raw(end)]
    apostrophe = sign if sign == "’" else "'"
    following = WORD.match(text, end + 1)
    if following is not None:
        return (following.end(), apostrophe) if following.group() == "s" else (end, "")
    quoted = text[start - 1 : start] == "'" or _OPEN_QUOTE.search(text, max(0, start - 120), start)
    if _BARE.match(text, end) and not quoted:
        return end + 1, apostrophe
    return end, ""
