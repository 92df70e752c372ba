"""WordprocessingML from words: whatever is typed becomes the text of runs, never markup or a field."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from stagekit.model.text import visible
from stagekit.report.tree import Emphasis, Inlines, LineBreak, Link, Plain, Strong, words

Properties: TypeAlias = tuple[tuple[str, str], ...]
"""Children of a `w:pPr` or `w:rPr`: name without prefix, and the element as XML."""

_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_IN_PATH = "/:@!$&'()*+,;=%~"
_MAX_TARGET = 2_000


class Runs(str):
    """XML that may stand inside a paragraph."""

    __slots__ = ()


class Blocks(str):
    """XML that may stand between paragraphs."""

    __slots__ = ()


class Format(NamedTuple):
    """How a paragraph and its runs look: what a placeholder in a template had, or a style."""

    paragraph: Properties = ()
    run: Properties = ()

    def with_paragraph(self, *more: tuple[str, str]) -> "Format":
        """Give this format with further paragraph properties, which win."""
        return Format(merged(self.paragraph, more), self.run)

    def with_run(self, *more: tuple[str, str]) -> "Format":
        """Give this format with further run properties, which win."""
        return Format(self.paragraph, merged(self.run, more))


PLAIN = Format()
BOLD = (("b", "<w:b/>"), ("bCs", "<w:bCs/>"))
ITALIC = (("i", "<w:i/>"), ("iCs", "<w:iCs/>"))
_RTL_RUN = ("rtl", "<w:rtl/>")
_BIDI = ("bidi", "<w:bidi/>")


def merged(base: Properties, more: Iterable[tuple[str, str]]) -> Properties:
    """Give `base` with `more` in its place or added."""
    return tuple((dict(base) | dict(more)).items())


@lru_cache(maxsize=2_000)
def _ordered(properties: Properties, order: str) -> str:
    names = _PARAGRAPH_ORDER if order == "pPr" else _RUN_ORDER
    places = {name: index for index, name in enumerate(names.split())}
    inner = "".join(xml for _name, xml in sorted(properties, key=lambda each: places.get(each[0], 99)))
    return f"<w:{order}>{inner}</w:{order}>" if inner else ""


def escape(text: str) -> str:
    """Escape for XML, text or attribute; a character XML forbids is shown by its name."""
    clean = visible(text)
    if "&" in clean or "<" in clean or ">" in clean:
        clean = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clean.replace('"', "&quot;") if '"' in clean else clean


def style(kind: str, id_: str | None) -> Properties:
    """Name a style: `pStyle` or `rStyle`; nothing where the template does not have it."""
    return ((kind, f'<w:{kind} w:val="{escape(id_)}"/>'),) if id_ else ()


def paragraph(content: str, format: Format = PLAIN, *, rtl: bool = False) -> str:
    """Put runs into a paragraph, which reads from right to left where `rtl`."""
    properties = merged(format.paragraph, (_BIDI,)) if rtl else format.paragraph
    return f"<w:p>{_ordered(properties, 'pPr')}{content}</w:p>"


def run(text: str, properties: Properties = ()) -> str:
    """Put words into a run, or several where the direction of the script changes; a line end is a break."""
    if not _RTL.search(text):
        return _run(text, properties)
    rtl = merged(properties, (_RTL_RUN,))
    return "".join(_run(part, rtl if right else properties) for part, right in _directions(text))


def _run(text: str, properties: Properties) -> str:
    inner = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(text).split("\n"))
    return f'<w:r>{_ordered(properties, "rPr")}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def special(inner: str, properties: Properties = ()) -> str:
    """Put an element of ours, such as `<w:tab/>`, into a run."""
    return f"<w:r>{_ordered(properties, 'rPr')}{inner}</w:r>"


def field(instruction: str, shown: str = "", properties: Properties = ()) -> str:
    """Write a field of ours; `instruction` never holds a word of a user."""
    begin, middle, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    code = f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'
    result = run(shown, properties) if shown else ""
    return "".join(
        [*(special(part, properties) for part in (begin, code, middle)), result, special(end, properties)]
    )


def _directions(text: str) -> list[tuple[str, bool]]:
    """Cut words where right-to-left script begins and ends; signs between two such words go with them."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in re.finditer(rf"{_RTL.pattern}(?:[^A-Za-z\u00c0-\u024f0-9]*{_RTL.pattern})*", text):
        last = match.end()
        while last < len(text) and unicodedata.category(text[last])[0] == "M":
            last += 1
        if match.start() > end:
            parts.append((text[end : match.start()], False))
        parts.append((text[max(end, match.start()) : last], True))
        end = last
    if end < len(text):
        parts.append((text[end:], False))
    return parts


def reads_rtl(text: str) -> bool:
    """Tell whether the first letter with a direction is one of a script read from right to left."""
    if not _RTL.search(text):
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


class Links:
    """Relationships for the addresses a part links to: an id for each, the same for the same address."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def id(self, target: str) -> str | None:
        """Give the relationship of an address, None for one that Word would call damaged."""
        address = _address(target)
        if address is None:
            return None
        return self.ids.setdefault(address, f"rIdLink{len(self.ids) + 1}")


def _address(target: str) -> str | None:
    """Give the address with only the signs an address may have, None where it is none."""
    from urllib.parse import quote, urlsplit

    def clean(text: str, safe: str) -> str:
        return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(text, safe=safe))

    scheme, _colon, rest = target.partition(":")
    if scheme.lower() == "mailto" and rest:
        address = "mailto:" + clean(rest, "@!$&'()*+,;=:/?%~")
        return address if len(address) <= _MAX_TARGET else None
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    address = f"{parts.scheme}://{host}{port}{clean(parts.path, _IN_PATH)}"
    address += f"?{clean(parts.query, _IN_PATH + '?')}" if parts.query else ""
    address += f"#{clean(parts.fragment, _IN_PATH + '?')}" if parts.fragment else ""
    return address if len(address) <= _MAX_TARGET else None


def runs(pieces: Inlines, properties: Properties = (), links: Links | None = None,
         link_style: Properties = ()) -> str:  # fmt: skip
    """Write inline pieces; without `links` (as in a header) a link is its words."""
    out: list[str] = []
    for piece in pieces:
        match piece:
            case Plain():
                out.append(run(piece.text, properties))
            case LineBreak():
                out.append(special("<w:br/>", properties))
            case Emphasis():
                out.append(runs(piece.children, merged(properties, ITALIC), links, link_style))
            case Strong():
                out.append(runs(piece.children, merged(properties, BOLD), links, link_style))
            case Link():
                out.append(_link(piece, properties, links, link_style))
    return "".join(out)


def _link(piece: Link, properties: Properties, links: Links | None, link_style: Properties) -> str:
    id_ = links.id(piece.target) if links is not None else None
    if id_ is None:
        return runs(piece.children, properties)
    inner = runs(piece.children, merged(properties, link_style))
    return f'<w:hyperlink r:id="{id_}" w:history="1">{inner}</w:hyperlink>'


def inline_paragraph(pieces: Inlines, format: Format, links: Links | None, link_style: Properties) -> str:
    """Write inline pieces as a paragraph of their own."""
    content = runs(pieces, format.run, links, link_style)
    return paragraph(content, format, rtl=reads_rtl(words(pieces)))
