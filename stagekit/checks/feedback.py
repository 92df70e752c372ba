"""Feedback beside the portfolio as it is now: every point in its place, and what changed since."""

from dataclasses import dataclass, field

from stagekit.model.feedback import FeedbackLevel, Reply


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a reviewer said. `assignment` None is the whole portfolio, `question` None the assignment."""

    round: str
    """Id of the `Round` it came in."""
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
