"""Printing: results to stdout, the rest to stderr; no control character of an answer reaches the terminal."""

import codecs
import os
import sys
from typing import TextIO

from stagekit.model.text import visible

_ASCII = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "•": "*",
    "✓": "v", "○": "o", "→": "->", "█": "#", "░": ".",
}  # fmt: skip

_CODES = {"good": "32", "todo": "33", "bad": "31", "strong": "1", "quiet": "2"}
"""Style to its ANSI code; every style also shows in words or signs, never by colour alone."""


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_ASCII.get(char, "?") for char in wrong), error.end


def prepare_streams() -> None:
    """Let a terminal that cannot show a character get a plainer one instead of an error."""
    codecs.register_error("stagekit-plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="stagekit-plainer")


def in_colour(stream: TextIO) -> bool:
    """Tell whether colours fit: a terminal, not dumb, and the user did not refuse them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def styled(text: str, style: str, stream: TextIO | None = None) -> str:
    """Give `text`, made harmless, in a style where the stream shows styles."""
    text = visible(text)
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if in_colour(stream or sys.stdout) else text


def show(text: str = "") -> None:
    """Print a result line whose own styles are already in it; escape user text by `visible` or `styled`."""
    sys.stdout.write(text + "\n")


def tell(text: str, style: str | None = None) -> None:
    """Print a message beside the result, made harmless."""
    sys.stderr.write((styled(text, style, sys.stderr) if style else visible(text)) + "\n")


def width() -> int:
    """Give the columns to fill: the terminal's, at most 100; 80 where there is none."""
    import shutil

    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, indent: str, first: str | None = None) -> str:
    """Break `text` into lines of the terminal's width, each indented; words are never cut."""
    import textwrap

    return textwrap.fill(
        visible(text), width(), initial_indent=indent if first is None else first, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def print_json(document: object) -> None:
    """Print one JSON document and nothing else."""
    import json

    sys.stdout.write(json.dumps(document, ensure_ascii=not _is_utf8(), indent=2) + "\n")


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").replace("-", "").lower() == "utf8"


def visible_path(file: os.PathLike[str]) -> str:
    """Write a path from the current folder where it lies below it, made harmless."""
    from pathlib import Path

    path = Path(file).resolve()
    here = Path.cwd()
    return visible(str(path.relative_to(here) if path.is_relative_to(here) else path))


def typed_path(file: os.PathLike[str]) -> str:
    """Write a path as one types it in a command, in quotes where a shell would take it for more words."""
    text = visible_path(file)
    if os.name == "nt":
        return f'"{text}"' if " " in text else text
    import shlex

    return shlex.quote(text)
