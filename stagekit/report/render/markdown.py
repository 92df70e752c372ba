"""The Report as one Markdown file that reads well as source and in a viewer, and holds no HTML."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from stagekit.report.model import (
    AnswerBlock,
    Contact,
    Fact,
    Facts,
    ImpactFigure,
    Item,
    Labels,
    Note,
    Passage,
    Report,
    Table,
    Tally,
    Todo,
)
from stagekit.report.render.environment import own_environment
from stagekit.report.render.escape import Markdown, escape, escape_line, inline
from stagekit.report.tree import (
    Block,
    BulletList,
    Emphasis,
    Inlines,
    OrderedList,
    Paragraph,
    Prose,
)

if TYPE_CHECKING:
    from jinja2 import Template

    from stagekit.report.feedback_model import Remark


def render_markdown(report: Report) -> str:
    """Give the Markdown of a report; the same report always gives the same text."""
    writer = _Writer(report)
    text = _template().render(
        report=report, labels=report.labels, facts=writer.facts, block=writer.block, words=writer.words,
        item=writer.list_item, anchor=writer.anchor, quote=writer.quote, remarks=writer.remarks,
    )  # fmt: skip
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def blocks_markdown(report: Report, blocks: Iterable[AnswerBlock]) -> str:
    """Give the Markdown of one answer of `report`."""
    writer = _Writer(report)
    return "\n\n".join(writer.block(block) for block in blocks)


@cache
def _template() -> "Template":
    from stagekit import resources

    environment = own_environment(autoescape=False, finalize=safe)  # which escapes what the template puts out
    file = resources.templates_dir() / "markdown" / "portfolio.md.j2"
    return environment.from_string(file.read_text(encoding="utf-8"))


def safe(value: object) -> Markdown:
    """Give what the template puts out: Markdown as it stands, anything else escaped."""
    return value if isinstance(value, Markdown) else escape_line(str(value))


@lru_cache(maxsize=1024)
def slug(heading: str) -> str:
    """Give the fragment by which GitHub's viewer, and those that follow it, address a heading."""
    import unicodedata

    kept = (x for x in heading.lower() if x.isalnum() or x in "-_ " or unicodedata.category(x)[0] == "M")
    return "".join(kept).replace(" ", "-")


def load() -> None:
    """Load what every document needs; without, that is done when the first is made."""
    _template()


class _Writer:
    """Writes the pieces the template asks for; headings are told apart as they are met."""

    def __init__(self, report: Report) -> None:
        self.labels: Labels = report.labels
        self.anchors: dict[str, str] = {}
        self.slugs: set[str] = set()
        for section in report.sections:
            self.anchors[section.id] = slug(f"{section.number}. {section.title}")
            for answer in section.answers:
                self.anchors[answer.id] = slug(f"{answer.number} {answer.label}")
        self.anchors["sources"] = slug(report.labels.sources)

    def anchor(self, id_: str) -> Markdown:
        return Markdown("#" + self.anchors[id_])

    def block(self, block: AnswerBlock) -> Markdown:
        return Markdown(_KINDS[type(block)](self, block))

    def words(self, pieces: Inlines) -> Markdown:
        return inline(pieces)

    def quote(self, text: str) -> Markdown:
        return Markdown(f"> {escape(text)}")

    def remarks(self, remarks: "Iterable[Remark]") -> Markdown:
        """Write what reviewers said as one quotation: two in a row would be read as one by some viewers."""
        parts: list[str] = []
        for remark in remarks:
            parts.append(f"**{_label(remark.heading)}:** {escape(' · '.join(remark.standing), ' ')}".rstrip())
            if remark.prose:
                parts.append(prose_markdown(remark.prose))
            if remark.reply:
                parts.append(self.passage(Passage(remark.id, remark.reply_label, remark.reply)))
        lines = "\n\n".join(parts).split("\n")
        return Markdown("\n".join(f"> {line}" if line else ">" for line in lines))

    def facts(self, facts: Iterable[Fact]) -> Markdown:
        return Markdown("\n".join(self.fact(fact.label, self.value(fact)) for fact in facts))

    def fact(self, label: str, value: str) -> str:
        return f"- **{_label(label)}:** {value}"

    def value(self, fact: Fact) -> str:
        return self.todo(fact.todo) if fact.todo else inline(fact.value, " ")

    def list_item(self, pieces: Inlines) -> Markdown:
        return inline(pieces, " ")

    def todo(self, todo: Todo) -> str:
        return f"**☐ {escape(todo.text, ' ')}**"

    def note(self, note: Note) -> str:
        return inline((Emphasis(note.text),))

    def passage(self, passage: Passage) -> str:
        if passage.todo:
            text = self.todo(passage.todo)
            return f"**{_label(passage.label)}:** {text}" if passage.label else text
        if not passage.label:
            return prose_markdown(passage.prose)
        head = f"**{_label(passage.label)}:**"
        first, *rest = passage.prose
        if isinstance(first, Paragraph):
            head += f" {inline(first.children, ' ')}"
        else:
            rest = [first, *rest]
        return "\n\n".join([head, *([prose_markdown(tuple(rest))] if rest else [])])

    def heading(self, level: int, text: str) -> str:
        title, number = text, 1
        while slug(title) in self.slugs:
            number += 1
            title = f"{text} ({number})"
        self.slugs.add(slug(title))
        return f"{'#' * level} {escape_line(title)}"

    def item(self, item: Item) -> str:
        return "\n\n".join([self.heading(4, item.title), *(self.block(block) for block in item.blocks)])

    def table(self, table: Table) -> str:
        header = [escape(column.label, " ", " ") for column in table.columns]
        rows = [
            [f"*{escape(self.labels.todo_short)}*" if cell.todo else inline(cell.value, " ", " ", cell=True)
             for cell in row]
            for row in table.rows
        ]  # fmt: skip
        return _table(header, rows)

    def tally(self, tally: Tally) -> str:
        rows = [[escape(each.label, " ", " "), str(each.count)] for each in tally.counts]
        return _table([escape(tally.label, " ", " "), escape(self.labels.count, " ", " ")], rows)

    def figure(self, figure: ImpactFigure) -> str:
        parts: list[str] = [escape(figure.intro), *([escape(figure.note)] if figure.note else [])]
        names = {block.id: block.label for block in figure.blocks}
        labels = self.labels
        header = [labels.contact, labels.judgement, labels.reference, labels.blocks]
        rows: list[list[str]] = [
            [
                inline(contact.name, " ", " ", cell=True),
                escape(contact.judgement.label if contact.judgement else labels.todo_short, " ", " "),
                escape(contact.likely.text, " ", " ") if contact.likely else "–",
                escape("; ".join(names[block] for block in contact.blocks), " ", " ") or "–",
            ]
            for contact in figure.contacts
        ]
        parts.append(_table([escape(text, " ", " ") for text in header], rows))
        parts.extend(self.contact(contact) for contact in figure.contacts)
        return "\n\n".join(parts)

    def contact(self, contact: Contact) -> str:
        labels = self.labels
        lines: list[str] = []
        if contact.own:
            lines.append(self.fact(labels.contact, inline(contact.name, " ")))
        judged = contact.judgement.label if contact.judgement else labels.todo_short
        lines.append(self.fact(labels.judgement, escape(judged, " ")))
        why = contact.why
        brief = why is not None and len(why.prose) == 1 and isinstance(why.prose[0], Paragraph)
        if why and brief:
            lines.append("- " + self.passage(why))
        if contact.likely:
            likely = contact.likely
            sources = f" ({escape(labels.source)}: {', '.join(likely.sources)})" if likely.sources else ""
            text = f"{likely.text} ({likely.confidence}). {likely.reason}"
            lines.append(self.fact(labels.reference, escape(text, " ") + sources))
        if contact.comparison:
            lines.append(self.fact(labels.comparison, escape(contact.comparison, " ")))
        if contact.characteristics_text:
            text = "; ".join(contact.characteristics)
            text = f"{contact.characteristics_text}: {text}" if text else contact.characteristics_text
            lines.append(self.fact(labels.characteristics, escape(text, " ")))
        lines.extend(self.facts([fact]) for fact in contact.facts)
        parts = [self.heading(4, contact.title), "\n".join(lines)]
        return "\n\n".join([*parts, *([self.passage(why)] if why and not brief else [])])


_KINDS: dict[type, Callable[[_Writer, Any], str]] = {
    Facts: lambda writer, block: writer.facts(block.facts),
    Passage: _Writer.passage,
    Table: _Writer.table,
    Tally: _Writer.tally,
    Note: _Writer.note,
    Todo: _Writer.todo,
    Item: _Writer.item,
    ImpactFigure: _Writer.figure,
}
"""What writes each kind of block."""


def _label(text: str) -> str:
    return escape(text.rstrip(": "), "*", ":")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|" for line in lines)


def prose_markdown(prose: Prose, *, top: bool = True) -> str:
    """Write an answer. `top` is false inside a list."""
    return "\n\n".join(_blocks(prose, top=top))


def _blocks(prose: Prose, *, top: bool) -> Iterator[str]:
    for index, block in enumerate(prose):
        match block:
            case Paragraph():
                text = inline(block.children)
                yield _not_like_a_heading(text) if top else text
            case BulletList():
                yield _list(["- "] * len(block.items), block.items)
            case OrderedList():
                follows = index > 0 and isinstance(prose[index - 1], OrderedList)
                numbers = range(block.start, block.start + len(block.items))
                if block.start == 1 and not follows:
                    yield _list([f"{number}. " for number in numbers], block.items)
                else:
                    yield from _numbered(numbers, block.items, top=top)


def _list(markers: list[str], items: tuple[Prose, ...]) -> str:
    tight = all(_is_tight(item) for item in items)
    written = []
    for marker, item in zip(markers, items, strict=True):
        text = ("\n" if tight else "\n\n").join(_blocks(item, top=False))
        written.append(marker + text.replace("\n", "\n" + " " * len(marker)))
    return re.sub(r"(?m)^ +$", "", ("\n" if tight else "\n\n").join(written))


def _is_tight(item: Prose) -> bool:
    """Tell whether an item is a paragraph, with at most a list that may follow it without a blank line."""
    if not isinstance(item[0], Paragraph) or len(item) > 2:
        return False
    return len(item) == 1 or (_may_interrupt(item[1]) and all(_is_tight(inner) for inner in _items(item[1])))


def _may_interrupt(block: Block) -> bool:
    return isinstance(block, BulletList) or (isinstance(block, OrderedList) and block.start == 1)


def _items(block: Block) -> tuple[Prose, ...]:
    return () if isinstance(block, Paragraph) else block.items


def _numbered(numbers: range, items: tuple[Prose, ...], *, top: bool) -> Iterator[str]:
    """Write items that go on counting elsewhere: a list that begins so is numbered anew by some viewers."""
    for number, item in zip(numbers, items, strict=True):
        first, rest = item[0], item[1:]
        if isinstance(first, Paragraph):
            yield f"{number}\\. {inline(first.children, ' ')}"
        else:
            yield f"{number}\\."
            rest = item
        yield from _blocks(rest, top=top)


# A paragraph that is one emphasised run of mere words, which viewers and checkers take for a heading.
_LIKE_A_HEADING = re.compile(r"(\*\*?)([^*\\\[<\s]+)( [^*\\\[<]*)?(?<![.,;:!?。，；：！？])\1")


def _not_like_a_heading(text: str) -> str:
    """Write the same words in two runs; one word is made strong twice, or left as it is."""
    match = _LIKE_A_HEADING.fullmatch(text)
    if match is None:
        return text
    marker, first, rest = match.groups()
    if rest:
        return f"{marker}{first}{marker} {marker}{rest.strip()}{marker}"
    if marker == "**":
        return f"****{first}****"
    return first if first[0].isalpha() else text  # a sign without its marks might begin a block
