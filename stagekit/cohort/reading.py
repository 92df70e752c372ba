"""One submission to a portfolio: its files read within bounds, nothing written, nothing of its own chosen.

What a submission says of a course is only looked up among those that ship with StageKit.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from stagekit import i18n
from stagekit.cohort.archive import list_zip
from stagekit.cohort.kinds import Sorted, ask_again, sort_out
from stagekit.cohort.model import Limits, Origin, Place, Submission, SubmissionKind
from stagekit.cohort.reader import Reader
from stagekit.cohort.safe_names import shown
from stagekit.cohort.tree import zip_tree
from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _, ngettext
from stagekit.model.course import Course
from stagekit.model.feedback import Round, hidden_names
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.values import Values
from stagekit.store.answer_file import read_answer_file
from stagekit.store.answers_input import parse_answers
from stagekit.store.course_files import DEFAULT_COURSE, load_course
from stagekit.store.feedback_folder import MAX_ROUNDS
from stagekit.store.identity_file import read_identity
from stagekit.store.portfolio_folder import ANSWERS
from stagekit.store.yaml_reader import MAX_BYTES

PORTFOLIO_FILE = "portfolio.yaml"
_ROUND = re.compile(r"feedback/\d{3,6}(?:-\d{4}-\d{2}-\d{2})?\.yaml")
_MESSAGE = 400
_MOST_ZIPS = 30
_MOST_PROBLEMS = 500
_OTHER_KINDS = (b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8", b"{\\rtf")
"""How Word, PDF, PNG, JPEG and RTF files begin."""


class NotUsable(UserError):
    """A submission without a portfolio that can be read; `kind` as in Submission."""

    def __init__(self, kind: SubmissionKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class ReadSubmission:
    """A submission as read; `problems` are answers that could not be, each with file, line and place."""

    course: Course
    portfolio: Portfolio
    rounds: tuple[Round, ...]
    problems: tuple[Problem, ...]
    kind: SubmissionKind = "portfolio"


def read_submission(submission: Submission, limits: Limits) -> ReadSubmission:
    """Read the portfolio or answers file that was handed in.

    Raises NotUsable where there is none, UserError where it cannot be read.
    """
    with Reader(limits) as reader:
        kind, files, reason = submission.kind, submission.files, submission.reason
        if submission.packed:
            found = _unpacked(submission, reader, limits)
            kind, files, reason = found.kind, found.places, found.reason
        if kind == "portfolio":
            return _portfolio(files, reader)
        if kind == "answers":
            return _answers(submission.origin, files, reader)
    raise NotUsable(kind, reason)


def _unpacked(submission: Submission, reader: Reader, limits: Limits) -> Sorted:
    """Look into the zips that were handed in, and zips in those: the one that holds a portfolio counts."""
    waiting = [(place, name) for name, place in sorted(submission.files.items())]
    seen = 0
    best: Sorted | None = None
    portfolios: list[str] = []
    while waiting:
        place, name = waiting.pop(0)
        seen += 1
        if seen > _MOST_ZIPS:
            raise NotUsable("refused", _("There are too many zips in it.") + " " + ask_again())
        found = _look_into(place, reader, limits)
        if found.packed:
            waiting += [(inner, f"{name}/{inside}") for inside, inner in found.places.items()]
            continue
        if found.kind in {"portfolio", "answers"}:
            portfolios.append(name)
        if best is None or _RANK[found.kind] < _RANK[best.kind]:
            best = found
    if len(portfolios) > 1:
        names = ", ".join(shown(name, 40) for name in portfolios[:5])
        reason = _("There are several portfolios in it: {names}.", names=names)
        raise NotUsable("refused", f"{reason} {ask_again()}")
    return best or Sorted("nothing", reason=ask_again())


_RANK: dict[SubmissionKind, int] = {"refused": 0, "portfolio": 1, "answers": 2, "document": 3, "nothing": 4}


def _look_into(place: Place, reader: Reader, limits: Limits) -> Sorted:
    stream = reader.stream(place.path, place.inside)
    entries = list_zip(stream, limits, limits.submission_files)
    return sort_out(zip_tree(entries, place.path, place.inside), limits)


def _contents(files: Mapping[str, Place], reader: Reader) -> dict[str, bytes]:
    """Read every file, in the order in which they stand in a zip: so it is gone through once."""

    def order(name: str) -> int:
        inside = files[name].inside
        return inside[-1].offset if inside else 0

    contents: dict[str, bytes] = {}
    left = reader.limits.text_bytes
    for name in sorted(files, key=order):
        # A byte more than is used of a file: its parser says that it is too large.
        contents[name] = reader.read(files[name], MAX_BYTES + 1)
        left -= len(contents[name])
        if left < 0:
            raise _too_much_text(reader.limits)
    return contents


def _too_much_text(limits: Limits) -> NotUsable:
    what = _("There is more than {limit} MB of text in it.", limit=limits.text_bytes // 1_000_000)
    next_step = _("Ask the student for less, or allow more with --max-mb.")
    return NotUsable("refused", f"{what} {next_step}")


def _portfolio(files: Mapping[str, Place], reader: Reader) -> ReadSubmission:
    data = reader.read(files[PORTFOLIO_FILE], MAX_BYTES + 1)
    _refuse_other_kind(data, PORTFOLIO_FILE)
    with _told(PORTFOLIO_FILE):
        identity_file = read_identity(Path(PORTFOLIO_FILE), data)
    identity = identity_file.identity
    course = load_course(identity.course)
    problems = list(identity_file.problems)
    wanted = {name: place for name, place in files.items() if _ROUND.fullmatch(name)}
    if len(wanted) > MAX_ROUNDS:
        raise NotUsable("refused", _("There are more than {limit} files of feedback in it.", limit=MAX_ROUNDS)
                        + " " + ask_again())  # fmt: skip
    names = {each.id: _answer_name(course.files[each.id], files) for each in course.assignments}
    wanted |= {name: files[name] for name in names.values() if name is not None}
    contents = _contents(wanted, reader)
    answers: dict[str, Values] = {}
    for assignment in course.assignments:
        name = names[assignment.id]
        if name is not None:
            file = read_answer_file(Path(name), contents[name], assignment, course)
            problems += file.problems
            if file.values:
                answers[assignment.id] = file.values
    rounds = _rounds(contents, identity.id, problems)
    portfolio = Portfolio(identity, answers, hidden_names(rounds))
    return ReadSubmission(course, portfolio, rounds, tuple(problems[:_MOST_PROBLEMS]))


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn the problems of a file that cannot be used into the first of them, and how many there are."""
    try:
        yield
    except InvalidInput as error:
        first = error.problems[0]
        message = shown(first.message, _MESSAGE)
        if first.line:
            what = _("“{name}” cannot be used, line {line}: {message}", name=shown(name), line=first.line,
                     message=message)  # fmt: skip
        else:
            what = _("“{name}” cannot be used: {message}", name=shown(name), message=message)
        more = len(error.problems) - 1
        if more:
            what += " " + ngettext("{count} more problem.", "{count} more problems.", more)
        raise NotUsable("refused", f"{what} {ask_again()}") from None


def _refuse_other_kind(data: bytes, name: str) -> None:
    """Refuse a Word file, a picture or the like that goes by the name of a text."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # text, and its reader says how to save it
    if (b"\0" in data[:4096] and not utf16) or data.startswith(_OTHER_KINDS):
        what = _("“{name}” is no text but a file of another kind.", name=shown(name))
        raise NotUsable("refused", f"{what} {ask_again()}")


def _answer_name(file: str, files: Mapping[str, Place]) -> str | None:
    """Give where an answer file stands: in its folder, or beside portfolio.yaml where uploads have none."""
    return next((name for name in (f"{ANSWERS}/{file}", file) if name in files), None)


def _rounds(contents: Mapping[str, bytes], portfolio: str, problems: list[Problem]) -> tuple[Round, ...]:
    rounds: list[Round] = []
    for name in sorted(filter(_ROUND.fullmatch, contents)):
        from stagekit.store.feedback_round import read_round  # most portfolios have no feedback

        file = read_round(Path(name), contents[name])
        problems += file.problems
        if file.round is None:
            continue
        if file.round.feedback.portfolio != portfolio:
            message = _("This feedback is on another portfolio; it is not used.")
            problems.append(Problem(message, file=Path(name)))
        else:
            rounds.append(file.round)
    return tuple(rounds)


def _answers(origin: Origin, files: Mapping[str, Place], reader: Reader) -> ReadSubmission:
    course = load_course(DEFAULT_COURSE)
    ((name, place),) = files.items()
    data = reader.read(place, reader.limits.text_bytes + 1)
    if len(data) > reader.limits.text_bytes:
        raise _too_much_text(reader.limits)
    _refuse_other_kind(data, name)
    with _told(name):
        given = parse_answers(data, Path(shown(name)), course)
    if given.identity.student is None and not given.answers:
        reason = _("There is no answer in it.")
        raise NotUsable("nothing", f"{reason} {ask_again()}")
    language = cast(Literal["nl", "en"], i18n.active())
    identity = given.identity.over(Identity(id=_own_id(origin), course=course.id, language=language))
    return ReadSubmission(course, Portfolio(identity, given.answers), (), (), "answers")


def _own_id(origin: Origin) -> str:
    """Give a portfolio that has no id one that stays when the student hands in again."""
    text = "\0".join((origin.layout, origin.key or origin.entry, origin.name))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
