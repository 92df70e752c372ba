"""What someone else's Word template can use, as plain data for the process that renders it.

    student, number, school, phase, mentor, period, title, subtitle, language, reader
    labels                        what things are called, in the language of the document: labels.school,
                                  labels.visie.summary, labels.parent_interview.parents.on_time
    notices                       sentences
    todo                          {section, text}: what is required and missing
    visie, soorten_contact, mentor_interview, parent_interview, observation, reflection
                                  a whole part; below it, by the ids of its questions, each answer:
    visie.summary                 as typed, with its paragraphs, lists and emphasis
    soorten_contact.school_guide.title
                                  an answer within a question of several parts
    soorten_contact.contacts      all of them as a list; or one by one:
    {% for contact in soorten_contact.contacts %} contact.title, contact.judgement …
                                  by the ids of the questions; `title`, `name` and `number` always, and of
                                  contact types `likely`, `reason`, `comparison` and `characteristics`
    sections                      the parts in order: {id, number, title, intro, answers}
      answers                     {label, number, prompt, answer}
    sources                       {title, sources: [{key, text, url}]}

An answer that was not given is empty. As data a text is a string, an answer `{"prose", "items", "fields"}`,
a mapping `{"map"}`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from stagekit.model import course as c
from stagekit.report.model import (
    Answer,
    Contact,
    Facts,
    ImpactFigure,
    Item,
    Passage,
    Report,
    Section,
    Table,
)
from stagekit.report.render.word_flat import (
    cell,
    fact_prose,
    flat_blocks,
    flat_item,
    labelled,
    passage_prose,
    row_line,
)
from stagekit.report.tree import (
    BulletList,
    Emphasis,
    Inlines,
    LineBreak,
    Link,
    OrderedList,
    Paragraph,
    Plain,
    Prose,
    Strong,
    words,
)

Names: TypeAlias = "dict[str, Names]"
COVER = ("student", "number", "school", "phase", "mentor", "period")
SECTION = ("title", "number", "intro")
ITEM = ("title", "name", "number")
CONTACT = ("likely", "reason", "comparison", "characteristics", "judgement", "why")
_FIGURE = "-impact"


def template_data(report: Report, course: c.Course) -> dict[str, Any]:
    """Give the values by name; `course` is what the report was made of."""
    cover = {fact.id: words(fact.value) for fact in report.cover.facts}
    data: dict[str, Any] = {name: cover.get(name, "") for name in COVER}
    data |= {
        "title": report.cover.title,
        "subtitle": report.cover.subtitle,
        "language": report.language,
        "reader": report.reader,
        "labels": _labels(report, course),
        "notices": list(report.notices),
        "todo": [_map(section=entry.section, text=entry.text) for entry in report.todo],
        "sections": [_section_entry(section) for section in report.sections],
        "sources": [
            _map(
                title=group.title,
                sources=[_map(key=s.key, text=words(s.text), url=s.url or "") for s in group.sources],
            )
            for group in report.sources
        ],
    }
    return data | {simple(section.id): _section(section) for section in report.sections}


def known_names(course: c.Course) -> Names:
    """List what a template may ask for, answered or not: the parts, their questions and what is in those."""
    about: Names = {name: {} for name in SECTION}
    parts: Names = {simple(each.id): about | _known(each.questions) for each in course.assignments}
    labels: Names = {simple(each.id): _known(each.questions, items=False) for each in course.assignments}
    return parts | {"labels": labels | {name: {} for name in COVER}}


def _labels(report: Report, course: c.Course) -> dict[str, Any]:
    cover: dict[str, Any] = dict.fromkeys(COVER, "")
    cover |= {fact.id: fact.label for fact in report.cover.facts if fact.id in COVER}
    language = report.language
    parts = {
        simple(each.id): _answer(_said(each.title[language]), _questions(each.questions, language))
        for each in course.assignments
    }
    return _map(**cover, **parts)


def _questions(questions: Iterable[c.Question], language: str) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for question in questions:
        if question.private:
            continue
        inner = question.questions if isinstance(question, c.GroupQuestion | c.RepeatQuestion) else ()
        named[question.id] = _answer(_said(question.label[language]), _questions(inner, language))
    return named


def _said(text: str) -> Prose:
    return (Paragraph((Plain(text),)),)


def simple(id_: str) -> str:
    """Give an id as a name that can stand in a placeholder."""
    return id_.replace("-", "_")


def _known(questions: Iterable[c.Question], *, items: bool = True) -> Names:
    names: Names = {}
    for question in questions:
        if question.private:
            continue
        inner: Names = {}
        if isinstance(question, c.GroupQuestion | c.RepeatQuestion):
            inner = _known(question.questions, items=items)
        if items and isinstance(question, c.RepeatQuestion):
            extra = CONTACT if any(each.reveals for each in question.questions) else ()
            inner |= {name: {} for name in (*ITEM, *extra)}
        names[question.id] = inner
    return names


def _map(**values: Any) -> dict[str, Any]:
    return {"map": values}


def _answer(
    prose: Prose, fields: Mapping[str, Any] | None = None, items: Iterable[Any] = ()
) -> dict[str, Any]:
    return {"prose": _blocks(prose), "fields": dict(fields or {}), "items": list(items)}


def _section_entry(section: Section) -> dict[str, Any]:
    answers = [
        _map(label=a.label, number=a.number, prompt=a.prompt, answer=_answer(tuple(flat_blocks(a.blocks))))
        for a in section.answers
    ]
    facts = [_map(label=f.label, number="", prompt="", answer=_answer(fact_prose(f))) for f in section.facts]
    about = {"id": section.id, "number": section.number, "title": section.title, "intro": section.intro}
    return _map(**about, answers=facts + answers)


def _section(section: Section) -> dict[str, Any]:
    fields: dict[str, Any] = {"title": section.title, "number": section.number, "intro": section.intro}
    fields |= {fact.id: _answer(fact_prose(fact)) for fact in section.facts}
    by_id = {answer.id: answer for answer in section.answers}
    prose: list[Any] = [labelled(fact) for fact in section.facts]
    for answer in section.answers:
        heading = Strong((Plain(f"{answer.number} {answer.label}"),))
        prose += [Paragraph((heading,)), *flat_blocks(answer.blocks)]
        if answer.id.endswith(_FIGURE):
            continue
        figure = by_id.get(answer.id + _FIGURE)
        fields[answer.id.removeprefix(f"{section.id}-")] = _question(answer, figure)
    return _answer(tuple(prose), fields)


def _question(answer: Answer, figure: Answer | None) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for block in answer.blocks:
        if isinstance(block, Facts | Passage):
            fields |= _fields((block,))
    return _answer(tuple(flat_blocks(answer.blocks)), fields, _items(answer, figure))


def _fields(blocks: Iterable[object]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for block in blocks:
        if isinstance(block, Facts):
            fields |= {fact.id: _answer(fact_prose(fact)) for fact in block.facts}
        elif isinstance(block, Passage):
            fields[block.id] = _answer(passage_prose(block))
    return fields


def _items(answer: Answer, figure: Answer | None) -> Iterator[dict[str, Any]]:
    table = next((block for block in answer.blocks if isinstance(block, Table)), None)
    items = [block for block in answer.blocks if isinstance(block, Item)]
    contacts = [
        contact
        for block in (figure.blocks if figure else ())
        if isinstance(block, ImpactFigure)
        for contact in sorted(block.contacts, key=lambda each: each.number)
    ]
    for index in range(max(len(items), len(table.rows) if table else 0)):
        fields: dict[str, Any] = {"number": index + 1}
        prose: list[Any] = []
        if table and index < len(table.rows):
            for number, column in enumerate(table.columns):
                fields[column.id] = _answer((Paragraph(cell(table, index, number)),))
            prose.append(Paragraph(row_line(table, index)))
        if index < len(items):
            fields |= _item_fields(items[index])
            prose = [*flat_item(items[index], prose[0].children if prose else ())]
        if index < len(contacts):
            fields |= _contact_fields(contacts[index])
        fields.setdefault("name", fields.get("item", ""))
        fields.setdefault("title", fields["name"])
        yield _answer(tuple(prose), fields)


def _item_fields(item: Item) -> dict[str, Any]:
    name = words(item.name) or item.title
    return {"title": item.title, "name": name, "number": item.number} | _fields(item.blocks)


def _contact_fields(contact: Contact) -> dict[str, Any]:
    texts = {
        "title": contact.title,
        "name": words(contact.name) or contact.title,
        "likely": contact.likely.text if contact.likely else "",
        "reason": contact.likely.reason if contact.likely else "",
        "comparison": contact.comparison,
        "characteristics": "; ".join(contact.characteristics),
    }
    fields: dict[str, Any] = texts | {"number": contact.number}
    if contact.judgement:  # else what the table says: that it is still to do
        fields["judgement"] = contact.judgement.label
    fields |= {fact.id: _answer(fact_prose(fact)) for fact in contact.facts}
    if contact.why:
        fields["why"] = _answer(passage_prose(contact.why))
    return fields


def _blocks(prose: Prose) -> list[Any]:
    """Write prose as data: a paragraph is `["p", …]`, a list `["ul", …]` or `["ol", start, …]`."""
    written: list[Any] = []
    for block in prose:
        match block:
            case Paragraph():
                written.append(["p", _inlines(block.children)])
            case BulletList():
                written.append(["ul", [_blocks(item) for item in block.items]])
            case OrderedList():
                written.append(["ol", block.start, [_blocks(item) for item in block.items]])
    return written


def _inlines(pieces: Inlines) -> list[Any]:
    written: list[Any] = []
    for piece in pieces:
        match piece:
            case Plain():
                written.append(piece.text)
            case LineBreak():
                written.append(["br"])
            case Emphasis():
                written.append(["em", _inlines(piece.children)])
            case Strong():
                written.append(["b", _inlines(piece.children)])
            case Link():
                written.append(["a", piece.target, _inlines(piece.children)])
    return written
