"""The keys of every page, and the one line that shows them.

Ctrl with a letter is what Windows Terminal, macOS, GNOME and ssh all pass on. Function keys need Fn on
a Mac or open a menu in GNOME, Alt toggles the full screen on Windows, Esc alone is the start of other
keys. G is nano's help; S, Q, Z and Y mean here what they mean everywhere.
"""

from dataclasses import dataclass, replace

from stagekit.cli.prompts.wrapping import columns
from stagekit.i18n import N_, _
from stagekit.interview.prompter import Kind, Move

Fragments = list[tuple[str, str]]
"""Pieces of a row: style and text."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its name (a letter goes with Ctrl), its word in the line, its sentence in the help.

    Keys of a low `rank` stay in the line when it gets narrow.
    """

    name: str
    word: str
    sentence: str
    rank: int

    @property
    def with_ctrl(self) -> bool:
        """Tell whether it is pressed together with Ctrl."""
        return len(self.name) == 1


TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.SEARCH})
"""The kinds one writes at."""

HELP = Key("G", N_("help"), N_("more about this question, and all keys"), 1)
DONE = Key("S", N_("done"), N_("you are done with this answer"), 0)
EDITOR = Key("E", N_("editor"), N_("write in your own text editor"), 6)
UNDO = Key("Z", N_("undo"), N_("take back what you typed last"), 8)
REDO = Key("Y", N_("redo"), N_("bring back what you took back"), 9)

MOVES = {
    Move.BACK: Key("B", N_("back"), N_("to the question before this one"), 2),
    Move.SKIP: Key("N", N_("skip"), N_("leave this question for later"), 4),
    Move.JUMP: Key("O", N_("overview"), N_("to another question or another part"), 5),
    Move.VERSIONS: Key("R", N_("earlier"), N_("earlier versions of this answer"), 7),
    Move.FEEDBACK: Key("T", N_("feedback"), N_("answer the feedback on this question, or mark it done"), 5),
    Move.STOP: Key("Q", N_("stop"), N_("stop for now; everything stays saved"), 3),
}

_ARROWS = "arrows"
_TICK = Key(N_("Space"), N_("tick"), N_("tick an option, or take the tick away"), 0)

ACCEPT = {
    Kind.TEXT: (Key("Enter", N_("next"), N_("on to the next question"), 0),),
    Kind.LONG_TEXT: (DONE,),
    Kind.CHOICE: (Key(_ARROWS, N_("move"), N_("to another option; its number works too"), 10),
                  Key("Enter", N_("choose"), N_("take the option pointed at"), 0)),
    Kind.CHOICES: (Key(_ARROWS, N_("move"), N_("to another option; its number works too"), 10),
                   _TICK, Key("Enter", N_("next"), N_("on to the next question"), 0)),
    Kind.SEARCH: (Key(_ARROWS, N_("move"), N_("to another option"), 10),
                  Key("Enter", N_("choose"), N_("take the option pointed at"), 0)),
    Kind.MENU: (Key(_ARROWS, N_("move"), N_("to another option; its number works too"), 10),
                Key("Enter", N_("choose"), N_("take the option pointed at"), 0)),
}  # fmt: skip


def keys_of(kind: Kind, moves: tuple[Move, ...]) -> list[Key]:
    """List the keys that work at a prompt, in the order they are shown."""
    found = [*ACCEPT[kind], HELP, *(MOVES[move] for move in moves if move in MOVES)]
    if kind is Kind.LONG_TEXT:
        found += [EDITOR, UNDO, REDO]
    return found


def key_line(keys: list[Key], width: int, arrows: str) -> Fragments:
    """Write the keys in one row of `width` columns: in full, else with one `Ctrl+` for all, else fewer."""
    shown = [key for key in keys if key not in (UNDO, REDO)]
    while True:
        for line in (_each(shown, arrows, "   "), _in_short(shown, arrows)):
            if sum(columns(text) for _style, text in line) <= width or len(shown) == 1:
                return line
        least_needed = max(shown, key=lambda key: key.rank)
        if least_needed is HELP:
            return _in_short([replace(key, word="") if key.name == "Enter" else key for key in shown], arrows)
        shown.remove(least_needed)


def name_of(key: Key, arrows: str) -> str:
    """Give the name of a key as it is written in full."""
    if key.with_ctrl:
        return f"Ctrl+{key.name}"
    return (arrows or _("arrows")) if key.name == _ARROWS else _(key.name)


def _each(keys: list[Key], arrows: str, gap: str) -> Fragments:
    """Write each key with its whole name."""
    line: Fragments = []
    for key in keys:
        word = f" {_(key.word)}" if key.word else ""
        line += [("", gap if line else ""), ("class:key", name_of(key, arrows)), ("", word)]
    return line


def _in_short(keys: list[Key], arrows: str) -> Fragments:
    """Write `Ctrl+` once for all letters."""
    letters = [key for key in keys if key.with_ctrl]
    if len(letters) < 2:
        return _each(keys, arrows, "  ")
    line = _each([key for key in keys if not key.with_ctrl], arrows, "  ")
    line += [("", "  " if line else ""), ("class:key", "Ctrl+")]
    for number, key in enumerate(letters):
        line += [("", "  " if number else " "), ("class:key", key.name), ("", f" {_(key.word)}")]
    return line
