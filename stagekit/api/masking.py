"""Numbers and addresses in feedback, which lead to one person, out of what leaves the student's computer.

A student answers for their own answers, and `check` stops them there; what a mentor wrote is not theirs to
mend, so that a word stands in its place.
"""

from dataclasses import replace

from stagekit.api.checking import checker
from stagekit.api.portfolios import Opened
from stagekit.checks.feedback import Point
from stagekit.checks.findings_scan import Kind
from stagekit.i18n import translate
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Reply, Round


class Mask:
    """Masks the texts of one portfolio's feedback, with words in `language`."""

    def __init__(self, opened: Opened, language: str) -> None:
        self._check = checker(opened).texts
        self._words = {
            Kind.EMAIL: translate(language, "[e-mail address]"),
            Kind.PHONE: translate(language, "[phone number]"),
            Kind.IBAN: translate(language, "[account number]"),
            Kind.BSN: translate(language, "[BSN]"),
        }

    def text(self, text: str) -> str:
        """Give `text` with a word for each number or address; a second time changes nothing."""
        if not any(sign.isdigit() or sign == "@" for sign in text):
            return text
        pieces, done = [], 0
        for spot in self._check.spots(text):
            if spot.kind in self._words and spot.start >= done:
                pieces += [text[done : spot.start], self._words[spot.kind]]
                done = spot.end
        return "".join([*pieces, text[done:]])

    def point(self, point: Point) -> Point:
        """Give a point as others may read it."""
        reviewer = self.text(point.reviewer)
        return replace(point, reviewer=reviewer, text=self.text(point.text), reply=self._reply(point.reply))

    def round(self, taken: Round) -> Round:
        """Give a round as others may have it."""
        feedback = taken.feedback
        reviewer = replace(feedback.reviewer, name=self._some(feedback.reviewer.name))
        assignments = {key: self._assignment(given) for key, given in feedback.assignments.items()}
        shown = replace(
            feedback, reviewer=reviewer, overall=self._some(feedback.overall), assignments=assignments
        )
        return replace(
            taken, feedback=shown, replies={key: self._reply(reply) for key, reply in taken.replies.items()}
        )

    def _assignment(self, given: AssignmentFeedback) -> AssignmentFeedback:
        answers = {
            key: AnswerFeedback(comment=self._some(answer.comment), seen=answer.seen)
            for key, answer in given.answers.items()
        }
        return replace(given, comment=self._some(given.comment), answers=answers)

    def _reply(self, reply: Reply) -> Reply:
        return replace(reply, text=self._some(reply.text))

    def _some(self, text: str | None) -> str | None:
        return None if text is None else self.text(text)
