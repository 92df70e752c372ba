"""How an alias reads where a name stood: its capital, its possessive, and no word twice."""

import re
from collections.abc import Sequence

from stagekit.checks.matching import Hit, Near
from stagekit.checks.names import Lexicon
from stagekit.checks.spelling import WORD, fold, place_of
from stagekit.i18n import translate

_ARTICLES = frozenset({"de", "the"})
_AFTER_TITLE = re.compile(r"\.?[ \xa0]|\.")
_BLANK = re.compile(r"[ \xa0]{1,3}|[ ]?\n[ ]?")
_APPOSITION = re.compile(r", ?")
_LONG = 3  # letters of a last word that is a noun, “mentor”, and no letter or number, “A”


def unnamed(language: str) -> str:
    """Give what stands for a name that belongs to nobody in particular."""
    return translate(language, "[name]")


def capital(alias: str) -> str:
    """Give an alias as it begins a sentence."""
    return alias[:1].upper() + alias[1:]


def within(alias: str) -> str:
    """Give an alias as it stands within a sentence: the phrase `Mijn mentor` loses its capital."""
    words = alias.split()
    phrase = len(words) > 1 and all(word.isalpha() for word in words) and alias[1:].islower()
    return alias[:1].lower() + alias[1:] if phrase else alias


def possessive(word: str, language: str, apostrophe: str) -> str:
    """Give the ending that makes `word` a possessive; empty without an `apostrophe` to write it with."""
    last = word[-1:].lower()
    if not apostrophe or not last:
        return ""
    if language == "nl" and last.isalpha() and len(word.rsplit(maxsplit=1)[-1]) > 1:
        plain = fold(last).text
        if plain in {"s", "x", "z"}:
            return apostrophe
        if plain not in {"a", "i", "o", "u", "y"}:
            return "s"
    return apostrophe + "s"


def fitted(
    text: str, hit: Hit, alias: str, language: str, lexicon: Lexicon, done: int
) -> tuple[int, int, str]:
    """Give what is replaced, from where up to where, and by what; nothing before `done` is touched.

    `juf Karin`, `mijn mentor Karin` and `mijn mentor (Karin)` all become `mijn mentor`.
    """
    near = [word for word in hit.before if word.start >= done]
    start = hit.start
    if near and near[-1].word in lexicon.titles and _AFTER_TITLE.fullmatch(text, near[-1].end, start):
        start = near.pop().start
        if near and near[-1].word in _ARTICLES and _BLANK.fullmatch(text, near[-1].end, start):
            start = near.pop().start
    words = WORD.findall(fold(alias).text)
    if near and alias != unnamed(language) and words:
        if (end := _said(text, start, hit.end, words, near)) is not None:
            kept = near[-1].end
            return kept, end, possessive(text[max(0, kept - 40) : kept], language, hit.possessive)
        start = _begun(text, start, words, near)
    here = capital(alias) if place_of(text, start).first else within(alias)
    return start, hit.end, here + possessive(here, language, hit.possessive)


def _said(text: str, start: int, end: int, words: list[str], near: Sequence[Near]) -> int | None:
    """Give up to where a name goes without a word: the alias, or the noun it ends in, stands before it."""
    if len(words[-1]) < _LONG:
        return None
    between = near[-1].end, start
    whole = [word.word for word in near[-len(words) :]] == words
    if near[-1].word == words[-1] and _BLANK.fullmatch(text, *between):
        return end
    if whole and _APPOSITION.fullmatch(text, *between):
        return end
    if whole and text[slice(*between)] == " (" and text[end : end + 1] == ")":
        return end + 1
    return None


def _begun(text: str, start: int, words: list[str], near: Sequence[Near]) -> int:
    """Give where to begin so that `leerkracht Fatima` does not become `leerkracht Leerkracht A`."""
    head = words[:-1]
    if head and len(words[-1]) < _LONG and [word.word for word in near[-len(head) :]] == head:
        return near[-len(head)].start if _BLANK.fullmatch(text, near[-1].end, start) else start
    return start
