"""Characters that no document can hold: told in a sentence, kept out of what is saved."""

from collections.abc import Sequence

from stagekit.i18n import _
from stagekit.model.text import RefusedCharacter, refused_characters


def sentence_on(refused: Sequence[RefusedCharacter]) -> str | None:
    """Say that a text holds characters that cannot be saved, or None."""
    if not refused:
        return None
    names = ", ".join(dict.fromkeys(f"[{character.name}]" for character in refused[:3]))
    return _("{names} cannot be saved: it is no character. Please delete it or type it again.", names=names)


def savable(text: str) -> str:
    """Give a text without the characters that cannot be saved."""
    wrong = {character.position for character in refused_characters(text)}
    return "".join(char for position, char in enumerate(text) if position not in wrong) if wrong else text
