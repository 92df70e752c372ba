"""What may be chosen at a question, by every way to write it."""

from typing import NamedTuple

from stagekit.model.text import Text


class Options(NamedTuple):
    """The choices of one question; `words` leads from each id, and each id and label folded, to the id."""

    question: object
    options: list[tuple[str, Text]]
    words: dict[str, str]

    @classmethod
    def of(cls, question: object, options: list[tuple[str, Text]]) -> "Options":
        """Work out what each way to write a choice means; the first that has it counts."""
        words: dict[str, str] = {}
        for option, label in options:
            for name in (option, *label.translations.values()):
                words.setdefault(_folded(name), option)
        words.update({option: words[_folded(option)] for option, _label in options})
        return cls(question, options, words)

    def meant(self, text: str) -> str | None:
        """Give the id that `text` means: the id itself, or its label in either language; None if none."""
        return self.words.get(text) or self.words.get(_folded(text))


def _folded(text: str) -> str:
    """Leave out what does not count where a choice is typed: case, blanks, `_` and `-`."""
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().split())
