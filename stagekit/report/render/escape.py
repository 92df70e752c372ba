"""Words into Markdown: escaped where a viewer would read a sign as a mark, else as typed.

`#maatwerk`, `0123456` and `100% "welkom"` keep their form; `# kop`, `<b>`, `![x](y)`, `&copy;` get the
backslash that makes every CommonMark and GFM viewer show the signs themselves.
"""

import re
import unicodedata

from stagekit.report.tree import Emphasis, Inline, Inlines, LineBreak, Link, Plain, Strong, words

START = "\n"
"""Stands before words that begin a line, and behind those that end one."""

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SIGNS = re.compile(r"[\\`*_<&~$!\[\]|@:]|(?<![^\W_])www\.", re.IGNORECASE)
_ANY_SIGN = re.compile(r"[\\`*_<&~$!\[\]|@:]")
_HASHES_AT_THE_END = re.compile(r"(?<!\S)(#+)$")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TASK = re.compile(r"\[[ xX]\]")
_LINE_START = re.compile(r"[#>]|[-+](?=[ |:-]|$)|[|:](?=[ |:-]|$)|=(?=[= ]|$)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?= |$)")
_AUTOLINK = re.compile(r"https?://[A-Za-z0-9:/?#@!$'()*+,;=._~%-]+")
_VAGUE = frozenset({"click here", "here", "link", "more"})
"""Link words a reader of a list of links gets nothing from; the address is shown behind them."""


class Markdown(str):
    """Markdown that is safe to put into a document as it stands."""

    __slots__ = ()


def escape(
    text: str, before: str = START, after: str = START, *, cell: bool = True, label: bool = False
) -> Markdown:
    """Escape words that stand between `before` and `after` (a character each).

    `cell`: they may stand in a table, where `|` ends a cell; `label`: they stand in a link's brackets.
    """
    escaped = text
    if _ANY_SIGN.search(text) or "www." in text.lower():
        escaped = _with_signs(text, before, after, cell=cell, label=label)
    if before == START:
        escaped = _NUMBER.sub(r"\1\\\2", escaped, count=1) if _NUMBER.match(escaped) else escaped
        escaped = "\\" + escaped if _LINE_START.match(escaped) else escaped
    return Markdown(escaped)


def _with_signs(text: str, before: str, after: str, *, cell: bool, label: bool) -> str:
    def sign(match: re.Match[str]) -> str:
        found, index = match.group(), match.start()
        if len(found) > 1:
            return found[:3] + "\\."
        previous = text[index - 1] if index else before
        following = text[index + 1] if index + 1 < len(text) else after
        rest = text[index : index + 40]
        if found in "[]":
            marks = label or _bracket(found, previous, following, rest)
        elif found == "|":
            marks = cell
        else:
            marks = _marks(found, previous, following, text, index)
        return "\\" + found if marks else found

    return _SIGNS.sub(sign, text)


def escape_line(text: str) -> Markdown:
    """Escape words that fill a line by themselves, a heading included, where `#` at the end is left out."""
    line = escape(" ".join(text.split()))
    return Markdown(_HASHES_AT_THE_END.sub(r"\\\1", line)) if line[-1:] == "#" else line


def _marks(found: str, previous: str, following: str, text: str, index: int) -> bool:
    """Tell whether a viewer could read `found` as a mark here."""
    match found:
        case "\\":
            return following in _PUNCTUATION or following == START
        case "_":
            return not (previous.isalnum() and following.isalnum())
        case "<":
            return following.isalpha() or following in "/!?*[<" or following == START
        case "&":
            return _ENTITY.match(text, index) is not None
        case "~" | "$":
            return not (previous.isspace() and following.isalnum())
        case "!":
            return following == "[" and index + 1 == len(text)
        case "@":
            return following.isalnum() and (previous.isalnum() or previous in "._+-")
        case ":":
            scheme = text[max(0, index - 5) : index].lower()
            return text.startswith("//", index + 1) and scheme.endswith(("http", "https", "ftp"))
        case _:
            return True


def _bracket(found: str, previous: str, following: str, rest: str) -> bool:
    if found == "]":
        return following in "([:"
    return following == "^" or previous == ")" or (previous == START and _TASK.match(rest) is not None)


def inline(pieces: Inlines, before: str = START, after: str = START, *, cell: bool = False) -> Markdown:
    """Write inline pieces that stand between `before` and `after`; on one line where `cell` is true."""
    return Markdown(_run(pieces, before, after, cell=cell, inside=None))


def _run(pieces: Inlines, before: str, after: str, *, cell: bool, inside: Inline | None) -> str:
    out = ""
    for index, piece in enumerate(pieces):
        previous = out[-1:] or before
        rest = pieces[index + 1 :]
        following = _first(rest[0], piece) if rest else after
        match piece:
            case Plain():
                text = piece.text.lstrip(" ") if previous == START else piece.text
                out += escape(text, previous, following, cell=cell, label=isinstance(inside, Link))
            case LineBreak():
                out += " " if cell else "\\\n"
            case Link():
                out += _link(piece, previous, cell=cell)
            case _:
                touching = previous == "*" and not (index == 0 and inside is not None)
                out += _span(piece, previous, following, cell=cell, touching=touching, inside=inside)
    return out


def _first(piece: Inline, previous: Inline) -> str:
    """Give the sign that `piece` begins with; the second of two spans that touch is written without marks."""
    match piece:
        case Plain():
            return piece.text[:1]
        case LineBreak():
            return "\\"
        case Link():
            return "["
        case _:
            return words((piece,))[:1] if isinstance(previous, Emphasis | Strong) else "*"


def _span(piece: Emphasis | Strong, before: str, after: str, *, cell: bool, touching: bool,
          inside: Inline | None) -> str:  # fmt: skip
    """Write emphasis; only the words where a viewer would not read the marks as such."""
    marker = "**" if isinstance(piece, Strong) else "*"
    within = inside if isinstance(inside, Link) else piece
    content = _run(piece.children, "*", "*", cell=cell, inside=within)
    edges = ((before, content.lstrip("*")[:1]), (after, content.rstrip("*")[-1:]))
    nested = any(isinstance(each, Emphasis | Strong) for each in (inside, *piece.children))
    fits = _one_way if nested else _joins
    if not touching and all(fits(outside, edge) for outside, edge in edges):
        return f"{marker}{content}{marker}"
    # What follows may yet turn out to be a mark, and a backslash before it would take it away.
    after = after if after in {"[", START} else "*"
    return _run(_unmarked(piece.children), before, after, cell=cell, inside=inside)


def _unmarked(pieces: Inlines) -> Inlines:
    """Leave out emphasis; links and line breaks stay."""
    out: list[Inline] = []
    for piece in pieces:
        match piece:
            case Emphasis() | Strong():
                out.extend(_unmarked(piece.children))
            case Link():
                out.append(Link(piece.target, _unmarked(piece.children)))
            case _:
                out.append(piece)
    return tuple(out)


def _joins(outside: str, edge: str) -> bool:
    """Tell whether a mark between a character outside and one inside the emphasis counts as its edge."""
    if not edge or edge.isspace():
        return False
    return not _is_sign(edge) or outside.isspace() or _is_sign(outside)


def _one_way(outside: str, edge: str) -> bool:
    """Tell whether such a mark counts as this edge only; marks inside marks may else pair off wrongly."""
    return _joins(outside, edge) and (outside.isspace() or (_is_sign(outside) and not _is_sign(edge)))


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _link(piece: Link, before: str, *, cell: bool) -> str:
    label = words(piece.children)
    if label == piece.target and _AUTOLINK.fullmatch(label) and not before.isalnum():
        return f"<{label}>"
    target = re.sub(r"([\\()<>&*_~])", r"\\\1", piece.target.replace("|", "%7C"))
    content = _run(_trim(piece.children), "[", "]", cell=cell, inside=piece)
    if " ".join(label.split()).lower() in _VAGUE:
        address = escape(piece.target, "[", "]", label=True)
        return f"{_run(piece.children, before, ' ', cell=cell, inside=None)} ([{address}]({target}))"
    return f"[{content}]({target})"


def _trim(pieces: Inlines) -> Inlines:
    """Leave off blanks at both ends of a link's words."""
    out = list(pieces)
    if out and isinstance(out[0], Plain):
        out[0] = Plain(out[0].text.lstrip())
    if out and isinstance(out[-1], Plain):
        out[-1] = Plain(out[-1].text.rstrip())
    return tuple(out)
