"""One question on a page: which rows stand where, in a window of any size. Nothing here knows a terminal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from stagekit.cli.prompts import wrapping
from stagekit.cli.prompts.keys import HELP, Fragments, key_line, keys_of, name_of
from stagekit.cli.prompts.signs import Signs
from stagekit.i18n import _
from stagekit.interview.prompter import Prompt

MEASURE = 84
"""Columns of text at most; longer rows read badly."""

_ITEM = re.compile(r"\s*([-•·○●✓✗»]|\d+[.)])\s")
"""How an item of a list begins; its further rows are indented."""

ROOMY = 18
"""Rows from which there is room for blank ones."""

BODY = 4
"""Rows of the explanation for which the head of a page makes room."""


class Cursor(NamedTuple):
    """Where the cursor stands: column and row from 0."""

    x: int
    y: int


class Drawn(NamedTuple):
    """Rows with a cursor; `shown` tells whether it can be seen."""

    rows: list[Fragments]
    cursor: Cursor
    shown: bool = True


class Field(Protocol):
    """What a person works in: it draws itself in the rows it gets."""

    def wanted(self, width: int, height: int) -> int:
        """Give the rows it would fill in a window of that size."""

    def least(self, height: int) -> int:
        """Give the rows below which it cannot be used, in a window of `height` rows."""

    def draw(self, width: int, height: int) -> Drawn:
        """Give exactly `height` rows of at most `width` columns."""


@dataclass(slots=True)
class View:
    """What a page shows beside its field, and what was scrolled or opened."""

    prompt: Prompt
    signs: Signs = field(default_factory=Signs)
    notices: Sequence[tuple[str, str]] = ()
    """Style and paragraph of what was said since the last page."""
    message: str = ""
    refused: bool = False
    """Whether the message is about an answer that was not taken."""
    help_open: bool = False
    scrolled: int = 0
    """Rows of the explanation above its window."""
    overflows: bool = False
    """Whether the explanation did not fit when last drawn."""
    below: int = 0
    """Rows of the explanation below its window when last drawn."""
    window: int = 1
    """Rows of that window."""

    def scroll(self, pages: int) -> None:
        """Scroll the explanation; drawing keeps it within its bounds."""
        self.scrolled = max(0, self.scrolled + pages * max(1, self.window - 1))

    def open_help(self) -> None:
        """Open the help, go on to its next part, or close it after the last."""
        if self.help_open and self.below:
            self.scroll(1)
        else:
            self.help_open = not self.help_open
            self.scrolled = 0


def margin(width: int) -> int:
    """Give the blank columns left and right."""
    return 2 if width >= 60 else 1 if width >= 30 else 0


def compose(view: View, field_: Field, width: int, height: int) -> Drawn:
    """Put the page together in exactly `height` rows; the field and the keys always show."""
    edge = margin(width)
    inner = max(8, min(MEASURE, width - 2 * edge))
    foot = _foot(view, inner, width - 2 * edge, height)
    room = max(1, height - len(foot))
    least = min(room, field_.least(height))
    body = _body(view, inner)
    head = _head(view, inner, room - least, min(len(body), BODY), height >= ROOMY and not view.help_open)
    left = room - len(head)
    wanted = max(least, field_.wanted(inner, left))
    if len(body) + wanted > left:
        share = least if view.help_open or not body else left // 2
        wanted = max(least, min(wanted, share), min(wanted, left - len(body)))
    shown = _window(view, body, max(0, left - wanted), inner)
    drawn = field_.draw(inner, min(wanted, left))
    rows = head + shown + drawn.rows
    cursor = Cursor(drawn.cursor.x + edge, drawn.cursor.y + len(head) + len(shown))
    message, keys = foot[:-1], foot[-1]
    rows += message
    rows += [[] for _row in range(height - len(rows) - 1)]
    rows.append(keys)
    indented = [[("", " " * edge), *row] if row else row for row in rows[-height:]]
    return Drawn(indented, cursor, drawn.shown)


def _plain(text: str, style: str, width: int, indent: str = "") -> list[Fragments]:
    return [[(style, row)] if row else [] for row in wrapping.wrap(text, width, indent)]


def notice_rows(view: View, width: int) -> list[Fragments]:
    """Give what was said since the last page, each paragraph with the sign of its style."""
    rows: list[Fragments] = []
    signs = view.signs
    for style, paragraph in view.notices:
        sign = {"good": signs.good, "bad": signs.bad, "todo": signs.todo}.get(style, "")
        text = signs.fit(paragraph)
        if sign:
            first, *more = wrapping.wrap(text, width - 2) or [""]
            rows.append([(f"class:{style}", f"{sign} "), ("", first)])
            rows += [[("", f"  {row}")] for row in more]
        else:
            rows += _plain(text, f"class:{style}" if style else "", width)
    return rows


def _head(view: View, width: int, room: int, body: int, roomy: bool) -> list[Fragments]:
    """Give what says which question this is; in little room, from the least needed on, parts go."""
    heads = _heads(view, width, roomy)
    for rows, most in [*((head, room - body) for head in heads[:2]), *((head, room) for head in heads)]:
        if len(rows) <= most:
            return rows
    question = _plain(view.signs.fit(view.prompt.text), "class:question", width)
    if len(question) > room > 0:
        return [*question[: room - 1], [("class:question", view.signs.dots)]]
    return question[: max(0, room)]


def _heads(view: View, width: int, roomy: bool) -> list[list[Fragments]]:
    """Give ever shorter heads; the first two hold what was said since the last page."""
    prompt, signs = view.prompt, view.signs
    blank: list[Fragments] = [[]] if roomy else []
    said = notice_rows(view, width)
    crumb: list[Fragments] = []
    if prompt.breadcrumb:
        crumb = [[("class:crumb", _crumb(prompt.breadcrumb, signs, width))]]
    title = _title(view, width) if prompt.title else []
    question = _plain(signs.fit(prompt.text), "class:question", width)
    above = [*blank, *(said + blank if said else []), *(crumb + blank if crumb else [])]
    return [
        [*above, *title, *question, *blank],
        [*said, *crumb, *title, *question],
        [*crumb, *title, *question],
        [*title, *question],
    ]


def _crumb(text: str, signs: Signs, width: int) -> str:
    """Give where a question belongs; in little room its number stays, and the part it is in goes first."""
    steps = text.split(" › ")
    while len(steps) > 1 and wrapping.columns(signs.fit(" › ".join(steps))) > width:
        del steps[0]
    where, dot, number = signs.fit(" › ".join(steps)).rpartition(signs.fit(" · "))
    room = width - wrapping.columns(dot + number)
    if not where or room < 8:
        return wrapping.cut(where + dot + number, width, signs.dots)
    return wrapping.cut(where, room, signs.dots) + dot + number


def _title(view: View, width: int) -> list[Fragments]:
    prompt, signs = view.prompt, view.signs
    need = signs.fit(f" · {prompt.need}") if prompt.need else ""
    title = wrapping.cut(signs.fit(prompt.title), width, signs.dots)
    if wrapping.columns(title + need) <= width:
        return [[("class:title", title), ("class:need", need)]]
    below = wrapping.cut(signs.fit(prompt.need), width, signs.dots)
    return [[("class:title", title)], [("class:need", below)]]


def _body(view: View, width: int) -> list[Fragments]:
    """Give the explanation: why, the help where it is open, and what stands beside the question."""
    prompt, signs = view.prompt, view.signs
    rows: list[Fragments] = []
    if prompt.why:
        rows += [*_plain(signs.fit(prompt.why), "class:why", width), []]
    if view.help_open:
        rows += _barred(view, [*prompt.help, *key_help(view)], width)
    if prompt.aside:
        for paragraph in prompt.aside:
            indent = "  " if _ITEM.match(paragraph) else ""
            rows += _plain(signs.fit(paragraph), "", width, indent) or [[]]
        rows.append([])
    return rows


def _barred(view: View, paragraphs: Sequence[str], width: int) -> list[Fragments]:
    """Give paragraphs with a bar before each row, so that help looks like no part of the question."""
    rows: list[Fragments] = []
    for number, paragraph in enumerate(paragraphs):
        if number and not paragraph.startswith(" "):
            rows.append([("class:frame", view.signs.bar)])
        indent = "  " if paragraph.startswith(" ") else ""
        for row in wrapping.wrap(view.signs.fit(paragraph.strip()), width - 2 - len(indent)):
            rows.append([("class:frame", f"{view.signs.bar} "), ("", indent + row)])
    return [*rows, []]


def key_help(view: View) -> list[str]:
    """List every key of the page, one a paragraph; those after the first start with a blank."""
    keys = keys_of(view.prompt.kind, view.prompt.moves)
    lines = [f" {name_of(key, view.signs.arrows)}: {_(key.sentence)}" for key in keys]
    return [_("Keys. Hold Ctrl down while you press the letter:"), *lines]


def _window(view: View, body: list[Fragments], height: int, width: int) -> list[Fragments]:
    """Give the part of the explanation that fits, and say that there is more."""
    view.overflows, view.window, view.below = len(body) > height, height, 0
    if not view.overflows:
        view.scrolled = 0
        return body
    while body and not body[-1]:
        body.pop()
    if height < 2:
        return []
    view.scrolled = min(view.scrolled, max(0, len(body) - (height - 1)))
    part = body[view.scrolled : view.scrolled + height - 1]
    view.below = max(0, len(body) - view.scrolled - (height - 1))
    key = name_of(HELP, view.signs.arrows)
    if view.below:
        text = f"{view.signs.down} " + _("{key} shows more", key=key)
    else:
        text = f"{view.signs.up} " + _("{key} closes this", key=key)
    return [*part, [("class:frame", wrapping.cut(text, width, view.signs.dots))]]


def _foot(view: View, width: int, line_width: int, height: int) -> list[Fragments]:
    """Give the rows below the field: what does not fit, and the keys."""
    rows: list[Fragments] = []
    if view.message:
        sign, style = (view.signs.bad, "class:bad") if view.refused else (view.signs.pointer, "class:strong")
        first, *more = wrapping.wrap(view.signs.fit(view.message), width - 2) or [""]
        rows = [[(style, f"{sign} {first}")], *([(style, f"  {row}")] for row in more[:2])]
    if height >= ROOMY or not rows:
        rows = rows or [[]]
        rows += [[]] if height >= ROOMY else []
    if height < 8 and not view.message:
        rows = []
    keys = keys_of(view.prompt.kind, view.prompt.moves)
    return [*rows, key_line(keys, line_width, view.signs.arrows)]


def fits(view: View, field_: Field, width: int, height: int) -> bool:
    """Tell whether what was said since the last page shows above the question.

    That an answer was saved may go unsaid in a small window; anything else then needs a page of its own.
    """
    inner = max(8, min(MEASURE, width - 2 * margin(width)))
    said = len(notice_rows(view, inner))
    if said <= 2 and all(style in ("good", "quiet") for style, _text in view.notices):
        return True
    room = height - len(_foot(view, inner, width, height)) - min(height, field_.least(height))
    return said <= max(3, height // 3) and len(_heads(view, inner, height >= ROOMY)[1]) <= room
