"""What reviewers said, put into a Report where it belongs; nothing that was said is left out."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from stagekit.checks.levels import level_word
from stagekit.checks.wording import within
from stagekit.i18n import translate
from stagekit.model.feedback import OVERALL
from stagekit.report.context import Context
from stagekit.report.dates import long_date
from stagekit.report.feedback_model import Remark
from stagekit.report.model import Report, Section
from stagekit.report.prose import inline_text, lines_kept
from stagekit.report.tree import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stagekit.checks.feedback import Point


def with_remarks(context: Context, report: Report, points: "Sequence[Point]") -> Report:
    """Give `report` with each point at its answer, its part, or the whole.

    A point on an answer that has no heading of its own stands at its part, one on a part that the course
    does not have at the whole. What is said of a part this reader does not see is left out.
    """
    answers: dict[str, list[Remark]] = {}
    sections: dict[str, list[Remark]] = {section.id: [] for section in report.sections}
    whole: list[Remark] = []
    headed = {answer.id for section in report.sections for answer in section.answers}
    for number, point in enumerate(points, 1):
        assignment = context.course.assignment(point.assignment or "")
        at = f"{point.assignment}-{point.question}"
        if assignment is not None and assignment.id not in sections:
            continue
        if assignment is None:
            whole.append(_remark(context, point, number, _on_whole(context, point)))
        elif point.question is not None and at in headed:
            heading = translate(context.language, "Feedback of {who}", who=_who(point))
            answers.setdefault(at, []).append(_remark(context, point, number, heading))
        else:
            sections[assignment.id].append(_remark(context, point, number, _on_part(context, point)))
    shown = tuple(_filled(section, sections[section.id], answers) for section in report.sections)
    return replace(report, sections=shown, feedback=tuple(whole))


def _filled(section: Section, remarks: list[Remark], answers: dict[str, list[Remark]]) -> Section:
    found = tuple(
        replace(answer, feedback=tuple(answers[answer.id])) if answer.id in answers else answer
        for answer in section.answers
    )
    return replace(section, answers=found, feedback=tuple(remarks))


def _on_whole(context: Context, point: "Point") -> str:
    if point.id == OVERALL:
        return translate(context.language, "Feedback of {who} on the whole portfolio", who=_who(point))
    return _on(context, point, point.id)


def _on_part(context: Context, point: "Point") -> str:
    id_ = point.id.partition(".")[2]
    if not id_:
        return translate(context.language, "Feedback of {who} on this part", who=_who(point))
    assignment = context.course.assignment(point.assignment or "")
    question = assignment.question(id_) if assignment else None
    return _on(context, point, question.label[context.language] if question else id_)


def _on(context: Context, point: "Point", what: str) -> str:
    return translate(context.language, "Feedback of {who} on “{what}”", who=_who(point), what=what)


def _who(point: "Point") -> str:
    return within(words(inline_text(point.reviewer)).strip())


def _remark(context: Context, point: "Point", number: int, heading: str) -> Remark:
    language = context.language
    level, changed = "", ""
    if point.level is not None:
        level = translate(language, "Judgement: {level}", level=level_word(point.level, language).lower())
    if point.changed and point.signed_off:
        changed = translate(language, "Changed since it was signed off")
    elif point.changed:
        changed = translate(language, "Changed since this feedback")
    day = day_in_words(point.date, language)
    return Remark(
        id=f"feedback-{number}",
        heading=f"{heading}, {day}" if day else heading,
        level=point.level,
        level_label=level,
        signed=translate(language, "Signed off") if point.signed_off else "",
        changed=changed,
        prose=context.prose(lines_kept(point.text)),
        reply_label=translate(language, "Reply of the student"),
        reply=context.prose(lines_kept(point.reply.text or "")),
        done=translate(language, "Done") if point.reply.done and point.text else "",
    )


def day_in_words(day: str | None, language: str) -> str:
    """Write an ISO 8601 day in full; what is no day of the calendar as it stands, nothing as nothing."""
    try:
        return long_date(date.fromisoformat(day), language) if day else ""
    except ValueError:
        return day or ""
