"""The Report as plain data: what someone else's template can use.

    language, reader        "nl", "student"
    title, subtitle         of the course, and the word for portfolio
    cover                   list of {id, label, text}; `student.name`, `student.number` … by id: `who.student`
    notices                 list of sentences
    todo                    list of {section, text}: what is required and missing
    feedback                what reviewers said of the whole, where that was asked for: list of
                            {heading, standing: [words], text, reply}; sections and answers have it too
    sections                list of {id, number, title, intro, facts, answers, advised, feedback}
      facts                 list of {id, label, text, todo}
      answers               list of {id, number, label, prompt, text, markdown, todo, tables, items, contacts,
                            feedback}
        text, markdown      the whole answer, without marks or as safe Markdown
        todo                sentences on what is missing of it
        tables              list of {caption, columns: [label], rows: [[text]]}
        items               list of {title, name, answers: {question id: text}, notes: [text]}
        contacts            the contact types from lower to higher impact: list of {title, name, own,
                            judgement, likely, reason, confidence, sources, comparison, why, blocks,
                            characteristics}
    answers                 the same answers by id: `answers["visie"]["summary"].text`;
                            a question without an answer is not there: `answers.visie.summary is defined`
    sources                 list of {title, sources: [{key, text, url}]}

Every value is text, a number, true, false, a list or a mapping; private names are replaced, what is
withheld is not there.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from stagekit.report.model import (
    Answer,
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
from stagekit.report.render.markdown import blocks_markdown
from stagekit.report.tree import plain, words

if TYPE_CHECKING:
    from stagekit.report.feedback_model import Remark


def report_data(report: Report) -> dict[str, Any]:
    """Give the context of a foreign template, as described above."""
    sections = [_section(report, section) for section in report.sections]
    return {
        "language": report.language,
        "reader": report.reader,
        "title": report.cover.title,
        "subtitle": report.cover.subtitle,
        "cover": [_fact(fact) for fact in report.cover.facts],
        "who": {fact.id: words(fact.value) for fact in report.cover.facts},
        "notices": list(report.notices),
        "todo": [{"section": entry.section, "text": entry.text} for entry in report.todo],
        "feedback": _remarks(report.feedback),
        "sections": sections,
        "answers": {section["id"]: _by_question(section) for section in sections},
        "sources": [
            {
                "title": group.title,
                "sources": [{"key": s.key, "text": words(s.text), "url": s.url or ""} for s in group.sources],
            }
            for group in report.sources
        ],
    }


def _by_question(section: dict[str, Any]) -> dict[str, Any]:
    answers = {fact["id"]: fact for fact in section["facts"]}
    return answers | {answer["question"]: answer for answer in section["answers"]}


def _section(report: Report, section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "intro": section.intro,
        "facts": [_fact(fact) for fact in section.facts],
        "answers": [_answer(report, section, answer) for answer in section.answers],
        "advised": list(section.advised),
        "feedback": _remarks(section.feedback),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "label": fact.label,
        "text": words(fact.value),
        "todo": fact.todo.text if fact.todo else "",
    }


def _answer(report: Report, section: Section, answer: Answer) -> dict[str, Any]:
    tables = [_table(block) for block in answer.blocks if isinstance(block, Table)]
    tallies = [_tally(report, block) for block in answer.blocks if isinstance(block, Tally)]
    return {
        "id": answer.id,
        "question": answer.id.removeprefix(f"{section.id}-"),
        "number": answer.number,
        "label": answer.label,
        "prompt": answer.prompt,
        "text": "\n\n".join(text for text in map(_text, answer.blocks) if text),
        "markdown": blocks_markdown(report, answer.blocks),
        "todo": [block.text for block in answer.blocks if isinstance(block, Todo)],
        "tables": tables + tallies,
        "items": [_item(block) for block in answer.blocks if isinstance(block, Item)],
        "contacts": [
            _contact(block, contact)
            for block in answer.blocks
            if isinstance(block, ImpactFigure)
            for contact in block.contacts
        ],
        "feedback": _remarks(answer.feedback),
    }


def _remarks(remarks: "Iterable[Remark]") -> list[dict[str, Any]]:
    return [
        {
            "heading": remark.heading,
            "standing": list(remark.standing),
            "text": plain(remark.prose),
            "reply": plain(remark.reply),
        }
        for remark in remarks
    ]


def _text(block: object) -> str:
    """Give a block of an answer as text without marks; tables and figures have their own places."""
    match block:
        case Passage():
            text = block.todo.text if block.todo else plain(block.prose)
            return f"{block.label}: {text}" if block.label else text
        case Facts():
            return "\n".join(f"{f.label}: {f.todo.text if f.todo else words(f.value)}" for f in block.facts)
        case Note():
            return words(block.text)
        case Todo():
            return block.text
        case Item():
            return "\n".join([block.title, *(_text(inner) for inner in block.blocks)])
        case ImpactFigure():
            return block.alternative
        case Table():
            rows = _table(block)["rows"]
            return "\n".join("; ".join(cell for cell in row if cell) for row in rows)
        case _:
            return ""


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [column.label for column in table.columns],
        "rows": [[words(cell.value) for cell in row] for row in table.rows],
    }


def _tally(report: Report, tally: Tally) -> dict[str, Any]:
    return {
        "caption": tally.label,
        "columns": [tally.label, report.labels.count],
        "rows": [[each.label, str(each.count)] for each in tally.counts],
    }


def _item(item: Item) -> dict[str, Any]:
    answers: dict[str, str] = {}
    for block in item.blocks:
        if isinstance(block, Facts):
            answers |= {fact.id: words(fact.value) for fact in block.facts}
        elif isinstance(block, Passage):
            answers[block.id] = plain(block.prose)
    notes = [words(block.text) for block in item.blocks if isinstance(block, Note)]
    return {"title": item.title, "name": words(item.name), "answers": answers, "notes": notes}


def _contact(figure: ImpactFigure, contact: Contact) -> dict[str, Any]:
    labels = {block.id: block.label for block in figure.blocks}
    likely = contact.likely
    return {
        "title": contact.title,
        "name": words(contact.name),
        "own": contact.own,
        "judgement": contact.judgement.label if contact.judgement else "",
        "likely": likely.text if likely else "",
        "reason": likely.reason if likely else "",
        "confidence": likely.confidence if likely else "",
        "sources": list(likely.sources) if likely else [],
        "comparison": contact.comparison,
        "why": plain(contact.why.prose) if contact.why else "",
        "blocks": [labels[block] for block in contact.blocks],
        "characteristics": list(contact.characteristics),
    }
