"""A portfolio as it may leave the student's computer: aliases for names, nothing of what is withheld."""

from dataclasses import replace

from stagekit.checks.aliases import Aliases
from stagekit.checks.consent import Reader, may_read, visibility
from stagekit.model import course as c
from stagekit.model.portfolio import AcceptedFinding, Identity, Mentor, Portfolio
from stagekit.model.values import WITHHELD, Value, Values

_TYPED = (c.TextQuestion, c.LongTextQuestion, c.UrlQuestion)


def redacted(course: c.Course, portfolio: Portfolio, language: str, reader: Reader) -> Portfolio:
    """Give the portfolio that `reader` may have, whole in itself.

    Private answers are gone and every text has its aliases; a conversation `reader` may not read is
    `{alias, withheld: true}`. The student's, the school's and the course's own texts stay.
    """
    aliases = Aliases.of(course, portfolio, language)
    answers = {
        assignment.id: _Redaction(aliases, reader, assignment.id).values(
            assignment.questions, portfolio.of(assignment.id)
        )
        for assignment in course.assignments
        if portfolio.of(assignment.id)
    }
    return Portfolio(_identity(portfolio.identity, aliases), answers)


def _identity(identity: Identity, aliases: Aliases) -> Identity:
    accepted = tuple(
        AcceptedFinding(id=finding.id, reason=aliases.apply(finding.reason))
        for finding in identity.settings.accepted_findings
    )
    settings = replace(identity.settings, accepted_findings=accepted, private_names=(), private_aliases=())
    return replace(identity, mentor=Mentor(), settings=settings)


class _Redaction:
    def __init__(self, aliases: Aliases, reader: Reader, assignment_id: str) -> None:
        self.aliases = aliases
        self.reader = reader
        self.assignment_id = assignment_id

    def values(self, questions: tuple[c.Question, ...], values: Values) -> dict[str, Value]:
        """Redact the answers to `questions`."""
        return {
            question.id: self.value(question, values[question.id])
            for question in questions
            if question.id in values and not question.private
        }

    def value(self, question: c.Question, value: Value) -> Value:
        """Redact one answer."""
        if isinstance(question, _TYPED):
            return self.aliases.apply(str(value))
        if isinstance(question, c.GroupQuestion) and isinstance(value, dict):
            return self.values(question.questions, value)
        if isinstance(question, c.RepeatQuestion) and isinstance(value, tuple):
            return tuple(self.item(question, item, index) for index, item in enumerate(value))
        return value

    def item(self, question: c.RepeatQuestion, item: Values, index: int) -> dict[str, Value]:
        """Redact one item of a list."""
        person = question.person
        alias = self.aliases.of_item(self.assignment_id, question.id, index) if person else ""
        named: dict[str, Value] = {person.alias: alias} if person and alias else {}
        if not may_read(visibility(question, item), self.reader):
            return {**named, WITHHELD: True}
        return {**self.values(question.questions, item), **named}
