"""The ways a person's name is written: a tree of words that leads to whose it is and how sure that is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from stagekit.checks.spelling import WORD, Folded, fold
from stagekit.model.course import Names

MAX_WORDS = 8
"""Words of a name that are looked at: a page pasted where a name is asked makes not every word private."""
_PREFIXES = (2, 3, 4)
_SURE_LETTERS = 8  # joined to one word, a name of this many letters is no other word


class Sure(IntEnum):
    """What must hold for words to be taken for the name."""

    ALWAYS = 0
    CAPITAL = 1
    """Its last word begins with a capital."""
    WITHIN = 2
    """It begins with a capital where a common word would not: within a sentence."""


class Rank(IntEnum):
    """Whose the words are when more than one person's: the nearer to a full name, the sooner."""

    PHRASE = 0
    PART = 1
    SEVERAL = 2
    FULL = 3


@dataclass(slots=True)
class Node:
    """A word on the way; `owners` is filled where a name may end. Keys of `owners` are numbers of people."""

    children: "dict[str, Node]" = field(default_factory=dict)
    short: bool = False
    """An initial or an abbreviation: a full stop may follow it; with `dotted`, must."""
    dotted: bool = False
    owners: dict[int, Rank] = field(default_factory=dict)
    sure: Sure = Sure.WITHIN

    def step(self, word: str, *, short: bool, dotted: bool) -> "Node":
        """Give the node `word` leads to, made where there is none."""
        node = self.children.get(word)
        if node is None:
            node = self.children[word] = Node(short=short, dotted=dotted)
        node.short = node.short or short
        node.dotted = node.dotted and dotted
        return node


class Token(NamedTuple):
    """One word of a name. A particle is a tussenvoegsel; a weak word alone is one only with a capital."""

    word: str
    particle: bool = False
    weak: bool = False
    glued: bool = False
    """It follows the word before it without a blank: `Jan-Willem`, `O'Brien`."""
    short: bool = False
    dotted: bool = False


Form = tuple[Token, ...]


class Lexicon:
    """What the course knows of names, folded."""

    def __init__(self, names: Names) -> None:
        self.particles = _folded(names.particles)
        self.ambiguous = _folded(names.ambiguous)
        self.titles = _folded(names.titles)
        self.roles = _folded(names.roles) | self.titles
        self._read: dict[str, list[Form]] = {}

    def read(self, name: str) -> list[Form]:
        """Split what was typed as a name into the people's names in it, without titles and roles.

        `Samira, moeder van Yusuf` is two; `Wit, Karin de` is also `Karin de Wit`.
        """
        if name not in self._read:
            self._read[name] = self._forms(name)
        return self._read[name]

    def _forms(self, name: str) -> list[Form]:
        pieces = [piece for part in _parts(name) for piece in self._piece(part)]
        if name.count(",") == 1 and len(pieces) == 2:
            pieces.append(pieces[1] + pieces[0])
        return [form for form in map(self._trimmed, pieces) if form]

    def _piece(self, part: str) -> Iterator[Form]:
        folded = fold(part)
        words = list(WORD.finditer(folded.text))
        capitals = any(part[folded.raw(m.start())].isupper() for m in words)
        tokens: list[Token] = []
        end = -2
        for match in words[: 4 * MAX_WORDS]:
            upper = part[folded.raw(match.start())].isupper()
            word = match.group()
            if word in self.roles and (not upper or not tokens):
                yield tuple(tokens)
                tokens = []
            elif not word[0].isdigit() and len(tokens) < MAX_WORDS:
                glued = match.start() == end + 1 and folded.text[end] != " "
                tokens.append(self._token(word, glued, typed_small=capitals and not upper, first=not tokens))
            end = match.end()
        yield tuple(tokens)

    def _token(self, word: str, glued: bool, typed_small: bool, first: bool) -> Token:
        ambiguous = word in self.ambiguous
        weak = ambiguous or len(word) <= 2 or (typed_small and not first) or word in self.roles
        # A particle that is a first name as well (Ben, Al) is listed among the ambiguous words too.
        particle = word in self.particles and not (first and ambiguous)
        return Token(word, particle=particle, weak=weak, glued=glued)

    def _trimmed(self, form: Form) -> Form:
        while form and form[-1].particle:
            form = form[:-1]
        return form if any(len(token.word) > 1 and not token.particle for token in form) else ()


@lru_cache(maxsize=32)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    """Fold all words at once, a thousand of them, without the apostrophe of `'t`."""
    return frozenset(fold("\n".join(words)).text.replace("'", "").split("\n")) - {""}


def _parts(name: str) -> list[str]:
    for sign in ";/&+()[]|\n":
        name = name.replace(sign, ",")
    return [part for part in name.split(",") if part.strip()]


class Tree:
    """Every way of writing every name, and phrases that stand as they are."""

    def __init__(self) -> None:
        self.root = Node()
        self.ends: set[str] = set()
        """Words a name ends in, possessives too: a text without any of them holds no name."""
        self._firsts: dict[str, frozenset[str] | None] = {}

    def beginnings(self, words: Sequence[str]) -> list[int]:
        """Give the places in a text's words where a name or a phrase can begin, by the word that follows."""
        if not self._firsts:
            self._firsts = _firsts(self.root.children)
        firsts, children, found = self._firsts, self.root.children, []
        for index in [i for i, word in enumerate(words) if word in firsts]:
            word = words[index]
            allowed = firsts[word]
            following = words[index + 1] if index + 1 < len(words) else ""
            initials = len(following) == 1 and word in children and children[word].short
            if allowed is None or following in allowed or initials:
                found.append(index)
        return found

    def add_person(self, person: int, form: Form) -> None:
        """Add the ways to write one name."""
        self._firsts = {}
        for tokens in _spans(form):
            self._add(person, tokens, full=tokens == form)
        for tokens in _shortened(form):
            self._add(person, tokens, full=False)

    def add_phrase(self, phrase: int, words: Iterable[str]) -> None:
        """Add words that stay as they are; a name of the same words comes first."""
        self._firsts = {}
        node = self.root
        for word in words:
            node = node.step(word, short=False, dotted=False)
        if node is not self.root:
            node.owners.setdefault(phrase, Rank.PHRASE)
            node.sure = Sure.ALWAYS if not node.owners.keys() - {phrase} else node.sure

    def _add(self, person: int, tokens: Form, *, full: bool) -> None:
        rank = Rank.FULL if full else Rank.SEVERAL if len(tokens) > 1 else Rank.PART
        sure = _sure(tokens)
        for variant in _variants(tokens):
            abbreviated = False
            node = self.root
            for token in variant:
                abbreviated = abbreviated or token.short
                child = node.children.get(token.word)
                if child is None:
                    node.children[token.word] = node = Node({}, token.short, token.dotted)
                else:
                    node = child
                    node.short = node.short or token.short
                    node.dotted = node.dotted and token.dotted
            last = variant[-1].word
            self.ends.add(last)
            self.ends.add(last + "s")
            at = max(sure, Sure.CAPITAL) if abbreviated and _one_weak(variant) else sure
            self._own(node, person, rank, at)
        if len(tokens) > 1 and not any(token.short for token in tokens):
            word = "".join(token.word for token in tokens)
            glued = all(token.glued for token in tokens[1:]) and len(word) > 4
            self.ends |= {word, word + "s"}
            joined = Sure.ALWAYS if glued or len(word) >= _SURE_LETTERS else Sure.WITHIN
            self._own(self.root.step(word, short=False, dotted=False), person, rank, joined)

    @staticmethod
    def _own(node: Node, person: int, rank: Rank, sure: Sure) -> None:
        node.sure = min(node.sure, sure) if node.owners else sure
        node.owners[person] = max(rank, node.owners.get(person, rank))


def _sure(tokens: Form) -> Sure:
    """Tell how sure words are. A common word needs a place where it cannot be that; several words do not."""
    return Sure.WITHIN if len(tokens) == 1 and tokens[0].weak else Sure.ALWAYS


def _one_weak(tokens: Form) -> bool:
    words = [token for token in tokens if not token.particle and not token.short]
    return len(words) <= 1 and all(token.weak for token in words)


def _spans(form: Form) -> Iterator[Form]:
    """Give every run of words that ends in one a name can end in, and first with last names."""
    for end in range(1, len(form) + 1):
        last = form[end - 1]
        if last.particle or len(last.word) == 1 or (last.glued and len(last.word) == 2):
            continue
        for start in range(end):
            yield form[start:end]
    if not form[0].particle:
        for start in range(2, len(form)):
            yield (form[0], *form[start:])


def _shortened(form: Form) -> Iterator[Form]:
    """Give the last names behind initials or a shortened first name, and the first name before an initial."""
    first = form[0]
    if first.particle or len(form) < 2:
        return
    letters = tuple(Token(token.word[0], short=True) for token in form)
    sizes = [size for size in _PREFIXES if size < len(first.word)]
    short = [Token(first.word[:size], short=True, dotted=True) for size in sizes]
    for start in range(1, len(form)):
        last = form[start:]
        if len(last[-1].word) == 1:
            continue
        yield letters[0], *last
        if start > 1:
            yield *letters[:start], *last
        for each in short:
            yield each, *last
    surname = next((i for i, token in enumerate(form[1:], 1) if not token.particle), 1)
    final = Token(form[surname].word[0], short=True, dotted=True)
    yield first, final
    if surname > 1:
        yield first, *form[1:surname], final


def _variants(tokens: Form) -> Iterator[Form]:
    """Give a form with its particles in full, each as an initial, and run together: van der, v.d., vd."""
    run = [i for i, token in enumerate(tokens) if token.particle][:3]
    if not run:
        yield tokens
        return
    choices: list[tuple[Token, ...]] = []
    for index, token in enumerate(tokens):
        if index in run and len(token.word) > 1:
            choices.append((token, Token(token.word[0], particle=True, short=True)))
        else:
            choices.append((token,))
    yield from product(*choices)
    if run[-1] - run[0] != len(run) - 1:
        return
    before, between, after = tokens[: run[0]], tokens[run[0] : run[-1] + 1], tokens[run[-1] + 1 :]
    word = "".join(token.word for token in between)
    if len(run) > 1:
        for run_together in (word, "".join(token.word[0] for token in between)):
            yield *before, Token(run_together, particle=True, short=len(run_together) <= 3), *after
    if before:
        yield *before, Token(word + after[0].word), *after[1:]


def _firsts(children: dict[str, Node]) -> dict[str, frozenset[str] | None]:
    """Give each word a name begins with, possessives too, and what may follow; None where it may end."""
    found: dict[str, frozenset[str] | None] = {}
    for word, node in children.items():
        following = frozenset(node.children)
        found[word] = None if node.owners else following.union([each + "s" for each in following])
    return found | {word + "s": None for word, node in children.items() if node.owners}


def words_of(text: str) -> tuple[Folded, list[str]]:
    """Fold a phrase and give its words."""
    folded = fold(text)
    return folded, WORD.findall(folded.text)
