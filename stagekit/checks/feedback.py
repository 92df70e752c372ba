"""Feedback beside the portfolio as it is now: every point in its place, and what changed since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stagekit.model.feedback import (
    OVERALL,
    AnswerFeedback,
    AssignmentFeedback,
    Feedback,
    FeedbackLevel,
    Reply,
    Reviewer,
    Round,
    hidden_names,
    one_name,
)

if TYPE_CHECKING:
    from stagekit.model.course import Course
    from stagekit.model.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a reviewer said. `assignment` None is the whole portfolio, `question` None the assignment."""

    round: str
    """Id of the `Round` it came in, and where its reply is kept."""
    id: str
    """`overall`, an assignment's id, or `assignment.question`: the key of its reply."""
    assignment: str | None
    question: str | None
    reviewer: str
    """The name where the reviewer lets it be shown, else the alias: safe in any document."""
    date: str | None
    """ISO 8601, a day."""
    text: str
    """The comment with aliases for private names; empty where there is only a level or a signature."""
    level: FeedbackLevel | None = None
    signed_off: bool = False
    changed: bool = False
    """The answer, or assignment, is not what the reviewer saw."""
    reply: Reply = field(default_factory=Reply)

    @property
    def open(self) -> bool:
        """Tell whether the student still has something to do: a comment that is not marked done."""
        return bool(self.text) and not self.reply.done


def points(
    course: "Course",
    portfolio: "Portfolio",
    rounds: Sequence[Round],
    language: str | None = None,
    *,
    typed: bool = False,
) -> tuple[Point, ...]:
    """Give every point of all rounds in the order of the course, then of the rounds.

    What a reviewer said before in the same words is one point, of the round it came in first: the student's
    reply stays with it. Aliases are in `language`, else in the portfolio's own. With `typed`, comments,
    replies and reviewers are as typed, for the student's own eyes. A point on a question that the course no
    longer has stands with its assignment, one on an assignment that is gone with the whole portfolio.
    """
    if not rounds:
        return ()
    names = _Names(course, portfolio, rounds, language or portfolio.identity.language, typed=typed)
    found: dict[tuple[str, str], list[Point]] = {}
    seen = _Seen(course, portfolio)
    for taken in rounds:
        who = names.person(taken.feedback.reviewer)
        for point, hash_ in _said(taken, names):
            told = found.setdefault((who, point.id), [])
            _add(told, _placed(replace(point, changed=seen.differs(point.id, hash_)), course))
    order = _order(course)
    number = {taken.id: index for index, taken in enumerate(rounds)}
    every = [point for told in found.values() for point in told]
    return tuple(sorted(every, key=lambda p: (order.get(p.id, len(order)), p.id, number[p.round])))


def redacted_rounds(course: "Course", portfolio: "Portfolio", rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Give the rounds as they may leave the student's computer: aliases for names, those of reviewers too."""
    if not rounds:
        return ()
    names = _Names(course, portfolio, rounds, portfolio.identity.language)
    return tuple(_redacted(taken, names) for taken in rounds)


class _Names:
    """Who the reviewers are, and what stands for the names in what they wrote."""

    def __init__(
        self, course: "Course", portfolio: "Portfolio", rounds: Iterable[Round], language: str,
        *, typed: bool = False,
    ) -> None:  # fmt: skip
        from stagekit.checks.aliases import Aliases
        from stagekit.checks.names import Lexicon
        from stagekit.checks.reviewers import personal_name
        from stagekit.i18n import translate

        hidden = hidden_names(rounds)
        self.aliases: Aliases = Aliases.of(course, replace(portfolio, reviewers=hidden), language)
        lexicon = Lexicon(course.names)
        self.hidden = {
            one_name(name): self.aliases.people.get(personal_name(name, portfolio.identity, lexicon))
            for name in hidden
        }
        self.typed = typed
        self.unnamed = self._mentor(portfolio) or translate(language, "my mentor")

    def _mentor(self, portfolio: "Portfolio") -> str:
        return self.aliases.people.get(portfolio.identity.mentor.name or "", "")

    def person(self, reviewer: Reviewer) -> str:
        """Give what a reviewer is called in any document."""
        name = " ".join((reviewer.name or "").split())
        if name and one_name(name) not in self.hidden:
            return name
        return self.hidden.get(one_name(name)) or self.unnamed

    def shown(self, reviewer: Reviewer) -> str:
        """Give what a reviewer is called here."""
        return " ".join(reviewer.name.split()) if self.typed and reviewer.name else self.person(reviewer)

    def text(self, text: str | None) -> str:
        """Give what was written as it shows here."""
        return text or "" if self.typed else self.aliases.apply(text or "")

    def reply(self, reply: Reply) -> Reply:
        return replace(reply, text=self.text(reply.text)) if reply.text else reply


class _Seen:
    """What stands in the portfolio now, worked out when first asked for."""

    def __init__(self, course: "Course", portfolio: "Portfolio") -> None:
        self._of = course, portfolio
        self._hashes: Mapping[str, str] | None = None

    def differs(self, point: str, seen: str | None) -> bool:
        """Tell whether the answer or assignment is another than the reviewer saw; unknown is not."""
        if seen is None:
            return False
        if self._hashes is None:
            from stagekit.checks.seen import seen_hashes

            self._hashes = seen_hashes(*self._of)
        return self._hashes.get(point) != seen


def _said(taken: Round, names: _Names) -> Iterator[tuple[Point, str | None]]:
    """Give the points of one round, each with the hash of what its reviewer saw."""
    feedback = taken.feedback
    who, date = names.shown(feedback.reviewer), feedback.reviewer.date

    def point(id_: str, text: str | None) -> Point:
        reply = names.reply(taken.replies.get(id_, Reply()))
        return Point(taken.id, id_, None, None, who, date, names.text(text), reply=reply)

    if feedback.overall:
        yield point(OVERALL, feedback.overall), None
    for key, given in feedback.assignments.items():
        if given.level or given.comment or given.signed_off:
            whole = replace(point(key, given.comment), level=given.level, signed_off=given.signed_off)
            yield whole, given.seen
        for question, answer in given.answers.items():
            if answer.comment:
                yield point(f"{key}.{question}", answer.comment), answer.seen


def _placed(point: Point, course: "Course") -> Point:
    """Put a point where the course has its place now."""
    assignment_id, _dot, question_id = point.id.partition(".")
    assignment = course.assignment(assignment_id)
    if point.id == OVERALL or assignment is None:
        return point
    question = assignment.question(question_id) if question_id else None
    return replace(point, assignment=assignment.id, question=question.id if question else None)


def _add(told: list[Point], new: Point) -> None:
    """Add what the same reviewer says at the same place, unless it was said before.

    Said again, it was said of the answer as it is then: whether that changed since is for the last time.
    """
    for index, old in enumerate(told):
        if new.text and old.text == new.text:
            told[index] = replace(old, changed=new.changed)
            new = replace(new, text="", reply=Reply())
    if told and not new.text and (told[-1].level, told[-1].signed_off) == (new.level, new.signed_off):
        told[-1] = replace(told[-1], changed=new.changed)
    else:
        told.append(new)


def _order(course: "Course") -> dict[str, int]:
    places = [OVERALL]
    for assignment in course.assignments:
        places += [assignment.id, *(f"{assignment.id}.{question.id}" for question in assignment.questions)]
    return {place: number for number, place in enumerate(places)}


def _redacted(taken: Round, names: _Names) -> Round:
    feedback = taken.feedback
    reviewer = replace(feedback.reviewer, name=names.person(feedback.reviewer), show_name=True)
    assignments = {key: _redacted_assignment(given, names) for key, given in feedback.assignments.items()}
    overall = names.text(feedback.overall) or None
    shown: Feedback = replace(feedback, reviewer=reviewer, overall=overall, assignments=assignments)
    return Round(id=taken.id, feedback=shown, replies={k: names.reply(v) for k, v in taken.replies.items()})


def _redacted_assignment(given: AssignmentFeedback, names: _Names) -> AssignmentFeedback:
    answers = {
        key: AnswerFeedback(comment=names.text(answer.comment) or None, seen=answer.seen)
        for key, answer in given.answers.items()
    }
    return replace(given, comment=names.text(given.comment) or None, answers=answers)
