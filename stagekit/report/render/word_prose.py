"""Answers as Word paragraphs and real lists, in the look of a style or of a placeholder."""

from collections.abc import Iterator, Mapping

from stagekit.report.render.word_lists import DEEPEST, Numbers
from stagekit.report.render.word_xml import (
    PLAIN,
    Format,
    Links,
    Properties,
    inline_paragraph,
    paragraph,
    run,
    runs,
    special,
    style,
)
from stagekit.report.tree import Block, BulletList, Inlines, OrderedList, Paragraph, Prose

_HANGING = 360


class ProseWriter:
    """Writes answers into one document, whose links and numberings it collects."""

    def __init__(self, styles: Mapping[str, str], numbers: Numbers, *, own_lists: bool = True) -> None:
        self.styles = styles
        self.numbers = numbers
        self.links = Links()
        self.own_lists = own_lists
        """Whether lists get the list styles of the template, or the look of the words around them."""
        self.link_style = self.character("hyperlink")

    def style(self, name: str) -> Format:
        """Give the look of a paragraph style by its English name, in lower case."""
        return Format(style("pStyle", self.styles.get(name)))

    def character(self, name: str) -> Properties:
        """Give the look of a character style by its English name, in lower case."""
        return style("rStyle", self.styles.get(name))

    def runs(self, pieces: Inlines, properties: Properties = (), *, linked: bool = True) -> str:
        """Write inline pieces as runs."""
        return runs(pieces, properties, self.links if linked else None, self.link_style)

    def inline(self, pieces: Inlines, format: Format = PLAIN) -> str:
        """Write inline pieces as a paragraph."""
        return inline_paragraph(pieces, format, self.links, self.link_style)

    def prose(self, prose: Prose, format: Format = PLAIN) -> str:
        """Write an answer as paragraphs and lists."""
        return "".join(self._block(block, format, 0) for block in prose)

    def _block(self, block: Block, format: Format, depth: int) -> str:
        if isinstance(block, Paragraph):
            if depth:
                format = self._standing(format, self._left("bullet", depth - 1))
            return self.inline(block.children, format)
        return "".join(self._items(block, format, depth))

    def _items(self, block: BulletList | OrderedList, format: Format, depth: int) -> Iterator[str]:
        level = min(depth, DEEPEST)
        kind = "number" if isinstance(block, OrderedList) else "bullet"
        start = block.start if isinstance(block, OrderedList) else 0
        typed = kind == "number" and not self.numbers.can_count(start, len(block.items))
        look = self._look(kind, format, level)
        if not typed:
            numbers = self.numbers
            id_ = numbers.ordered(start, level) if kind == "number" else numbers.bullets()
            look = look.with_paragraph(
                ("numPr", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id_}"/></w:numPr>')
            )
        else:
            look = self._standing(format, self._left(kind, level), _HANGING)
        for number, item in enumerate(block.items, start):
            marker = run(f"{number}.", look.run) + special("<w:tab/>", look.run) if typed else ""
            first, rest = item[0], item[1:]
            if isinstance(first, Paragraph):
                inline = self.inline(first.children, look)
            else:
                inline, rest = paragraph("", look), item
            yield inline if not marker else _with_marker(inline, marker)
            for inner in rest:
                yield self._block(inner, format, depth + 1)

    def _look(self, kind: str, format: Format, level: int) -> Format:  # noqa: ARG002 - of those set in
        if self.own_lists:
            own = self.style(f"list {kind}")
            return Format(own.paragraph or format.paragraph, format.run)
        kept = {"pStyle", "spacing", "jc", "contextualSpacing", "keepNext", "bidi"}
        return Format(tuple(each for each in format.paragraph if each[0] in kept), format.run)

    def _left(self, kind: str, depth: int) -> int:
        return self.numbers.indent(kind, depth)

    def _standing(self, format: Format, left: int, hanging: int = 0) -> Format:
        return format.with_paragraph(indent(left, hanging))


def indent(left: int, hanging: int = 0) -> tuple[str, str]:
    """Give the property of a paragraph that stands in by `left` twips, its first line `hanging` less."""
    hang = f' w:hanging="{hanging}"' if hanging else ""
    return ("ind", f'<w:ind w:left="{left}"{hang}/>')


def _with_marker(xml: str, marker: str) -> str:
    """Put runs at the beginning of a written paragraph."""
    head, end, rest = xml.partition("</w:pPr>")
    return head + end + marker + rest
