"""Repeat groups: an overview table, and per item what does not fit in it."""

from typing import Literal

from stagekit.checks.completeness import given
from stagekit.checks.conditions import applies
from stagekit.checks.consent import Visibility
from stagekit.i18n import translate
from stagekit.model import course as c
from stagekit.model.values import Values
from stagekit.report.context import Context, Entry
from stagekit.report.model import (
    AnswerBlock,
    Cell,
    Column,
    Count,
    Fact,
    Facts,
    Item,
    ItemBlock,
    Note,
    Passage,
    Table,
    Tally,
    Todo,
)
from stagekit.report.per_question import per_question
from stagekit.report.prose import inline_text
from stagekit.report.tree import Inlines, Plain, words
from stagekit.report.values import LONG, short

ITEM = "item"
"""Id of the column that names the row."""


def repeat_blocks(
    context: Context, assignment: c.Assignment, question: c.RepeatQuestion
) -> list[AnswerBlock]:
    """Give table, counts, items and notes of a repeat group that has items."""
    entries = list(context.entries(assignment.id, question))
    readable = [entry for entry in entries if entry.readable]
    columns = _table_questions(question)
    shown = {column.id for column in columns}
    details = [q for q in question.questions if q.id not in shown and q.id not in _hidden(question)]
    blocks: list[AnswerBlock] = []
    if readable and columns:
        blocks.append(_table(context, assignment, question, columns, readable))
    blocks.extend(_tallies(context, question, readable))
    blocks.extend(_left_out(context, question, entry) for entry in entries if not entry.readable)
    if details and reveals(question) is None:
        blocks.extend(_item(context, assignment, question, details, entry) for entry in readable)
    return blocks


@per_question
def reveals(question: c.RepeatQuestion) -> c.Question | None:
    """Give the inner question after whose answer the reference is shown: the mark of contact types."""
    return next((inner for inner in question.questions if inner.reveals), None)


def details_of(context: Context, assignment: c.Assignment, question: c.RepeatQuestion, entry: Entry,
               skip: set[str]) -> tuple[Fact, ...]:  # fmt: skip
    """Give the short answers of an item that stand in no table and are not in `skip`."""
    return tuple(
        fact
        for inner in _short_details(question)
        if inner.id not in skip
        for fact in _fact(context, assignment, question, inner, entry)
    )


@per_question
def _short_details(question: c.RepeatQuestion) -> list[c.Question]:
    """List what is short and stands in no table."""
    taken = {q.id for q in _table_questions(question)} | _hidden(question)
    return [inner for inner in question.questions if inner.id not in taken and not isinstance(inner, LONG)]


def todo_at(context: Context, *path: str | int) -> Todo | None:
    """Give the mark for a required answer that is missing at `path`, None where none is."""
    if path not in context.missing:
        return None
    return Todo(translate(context.language, "Still to do: this has not been answered yet."))


@per_question
def _hidden(question: c.RepeatQuestion) -> set[str]:
    """Give the ids of inner answers that never stand in a document by themselves."""
    person = question.person
    names = {person.name, person.alias} if person else set()
    return names | {inner.id for inner in question.questions if inner.private}


@per_question
def _table_questions(question: c.RepeatQuestion) -> list[c.Question]:
    """List the columns: those the course names, else for persons all that is short."""
    shown = [inner for inner in question.questions if inner.id not in _hidden(question)]
    if question.table:
        by_id = {inner.id: inner for inner in shown}
        return [by_id[each] for each in question.table if each in by_id]
    return [inner for inner in shown if not isinstance(inner, LONG)] if question.person else []


def _table(context: Context, assignment: c.Assignment, question: c.RepeatQuestion,
           questions: list[c.Question], entries: list[Entry]) -> Table:  # fmt: skip
    rows = [[_cell(context, assignment, question, inner, entry) for inner in questions] for entry in entries]
    used = [i for i in range(len(questions)) if any(row[i].value or row[i].todo for row in rows)]
    columns = [Column(questions[i].id, questions[i].label[context.language]) for i in used]
    cells = [[row[i] for i in used] for row in rows]
    if question.person is not None or (
        len(questions) < len(question.questions) and reveals(question) is None
    ):
        noun = capital(question.item[context.language])
        number = translate(context.language, "No.")
        columns.insert(0, Column(ITEM, noun if question.person else number))
        for row, entry in zip(cells, entries, strict=True):
            row.insert(0, Cell(_name(context, entry) or (Plain(str(entry.number)),)))
    return Table(question.label[context.language], tuple(columns), tuple(tuple(row) for row in cells))


def _cell(context: Context, assignment: c.Assignment, question: c.RepeatQuestion,
          inner: c.Question, entry: Entry) -> Cell:  # fmt: skip
    value = short(context, inner, entry.values) if _asked(context, assignment, inner, entry) else ()
    missing = todo_at(context, assignment.id, question.id, entry.number - 1, inner.id)
    return Cell(value, todo=missing is not None)


def _asked(context: Context, assignment: c.Assignment, inner: c.Question, entry: Entry) -> bool:
    return applies(inner, entry.values, context.portfolio.of(assignment.id))


def _name(context: Context, entry: Entry) -> Inlines:
    return context.line(entry.alias)


def _item(context: Context, assignment: c.Assignment, question: c.RepeatQuestion,
          details: list[c.Question], entry: Entry) -> Item:  # fmt: skip
    title = f"{capital(question.item[context.language])} {entry.number}"
    name = _name(context, entry)
    facts: list[Fact] = []
    if name and question.person and words(name) != title:
        alias = next(q for q in question.questions if q.id == question.person.alias)
        facts.append(Fact(alias.id, alias.label[context.language], name))
    blocks: list[ItemBlock] = []
    for inner in details:
        if not isinstance(inner, c.LongTextQuestion):
            facts.extend(_fact(context, assignment, question, inner, entry))
        elif passages := _passage(context, assignment, question, inner, entry):
            blocks.extend([*_grouped(facts), *passages])
            facts.clear()
    blocks.extend(_grouped(facts))
    id_ = f"{assignment.id}-{question.id}-{entry.number}"
    return Item(id_, entry.number, title, name, (*_notes(context, entry), *blocks))


def _grouped(facts: list[Fact]) -> list[Facts]:
    return [Facts(tuple(facts))] if facts else []


def _passage(context: Context, assignment: c.Assignment, question: c.RepeatQuestion,
             inner: c.LongTextQuestion, entry: Entry) -> list[Passage]:  # fmt: skip
    if not _asked(context, assignment, inner, entry):
        return []
    missing = todo_at(context, assignment.id, question.id, entry.number - 1, inner.id)
    prose = context.prose(str(entry.values.get(inner.id, "")))
    label = inner.label[context.language]
    if label.casefold() == question.item[context.language].casefold():
        label = ""
    return [Passage(inner.id, label, prose, missing)] if prose or missing else []


def _fact(context: Context, assignment: c.Assignment, question: c.RepeatQuestion,
          inner: c.Question, entry: Entry) -> list[Fact]:  # fmt: skip
    if not _asked(context, assignment, inner, entry):
        return []
    missing = todo_at(context, assignment.id, question.id, entry.number - 1, inner.id)
    value = short(context, inner, entry.values)
    return [Fact(inner.id, inner.label[context.language], value, missing)] if value or missing else []


def _notes(context: Context, entry: Entry) -> list[Note]:
    language = context.language
    if entry.visibility is Visibility.PARAPHRASED:
        text = translate(language, "As agreed, this is told in the student's own words, not literally.")
        return [Note("paraphrased", inline_text(text))]
    if entry.visibility is Visibility.OWN_ONLY:
        text = translate(language, "Consent has not been recorded yet: this stands in your own version only. "
                                   "Ask for consent and record it, or it is left out.")  # fmt: skip
        return [Note("unrecorded", inline_text(text))]
    return []


def _left_out(context: Context, question: c.RepeatQuestion, entry: Entry) -> Note:
    """Say that a conversation was held, and why nothing of it stands here."""
    language = context.language
    kind: Literal["withheld", "unrecorded"]
    if entry.visibility is Visibility.WITHHELD:
        text = translate(
            language, "this conversation was held; on request nothing of it stands in this report."
        )
        kind = "withheld"
    else:
        text = translate(language, "this conversation was held; as consent has not been recorded, "
                                   "nothing of it stands in this report.")  # fmt: skip
        kind = "unrecorded"
    name = _name(context, entry) or (Plain(f"{capital(question.item[language])} {entry.number}"),)
    return Note(kind, (*name, Plain(f": {text}")))


def _tallies(context: Context, question: c.RepeatQuestion, entries: list[Entry]) -> list[Tally]:
    """Count the choices of what every item must answer with several choices: kinds of talk."""
    return [
        _tally(context, inner, [entry.values for entry in entries])
        for inner in question.questions
        if isinstance(inner, c.ChoicesQuestion)
        and inner.required
        and any(given(entry.values.get(inner.id)) for entry in entries)
    ]


def _tally(context: Context, question: c.ChoicesQuestion, items: list[Values]) -> Tally:
    chosen = [option for item in items for option in (item.get(question.id) or ())]  # type: ignore[union-attr]
    counts = [Count(option, label[context.language], chosen.count(option))
              for option, label in context.course.options(question)]  # fmt: skip
    given_ = sorted((count for count in counts if count.count), key=lambda count: -count.count)
    return Tally(question.id, question.label[context.language], tuple(given_), len(items))


def capital(text: str) -> str:
    """Begin `text` with a capital."""
    return text[:1].upper() + text[1:]
