"""When two ways to write a person's name are the same: case, accents and order do not count."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij", "ð": "d",
                          "þ": "th", "ı": "i"})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8


def words(name: str) -> list[str]:
    """Give the words of a name, folded: `Çelik-Öztürk, Ayşe` is celik, ozturk, ayse."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    # An apostrophe joins: d'Angelo and dAngelo are one name.
    return _WORD.findall(re.sub(r"['’`ʼ]", "", plain))[:_MOST_WORDS]


def spellings(name: str) -> frozenset[str]:
    """Give a name written in one word, from each of its words on: two names are one where any agrees."""
    found = words(name)
    return frozenset("".join(found[at:] + found[:at]) for at in range(len(found)))


def canvas_spellings(name: str) -> frozenset[str]:
    """Give the same as Canvas writes it, which leaves out every letter that is not ASCII."""
    composed = unicodedata.normalize("NFC", name)
    return spellings("".join(character for character in composed if character.isascii()))


def same_words(one: str, other: str) -> bool:
    """Tell whether two names have the same words, in whatever order."""
    return sorted(words(one)) == sorted(words(other)) != []
