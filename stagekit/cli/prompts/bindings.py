"""What each key does on a page. Ours come before prompt_toolkit's own, which keep the usual editing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

from stagekit.cli.prompts.keys import DONE, EDITOR, HELP, MOVES, REDO, TEXT_KINDS, UNDO, Key
from stagekit.interview.prompter import Kind, Move

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

    from stagekit.cli.prompts.session import Session

_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n\n"})
"""What Word and PDF readers put between lines and pages."""


class EditorWanted(Exception):
    """The person asked for their own editor."""


class _Binder:
    """Adds keys; every one of ours is eager, so that no longer sequence makes a person wait."""

    def __init__(self, session: "Session") -> None:
        self.session = session
        self.bindings = KeyBindings()

    def on(self, *keys: str, undoable: bool = False) -> Callable[[Callable[["KeyPressEvent"], None]], None]:
        """Bind each of `keys`; `undoable` remembers the text first."""

        def bind(handler: Callable[["KeyPressEvent"], None]) -> None:
            def guarded(event: "KeyPressEvent") -> None:
                self.session.guarded(lambda: handler(event))

            for key in keys:
                self.bindings.add(key, eager=True, save_before=lambda _event: undoable)(guarded)

        return bind


def _ctrl(key: Key) -> str:
    return f"c-{key.name.lower()}"


def bindings_for(session: "Session") -> KeyBindings:
    """Give the keys of one question."""
    binder = _Binder(session)
    _bind_everywhere(binder, session)
    if session.prompt.kind in TEXT_KINDS:
        _bind_writing(binder, session)
    if session.prompt.kind is Kind.LONG_TEXT:
        _bind_long_text(binder, session)
    elif session.prompt.kind is Kind.TEXT:
        _bind_scrolling(binder, session)
    else:
        _bind_list(binder, session)
    return binder.bindings


def _bind_everywhere(binder: _Binder, session: "Session") -> None:
    binder.on("c-c", "c-d", "<sigint>")(lambda _event: session.leave(Move.INTERRUPT))
    binder.on(_ctrl(HELP), "f1")(lambda _event: session.toggle_help())
    binder.on(_ctrl(DONE))(lambda _event: session.accept())
    if session.prompt.kind is not Kind.LONG_TEXT:
        binder.on("c-m")(lambda _event: session.accept())
    for move, key in MOVES.items():
        if move in session.prompt.moves:
            binder.on(_ctrl(key))(lambda _event, move=move: session.leave(move))  # type: ignore[misc]
        else:
            binder.on(_ctrl(key))(_nothing)
    for key in (EDITOR, UNDO, REDO):
        binder.on(_ctrl(key))(_nothing)
    binder.on("c-x", "c-\\", "c-]", "c-^")(_nothing)


def _nothing(_event: "KeyPressEvent") -> None:
    """Take a key away from what it does elsewhere."""


def _bind_writing(binder: _Binder, session: "Session") -> None:
    buffer = session.buffer
    binder.on(_ctrl(UNDO), "c-_")(lambda _event: buffer.undo())
    binder.on(_ctrl(REDO))(lambda _event: buffer.redo())

    @binder.on(" ", undoable=True)
    def blank(_event: "KeyPressEvent") -> None:
        _replace_marked(session)
        buffer.insert_text(" ")

    # A word is one step of undo. Not eager: an eager `Any` would come before every other key.
    @binder.bindings.add(Keys.Any, save_before=_begins_step)
    def typed(event: "KeyPressEvent") -> None:
        _replace_marked(session)
        buffer.insert_text(event.data)

    @binder.on(Keys.BracketedPaste, undoable=True)
    def paste(event: "KeyPressEvent") -> None:
        text = event.data.replace("\r\n", "\n").translate(_LINE_ENDS)
        if session.prompt.kind is not Kind.LONG_TEXT:
            text = " ".join(text.split("\n")).strip()
        _replace_marked(session)
        buffer.insert_text(text)


def _begins_step(event: "KeyPressEvent") -> bool:
    before = event.previous_key_sequence
    return not event.is_repeat and not (before and before[-1].key == " ")


def _replace_marked(session: "Session") -> None:
    if session.buffer.selection_state:
        session.buffer.cut_selection()


def _bind_long_text(binder: _Binder, session: "Session") -> None:
    buffer, field = session.buffer, session.text

    def insert(text: str) -> Callable[["KeyPressEvent"], None]:
        def handler(_event: "KeyPressEvent") -> None:
            _replace_marked(session)
            buffer.insert_text(text)

        return handler

    def go(offset: Callable[[], int]) -> Callable[["KeyPressEvent"], None]:
        def handler(_event: "KeyPressEvent") -> None:
            buffer.exit_selection()
            buffer.cursor_position = offset()

        return handler

    def page(step: int) -> Callable[["KeyPressEvent"], None]:
        move = go(lambda: field.vertical(step * field.page()))

        def handler(event: "KeyPressEvent") -> None:
            if session.view.overflows:
                session.view.scroll(step)
            else:
                move(event)

        return handler

    binder.on("c-m", undoable=True)(insert("\n"))
    binder.on("c-i", undoable=True)(insert("\t"))
    binder.on("up")(go(lambda: field.vertical(-1)))
    binder.on("down")(go(lambda: field.vertical(1)))
    binder.on("home")(go(lambda: field.edge(end=False)))
    binder.on("end")(go(lambda: field.edge(end=True)))
    binder.on("c-home")(go(lambda: 0))
    binder.on("c-end")(go(lambda: len(buffer.text)))
    binder.on("pageup")(page(-1))
    binder.on("pagedown")(page(1))
    binder.on(_ctrl(EDITOR))(lambda _event: session.end(EditorWanted()))


def _bind_scrolling(binder: _Binder, session: "Session") -> None:
    binder.on("pageup")(lambda _event: session.view.scroll(-1))
    binder.on("pagedown")(lambda _event: session.view.scroll(1))
    binder.on("c-i", "s-tab", "up", "down")(_nothing)


def _bind_list(binder: _Binder, session: "Session") -> None:
    chooser, searching = session.chooser, session.prompt.kind is Kind.SEARCH

    def page(step: int) -> Callable[["KeyPressEvent"], None]:
        def handler(_event: "KeyPressEvent") -> None:
            if session.view.overflows:
                session.view.scroll(step)
            else:
                chooser.move(step * max(2, session.list.page))

        return handler

    binder.on("up", "s-tab")(lambda _event: chooser.move(-1))
    binder.on("down", "c-i")(lambda _event: chooser.move(1))
    binder.on("pageup")(page(-1))
    binder.on("pagedown")(page(1))
    if searching:
        return

    @binder.on(Keys.Any)
    def typed(event: "KeyPressEvent") -> None:
        session.say("")
        if event.data in set("0123456789"):
            chooser.digit(event.data)
        elif event.data == " " and chooser.several:
            chooser.toggle()
        elif event.data == "?":
            session.toggle_help()

    binder.on("home")(lambda _event: chooser.move(-len(chooser.listed) - 1))
    binder.on("end")(lambda _event: chooser.move(len(chooser.listed) + 1))
    binder.on(Keys.BracketedPaste, "left", "right", "backspace", "delete")(_nothing)
