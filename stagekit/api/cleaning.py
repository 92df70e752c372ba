"""Removing what should not outlive the assessment: names, raw notes, drafts, earlier versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from stagekit.api.portfolios import Opened, open_portfolio
from stagekit.checks.completeness import given
from stagekit.checks.consent import Reader, may_read, visibility
from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Course, RepeatQuestion
from stagekit.model.portfolio import Identity
from stagekit.model.values import WITHHELD, Value, Values, parse_date
from stagekit.store.cleaning import read_all, write_and_forget
from stagekit.store.course_files import load_privacy
from stagekit.store.feedback_folder import FOLDER as FEEDBACK
from stagekit.store.feedback_folder import round_files, round_names
from stagekit.store.last_used import PORTFOLIO_FILE
from stagekit.store.portfolio_folder import ANSWERS, PortfolioFolder
from stagekit.store.stored import Stored

_DOCUMENTS = ("*.md", "*.html", "*.txt", "*.pdf", "*.docx", "*.zip")


@dataclass(frozen=True, slots=True)
class Plan:
    """What cleaning removes and what it leaves; nothing has been touched yet."""

    folder: Path
    people: int
    """Private names that go."""
    notes: int
    """Raw notes whose words go."""
    conversations: int
    """Conversations that may be shown to nobody, of which all but the alias goes."""
    drafts: int
    versions: int
    """Earlier versions, and what an interrupted save left."""
    documents: tuple[Path, ...]
    """Rendered files beside the portfolio, which stay."""
    rounds: int
    """Rounds of feedback, which keep their words with aliases."""
    feedback: tuple[Path, ...]
    """What stands beside the rounds and StageKit does not read."""
    doubtful: int
    """Places where a private name may stand that only looks like a word: cleaning leaves them."""
    files: Mapping[str, bytes] = field(repr=False)
    read: Mapping[str, Stored | None] = field(repr=False)

    @property
    def nothing(self) -> bool:
        """Tell whether everything is as clean as it gets."""
        same = all((old := self.read.get(name)) and old.data == data for name, data in self.files.items())
        return same and not (self.drafts or self.versions)


def plan(folder: Path) -> Plan:
    """Work out what `carry_out` would do.

    Raises InvalidInput where lines cannot be read and would be lost, UserError where a window is open.
    """
    _refuse_busy(folder)
    course = open_portfolio(folder).course
    names = [PORTFOLIO_FILE, *(f"{ANSWERS}/{name}" for name in course.files.values()), *round_names(folder)]
    read = read_all(folder, names)
    opened = open_portfolio(folder)
    if opened.problems:
        message = _("Mend this first: cleaning writes the files anew, and what cannot be read would be lost.")
        raise InvalidInput([*opened.problems, Problem(message, file=folder)])
    identity, answers, notes = _cleaned(opened)
    files = PortfolioFolder(folder).files(course, identity, answers) | _feedback(opened)
    former = folder / ".stagekit"
    return Plan(
        folder=folder,
        people=_people(opened),
        notes=notes,
        conversations=_withheld(course, opened),
        drafts=_count(former / "drafts"),
        versions=_count(former / "history") + _count(former / "tmp"),
        documents=tuple(sorted(file for pattern in _DOCUMENTS for file in folder.glob(pattern))),
        rounds=len(opened.rounds),
        feedback=tuple(file for file in sorted((folder / FEEDBACK).glob("*")) if _is_other(file, files)),
        doubtful=_doubtful(opened),
        files=files,
        read=read,
    )


def carry_out(made: Plan) -> None:
    """Do what the plan says, all or nothing. Raises UserError where the files changed meanwhile."""
    _refuse_busy(made.folder)
    write_and_forget(made.folder, made.files, made.read)


def set_keep_until(opened: Opened, text: str) -> date | None:
    """Keep the day after which the portfolio should go; `-` forgets it. Raises UserError for no date."""
    day = parse_date(text)
    if day is None and text.strip() != "-":
        raise UserError(
            _("“{text}” is not a date.", text=text[:30]), _("Write it as 2027-02-01, or - for no date.")
        )
    identity = opened.portfolio.identity
    settings = replace(identity.settings, keep_until=day.isoformat() if day else None)
    PortfolioFolder(opened.folder).save_identity(replace(identity, settings=settings), base=identity)
    return day


def _refuse_busy(folder: Path) -> None:
    from stagekit.store.drafts import Presence

    if Presence(folder / ".stagekit", "").others():
        raise UserError(
            _("This portfolio is open in another window; nothing was removed."),
            _("Stop there first: it could save names again."),
        )


def _cleaned(opened: Opened) -> tuple[Identity, dict[str, Values], int]:
    """Give the portfolio without names and raw notes, and how many notes lost their words."""
    from stagekit.checks.redaction import redacted

    course, portfolio = opened.course, opened.portfolio
    safe = redacted(course, portfolio, portfolio.identity.language, Reader.LECTURER)
    answers: dict[str, Any] = {key: dict(values) for key, values in safe.answers.items()}
    notes = 0
    for path in load_privacy(course.id).raw_notes:
        assignment_id, *steps = path.split(".")
        if assignment_id in answers:
            answers[assignment_id], removed = _without(answers[assignment_id], steps)
            notes += removed
    settings = replace(safe.identity.settings, keep_until=None)
    return replace(safe.identity, settings=settings), answers, notes


def _feedback(opened: Opened) -> dict[str, bytes]:
    """Give the rounds of feedback without names: once these are forgotten, nothing could hide them."""
    from stagekit.checks.feedback import redacted_rounds

    rounds = redacted_rounds(opened.course, opened.portfolio, opened.rounds)
    return round_files(rounds, opened.course, opened.portfolio.identity.language)


def _is_other(file: Path, files: Mapping[str, bytes]) -> bool:
    return f"{FEEDBACK}/{file.name}" not in files


def _without(values: Mapping[str, Any], steps: list[str]) -> tuple[dict[str, Any], int]:
    """Leave out an answer, in every item of a list where it stands in one; tells how many there were."""
    name, *rest = steps
    found = values.get(name)
    if not given(found):
        return dict(values), 0
    if not rest:
        return {key: value for key, value in values.items() if key != name}, 1
    if isinstance(found, tuple):
        cleaned = [_without(item, rest) for item in found]
        return {**values, name: tuple(item for item, _count in cleaned)}, sum(n for _item, n in cleaned)
    inner, removed = _without(found, rest) if isinstance(found, Mapping) else (found, 0)
    return {**values, name: inner}, removed


def _people(opened: Opened) -> int:
    from stagekit.checks.aliases import Aliases

    portfolio = opened.portfolio
    return len(Aliases.of(opened.course, portfolio, portfolio.identity.language).people)


def _withheld(course: Course, opened: Opened) -> int:
    """Count the conversations that hold more than their alias and may be read by nobody else."""
    count = 0
    for assignment in course.assignments:
        for question in assignment.questions:
            value: Value | None = opened.portfolio.of(assignment.id).get(question.id)
            if isinstance(question, RepeatQuestion) and isinstance(value, tuple):
                hidden = [each for each in value if not may_read(visibility(question, each), Reader.LECTURER)]
                count += sum(WITHHELD not in each for each in hidden)
    return count


def _doubtful(opened: Opened) -> int:
    from stagekit.api.checking import check
    from stagekit.checks.findings_scan import Kind

    state = check(opened)
    every = [*state.findings, *(finding for finding, _reason in state.accepted)]
    return sum(finding.kind is Kind.PRIVATE_NAME for finding in every)


def _count(folder: Path) -> int:
    return sum(1 for entry in folder.rglob("*") if not entry.is_dir())
