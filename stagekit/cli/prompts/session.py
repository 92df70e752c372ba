"""One question in the terminal: prompt_toolkit reads the keys and paints what the page composed."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import BufferControl, GetLinePrefixCallable, UIContent
from prompt_toolkit.selection import SelectionState

from stagekit.cli.prompts.keys import TEXT_KINDS, Fragments
from stagekit.cli.prompts.listfield import ListField, SearchField
from stagekit.cli.prompts.lists import Chooser
from stagekit.cli.prompts.page import Cursor, Drawn, Field, View, compose
from stagekit.cli.prompts.signs import Signs
from stagekit.cli.prompts.textfield import TextField, Written
from stagekit.cli.prompts.unsavable import savable, sentence_on
from stagekit.cli.prompts.wrapping import columns
from stagekit.i18n import _
from stagekit.interview.prompter import Given, Kind, Move, Prompt, Reply
from stagekit.model.text import refused_characters

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.output import ColorDepth, Output
    from prompt_toolkit.styles import BaseStyle

PAUSE = 0.5
"""Seconds without a key before a text is checked and a long one counted."""

UNDO_CHARACTERS = 20_000_000
"""Characters that all steps of undo may hold together."""


class WritingBuffer(Buffer):
    """A buffer whose undo has bounds, and whose redo survives moving the cursor."""

    _undone: str | None = None

    def save_to_undo_stack(self, clear_redo_stack: bool = True) -> None:
        """Remember the text as it is now."""
        super().save_to_undo_stack(clear_redo_stack and self.text != self._undone)
        most = max(20, UNDO_CHARACTERS // (len(self.text) + 1000))
        del self._undo_stack[:-most]

    def undo(self) -> None:
        """Go back one step."""
        super().undo()
        self._undone = self.text

    def redo(self) -> None:
        """Go forward again, unless something else was typed meanwhile."""
        if self.text == self._undone:
            super().redo()
            self._undone = self.text


class PageControl(BufferControl):
    """Shows a composed page, and lets the keys work on a buffer."""

    def __init__(self, buffer: Buffer, draw: Callable[[int, int], Drawn]) -> None:
        super().__init__(buffer=buffer, include_default_input_processors=False)
        self._draw = draw

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:  # noqa: ARG002
        """Give the rows of the page."""
        drawn = self._draw(width, height)
        rows = [[*row, ("", " ")] for row in drawn.rows]
        return UIContent(
            get_line=lambda number: list(rows[number]),
            line_count=len(rows),
            cursor_position=Point(_index(rows[drawn.cursor.y], drawn.cursor), drawn.cursor.y),
            show_cursor=drawn.shown,
        )

    def preferred_height(
        self, width: int, max_available_height: int, wrap_lines: bool,  # noqa: ARG002
        get_line_prefix: GetLinePrefixCallable | None,  # noqa: ARG002
    ) -> int | None:  # fmt: skip
        """Fill the window."""
        return max_available_height


def _index(row: Fragments, cursor: Cursor) -> int:
    """Give the number of characters before the cursor's column."""
    used = number = 0
    for char in "".join(text for _style, text in row):
        if used >= cursor.x:
            break
        used += columns(char)
        number += 1
    return number


class Session:
    """A question while it stands on the screen; an editor visit interrupts it and it goes on after."""

    def __init__(self, prompt: Prompt, signs: Signs, notices: Sequence[tuple[str, str]] = ()) -> None:
        self.prompt = prompt
        self.signs = signs
        self.view = View(prompt, signs, notices)
        initial = prompt.initial if isinstance(prompt.initial, str) and prompt.kind is not Kind.SEARCH else ""
        is_text = prompt.kind in TEXT_KINDS
        self.buffer = WritingBuffer(
            document=Document(initial if is_text else "", len(initial) if is_text else 0),
            multiline=prompt.kind is Kind.LONG_TEXT,
        )
        self.text = TextField(
            signs,
            several_lines=prompt.kind is Kind.LONG_TEXT,
            max_words=prompt.max_words,
            note=_("type to search") if prompt.kind is Kind.SEARCH else "",
        )
        if prompt.kind is Kind.TEXT and initial and initial == prompt.proposed:
            self._mark_all()
        self.chooser = Chooser(
            prompt.options, prompt.initial, prompt.kind is Kind.CHOICES, pointer=prompt.pointer
        )
        answered = prompt.kind in (Kind.CHOICE, Kind.SEARCH)
        numbers = prompt.kind is not Kind.SEARCH and not all(o.label.isdecimal() for o in prompt.options)
        self.list = ListField(self.chooser, signs, numbers=numbers, answered=answered)
        self.field = self._field()
        self.app: Application[Reply] | None = None
        self.failure: Exception | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.buffer.on_text_changed += lambda _buffer: self.guarded(self._changed)

    def _mark_all(self) -> None:
        """Mark what is only proposed: the first character typed takes its place, an arrow keeps it."""
        buffer = self.buffer
        buffer.selection_state = SelectionState(0)
        buffer.selection_state.enter_shift_mode()

    def _field(self) -> Field:
        if self.prompt.kind is Kind.SEARCH:
            return SearchField(self.text, self.list)
        return self.text if self.prompt.kind in TEXT_KINDS else self.list

    def run(
        self,
        keys: "KeyBindings",
        look: tuple["BaseStyle", "ColorDepth"],
        source: "Input | None",
        target: "Output | None",
    ) -> Reply:
        """Put the question until it is answered or left; raises EditorWanted, EOFError where input ended."""
        window = Window(PageControl(self.buffer, self._draw), wrap_lines=False)
        self.app = Application(
            layout=Layout(window), key_bindings=keys, style=look[0], color_depth=look[1],
            full_screen=True, input=source, output=target, include_default_pygments_style=False,
        )  # fmt: skip
        self.app.ttimeoutlen = 0.1
        try:
            return self.app.run(set_exception_handler=False)
        finally:
            self.app = None
            self._timer = None

    def _draw(self, width: int, height: int) -> Drawn:
        try:
            self.text.update(self._written())
            return compose(self.view, self.field, width, height)
        except Exception as error:  # inside the event loop it would go unseen
            self.fail(error)
            return Drawn([[] for _row in range(height)], Cursor(0, 0), shown=False)

    def _written(self) -> Written:
        document = self.buffer.document
        marked = document.selection_range() if self.buffer.selection_state else (0, 0)
        return Written(document.text, document.cursor_position, marked)

    # What keys do

    def leave(self, reply: Reply) -> None:
        """Come back with an answer or a move."""
        if self.app and self.app.future and not self.app.future.done():
            self.app.exit(result=reply)

    def end(self, error: BaseException) -> None:
        """Stop asking because of something outside the question."""
        if self.app and self.app.future and not self.app.future.done():
            self.app.exit(exception=error)

    def fail(self, error: Exception) -> None:
        """Stop asking because of an error in what was called here; the one who asked gets it."""
        self.failure = self.failure or error
        self.leave(Move.INTERRUPT)

    def accept(self) -> None:
        """Come back with the answer if it fits; else say what does not."""
        if self.prompt.kind in (Kind.TEXT, Kind.LONG_TEXT):
            text = self.buffer.text
            sentence = sentence_on(refused_characters(text)) or self.prompt.check(text)
            if sentence is None:
                self.leave(Given(text))
            else:
                self.say(sentence, refused=True)
            return
        taken = self.chooser.taken()
        if taken is None:
            return
        sentence = self.prompt.check(taken) if isinstance(taken, str) else None
        if sentence is None:
            self.leave(Given(taken))
        else:
            self.say(sentence, refused=True)

    def guarded(self, work: Callable[[], None]) -> None:
        """Do what a key asks for; an error ends the question."""
        try:
            work()
        except Exception as error:  # inside the event loop it would go unseen
            self.fail(error)

    def say(self, sentence: str, *, refused: bool = False) -> None:
        """Show a sentence below the field."""
        self.view.message = sentence
        self.view.refused = refused

    def toggle_help(self) -> None:
        """Open the explanation of this question, turn its page, or close it."""
        self.view.open_help()

    def replace(self, text: str) -> None:
        """Put another text in the field; undo brings the former one back."""
        if text != self.buffer.text:
            self.buffer.save_to_undo_stack()
            self.buffer.document = Document(text, len(text))

    # What typing does

    def _changed(self) -> None:
        text = self.buffer.text
        if self.prompt.kind is Kind.SEARCH:
            self.chooser.search(text)
            self.say("")
            return
        refused = refused_characters(text)
        self.prompt.changed(savable(text) if refused else text)
        if refused:
            self.say(sentence_on(refused) or "", refused=True)
        elif self.view.message:
            self.say(self.prompt.check(text) or "" if len(text) < 10_000 else "")
        if self._timer:
            self._timer.cancel()
        if self.app and self.app.loop:
            self._timer = self.app.loop.call_later(PAUSE, self.guarded, self._paused)

    def _paused(self) -> None:
        text = self.buffer.text
        self.text.count()
        if text.strip() and not self.view.message:
            self.say(self.prompt.check(text) or "")
        if self.app:
            self.app.invalidate()
