"""The prompter of a terminal: one question, one page."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from stagekit.cli import console
from stagekit.cli.prompts import ending
from stagekit.cli.prompts.signs import Signs, signs_for
from stagekit.i18n import _
from stagekit.interview.prompter import Kind, Move, Option, Prompt, Reply

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import ColorDepth, Output
    from prompt_toolkit.styles import BaseStyle

    from stagekit.cli.prompts.session import Session

_MARKS = ("✓ ", "○ ", "· ")
"""What a line of a list begins with; what follows stands behind it."""

_HUNG_UP = 1
"""The signal of a closed window, SIGHUP, also where the system has none."""


class _HeldScreen:
    """An output that stays on the page between two questions, so that nothing flickers."""

    def __init__(self, output: "Output") -> None:
        self._output = output
        self.entered = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._output, name)

    def enter_alternate_screen(self) -> None:
        """Go to the page, or to its begin when there already."""
        if self.entered:
            self._output.cursor_goto(0, 0)
        else:
            self._output.enter_alternate_screen()
            self.entered = True

    def quit_alternate_screen(self) -> None:
        """Stay; `release` leaves."""

    def release(self) -> None:
        """Give the person's own screen back."""
        if self.entered:
            self.entered = False
            self._output.quit_alternate_screen()
            self._output.flush()


class TerminalPrompter:
    """Asks on a page of its own in the terminal; to be used in a `with`, which gives the screen back.

    `edit_folder` is where the copy for the person's editor stands, inside the portfolio; without one no
    editor is offered. `on_end` is called when the program has to end because of a signal or a closed window,
    after `changed` got the last text. Both may be set later.
    """

    def __init__(
        self,
        edit_folder: Path | None = None,
        on_end: Callable[[], None] = lambda: None,
        *,
        source: "Input | None" = None,
        target: "Output | None" = None,
    ) -> None:
        self.edit_folder = edit_folder
        self.on_end = on_end
        self._source = source
        self._target = target
        self._screen: _HeldScreen | None = None
        self._look: tuple[BaseStyle, ColorDepth] | None = None
        self._signs = Signs()
        self._session: Session | None = None
        self._notices: list[tuple[str, str]] = []
        self._signal = 0
        self._open = ExitStack()
        self._held = ExitStack()
        self._holding = False

    def __enter__(self) -> "TerminalPrompter":
        """Stand ready to end in order."""
        self._open.enter_context(ending.on_signal(self._on_signal))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the screen back, and print what was said since the last page."""
        self.close()

    def close(self) -> None:
        """Give the screen back, and print what was said since the last page; a second time does nothing."""
        self._open.close()
        self._release()
        notices, self._notices = self._notices, []
        for style, paragraph in notices:
            for line in paragraph.splitlines():
                shown = console.wrapped(line, "  " * line.startswith(_MARKS), "")
                console.show(console.styled(shown, style) if style else shown)

    def show(self, *paragraphs: str, style: str = "") -> None:
        """Show paragraphs at the head of the next page, or on leaving."""
        self._notices += [(style, paragraph) for paragraph in paragraphs]

    def ask(self, prompt: Prompt) -> Reply:
        """Put one question; comes back with an answer that `check` accepts, or with a move."""
        self._prepare()
        notices, self._notices = self._notices, []
        if notices and not self._fit(prompt, notices):
            reply = self._put(_reading(notices, self._signs))
            if isinstance(reply, Move):
                return reply
            notices = []
        return self._put(prompt, notices)

    def _fit(self, prompt: Prompt, notices: Sequence[tuple[str, str]]) -> bool:
        from stagekit.cli.prompts.page import fits
        from stagekit.cli.prompts.session import Session

        assert self._screen is not None  # noqa: S101 - made by _prepare
        size = self._screen.get_size()
        session = Session(prompt, self._signs, notices)
        return fits(session.view, session.field, size.columns, size.rows)

    def _prepare(self) -> None:
        """Make what all questions share, at the first of them."""
        if self._screen is not None:
            return
        import atexit

        from prompt_toolkit.input import create_input
        from prompt_toolkit.output import ColorDepth, create_output

        from stagekit.cli.prompts.styles import page_style

        output = create_output(sys.stdout) if self._target is None else self._target
        if self._source is None:
            self._source = create_input(sys.stdin)
        encoding = "utf-8" if os.name == "nt" else output.encoding()
        self._signs = signs_for(encoding)
        plain = bool(os.environ.get("NO_COLOR"))
        self._look = (page_style(), ColorDepth.DEPTH_1_BIT if plain else ColorDepth.DEPTH_4_BIT)
        self._screen = _HeldScreen(output)
        atexit.register(self.close)

    def _hold(self) -> None:
        """Let every key wait for a page, also between two: none stops the terminal, shows or interrupts."""
        if self._source is not None and not self._holding:
            self._held.enter_context(self._source.raw_mode())
            self._holding = True

    def _release(self) -> None:
        """Give the person's own screen and keys back."""
        if self._screen:
            self._screen.release()
        self._held.close()
        self._holding = False

    def _put(self, prompt: Prompt, notices: Sequence[tuple[str, str]] = ()) -> Reply:
        from stagekit.cli.prompts.bindings import EditorWanted
        from stagekit.cli.prompts.session import Session

        self._session = session = Session(prompt, self._signs, notices)
        try:
            while True:
                try:
                    return self._run(session)
                except EditorWanted:
                    self._visit_editor(session)
        finally:
            self._session = None

    def _run(self, session: "Session") -> Reply:
        """Run the page; a signal or a closed window ends the program from here."""
        from stagekit.cli.prompts.bindings import bindings_for

        assert self._look is not None  # noqa: S101 - made by _prepare
        if self._signal:
            self._leave()
        self._hold()
        try:
            keys = bindings_for(session)
            reply = session.run(keys, self._look, self._source, self._screen)  # type: ignore[arg-type]
        except _Ended:
            self._leave()
        except (EOFError, OSError):
            self._signal = self._signal or _HUNG_UP
            self._leave()
        if self._signal:
            self._leave()
        if session.failure is not None:
            raise session.failure
        return reply

    def _on_signal(self, number: int) -> None:
        """End the question on the screen, or the next one where none is."""
        self._signal = number
        session = self._session
        if session is not None and session.app is not None and session.app.loop is not None:
            session.app.loop.call_soon_threadsafe(session.end, _Ended())

    def _leave(self) -> None:
        try:
            self._notices.clear()
            self.close()
        except OSError:
            pass
        finally:
            self.on_end()
        ending.leave(self._signal)

    def _visit_editor(self, session: "Session") -> None:
        from stagekit.cli.prompts.editor import EditorFailed, visit

        if self.edit_folder is None:
            return
        self._release()
        hint = _("Your text is open in your editor. Save it and close the editor to come back here.")
        console.show(console.wrapped(hint, ""))
        sys.stdout.flush()
        try:
            text = visit(
                session.buffer.text, self.edit_folder, session.prompt.changed, lambda: bool(self._signal)
            )
        except EditorFailed as error:
            session.say(f"{error.message} {error.next_step}".strip(), refused=True)
            return
        session.say("")
        session.replace(text)


class _Ended(Exception):
    """A signal asked to end."""


def _reading(notices: Sequence[tuple[str, str]], signs: Signs) -> Prompt:
    """Make a page to read of what does not fit above a question."""
    marks = {"good": signs.good, "bad": signs.bad, "todo": signs.todo}
    paragraphs: list[str] = []
    for style, text in notices:
        paragraphs += [f"{marks[style]} {text}" if style in marks else text, ""]
    options = (Option("on", _("Go on")),)
    return Prompt(kind=Kind.MENU, title="", text="", aside=tuple(paragraphs[:-1]), options=options, moves=())
