"""How a page looks: the terminal's own colours, bold and underline; one ANSI colour as an accent.

Nothing is told by colour alone, and no grey: what reads well on black is lost on white.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionary import Style

_LOOK = {
    "crumb": "",
    "title": "bold underline",
    "need": "",
    "question": "bold",
    "why": "",
    "frame": "ansicyan",
    "pointer": "ansicyan bold",
    "highlighted": "bold",
    "selected": "bold noreverse",
    "instruction": "",
    "key": "bold",
    "strong": "bold",
    "good": "ansigreen",
    "todo": "",
    "bad": "bold ansired",
    "quiet": "",
    "marked": "reverse",
    "unsavable": "reverse bold",
}


def page_style() -> "Style":
    """Give the style of a page, in questionary's class names where it has one."""
    from questionary import Style

    return Style(list(_LOOK.items()))
