"""What a student typed, read as the limited Markdown an answer may use, into a tree of `tree`.

Paragraphs, lists, emphasis and links to http, https or mailto count; every other construct stands as
the words typed. No text, however hostile, takes more than time in proportion to its length.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from stagekit.model.text import closed_directions, is_clean, visible
from stagekit.report.prose_parser import MAX_LIST_DEPTH, parser, trimmed
from stagekit.report.prose_simple import read_simple
from stagekit.report.tree import (
    Block,
    BulletList,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Plain,
    Prose,
    Strong,
    plain,
    words,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Alias", "inline_text", "lines_kept", "one_line", "parse", "plain", "words"]

Alias = Callable[[str], str]
"""Puts aliases in the place of private names."""

MAX_SPANS = 5_000
"""Marks (`*`, `_`) in one answer that are read as such; an answer with more is shown as typed."""

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\n\f\v]+")
_URL = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*(?:[-+]|[0-9]{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_ITEM_BELOW = re.compile(rf"\n{_ITEM.pattern}", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")


def parse(text: str, alias: Alias = str) -> Prose:
    """Read an answer. `alias` is applied to what was typed and again to what is read from it."""
    typed = alias(_without_names_in_urls(_line_ends(text), alias))
    if not _has_marks(typed):
        return tuple(_paragraphs(typed, alias))
    if typed.count("*") + typed.count("_") > MAX_SPANS:
        return tuple(_lines(typed, alias))
    simple = read_simple(typed, lambda pieces: _checked(pieces, alias))
    return tuple(_Reader(typed, alias).read() if simple is None else simple)


def lines_kept(text: str) -> str:
    """Give a comment so that `parse` breaks its lines where it was typed so: its writer knows no Markdown."""
    lines = _line_ends(text).split("\n")
    below = [*lines[1:], ""]
    return "\n".join(
        line.rstrip() + "  " if line.strip() and following.strip() else line
        for line, following in zip(lines, below, strict=True)
    )


def one_line(text: str, alias: Alias = str) -> Inlines:
    """Read the answer to a one-line question: words only, and addresses as links."""
    typed = alias(_without_names_in_urls(_line_ends(text), alias))
    if "://" not in typed:  # an address to write to is words here
        return _stripped(_plain(typed))
    pieces: list[Inline] = []
    end = 0
    for match in _URL.finditer(typed):
        target = trimmed(match.group())
        if not target.lower().startswith("mailto:") and len(target) > len("https://"):
            pieces.extend([*_plain(typed[end : match.start()]), Link(target, (Plain(target),))])
            end = match.start() + len(target)
    pieces.extend(_plain(typed[end:]))
    return _stripped(pieces)


def inline_text(text: str) -> Inlines:
    """Give words that are not an answer (a label, a sentence of the document) as inline pieces."""
    return tuple(_plain(text))


def _line_ends(text: str) -> str:
    """Give `text` with every line end as one kind, and by name what no document can carry."""
    return text if is_clean(text) else _LINE_END.sub("\n", visible(text))


def _has_marks(text: str) -> bool:
    """Tell whether anything in `text` might be more than paragraphs."""
    return (
        "*" in text or "_" in text or "[" in text or "://" in text
        or text.endswith("  ") or "  \n" in text
        or _ITEM.match(text) is not None
        or ("\n" in text and _ITEM_BELOW.search(text) is not None)
    )  # fmt: skip


def _plain(text: str) -> list[Inline]:
    """Give words as one piece, in one line; none where there are none."""
    if "  " in text or not text.isprintable():
        text = closed_directions(_BLANKS.sub(" ", visible(_LINE_END.sub("\n", text))))
    return [Plain(text)] if text else []


def _without_names_in_urls(text: str, alias: Alias) -> str:
    """Cut each address that holds a private name to its host, or to nothing where the host has it."""
    if ":" not in text or ("://" not in text and "mailto:" not in text.lower()):
        return text

    def cut(match: re.Match[str]) -> str:
        from urllib.parse import unquote

        address = match.group()
        if not _named(unquote(address), alias):
            return address
        host = re.match(r"https?://[^/?#]*", address, re.IGNORECASE)
        return "…" if host is None or _named(unquote(host.group()), alias) else host.group() + "/…"

    return _URL.sub(cut, text)


def _named(address: str, alias: Alias) -> bool:
    spaced = re.sub(r"[^\w'’]+|_", " ", address)
    return alias(address) != address or alias(spaced) != spaced


def _paragraphs(typed: str, alias: Alias) -> Iterator[Paragraph]:
    for part in _PARAGRAPHS.split(typed) if "\n" in typed else (typed,):
        aliased = alias(part) if "\n" in part else part
        if is_clean(aliased):
            if line := " ".join(aliased.split()):
                yield Paragraph((Plain(line),))
        elif children := _stripped(_plain(aliased)):
            yield Paragraph(children)


def _lines(typed: str, alias: Alias) -> Iterator[Paragraph]:
    """Give text as typed, line by line."""
    for part in _PARAGRAPHS.split(typed):
        pieces: list[Inline] = []
        for line in part.split("\n"):
            pieces.extend([*([LineBreak()] if pieces else []), *_plain(line.strip())])
        yield from _checked(pieces, alias)


def _checked(pieces: list[Inline], alias: Alias) -> Iterator[Paragraph]:
    """Give a paragraph; without its marks where they kept the alias from seeing a name."""
    children = _stripped(pieces)
    typed = " ".join(words(children).split("\n"))
    if (aliased := alias(typed)) != typed:
        children = _stripped(_plain(aliased))
    if children:
        yield Paragraph(children)


def _stripped(pieces: Sequence[Inline]) -> Inlines:
    """Leave off blanks and line breaks at both ends, and pieces with no words."""
    rest = [piece for piece in pieces if not isinstance(piece, Plain) or piece.text]
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while rest:
            piece = rest[end]
            if isinstance(piece, Plain) and (text := strip(piece.text, " ")):
                if text is not piece.text:
                    rest[end] = Plain(text)
                break
            if not isinstance(piece, _WITHOUT_WORDS):
                break
            rest.pop(end)
    return tuple(rest)


_WITHOUT_WORDS = (Plain, LineBreak)


class _AsTyped(Exception):
    """The list being read is no list a document should show as one."""


class _Reader:
    """Turns the parser's flat tokens into blocks."""

    def __init__(self, text: str, alias: Alias) -> None:
        self.alias = alias
        self.lines = text.split("\n")
        self.tokens = parser().parse(text)
        self.position = 0

    def read(self) -> Iterator[Block]:
        while self.position < len(self.tokens):
            start = self.position
            try:
                blocks = self.block(1)
            except _AsTyped:
                first, last = self.tokens[start].map or (0, 0)
                blocks = _typed_lines(self.lines[first:last], self.alias)
                self.position = _after(self.tokens, start)
            yield from blocks

    def block(self, depth: int) -> list[Block]:
        token = self.tokens[self.position]
        if token.type == "paragraph_open":
            inline = self.tokens[self.position + 1]
            self.position += 3
            return list(_checked(_inlines(inline.children or []), self.alias))
        if depth > MAX_LIST_DEPTH:
            raise _AsTyped
        self.position += 1
        items, numbers = self.items(depth)
        if token.type == "bullet_list_open":
            return [BulletList(tuple(items))]
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))) and len(set(numbers)) > 1:
            raise _AsTyped
        return [OrderedList(numbers[0], tuple(items))]

    def items(self, depth: int) -> tuple[list[Prose], list[int]]:
        items: list[Prose] = []
        numbers: list[int] = []
        while (token := self.tokens[self.position]).type == "list_item_open":
            numbers.append(int(token.info or 0))
            self.position += 1
            blocks: list[Block] = []
            while self.tokens[self.position].type != "list_item_close":
                blocks.extend(self.block(depth + 1))
            self.position += 1
            if not blocks:
                raise _AsTyped
            items.append(tuple(blocks))
        self.position += 1
        return items, numbers


def _after(tokens: "list[Token]", start: int) -> int:
    """Give the position behind the construct that `tokens[start]` opens."""
    level = tokens[start].level
    end = start + 1
    while tokens[end].level != level or tokens[end].nesting >= 0:
        end += 1
    return end + 1


def _typed_lines(lines: list[str], alias: Alias) -> list[Block]:
    """Show the lines of a list as typed; emphasis and links in them count."""
    blocks: list[Block] = []
    for line in lines:
        if line.strip():
            (inline,) = parser().parseInline(line.strip())
            blocks.extend(_checked(_inlines(inline.children or []), alias))
    return blocks


def _inlines(tokens: "list[Token]") -> list[Inline]:
    """Nest inline tokens; a mark inside one of its own kind adds nothing and is left out."""
    stack: list[tuple[Any, list[Inline]]] = [(None, [])]
    text: list[str] = []
    for token in tokens:
        if token.type in {"text", "softbreak"}:
            text.append(token.content or "\n" if token.type == "softbreak" else token.content)
            continue
        stack[-1][1].extend(_plain("".join(text)))
        text.clear()
        if token.nesting > 0:
            stack.append((token, []))
        elif token.nesting < 0:
            opened, children = stack.pop()
            stack[-1][1].extend(_span(opened, children, {other.type for other, _ in stack if other}))
        else:
            stack[-1][1].append(LineBreak())
    stack[-1][1].extend(_plain("".join(text)))
    return stack[0][1]


def _span(opened: "Token", children: list[Inline], around: set[str]) -> list[Inline]:
    if not words(tuple(children)).strip() or opened.type in around:
        return children
    if opened.type == "link_open":
        return [Link(str(opened.attrs["href"]), tuple(children))]
    return [(Strong if opened.type == "strong_open" else Emphasis)(tuple(children))]
