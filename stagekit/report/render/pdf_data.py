"""The Report as the data that the template of the PDF sets: what is left to decide is looks."""

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from stagekit.report.model import (
    AnswerBlock,
    Contact,
    Fact,
    Facts,
    ImpactFigure,
    Item,
    Note,
    Passage,
    Report,
    Section,
    Table,
    Tally,
    Todo,
)
from stagekit.report.prose import inline_text
from stagekit.report.render.figure import FONTS, impact_svgs
from stagekit.report.render.figure_text import text_width, wrapped
from stagekit.report.render.pdf_text import prose_data, words_data
from stagekit.report.tree import Inlines, plain, words

if TYPE_CHECKING:
    from stagekit.report.feedback_model import Remark

LONG_CELL, LONG_CONTACT = 450, 1_500
"""Characters from which a row of a table, or a contact type, may be cut by the end of a page."""
WIDTH, INSET, LETTER, LONGEST = 152.0, 4.0, 1.75, 14
"""Millimetres of a table, of the margins of a cell and of a letter; letters a longest word counts for."""
RUNNING = 52.0
"""Ems of the running header, as `text_width` estimates them, which is generous."""
LETTERS = "Libertinus Serif"
"""What a figure is drawn in: the letters around it, also where other fonts are at hand."""


def report_data(report: Report) -> tuple[dict[str, Any], list[str]]:
    """Give the document, and its drawings as SVG in the order they are met."""
    figures: list[str] = []
    cover = report.cover
    document = {
        "language": report.language,
        "title": f"{cover.subtitle}: {cover.title}",
        "author": words(cover.student),
        "student": words_data(cover.student),
        "running": words_data(_running(report)),
        "cover": {"title": cover.title, "subtitle": cover.subtitle, "facts": _facts(cover.facts)},
        "notices": list(report.notices),
        "todo": list(_outstanding(report)),
        "feedback": _remarks(report.feedback),
        "sections": [_section(report, section, figures) for section in report.sections],
        "sources": [
            {
                "title": group.title,
                "sources": [{"key": each.key, "text": words_data(each.text)} for each in group.sources],
            }
            for group in report.sources
        ],
        "labels": {field.name: getattr(report.labels, field.name) for field in fields(report.labels)},
    }
    return document, figures


def _running(report: Report) -> Inlines:
    """Give the student's name as far as it fits beside the title, at the head of each page."""
    title = f"{report.cover.subtitle}: {report.cover.title} · "
    room = max(RUNNING - text_width(title, 1), RUNNING / 4)
    return inline_text(wrapped(words(report.cover.student), room, 1, lines=1)[0])


def _outstanding(report: Report) -> Iterable[dict[str, Any]]:
    for section in report.sections:
        entries = [
            {"target": entry.answer or section.id, "text": entry.text}
            for entry in report.todo
            if entry.section == section.id
        ]
        if entries:
            yield {"title": f"{section.number}. {section.title}", "entries": entries}


def _section(report: Report, section: Section, figures: list[str]) -> dict[str, Any]:
    said = any(fact.todo is None for fact in section.facts)
    return {
        "id": section.id,
        "number": str(section.number),
        "title": section.title,
        "intro": section.intro,
        "facts": _facts(section.facts),
        "answers": [
            {
                "id": answer.id,
                "number": answer.number,
                "label": answer.label,
                "prompt": answer.prompt,
                "blocks": [_block(report, block, figures) for block in answer.blocks],
                "feedback": _remarks(answer.feedback),
            }
            for answer in section.answers
        ],
        "feedback": _remarks(section.feedback),
        "advised": list(section.advised),
        "page": said or any(not isinstance(b, Todo) for answer in section.answers for b in answer.blocks),
    }


def _remarks(remarks: "Iterable[Remark]") -> list[dict[str, Any]]:
    return [
        {
            "heading": words_data(inline_text(remark.heading)),
            "standing": list(remark.standing),
            "prose": prose_data(remark.prose),
            "reply_label": remark.reply_label,
            "reply": prose_data(remark.reply),
        }
        for remark in remarks
    ]


def _facts(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    return [
        {"label": fact.label, "value": words_data(fact.value), "todo": fact.todo and fact.todo.text}
        for fact in facts
    ]


def _block(report: Report, block: AnswerBlock, figures: list[str]) -> dict[str, Any]:
    match block:
        case Passage():
            return {"kind": "passage", **_passage(block)}
        case Facts():
            return {"kind": "facts", "facts": _facts(block.facts)}
        case Table():
            return _table(block)
        case Tally():
            counts = [{"label": each.label, "count": each.count} for each in block.counts]
            return {"kind": "tally", "label": block.label, "counts": counts}
        case Note():
            return {"kind": "note", "text": words_data(block.text)}
        case Todo():
            return {"kind": "todo", "text": block.text}
        case Item():
            inner = [_block(report, each, figures) for each in block.blocks]
            return {"kind": "item", "title": block.title, "blocks": inner}
        case ImpactFigure():
            return _figure(report, block, figures)


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "label": passage.label,
        "prose": prose_data(passage.prose),
        "todo": passage.todo and passage.todo.text,
    }


def _table(table: Table) -> dict[str, Any]:
    rows = [
        {
            "cells": [{**words_data(cell.value, cell=True), "todo": cell.todo} for cell in row],
            "long": any(len(words(cell.value)) > LONG_CELL for cell in row),
        }
        for row in table.rows
    ]
    header = [column.label for column in table.columns]
    texts = [[words(row[index].value) for row in table.rows] for index in range(len(header))]
    return {"kind": "table", "header": header, "rows": rows, "widths": _widths(header, texts)}


def _widths(header: list[str], columns: list[list[str]]) -> list[float]:
    """Share out the page's width: to each column what its longest word needs, the rest by what it says."""
    needs, wishes = [], []
    for label, texts in zip(header, columns, strict=True):
        longest = max(len(word) for text in (label, *texts) for word in text.split() or [""])
        needs.append(INSET + LETTER * min(max(longest, 4), LONGEST))
        wishes.append(min(sum(map(len, texts)) / max(1, len(texts)), 80) + 4)
    rest = max(0.0, WIDTH - sum(needs))
    return [round(need + rest * wish / sum(wishes), 1) for need, wish in zip(needs, wishes, strict=True)]


def _figure(report: Report, figure: ImpactFigure, figures: list[str]) -> dict[str, Any]:
    drawn = impact_svgs(figure, report.labels, language=report.language)
    pictures = []
    for index, svg in enumerate(drawn):
        alternative = figure.alternative if index == 0 else f"{figure.title} ({index + 1}/{len(drawn)})"
        pictures.append({"number": len(figures), "alt": alternative})
        figures.append(svg.replace(FONTS, LETTERS))
    return {
        "kind": "figure",
        "intro": figure.intro,
        "note": figure.note,
        "pictures": pictures,
        "contacts": [_contact(report, figure, contact) for contact in figure.contacts],
    }


def _contact(report: Report, figure: ImpactFigure, contact: Contact) -> dict[str, Any]:
    labels, likely = report.labels, contact.likely
    characteristics = ": ".join(
        text for text in (contact.characteristics_text, "; ".join(contact.characteristics)) if text
    )
    sources = [f"{labels.source}: {', '.join(likely.sources)}"] if likely and likely.sources else []
    names = {block.id: block.label for block in figure.blocks}
    blocks = "; ".join(names[block] for block in contact.blocks)
    facts = [
        {"label": label, "value": {"rtl": False, "run": [text]}, "todo": None}
        for label, text in (
            (labels.comparison, contact.comparison),
            (labels.blocks, blocks),
            (labels.characteristics, characteristics),
        )
        if text
    ]
    return {
        "title": contact.title,
        "name": words_data(contact.name),
        "own": contact.own,
        "judgement": contact.judgement.label if contact.judgement else "",
        "why": contact.why and _passage(contact.why),
        "likely": likely
        and {
            "text": likely.text,
            "reason": likely.reason,
            "basis": " · ".join([likely.confidence, *sources]),
        },
        "facts": [*facts, *_facts(contact.facts)],
        "long": contact.why is not None and len(plain(contact.why.prose)) > LONG_CONTACT,
    }
