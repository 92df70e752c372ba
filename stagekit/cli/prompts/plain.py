"""The prompter of plain lines: nothing moves, nothing is drawn, everything can be read out in order."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TextIO

from stagekit.cli import console
from stagekit.cli.prompts import ending
from stagekit.cli.prompts.keys import EDITOR, HELP, MOVES
from stagekit.cli.prompts.lines import Lines
from stagekit.cli.prompts.plain_answers import ASKERS, Asked, Meaning, Word, Words
from stagekit.errors import UserError
from stagekit.i18n import N_, _
from stagekit.interview.prompter import Kind, Move, Prompt, Reply

GIVE_UP = 3
"""Ends of input in a row after which nobody can be there any more."""


class PlainPrompter:
    """Asks in plain lines; to be used in a `with`.

    `edit_folder` is where the copy for the person's editor stands, inside the portfolio; without one no
    editor is offered. `on_end` is called when the program has to end because of a signal or the end of
    the input, after `changed` got the last text.
    """

    def __init__(
        self,
        edit_folder: Path | None = None,
        on_end: Callable[[], None] = lambda: None,
        *,
        source: TextIO | None = None,
        target: TextIO | None = None,
    ) -> None:
        self.edit_folder = edit_folder
        self.on_end = on_end
        self._lines = Lines(source or sys.stdin, target or sys.stdout)
        self._target = target
        self._ends = 0
        self._signal = 0
        self._reading = False
        self._open = ExitStack()

    def __enter__(self) -> "PlainPrompter":
        """Stand ready to end in order."""
        self._open.enter_context(ending.on_signal(self._on_signal))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End as before."""
        self._open.close()

    def show(self, *paragraphs: str, style: str = "") -> None:  # noqa: ARG002 - plain lines have no styles
        """Show paragraphs."""
        for paragraph in paragraphs:
            self._say(paragraph)

    def ask(self, prompt: Prompt) -> Reply:
        """Put one question; comes back with an answer that `check` accepts, or with a move."""
        if self._signal:
            self._leave()
        self._say("")
        self._introduce(prompt)
        offered = self._moves(prompt)
        words = Words(offered, frozenset(_passing_words() - offered.keys()))
        asked = Asked(prompt, words, self._say, self._read, self._edit, self._help)
        try:
            with self._lines.open():
                reply = ASKERS[prompt.kind](asked)
        except KeyboardInterrupt:
            self._ends = 0
            self._say("")
            return Move.INTERRUPT
        except EOFError:
            return self._end_of_input()
        except _Ended:
            self._leave()
        self._ends = 0
        return reply

    def _end_of_input(self) -> Move:
        self._ends += 1
        self._say("")
        if self._ends >= GIVE_UP:
            self.on_end()
            raise UserError(
                _("The input has ended, so no question can be answered."),
                _("What you gave is saved. Start again in a terminal window."),
            )
        return Move.INTERRUPT

    def _introduce(self, prompt: Prompt) -> None:
        if prompt.breadcrumb:
            self._say(prompt.breadcrumb)
        need = f" ({prompt.need})" if prompt.need else ""
        if prompt.title:
            self._say(prompt.title + need)
        self._say(prompt.text)
        if prompt.why:
            self._say(prompt.why)
        for paragraph in prompt.aside:
            self._say(paragraph)

    def _moves(self, prompt: Prompt) -> dict[str, Meaning]:
        """Give the words that are no answer: those in the person's language first, English ones too."""
        found: dict[str, Meaning] = {}
        for translated in (True, False):
            for word, meaning in self._meanings(prompt):
                found.setdefault(f"/{(_(word) if translated else word).split()[0].casefold()}", meaning)
        found["?"] = Word.HELP
        return found

    def _meanings(self, prompt: Prompt) -> list[tuple[str, Meaning]]:
        listed: list[tuple[str, Meaning]] = [(HELP.word, Word.HELP)]
        listed += [(MOVES[move].word, move) for move in prompt.moves if move in MOVES]
        if prompt.initial and prompt.kind in (Kind.TEXT, Kind.LONG_TEXT):
            listed.append((N_("clear"), Word.CLEAR))
        if prompt.kind is Kind.LONG_TEXT:
            listed.append((N_("more"), Word.MORE))
            if self.edit_folder is not None:
                listed.append((EDITOR.word, Word.EDITOR))
        return listed

    def _help(self, prompt: Prompt) -> None:
        for paragraph in prompt.help:
            self._say(paragraph)
        sentences: dict[Meaning, str] = {
            Word.HELP: _("this explanation"),
            Word.CLEAR: _("leave the answer empty"),
            Word.MORE: _("add to the text that stands there"),
            Word.EDITOR: _(EDITOR.sentence),
            **{move: _(key.sentence) for move, key in MOVES.items()},
        }
        self._say(_("What you can type instead of an answer:"))
        for word, meaning in self._meanings(prompt):
            self._say(f"/{_(word).split()[0]}: {sentences[meaning]}")

    def _edit(self, prompt: Prompt, text: str) -> str:
        """Give the text as the person's editor left it; raises EditorFailed."""
        from stagekit.cli.prompts.editor import visit

        assert self.edit_folder is not None  # noqa: S101 - else the word is not offered
        return visit(text, self.edit_folder, prompt.changed, lambda: bool(self._signal))

    def _say(self, text: str) -> None:
        """Write a paragraph, its lines broken between words."""
        written = "\n".join(console.wrapped(line, "") for line in text.splitlines())
        if self._target is None:
            console.show(written)
        else:
            self._target.write(written + "\n")

    def _read(self, so_far: Callable[[str], None]) -> str:
        self._reading = True
        try:
            if self._signal:
                raise _Ended
            return self._lines.read(so_far)
        finally:
            self._reading = False

    def _on_signal(self, number: int) -> None:
        self._signal = number
        if self._reading:
            raise _Ended

    def _leave(self) -> None:
        try:
            self._open.close()
        finally:
            self.on_end()
        ending.leave(self._signal)


def _passing_words() -> set[str]:
    """Give the words of moves that come and go with what there is; nobody can know where they are text."""
    keys = (MOVES[Move.FEEDBACK], MOVES[Move.VERSIONS])
    return {f"/{word.split()[0].casefold()}" for key in keys for word in (key.word, _(key.word))}


class _Ended(Exception):
    """A signal asked to end."""
