"""The pieces an answer is made of, as HTML: one way of writing for each kind of block of `report.model`.

Written here and not in a template, because a cohort's pages hold thousands of them. What the course and
StageKit say is escaped by `label`, what a student typed by `html_prose`; nothing else reaches the page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from stagekit.report.model import (
    Answer,
    AnswerBlock,
    Cell,
    Contact,
    Fact,
    Facts,
    ImpactFigure,
    Item,
    Likely,
    Note,
    Passage,
    Report,
    Table,
    Tally,
    Todo,
)
from stagekit.report.render.figure import impact_svgs
from stagekit.report.render.html_prose import in_cell, inline, label, prose
from stagekit.report.tree import plain

if TYPE_CHECKING:
    from markupsafe import Markup

MAX_BRIEF = 1_500
"""Characters that fit, with their labels, in less than half an A4 page."""

Run: TypeAlias = AnswerBlock | list[Facts | Passage]
"""What stands in one element: short answers and labelled passages together, all else alone."""


def runs(blocks: Iterable[AnswerBlock]) -> Iterator[Run]:
    """Put short answers and labelled passages that follow each other together."""
    together: list[Facts | Passage] = []
    for block in blocks:
        if isinstance(block, Facts) or (isinstance(block, Passage) and block.label):
            together.append(block)
            continue
        if together:
            yield together
            together = []
        yield block
    if together:
        yield together


def brief(item: Item | Contact) -> bool:
    """Tell whether an item is short enough to stay in one piece on paper."""
    if isinstance(item, Contact):
        texts = [item.why.prose] if item.why else []
    else:
        texts = [block.prose for block in item.blocks if isinstance(block, Passage)]
    return sum(len(plain(each)) for each in texts) < MAX_BRIEF


class BlockWriter:
    """Writes the blocks of one report; `keys` leads from a source's key to its id in the page."""

    def __init__(self, report: Report, keys: Mapping[str, str]) -> None:
        words = report.labels
        self.report = report
        self.keys = {key: label(id_) for key, id_ in keys.items()}
        self.contact_label, self.judgement = label(words.contact), label(words.judgement)
        self.reference, self.comparison = label(words.reference), label(words.comparison)
        self.characteristics, self.blocks_label = label(words.characteristics), label(words.blocks)
        self.count, self.source = label(words.count), label(words.source)
        self.todo_short = f'<span class="todo-short">{label(words.todo_short)}</span>'

    def answered(self, answer: Answer) -> "Markup":
        """Begin an answer: its heading, what was asked, and its blocks."""
        from markupsafe import Markup

        id_ = label(answer.id)
        prompt = f'\n<p class="prompt">{label(answer.prompt)}</p>' if answer.prompt else ""
        heading = (
            f'<article class="answer" id="{id_}" aria-labelledby="{id_}-title">\n<h3 id="{id_}-title">'
            f'<span class="number">{label(answer.number)}</span> {label(answer.label)}</h3>{prompt}'
        )
        written = "\n".join([heading, *self._blocks(answer.blocks, answer.id)])
        return Markup(written)  # noqa: S704 - every word of it is escaped

    def facts(self, facts: Iterable[Fact]) -> "Markup":
        """Write short answers one below the other; nothing where there are none."""
        from markupsafe import Markup

        inner = "\n".join(map(self._fact, facts))
        return Markup(f'<dl class="facts">\n{inner}\n</dl>\n' if inner else "")  # noqa: S704 - escaped too

    def _blocks(self, blocks: Iterable[AnswerBlock], id_: str) -> list[str]:
        return [_KINDS[type(run)](self, run, id_) + "\n" for run in runs(blocks)]

    def _todo(self, todo: Todo) -> str:
        return f'<p class="todo">{label(todo.text)}</p>\n'

    def _note(self, note: Note) -> str:
        return f'<p class="note {note.kind}" dir="auto">{inline(note.text)}</p>\n'

    def _passage(self, passage: Passage) -> str:
        if passage.todo:
            return self._todo(passage.todo)
        return f'<div class="prose">{prose(passage.prose)}</div>\n'

    def _fact(self, fact: Fact) -> str:
        value = self._todo(fact.todo) if fact.todo else inline(fact.value)
        return f'<div><dt>{label(fact.label)}</dt><dd dir="auto">{value}</dd></div>\n'

    def _entries(self, blocks: Sequence[Facts | Passage]) -> str:
        """Write short answers, and longer ones with a label, one below the other."""
        parts = ['<dl class="facts">\n']
        for block in blocks:
            if isinstance(block, Facts):
                parts += [self._fact(fact) + "\n" for fact in block.facts]
            else:
                name, text = label(block.label), self._passage(block)
                parts.append(f'<div class="long"><dt>{name}</dt><dd>{text}</dd></div>\n')
        parts.append("</dl>\n")
        return "".join(parts)

    def _table(self, table: Table) -> str:
        heads = [label(column.label) for column in table.columns]
        head = "".join([f'<th scope="col">{each}</th>' for each in heads])
        first, *names = heads
        rows = []
        for row in table.rows:
            cells = [f'<th scope="row" data-label="{first}"><bdi>{self._cell(row[0])}</bdi></th>']
            for name, each in zip(names, row[1:], strict=True):
                value = f"<bdi>{self._cell(each)}</bdi>" if each.todo or each.value else ""
                cells.append(f'<td data-label="{name}">{value}</td>')
            rows.append(f"<tr>{''.join(cells)}</tr>\n")
        return (
            f'<table class="answers">\n<caption>{label(table.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"
        )

    def _cell(self, each: Cell) -> str:
        return self.todo_short if each.todo else in_cell(each.value)

    def _tally(self, tally: Tally) -> str:
        name = label(tally.label)
        rows = [
            f'<tr><th scope="row">{label(each.label)}</th><td class="count">{each.count}</td><td class="bar">'
            f'<svg viewBox="0 0 {tally.total} 1" preserveAspectRatio="none" aria-hidden="true"'
            f' focusable="false"><rect width="{each.count}" height="1" fill="currentColor"/></svg></td>'
            "</tr>\n"
            for each in tally.counts
        ]
        return (
            f'<table class="tally">\n<caption>{name}</caption>\n<thead><tr><th scope="col">{name}</th>'
            f'<th scope="col" colspan="2">{self.count}</th></tr></thead>\n'
            f"<tbody>\n{''.join(rows)}</tbody>\n</table>\n"
        )

    def _item(self, item: Item, id_: str) -> str:
        inner = "".join([block + "\n" for block in self._blocks(item.blocks, id_)])
        return f"{_section('item', item)}{inner}</section>\n"

    def _figure(self, figure: ImpactFigure, id_: str) -> str:
        note = f'<p class="aside">{label(figure.note)}</p>\n' if figure.note else ""
        heads = (self.contact_label, self.judgement, self.reference, self.blocks_label)
        head = "".join([f'<th scope="col">{each}</th>' for each in heads])
        names = {block.id: label(block.label) for block in figure.blocks}
        rows = "".join([self._compared(contact, names) for contact in figure.contacts])
        contacts = "".join([self._contact(contact) + "\n" for contact in figure.contacts])
        return (
            f'<p>{label(figure.intro)}</p>\n{note}<figure class="impact">\n'
            f'<div class="wide">{self._drawing(figure, id_, narrow=False)}</div>\n'
            f'<div class="narrow">{self._drawing(figure, id_, narrow=True)}</div>\n</figure>\n'
            f'<table class="answers">\n<caption>{label(figure.title)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{contacts}"
        )

    def _drawing(self, figure: ImpactFigure, id_: str, *, narrow: bool) -> str:
        labels, language = self.report.labels, self.report.language
        return "\n".join(impact_svgs(figure, labels, language=language, prefix=id_, narrow=narrow))

    def _compared(self, contact: Contact, names: Mapping[str, str]) -> str:
        """Write a contact type as a row: judgement, reference and building blocks side by side."""
        likely = label(contact.likely.text) if contact.likely else "–"
        blocks = "; ".join([name for id_, name in names.items() if id_ in contact.blocks]) or "–"
        return (
            f'<tr><th scope="row" data-label="{self.contact_label}">'
            f"<bdi>{in_cell(contact.name) or label(contact.title)}</bdi></th>"
            f'<td data-label="{self.judgement}">{self._judged(contact)}</td>'
            f'<td data-label="{self.reference}">{likely}</td>'
            f'<td data-label="{self.blocks_label}">{blocks}</td></tr>\n'
        )

    def _judged(self, contact: Contact) -> str:
        return label(contact.judgement.label) if contact.judgement else self.todo_short

    def _contact(self, contact: Contact) -> str:
        """Write what is known of a contact type."""
        rows = []
        if contact.own:
            name = inline(contact.name)
            rows.append(f'<div><dt>{self.contact_label}</dt><dd dir="auto">{name}</dd></div>\n')
        rows.append(_row(self.judgement, self._judged(contact)))
        if contact.why:
            rows.append(_row(label(contact.why.label), self._passage(contact.why)))
        if contact.likely:
            rows.append(_row(self.reference, self._likely(contact.likely)))
        if contact.comparison:
            rows.append(_row(self.comparison, label(contact.comparison)))
        if contact.characteristics_text:
            listed = "; ".join([label(each) for each in contact.characteristics])
            text = label(contact.characteristics_text) + (f": {listed}" if listed else "")
            rows.append(_row(self.characteristics, text))
        rows += [self._fact(fact) + "\n" for fact in contact.facts]
        return f'{_section("item contact", contact)}<dl class="facts">\n{"".join(rows)}</dl>\n</section>\n'

    def _likely(self, likely: Likely) -> str:
        text = f"{label(likely.text)} ({label(likely.confidence)}). {label(likely.reason)}"
        if not likely.sources:
            return text
        links = [
            f'<a href="#{self.keys[key]}">{label(key)}</a>' if key in self.keys else label(key)
            for key in likely.sources
        ]
        return f"{text} ({self.source}: {', '.join(links)})"


def _section(kind: str, item: Item | Contact) -> str:
    """Begin the section of an item, with its heading."""
    id_, short = label(item.id), " brief" if brief(item) else ""
    return (
        f'<section class="{kind}{short}" id="{id_}" aria-labelledby="{id_}-title">\n'
        f'<h4 id="{id_}-title">{label(item.title)}</h4>\n'
    )


def _row(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt><dd>{value}</dd></div>\n"


_KINDS: dict[type, Callable[[BlockWriter, Any, str], str]] = {
    list: lambda writer, blocks, _id: writer._entries(blocks),
    Facts: lambda writer, block, _id: writer._entries([block]),
    Passage: lambda writer, block, _id: writer._passage(block),
    Table: lambda writer, block, _id: writer._table(block),
    Tally: lambda writer, block, _id: writer._tally(block),
    Note: lambda writer, block, _id: writer._note(block),
    Todo: lambda writer, block, _id: writer._todo(block),
    Item: BlockWriter._item,
    ImpactFigure: BlockWriter._figure,
}
"""What writes each kind of block; not kept by a writer, so that it and its report go when they are done."""
