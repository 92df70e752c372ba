"""What is a person's name in what a reviewer typed as theirs."""

import re

from stagekit.checks.names import Lexicon
from stagekit.checks.spelling import WORD, fold
from stagekit.model.portfolio import Identity

_CUT = re.compile(r"\s*[,;:(\[|/]\s*|\s+[-–—]\s+")


def personal_name(typed: str, identity: Identity, lexicon: Lexicon) -> str:
    """Give the name in `Karin de Wit, groep 5 van De Wilgenhof`; empty where there is none.

    Every word of a private name is hidden all over the portfolio, so that `groep` must not become one. Small
    letters beside capitals are no name but for particles; nor is what follows a whole name, a word with a
    digit, or the student's and the school's own names, which stay.
    """
    first, *rest = _CUT.split(typed.strip(), maxsplit=1)
    words = first.split()
    if rest and len(words) == 1 and _is_rest_of_name(rest[0], lexicon):  # `Wit, Karin de`
        return typed
    capitals = any(_capital(word) for word in words)
    if not capitals and any(char.isdigit() for char in first):
        return ""
    own = _own_words(identity, lexicon)
    kept = [
        word
        for word in words
        if _letters(word) in lexicon.particles
        or (not _has_digit(word) and (_capital(word) or not capitals) and not _known(word, own))
    ]
    return " ".join(kept) if any(_letters(word) not in lexicon.particles for word in kept) else ""


def _is_rest_of_name(text: str, lexicon: Lexicon) -> bool:
    words = text.split()
    return bool(words) and all(
        not _has_digit(word) and (_capital(word) or _letters(word) in lexicon.particles) for word in words
    )


def _own_words(identity: Identity, lexicon: Lexicon) -> frozenset[str]:
    names = [identity.student.name, identity.school.name, identity.school.place]
    found = WORD.findall(fold(" ".join(name for name in names if name)).text)
    return frozenset(found) - lexicon.particles


def _letters(word: str) -> str:
    return "".join(WORD.findall(fold(word).text))


def _known(word: str, own: frozenset[str]) -> bool:
    letters = WORD.findall(fold(word).text)
    return not letters or all(each in own for each in letters)


def _capital(word: str) -> bool:
    return next((char for char in word if char.isalpha()), "").isupper()


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)
