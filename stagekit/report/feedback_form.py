"""What the page needs so that a mentor can give feedback in it: places, hashes, levels, a file name."""

from stagekit.checks.levels import level_word
from stagekit.checks.seen import seen_hashes
from stagekit.model import course as c
from stagekit.model.feedback import LEVELS
from stagekit.model.file_names import named_after
from stagekit.report.context import Context
from stagekit.report.feedback_model import FeedbackForm, FormAnswer, FormLevel, FormSection


def feedback_form(context: Context) -> FeedbackForm:
    """Give the form for what this reader sees: a place at every part and every answer."""
    portfolio = context.portfolio
    seen = seen_hashes(context.course, portfolio)
    return FeedbackForm(
        portfolio=portfolio.identity.id,
        file_name=feedback_name(portfolio.identity.student.name, portfolio.identity.id),
        sections={a.id: _section(context, a, seen) for a in context.assignments},
    )


def feedback_name(student: str | None, portfolio_id: str) -> str:
    """Name the file after the student it goes to, so that it is known in a full mailbox or folder."""
    return named_after("feedback", student, portfolio_id, ".json")


def _section(context: Context, assignment: c.Assignment, seen: dict[str, str]) -> FormSection:
    answers = {
        f"{assignment.id}-{question.id}": FormAnswer(question.id, seen[f"{assignment.id}.{question.id}"])
        for question in assignment.questions
        if f"{assignment.id}.{question.id}" in seen
    }
    return FormSection(seen[assignment.id], _levels(context, assignment), answers)


def _levels(context: Context, assignment: c.Assignment) -> tuple[FormLevel, ...]:
    """Explain each level by the rubrics of the part's questions, those inside a list or group too."""
    language = context.language
    rubrics = [(q.label[language], q.rubric) for q in c.walk(assignment.questions) if q.rubric is not None]
    return tuple(
        FormLevel(
            level,
            level_word(level, language),
            tuple((label, getattr(rubric, level)[language]) for label, rubric in rubrics),
        )
        for level in LEVELS
    )
