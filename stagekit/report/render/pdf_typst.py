"""Typst, set up so that the same data gives the same bytes on every machine, with nothing from outside.

Templates are compiled with data as JSON in `sys.inputs`; only the fonts that come along are used, and no
package, file or network.
"""

import json
import re
import threading
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from stagekit import resources
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.report.render.pdf_text import displayable, drawable, plainest

if TYPE_CHECKING:
    import typst

STANDARDS: "list[Literal['ua-1', 'a-2a']]" = ["ua-1", "a-2a"]
TIMESTAMP = 1_767_225_600
"""1 January 2026: archives ask for a date, and today's would make every file differ."""

_ATTEMPTS, _RUNGS = 8, 4
"""Compiles before giving up, most of them to name sequences one after the other; and the last of them."""
_NOTHING, _FORGETTING = "nothing.typ", 11
_NOT_SHOWN = re.compile(r'the (?:text|codepoint|disallowed codepoint)[^`\n]*`"((?:[^"\\\n]|\\.)+)"`')
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_own = threading.local()


def typeset(template: str, data: Any, drawings: Sequence[str] = ()) -> bytes:
    """Give the PDF that `template` makes of `data`, with `drawings` as SVG.

    Strings may hold anything; characters that no font can show appear as their code. Raises UserError,
    with nothing of the data in it, where Typst refuses all the same.
    """
    import typst

    document = json.dumps(data, ensure_ascii=False)
    lacking: frozenset[str] = frozenset()
    rung, refusal = 0, ""
    for attempt in range(_ATTEMPTS):
        rung = max(rung, attempt - _ATTEMPTS + _RUNGS)
        try:
            return _pdf(template, *_shown(document, drawings, lacking, rung))
        except typst.TypstError as error:
            refusal = str(error.message).partition("`")[0].strip()
            more = _sequences(error) - lacking
            lacking |= more
            rung += not more
    raise UserError(
        _("The PDF could not be made: Typst says “{refusal}”.", refusal=refusal),
        _("The other formats are not affected. Please report this, with the version of StageKit."),
    )


def _shown(
    document: str, drawings: Sequence[str], lacking: frozenset[str], rung: int
) -> tuple[str, list[str]]:
    """Give document and drawings with what can be shown of them: on a higher rung less of what is rare."""
    figures = [displayable(drawable(svg, bare=rung > 0), lacking) for svg in drawings]
    if rung > 1:
        figures = [plainest(svg) for svg in figures]
    return plainest(document) if rung > 2 else displayable(document, lacking), figures


def picture(template: str, svg: str, **inputs: str) -> bytes:
    """Give the PNG that `template` makes of a drawing, one pixel a point."""
    return _compile(template, {"svg": displayable(drawable(svg)), **inputs}, format="png", ppi=72)


def _pdf(template: str, document: str, figures: list[str]) -> bytes:
    inputs = {"document": document, "figures": json.dumps(figures, ensure_ascii=False)}
    return _compile(template, inputs, format="pdf", pdf_standards=STANDARDS, timestamp=TIMESTAMP)


def _compile(template: str, inputs: dict[str, str], **settings: Any) -> bytes:
    """Compile with this thread's own compiler, which remembers the template."""
    compilers: dict[str, typst.Compiler] = _own.__dict__
    if template in compilers:
        _forget(compilers)
    else:
        compilers[template] = _compiler(template)
    compiled = compilers[template].compile(sys_inputs=inputs, **settings)
    if not isinstance(compiled, bytes):
        raise TypeError("one document or picture was expected")
    return compiled


def _forget(compilers: "dict[str, typst.Compiler]") -> None:
    """Let Typst forget earlier documents: 150 MiB of ten of them become 80 MiB, in no time worth naming.

    It drops what none of its last ten compiles used. What the template itself needs is used every time.
    """
    if _NOTHING not in compilers:
        compilers[_NOTHING] = _compiler(_NOTHING)
    for _compile_of_nothing in range(_FORGETTING):
        compilers[_NOTHING].compile(format="svg")


def _compiler(template: str) -> "typst.Compiler":
    import typst

    folder = resources.templates_dir() / "typst"
    # From bytes instead of a file it would forget its template at the second document.
    return typst.Compiler(str(folder / template), root=str(folder), font_paths=_fonts())


@cache
def _fonts() -> "typst.Fonts":
    import typst

    folder = str(resources.templates_dir() / "typst" / "fonts")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _sequences(error: "typst.TypstError") -> frozenset[str]:
    """List what Typst says it could not show; ASCII is never among it."""
    found = _NOT_SHOWN.findall(f"{error.message}\n{error.diagnostic}")
    texts = (_CODE.sub(lambda match: chr(int(match[1], 16)), text) for text in found)
    return frozenset(text for text in texts if not text.isascii())
