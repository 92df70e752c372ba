"""A course in lines: what is asked, where, and what it takes to be complete."""

from collections.abc import Iterator

from stagekit.cli.console import styled, wrapped
from stagekit.i18n import _, active
from stagekit.model.course import Course, GroupQuestion, Need, Question, RepeatQuestion


def outline(course: Course) -> Iterator[str]:
    """Give the lines of `course show`."""
    language = active()
    yield styled(course.title[language], "strong")
    yield wrapped(course.intro[language], "")
    for number, assignment in enumerate(course.assignments, 1):
        yield ""
        yield styled(f"{number} {assignment.title[language]}", "strong") + f"  ({assignment.id})"
        yield from _questions(assignment.questions, "  ")
    yield ""
    yield styled(_("Reference lists"), "strong")
    for catalogue in course.catalogues.values():
        yield f"  {catalogue.id}: {catalogue.title[language]} ({len(catalogue.entries)})"


def _questions(questions: tuple[Question, ...], indent: str) -> Iterator[str]:
    needs = {Need.REQUIRED: _("required"), Need.ADVISED: _("advised"), Need.OPTIONAL: ""}
    for question in questions:
        marks = [question.type, needs[question.need], _("private") if question.private else ""]
        if isinstance(question, RepeatQuestion) and question.minimum:
            marks.append(_("at least {count}", count=question.minimum))
        line = f"{question.id}  [{', '.join(mark for mark in marks if mark)}]  {question.prompt[active()]}"
        yield wrapped(line, indent + "    ", indent)
        if isinstance(question, GroupQuestion | RepeatQuestion):
            yield from _questions(question.questions, indent + "  ")
