"""The signs of our pages, with ASCII ones for terminals that cannot show others."""

import os
from collections.abc import Mapping

from stagekit.model.record import record_in_order

_PLAINER = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "•": "*",
    "✓": "v", "○": "o", "●": "x", "→": "->", "←": "<-", "↔": "<->", "›": ">", "»": ">", "«": "<",
    "↑": "^", "↓": "v",
}  # fmt: skip


@record_in_order
class Signs:
    """The signs a page is drawn with; `encoding` is what the terminal is written in."""

    encoding: str = "utf-8"
    pointer: str = "»"
    ticked: str = "●"
    unticked: str = "○"
    dots: str = "…"
    bad: str = "✗"
    good: str = "✓"
    todo: str = "○"
    arrows: str = "↑↓"
    up: str = "▲"
    down: str = "▼"
    bar: str = "│"
    corners: str = "╭╮╰╯"
    line: str = "─"

    def fit(self, text: str) -> str:
        """Give `text` in characters that the terminal can show; the rest plainer."""
        if self.encoding == "utf-8":
            return text
        return "".join(self._plainer(char) for char in text) if not text.isascii() else text

    def _plainer(self, char: str) -> str:
        try:
            char.encode(self.encoding)
        except UnicodeEncodeError:
            return _PLAINER.get(char, "?")
        return char


def signs_for(encoding: str | None, environment: Mapping[str, str] = os.environ) -> Signs:
    """Choose the signs: full ones in UTF-8, ASCII where the encoding is older or the locale is C."""
    name = (encoding or "ascii").lower().replace("_", "-")
    locale = next((environment[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(key)), "")
    if name in {"utf-8", "utf8"} and locale not in {"C", "POSIX"}:
        return Signs()
    return Signs(
        encoding="ascii" if name in {"utf-8", "utf8"} else name,
        pointer=">", ticked="x", unticked="o", dots="...", bad="!", good="v", todo="o", arrows="",
        up="^", down="v", bar="|", corners="++++", line="-",
    )  # fmt: skip
