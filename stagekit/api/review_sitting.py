"""A mentor's sitting beside the student: the portfolio as the mentor may see it, asked about part by part."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from stagekit.api.portfolios import Opened, open_portfolio
from stagekit.api.reviewing import Taken, keep
from stagekit.checks.consent import Reader
from stagekit.errors import InvalidInput, StageKitError, UserError
from stagekit.i18n import _, active
from stagekit.interview.prompter import Prompter
from stagekit.interview.reviewing import Review, ReviewAnswer, Reviewed, ReviewPart
from stagekit.interview.reviewing_draft import ReviewDraft
from stagekit.model.feedback import Feedback
from stagekit.report.build import build_report
from stagekit.report.feedback_model import FormSection
from stagekit.report.model import Report, Section
from stagekit.report.render.text import passages, short_answers
from stagekit.store.drafts import Drafts, Presence
from stagekit.store.writing import PRIVATE


@dataclass(repr=False)
class ReviewSitting:
    """A review about to be held; `rescue` may be called at any moment, from a signal handler too."""

    folder: Path
    prompter: Prompter
    today: Callable[[], date] = date.today
    taken: Taken | None = None
    """What was saved, where the mentor came to the end."""
    opened: Opened = field(init=False)
    drafts: Drafts = field(init=False)

    def __post_init__(self) -> None:
        """Open the portfolio. Raises UserError or InvalidInput where it cannot be read."""
        self.opened = open_portfolio(self.folder)
        self.drafts = Drafts(self.folder / PRIVATE)
        self._presence = Presence(self.folder / PRIVATE, self.drafts.token)
        self._presence.enter()

    @property
    def drafts_folder(self) -> Path:
        """Where half-typed text is kept; the copy for an editor belongs there too."""
        return self.drafts.folder

    def hold(self) -> bool:
        """Ask until the feedback is saved; False where the mentor stops before, with all of it kept."""
        draft = ReviewDraft(self.drafts, self._presence.others())
        review = Review(reviewed(self.opened, self.today()), draft, self.prompter, self._save)
        try:
            return review.hold()
        finally:
            self.rescue()

    def rescue(self) -> None:
        """Keep what is half typed, and take away the mark of this session."""
        self.drafts.flush()
        self._presence.leave()

    def _save(self, feedback: Feedback) -> bool:
        try:
            self.opened = open_portfolio(self.folder)
            self.taken = keep(self.opened, feedback)
        except (StageKitError, OSError) as error:
            first = _("This is not saved. What you gave stays as a draft.")
            self.prompter.show(first, *_told(error), style="bad")
            return False
        return True


def _told(error: Exception) -> list[str]:
    if isinstance(error, UserError):
        return [text for text in (error.message, error.next_step) if text]
    if isinstance(error, InvalidInput):
        return [f"{problem.where()}: {problem.message}" for problem in error.problems]
    return [str(error)]


def reviewed(opened: Opened, today: date) -> Reviewed:
    """Give what a mentor is asked about, in reading order: only what the mentor may see, with aliases.

    Raises UserError where the student shows the mentor nothing.
    """
    language = active()
    report = build_report(opened.course, opened.portfolio, language, Reader.MENTOR)
    if not report.sections or report.form is None:
        message = _("The mentor may see no part of this portfolio.")
        raise UserError(message, _("Choose with `stagekit start` which parts the mentor may see."))
    parts = tuple(_part(report, section, report.form.sections[section.id]) for section in report.sections)
    identity = opened.portfolio.identity
    return Reviewed(
        portfolio=identity.id,
        parts=parts,
        mentor=identity.mentor.name or "",
        today=today,
        language=language,
        notices=report.notices,
    )


def _part(report: Report, section: Section, form: FormSection) -> ReviewPart:
    answers = tuple(
        ReviewAnswer(
            question=form.answers[answer.id].question,
            label=f"{answer.number} {answer.label}",
            paragraphs=_paragraphs(passages(report.labels, answer.blocks)),
            seen=form.answers[answer.id].seen,
        )
        for answer in section.answers
        if answer.id in form.answers
    )
    return ReviewPart(
        id=section.id,
        title=f"{section.number} {section.title}",
        facts=_paragraphs((short_answers(report.labels, section.facts),)),
        answers=answers,
        levels=tuple((level.id, level.label) for level in form.levels),
        rubric=tuple(_rubric(form)),
        seen=form.seen,
    )


def _rubric(form: FormSection) -> Iterator[str]:
    """Give what each level looks like, question by question."""
    descriptions: dict[str, list[str]] = {}
    for level in form.levels:
        for label, text in level.descriptions:
            descriptions.setdefault(label, []).append(f"- {level.label}: {text}")
    for label, lines in descriptions.items():
        yield f"{label}:"
        yield from lines


def _paragraphs(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Give paragraphs with a blank one between them, as a page shows them."""
    shown: list[str] = []
    for text in texts:
        if text.strip():
            shown += [text, ""]
    return tuple(shown)
