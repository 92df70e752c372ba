"""Typst, set up so that the same data gives the same bytes on every machine, with nothing from outside.

Templates are compiled with data as JSON in `sys.inputs`; only the fonts that come along are used, and no
package, file or network. Where a text is in a script that those fonts lack (Chinese, Thai, Tigrinya …), and
only then, the fonts of this computer are looked through: better a name as it is written than its codes.
"""

import json
import re
import threading
from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from stagekit import resources
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.report.render.pdf_text import displayable, drawable, plainest, unknown

if TYPE_CHECKING:
    import typst

STANDARDS: "list[Literal['ua-1', 'a-2a']]" = ["ua-1", "a-2a"]
TIMESTAMP = 1_767_225_600
"""1 January 2026: archives ask for a date, and today's would make every file differ."""
_ARCHIVED: dict[str, Any] = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": TIMESTAMP}

_ATTEMPTS, _RUNGS = 8, 4
"""Compiles before giving up, most of them to name sequences one after the other; and the last of them."""
_NOTHING, _FORGETTING = "nothing.typ", 11
_NOT_SHOWN = re.compile(r'the (?:text|codepoint|disallowed codepoint)[^`\n]*`"((?:[^"\\\n]|\\.)+)"`')
_LETTERS, _MAX_LETTERS = "letters.typ", 2_000
"""The template that tries characters, and how many different ones it tries for one document."""
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_own = threading.local()
_found: dict[str, bool] = {}
"""Characters that the fonts that come along lack: whether one of this computer has them."""


class Fonts(Enum):
    """Which fonts a document is made with; the fewer, the less memory it takes."""

    OWN = "our own"
    USUAL = "those of Typst too"
    ALL = "those of this computer too"


def typeset(template: str, data: Any, drawings: Sequence[str] = ()) -> bytes:
    """Give the PDF that `template` makes of `data`, with `drawings` as SVG.

    Strings may hold anything; characters that no font can show appear as their code. Raises UserError,
    with nothing of the data in it, where Typst refuses all the same.
    """
    import typst

    document = json.dumps(data, ensure_ascii=False)
    also = elsewhere("".join([document, *drawings]))
    lacking: frozenset[str] = frozenset()
    rung, refusal = 0, ""
    for attempt in range(_ATTEMPTS):
        rung = max(rung, attempt - _ATTEMPTS + _RUNGS)
        try:
            shown = _shown(document, drawings, lacking, rung, also)
            return _pdf(template, *shown, system=bool(also))
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
    document: str, drawings: Sequence[str], lacking: frozenset[str], rung: int, also: frozenset[str]
) -> tuple[str, list[str]]:
    """Give document and drawings with what can be shown of them: on a higher rung less of what is rare."""
    figures = [displayable(drawable(svg, bare=rung > 0), lacking, also) for svg in drawings]
    if rung > 1:
        figures = [plainest(svg) for svg in figures]
    return plainest(document) if rung > 2 else displayable(document, lacking, also), figures


def elsewhere(text: str) -> frozenset[str]:
    """Give the characters of `text` for which this computer has a font and we have not."""
    wanted = unknown(text)
    new = sorted(wanted - _found.keys())[:_MAX_LETTERS]
    if new:
        missing = _missing(new)
        _found.update((each, each not in missing) for each in new)
    return frozenset(each for each in wanted if _found.get(each))


def _missing(letters: list[str]) -> frozenset[str]:
    """Give those of `letters` that no font shows; Typst names all of them at once."""
    import typst

    missing: frozenset[str] = frozenset()
    for _attempt in range(_ATTEMPTS):
        inputs = {"text": json.dumps([each for each in letters if each not in missing])}
        try:
            _compile(_LETTERS, inputs, Fonts.ALL, **_ARCHIVED)
        except typst.TypstError as error:
            more = frozenset("".join(_sequences(error))) - missing
            if not more:
                break
            missing |= more
        else:
            return missing
    return frozenset(letters)


def picture(template: str, svg: str, fonts: Fonts = Fonts.USUAL, **inputs: str) -> bytes:
    """Give the PNG that `template` makes of a drawing with `fonts`, or more where it needs them.

    One pixel a point.
    """
    also = elsewhere(svg)
    inputs["svg"] = displayable(drawable(svg), also=also)
    return _compile(template, inputs, Fonts.ALL if also else fonts, format="png", ppi=72)


def _pdf(template: str, document: str, figures: list[str], *, system: bool = False) -> bytes:
    inputs = {"document": document, "figures": json.dumps(figures, ensure_ascii=False)}
    return _compile(template, inputs, Fonts.ALL if system else Fonts.USUAL, **_ARCHIVED)


def _compile(template: str, inputs: dict[str, str], fonts: Fonts, **settings: Any) -> bytes:
    """Compile with this thread's own compiler, which remembers the template."""
    compilers: dict[str, typst.Compiler] = _own.__dict__
    name = f"{template}, {fonts}"
    if name in compilers:
        _forget(compilers)
    else:
        compilers[name] = _compiler(template, fonts)
    compiled = compilers[name].compile(sys_inputs=inputs, **settings)
    if not isinstance(compiled, bytes):
        raise TypeError("one document or picture was expected")
    return compiled


def _forget(compilers: "dict[str, typst.Compiler]") -> None:
    """Let Typst forget earlier documents: 150 MiB of ten of them become 80 MiB, in no time worth naming.

    It drops what none of its last ten compiles used. What the template itself needs is used every time.
    """
    if _NOTHING not in compilers:
        compilers[_NOTHING] = _compiler(_NOTHING, Fonts.OWN)
    for _compile_of_nothing in range(_FORGETTING):
        compilers[_NOTHING].compile(format="svg")


def _compiler(template: str, fonts: Fonts) -> "typst.Compiler":
    import typst

    folder = resources.templates_dir() / "typst"
    # From bytes instead of a file it would forget its template at the second document.
    return typst.Compiler(str(folder / template), root=str(folder), font_paths=_found_fonts(fonts))


@cache
def _found_fonts(fonts: Fonts) -> "typst.Fonts":
    import typst

    return typst.Fonts(
        include_system_fonts=fonts is Fonts.ALL,
        include_embedded_fonts=fonts is not Fonts.OWN,
        font_paths=[str(resources.templates_dir() / "typst" / "fonts")],
    )


def _sequences(error: "typst.TypstError") -> frozenset[str]:
    """List what Typst says it could not show; ASCII is never among it."""
    found = _NOT_SHOWN.findall(f"{error.message}\n{error.diagnostic}")
    texts = (_CODE.sub(lambda match: chr(int(match[1], 16)), text) for text in found)
    return frozenset(text for text in texts if not text.isascii())
