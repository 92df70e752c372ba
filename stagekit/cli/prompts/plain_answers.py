"""How each kind of answer is given in plain lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from stagekit.cli.prompts.lists import folded, found
from stagekit.cli.prompts.unsavable import savable, sentence_on
from stagekit.i18n import _, ngettext
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt, Reply
from stagekit.model.text import refused_characters

LISTED = 30
"""Options a search lists at most."""


class Word(Enum):
    """What a person types instead of an answer, beside the moves."""

    HELP = auto()
    CLEAR = auto()
    MORE = auto()
    EDITOR = auto()


Meaning = Move | Word


@dataclass(frozen=True, slots=True)
class Words:
    """The words that are no answer, with their slash, and what they mean."""

    meanings: dict[str, Meaning]
    elsewhere: frozenset[str] = frozenset()
    """Words of other questions that are no answer here either, or one would be written over by mistake."""

    def meant(self, line: str) -> Meaning | None:
        """Give what a line means that holds such a word only, or None."""
        return self.meanings.get(line.strip().casefold())

    def literal(self, line: str) -> str:
        """Give a line as text: two slashes before such a word stand for one."""
        known = self.meant(line[1:]) is not None or self.foreign(line[1:])
        return line[1:] if line.startswith("//") and known else line

    def foreign(self, line: str) -> bool:
        """Tell whether a line holds only a word that means something at other questions, or a slip of one."""
        word = line.strip().casefold()
        return word in self.elsewhere or (self.meant(word) is None and self._slipped(word))

    def _slipped(self, word: str) -> bool:
        """Tell whether a word such as `/over` or `/overslan` was meant: it is nobody's answer."""
        if not word.startswith("/") or len(word) < 4 or not word[1:].isalpha():
            return False
        from difflib import get_close_matches

        known = [*self.meanings, *self.elsewhere]
        return any(each.startswith(word) for each in known) or bool(get_close_matches(word, known, 1, 0.8))

    def listed(self) -> str:
        """Give the words of the person's language, in their order."""
        shown = list(dict.fromkeys(self.meanings.values()))
        first = {meaning: word for word, meaning in reversed(self.meanings.items()) if word != "?"}
        return ", ".join(first[meaning] for meaning in shown)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and the ways to write to and read from the person."""

    prompt: Prompt
    words: Words
    say: Callable[[str], None]
    read: Callable[[Callable[[str], None]], str]
    edit: Callable[[Prompt, str], str]
    explain: Callable[[Prompt], None]

    def line(self, so_far: Callable[[str], None] = lambda _text: None) -> str | Meaning:
        """Read a line; gives its text or what it means; asks for help are answered at once."""
        while True:
            line = self.read(so_far)
            meaning = self.words.meant(line)
            if self.words.foreign(line):
                self.say(_("{word} does nothing at this question. What does: {words}",
                           word=line.strip(), words=self.words.listed()))  # fmt: skip
                continue
            if meaning is None:
                return self.words.literal(line)
            if meaning is not Word.HELP:
                return meaning
            self.explain(self.prompt)

    def refused(self, text: str) -> bool:
        """Say what does not fit, if anything."""
        sentence = sentence_on(refused_characters(text)) or self.prompt.check(text)
        if sentence is not None:
            self.say(sentence)
        return sentence is not None


def ask_text(asked: Asked) -> Reply:
    """Ask for one line."""
    initial = asked.prompt.initial if isinstance(asked.prompt.initial, str) else ""
    if initial:
        asked.say(_("Now: {text}. Enter keeps it.", text=initial))
    asked.say(_("Type your answer. Also: {words}", words=asked.words.listed()))

    def so_far(line: str) -> None:
        if not line.startswith("/"):
            asked.prompt.changed(savable(line))

    while True:
        line = asked.line(so_far)
        if isinstance(line, Move):
            return line
        text = line.strip() or initial if isinstance(line, str) else ""
        asked.prompt.changed(savable(text))
        if not asked.refused(text):
            return Given(text)


def ask_long_text(asked: Asked) -> Reply:
    """Ask for lines, up to one with a single full stop."""
    text = asked.prompt.initial if isinstance(asked.prompt.initial, str) else ""
    while True:
        if text:
            words = ngettext("{count} word", "{count} words", len(text.split()))
            asked.say(_("Now ({words}):", words=words))
            asked.say(text)
            asked.say(_("Enter keeps it. What you type takes its place."))
        asked.say(_("End your text with a line that holds a full stop only. Also: {words}",
                    words=asked.words.listed()))  # fmt: skip
        given = _lines(asked, text)
        if isinstance(given, Move):
            return given
        if not asked.refused(given):
            return Given(given)
        text = given


def _lines(asked: Asked, before: str) -> str | Move:
    """Read lines to the end of the text; `before` is kept where the end comes before any line.

    Who comes back to half a text ends it as the screen says: that is no wish to empty it.
    """
    lines: list[str] = []

    def so_far(line: str) -> None:
        if not line.startswith("/") and line != ".":
            asked.prompt.changed(savable("\n".join([*lines, line])))

    text: str | None = None
    while text is None:
        line = asked.line(so_far)
        if isinstance(line, Move):
            return line
        if line in ("", ".") and not lines and before:
            return before
        if line is Word.MORE:
            lines = [*(before.split("\n") if before else []), *lines]
            asked.say(_("Type what you want to add."))
        elif isinstance(line, Word):
            text = "" if line is Word.CLEAR else _edited(asked, "\n".join(lines) or before)
        elif line == ".":
            text = "\n".join(lines)
        else:
            lines.append("." if line == ".." else line)
            so_far("")
    asked.prompt.changed(savable(text))
    return text


def _edited(asked: Asked, text: str) -> str | None:
    from stagekit.cli.prompts.editor import EditorFailed

    asked.say(_("Your text is open in your editor. Save it and close the editor to come back here."))
    try:
        return asked.edit(asked.prompt, text)
    except EditorFailed as error:
        asked.say(f"{error.message} {error.next_step}".strip())
        return None


def _list(asked: Asked, options: Sequence[Option]) -> None:
    for number, option in enumerate(options, 1):
        label = _spoken(option)
        words = [text for text in (label, option.hint) if text and text != str(number)]
        asked.say(f"{number}. {': '.join(words)}".rstrip())


def _spoken(option: Option) -> str:
    """Give a label without the sign before it, which is read out as “white circle”."""
    return option.label.lstrip("○◐●✓✗ ")


def _labels(prompt: Prompt) -> str:
    ids = (prompt.initial,) if isinstance(prompt.initial, str) else prompt.initial
    return ", ".join(_spoken(option) for option in prompt.options if option.id in ids)


def _move(meaning: Meaning) -> Move:
    """Give the move a word means; in a list no other word has a meaning."""
    return meaning if isinstance(meaning, Move) else Move.INTERRUPT


def _chosen(line: str, options: Sequence[Option]) -> Option | None:
    """Give the option a line names: its number, its whole label, or its id."""
    word = line.strip().rstrip(".")
    if word.isdecimal():
        number = int(word)
        return options[number - 1] if 1 <= number <= len(options) else None
    return next((option for option in options if folded(word) in (folded(option.label), option.id)), None)


def ask_choice(asked: Asked) -> Reply:
    """Ask for one option, by its number."""
    options, now = asked.prompt.options, _labels(asked.prompt)
    _list(asked, options)
    if now and asked.prompt.kind is Kind.MENU:
        asked.say(_("Enter takes: {text}.", text=now))
    elif now:
        asked.say(_("Now: {text}. Enter keeps it.", text=now))
    asked.say(_("Type a number. Also: {words}", words=asked.words.listed()))
    while True:
        line = asked.line()
        if isinstance(line, Move | Word):
            return _move(line)
        option = _chosen(line, options)
        value = asked.prompt.initial if now and not line.strip() else option.id if option else None
        if not isinstance(value, str):
            asked.say(_("Type a number from 1 to {count}.", count=len(options)))
        elif not asked.refused(value):
            return Given(value)


def ask_choices(asked: Asked) -> Reply:
    """Ask for any number of options, by their numbers."""
    options, now = asked.prompt.options, _labels(asked.prompt)
    _list(asked, options)
    if now:
        asked.say(_("Now: {text}. Enter keeps it.", text=now))
    asked.say(_("Type the numbers that fit, like 1 3; 0 for none. Also: {words}", words=asked.words.listed()))
    while True:
        line = asked.line()
        if isinstance(line, Move | Word):
            return _move(line)
        ids = asked.prompt.initial if now and not line.strip() else _several(line, options)
        if isinstance(ids, tuple):
            return Given(ids)
        asked.say(_("Type numbers from 1 to {count}, with blanks between them.", count=len(options)))


def _several(line: str, options: Sequence[Option]) -> tuple[str, ...] | None:
    words = line.replace(",", " ").split()
    if words in ([], ["0"]):
        return ()
    chosen = [_chosen(word, options) for word in words]
    whole = _chosen(line, options)
    if None in chosen:
        return (whole.id,) if whole else None
    return tuple(option.id for option in options if option in chosen)


def ask_search(asked: Asked) -> Reply:
    """Ask for one option of many: words first, then the number of what they find."""
    now = _labels(asked.prompt)
    if now:
        asked.say(_("Now: {text}. Enter keeps it.", text=now))
    asked.say(_("Type a part of a word to search, or Enter to hear all. Also: {words}",
                words=asked.words.listed()) if not now else
              _("Type a part of a word to search. Also: {words}", words=asked.words.listed()))  # fmt: skip
    listed: list[Option] = []
    while True:
        line = asked.line()
        if isinstance(line, Move | Word):
            return _move(line)
        value = _found_value(asked, line, listed, bool(now))
        if value is not None:
            if not asked.refused(value):
                return Given(value)
            continue
        listed = found(asked.prompt.options, line) if line.strip() else list(asked.prompt.options)
        _tell_found(asked, listed[:LISTED])


def _found_value(asked: Asked, line: str, listed: Sequence[Option], has_now: bool) -> str | None:
    if not line.strip():
        if len(listed) == 1:
            return listed[0].id
        return asked.prompt.initial if has_now and isinstance(asked.prompt.initial, str) else None
    option = _chosen(line, listed if line.strip().isdecimal() else asked.prompt.options)
    return option.id if option else None


def _tell_found(asked: Asked, listed: Sequence[Option]) -> None:
    if not listed:
        asked.say(_("Nothing found. Try another word."))
        return
    _list(asked, listed)
    if len(listed) == 1:
        asked.say(_("Enter takes it; or type other words."))
    else:
        asked.say(_("Type a number, or other words."))


ASKERS: dict[Kind, Callable[[Asked], Reply]] = {
    Kind.TEXT: ask_text,
    Kind.LONG_TEXT: ask_long_text,
    Kind.CHOICE: ask_choice,
    Kind.CHOICES: ask_choices,
    Kind.SEARCH: ask_search,
    Kind.MENU: ask_choice,
}
