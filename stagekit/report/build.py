"""From course and portfolio to the Report: what is shown, where, in which words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stagekit.checks.completeness import Lack, Missing
from stagekit.checks.conditions import applies
from stagekit.checks.consent import Reader
from stagekit.i18n import translate
from stagekit.model import course as c
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import Values
from stagekit.report.context import Context
from stagekit.report.cover import cover, labels
from stagekit.report.impact import impact_figure
from stagekit.report.model import (
    Answer,
    AnswerBlock,
    Fact,
    Facts,
    Outstanding,
    Passage,
    Report,
    Section,
    Todo,
)
from stagekit.report.repeats import repeat_blocks, todo_at
from stagekit.report.sources import source_groups
from stagekit.report.tree import Paragraph
from stagekit.report.values import LONG, short

if TYPE_CHECKING:
    from stagekit.checks.feedback import Point
    from stagekit.report.feedback_model import FeedbackForm


def build_report(
    course: c.Course,
    portfolio: Portfolio,
    language: str,
    reader: Reader = Reader.STUDENT,
    points: "Sequence[Point]" = (),
) -> Report:
    """Make the report of a portfolio, complete or not, in `language`, with what `reader` may see.

    `points` is the feedback to stand beside the answers.
    """
    return report_of(Context(course, portfolio, language, reader), points)


def report_of(context: Context, points: "Sequence[Point]" = ()) -> Report:
    """Make the report of what a context holds, for a caller who has other uses for it."""
    language, reader = context.language, context.reader
    numbered = {assignment.id: number for number, assignment in enumerate(context.course.assignments, 1)}
    sections = tuple(_section(context, a, numbered[a.id]) for a in context.assignments)
    report = Report(
        language=language,
        reader=reader.value,
        cover=cover(context),
        notices=tuple(_notices(context, numbered)),
        todo=tuple(entry for section in sections for entry in _outstanding(context, section)),
        sections=sections,
        sources=source_groups(context),
        labels=labels(language, shown=len(sections), hidden=len(numbered) - len(sections)),
        form=_form(context),
    )
    if not points:
        return report
    from stagekit.report.remarks import with_remarks

    return with_remarks(context, report, points)


def _form(context: Context) -> "FeedbackForm | None":
    """Give a mentor the form to write feedback in."""
    if context.reader is not Reader.MENTOR:
        return None
    from stagekit.report.feedback_form import feedback_form

    return feedback_form(context)


def _notices(context: Context, numbered: dict[str, int]) -> Iterator[str]:
    language = context.language
    yield translate(
        language,
        "This portfolio is pseudonymised: the people in it go by an alias, "
        "and of groups only the phase is named.",
    )
    for assignment in context.course.assignments if context.assignments else ():
        if not context.sees(assignment):
            yield translate(language, "Part {number}, {title}, is not in the version for this reader.",
                            number=numbered[assignment.id], title=assignment.title[language])  # fmt: skip


def _section(context: Context, assignment: c.Assignment, number: int) -> Section:
    language = context.language
    values = context.portfolio.of(assignment.id)
    facts: list[Fact] = []
    answers: list[Answer] = []
    leading = True
    for question in assignment.questions:
        if not applies(question, values, values):
            continue
        if leading and not isinstance(question, LONG):
            facts.extend(_fact(context, (assignment.id,), question, values))
        else:
            leading = leading and isinstance(question, c.GroupQuestion)
            answers.extend(_answers(context, assignment, question, f"{number}.", len(answers)))
    lacking = context.lacking[assignment.id]
    return Section(
        id=assignment.id,
        number=number,
        title=assignment.title[language],
        intro=assignment.document_intro[language],
        facts=tuple(facts),
        answers=tuple(answers),
        advised=tuple(dict.fromkeys(advised.worded(language) for advised in lacking.advised)),
    )


def _fact(
    context: Context, path: tuple[str | int, ...], question: c.Question, values: Values
) -> Iterator[Fact]:
    todo = todo_at(context, *path, question.id)
    value = short(context, question, values)
    if (value or todo) and not question.private:
        yield Fact(question.id, question.label[context.language], () if todo else value, todo)


def _answers(
    context: Context, assignment: c.Assignment, question: c.Question, prefix: str, count: int
) -> Iterator[Answer]:
    """Give the answer under its own heading, and the figure behind the contact types."""
    blocks = [*_blocks(context, assignment, question), *_todos(context, assignment, question)]
    if not blocks:
        return
    language = context.language
    id_ = f"{assignment.id}-{question.id}"
    yield Answer(
        id_, f"{prefix}{count + 1}", question.label[language], question.prompt[language], tuple(blocks)
    )
    if isinstance(question, c.RepeatQuestion):
        figure = impact_figure(context, assignment, question)
        if figure is not None:
            yield Answer(f"{id_}-impact", f"{prefix}{count + 2}", figure.title, "", (figure,))


def _blocks(context: Context, assignment: c.Assignment, question: c.Question) -> list[AnswerBlock]:
    values = context.portfolio.of(assignment.id)
    value = values.get(question.id)
    if question.private or value is None:
        return []
    match question:
        case c.RepeatQuestion():
            return repeat_blocks(context, assignment, question)
        case c.GroupQuestion():
            return _group(context, assignment, question, value)  # type: ignore[arg-type]
        case c.LongTextQuestion():
            prose = context.prose(str(value))
        case _:
            pieces = short(context, question, values)
            prose = (Paragraph(pieces),) if pieces else ()
    return [Passage(question.id, "", prose)] if prose else []


def _group(
    context: Context, assignment: c.Assignment, question: c.GroupQuestion, values: Values
) -> list[AnswerBlock]:
    facts: list[Fact] = []
    passages: list[Passage] = []
    path = (assignment.id, question.id)
    for inner in question.questions:
        if not applies(inner, values, context.portfolio.of(assignment.id)):
            continue
        if isinstance(inner, c.LongTextQuestion) and not inner.private:
            todo = todo_at(context, *path, inner.id)
            prose = context.prose(str(values.get(inner.id, "")))
            if prose or todo:
                passages.append(Passage(inner.id, inner.label[context.language], prose, todo))
        else:
            facts.extend(_fact(context, path, inner, values))
    return [*([Facts(tuple(facts))] if facts else []), *passages]


def _todos(context: Context, assignment: c.Assignment, question: c.Question) -> Iterator[Todo]:
    """Give what is missing of the question as a whole."""
    for missing in context.missing.get((assignment.id, question.id), ()):
        if missing.lack is Lack.ANSWER:
            text = translate(context.language, "Still to do: this has not been answered yet.")
        else:
            text = translate(context.language, "Still to do – {what}.", what=missing.worded(context.language))
        yield Todo(text)


def _outstanding(context: Context, section: Section) -> Iterator[Outstanding]:
    headings = {answer.id for answer in section.answers}
    for missing in context.lacking[section.id].missing:
        if _readable(context, section.id, missing):
            answer = f"{section.id}-{missing.question}"
            text = missing.worded(context.language)
            yield Outstanding(section.id, answer if answer in headings else None, text)


def _readable(context: Context, assignment_id: str, missing: Missing) -> bool:
    """Tell whether something missing is not part of a conversation this reader does not see."""
    if len(missing.path) < 2 or not isinstance(missing.path[1], int):
        return True
    assignment = context.course.assignment(assignment_id)
    question = assignment.question(missing.question) if assignment else None
    if not isinstance(question, c.RepeatQuestion):
        return True
    number = missing.path[1] + 1
    return any(e.number == number and e.readable for e in context.entries(assignment_id, question))
