"""The parts of a Report that hold a reviewer's feedback, and the form to give it in."""

from collections.abc import Mapping
from dataclasses import dataclass

from stagekit.model.feedback import FeedbackLevel
from stagekit.report.tree import Prose


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer said of the answer, part or portfolio it stands at, and what the student made of it."""

    id: str
    """Unique in the report."""
    heading: str
    """Who and when, in a sentence: `Feedback of my mentor, 3 March 2026`."""
    level: FeedbackLevel | None
    level_label: str
    """The judgement in words, or empty."""
    signed: str
    """A sentence that says it was signed off, or empty."""
    changed: str
    """A sentence that says it changed since, or empty."""
    prose: Prose
    reply_label: str
    reply: Prose
    done: str
    """A word for a point that is done, or empty."""

    @property
    def standing(self) -> tuple[str, ...]:
        """What is said of it in a few words: level, signature, changed, done."""
        return tuple(text for text in (self.level_label, self.signed, self.changed, self.done) if text)


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """Where a comment on an answer belongs: the question's id, and the hash of what the reviewer sees."""

    question: str
    seen: str


@dataclass(frozen=True, slots=True)
class FormLevel:
    """A level to choose and, per question that has a rubric, what it looks like: (label, description)."""

    id: FeedbackLevel
    label: str
    descriptions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FormSection:
    """The form's place in one part: hash of the part as seen, and its answers by `Answer.id`."""

    seen: str
    levels: tuple[FormLevel, ...]
    answers: Mapping[str, FormAnswer]


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """What the page needs so that a mentor can give feedback in it; `sections` by `Section.id`."""

    portfolio: str
    """Id of the portfolio."""
    file_name: str
    """What the file to send back is called: ASCII, at most 45 characters."""
    sections: Mapping[str, FormSection]
