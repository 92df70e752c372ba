"""The `feedback/` of a portfolio: one file a round, added and never overwritten, replied to in place."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit.errors import Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.model.decode import shorten
from stagekit.model.feedback import Feedback, Reply, Round
from stagekit.model.record import record_in_order
from stagekit.store.atomic import cannot_read
from stagekit.store.stored import Stored, read_stored, refuse_link
from stagekit.store.strays import find_strays
from stagekit.store.writing import FileChangedMeanwhile, commit, writing

if TYPE_CHECKING:
    from stagekit.store.feedback_round import RoundFile

FOLDER = "feedback"
MAX_ROUNDS = 200
_ATTEMPTS = 3
_NAME = re.compile(r"(\d{3,6})(?:-\d{4}-\d{2}-\d{2})?\.yaml")


@record_in_order
class LoadedRounds:
    """The rounds in the order they were taken in; a file that cannot be read is in `problems`."""

    rounds: tuple[Round, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def load_rounds(folder: Path, portfolio: str | None = None) -> LoadedRounds:
    """Read the feedback in the portfolio `folder`; that on another `portfolio` (its id) is not used.

    Nothing is raised: a broken file costs only itself, a wrong line of it only that line.
    """
    rounds: list[Round] = []
    problems: list[Problem] = []
    notices: list[Problem] = []
    try:
        names = _names(folder)
    except UserError as error:
        message = f"{error.message} {error.next_step}".strip()
        return LoadedRounds(problems=(Problem(message, file=folder / FOLDER),))
    for name in names:
        file = _read(folder, name, problems)
        if file is None:
            continue
        problems += file.problems
        notices += file.notices
        if file.round is None:
            continue
        if portfolio is not None and file.round.feedback.portfolio != portfolio:
            message = _("This feedback is on another portfolio; it is not used.")
            problems.append(Problem(message, file=file.path))
            continue
        rounds.append(file.round)
    notices += find_strays(folder / FOLDER, names)
    notices += _sent(folder)
    return LoadedRounds(tuple(rounds), tuple(problems), tuple(notices))


def _read(folder: Path, name: str, problems: list[Problem]) -> "RoundFile | None":
    from stagekit.store import feedback_round  # most portfolios have no feedback yet

    path = folder / FOLDER / name
    try:
        stored = read_stored(path)
    except UserError as error:
        problems.append(Problem(f"{error.message} {error.next_step}".strip(), file=path))
        return None
    return None if stored is None else feedback_round.read_round(path, stored.data)


def _names(folder: Path) -> list[str]:
    """List the files of rounds in order. Raises UserError for a folder that is there but cannot be read."""
    try:
        names = os.listdir(folder / FOLDER)  # noqa: PTH208 - names only
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise cannot_read(folder / FOLDER, error) from None
    found = [(int(match[1]), name) for name in names if (match := _NAME.fullmatch(name))]
    return [name for _number, name in sorted(found)]


def round_names(folder: Path) -> list[str]:
    """List the files of rounds, by their path below the portfolio `folder`."""
    return [f"{FOLDER}/{name}" for name in _names(folder)]


def _sent(folder: Path) -> list[Problem]:
    """Give a notice for each feedback file that lies here as it was sent."""
    message = _("This file was not taken in yet: stagekit review FOLDER --import FILE")
    return [Problem(message, file=path) for path in sorted((folder / FOLDER).glob("*.json"))[:20]]


def add_round(folder: Path, feedback: Feedback, course: Course | None = None, language: str = "nl") -> Round:
    """Add a round to the portfolio in `folder`, durably; the same feedback again is the round there is.

    Raises UserError where nothing was saved.
    """
    from stagekit.store import feedback_round

    data = feedback_round.new_round(feedback, course, language)
    with writing(folder):
        refuse_link(folder / FOLDER)
        for attempt in range(1, _ATTEMPTS + 1):
            known = next((r for r in load_rounds(folder).rounds if r.feedback == feedback), None)
            if known is not None:
                return known
            name = _next_name(folder, feedback.reviewer.date)
            try:
                commit(folder, {f"{FOLDER}/{name}": data}, {})
            except FileChangedMeanwhile:
                if attempt == _ATTEMPTS:
                    raise
            else:
                break
    return Round(id=name.removesuffix(".yaml"), feedback=feedback)


def _next_name(folder: Path, day: str | None) -> str:
    """Give a name that no file has: the number after the highest, and the day it was given."""
    names = _names(folder)
    last = max((int(name[: name.find(".")].split("-")[0]) for name in names), default=0)
    if len(names) >= MAX_ROUNDS:
        message = _("This portfolio holds {count} rounds of feedback; no more fit.", count=MAX_ROUNDS)
        raise UserError(message, _("Remove rounds that you no longer need from its folder `feedback`."))
    return f"{last + 1:03d}" + (f"-{day}" if day else "") + ".yaml"


def save_reply(folder: Path, round_id: str, point_id: str, reply: Reply) -> None:
    """Save what the student did with one point, durably; the former version is kept in the history.

    Raises UserError or InvalidInput where nothing was saved.
    """
    from stagekit.store import feedback_round

    name = f"{round_id}.yaml"
    target = f"{FOLDER}/{name}"
    if _NAME.fullmatch(name) is None:
        raise _no_round(round_id)
    with writing(folder):
        refuse_link(folder / FOLDER)
        for attempt in range(1, _ATTEMPTS + 1):
            stored: Stored | None = read_stored(folder / target)
            if stored is None:
                raise _no_round(round_id)
            file = feedback_round.read_round(folder / target, stored.data)
            known = file.round.replies if file.round is not None else {}
            if point_id in known and known[point_id] == reply and not file.broken:
                return
            data = feedback_round.with_reply(file, point_id, reply)
            try:
                commit(folder, {target: data}, {target: stored})
            except FileChangedMeanwhile:
                if attempt == _ATTEMPTS:
                    raise
            else:
                return


def _no_round(round_id: str) -> UserError:
    message = _("There is no feedback “{id}” in this portfolio.", id=shorten(round_id))
    return UserError(message, _("`stagekit status` shows the points there are."))


def round_files(
    rounds: Sequence[Round], course: Course | None = None, language: str = "nl"
) -> dict[str, bytes]:
    """Give the files of rounds, by their path below a portfolio's folder: what a submission holds of them.

    They are written as given: redact them first (checks.feedback.redacted_rounds).
    """
    from stagekit.store import feedback_round

    return {f"{FOLDER}/{taken.id}.yaml": feedback_round.encoded(taken, course, language) for taken in rounds}
