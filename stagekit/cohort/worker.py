"""What one worker does with one submission: read, check, render, write; and what it gives back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit import i18n
from stagekit.checks.consent import Reader
from stagekit.cohort import state
from stagekit.cohort.model import Layout, Limits, Origin, Row, RowStatus, Submission
from stagekit.cohort.naming import folder_name
from stagekit.cohort.outfolder import OutFolder, digest
from stagekit.cohort.row import length, standing
from stagekit.cohort.state import Record
from stagekit.errors import InvalidInput, StageKitError, UserError
from stagekit.i18n import _, ngettext

if TYPE_CHECKING:
    from stagekit.checks.feedback import Point
    from stagekit.cohort.reading import ReadSubmission
    from stagekit.model.feedback import Round
    from stagekit.report.context import Context
    from stagekit.report.model import Report

DOCUMENT = "portfolio"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of every submission."""

    out: Path
    formats: tuple[str, ...]
    reader: Reader
    language: str | None
    """Of the documents; None for each portfolio's own."""
    spoken: str
    """Language of reasons."""
    feedback: bool
    force: bool
    limits: Limits


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to make."""

    key: str
    submission: Submission
    content: str
    """Fingerprint of everything its documents are made from."""
    code: str = ""
    """What stands for the student's name in a blind export; empty in any other."""
    student: str = ""
    """Key of the student in the key file of a blind export."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one task; the rest is for the key of a blind export, whose rows have no name."""

    row: Row
    name: str = ""
    number: str = ""
    reason: str = ""
    """Why nothing could be made."""


@dataclass(slots=True)
class _Student:
    """One portfolio ready to be made into documents."""

    context: "Context"
    row: Row
    points: "tuple[Point, ...]" = ()


@dataclass(slots=True)
class _Output:
    """What stands in the student's folder of ours, which of that is of now, and what could not be made."""

    files: dict[str, str] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)


def make_all(order: Order, tasks: Sequence[Task]) -> list[Made]:
    """Do a few tasks, each apart; only what ends the whole process is not caught."""
    if i18n.active() != order.spoken:
        i18n.activate(order.spoken)
    return [make(order, task) for task in tasks]


def make(order: Order, task: Task) -> Made:
    """Do one task. Whatever is wrong with the submission, or with us, becomes the reason in its row."""
    try:
        return _make(order, task)
    except StageKitError as error:
        kind = getattr(error, "kind", "refused")  # of NotUsable: a zip was looked into only here
        return failed(task, sentence(error), kind)
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        return failed(task, _our_mistake(error))


def failed(task: Task, reason: str, kind: str = "refused") -> Made:
    """Give the row of a submission of which nothing could be made."""
    status: RowStatus = "document" if kind == "document" else "failed"
    shown = reason
    if task.code:
        shown = _("It could not be used; the reason, which may hold a name, stands in the key file.")
    row = replace(_bare_row(task), status=status, reason=shown)
    return Made(row, _name(task.submission.origin, ""), reason=reason)


def _bare_row(task: Task) -> Row:
    origin = task.submission.origin
    return Row(
        name=task.code or _name(origin, ""),
        number="",
        key="" if task.code else origin.key,
        school="",
        folder="",
        status="failed",
        reason="",
        submitted=origin.submitted,
        late=origin.late,
        attempts=1 + len(task.submission.earlier),
        portfolio="",
        language="",
    )


def _make(order: Order, task: Task) -> Made:
    from stagekit.cohort.reading import read_submission

    read = read_submission(task.submission, order.limits)
    student, name, number = _student(order, task, read)
    out = OutFolder(order.out)
    known = state.load(out, task.key)
    folder = known.folder if known else _folder(task, student.row.name)
    row = replace(student.row, folder=folder)
    output = _documents(order, task, out, known or Record(folder, ""), student)
    documents = tuple(f"{folder}/{name}" for name in sorted(output.documents))
    row = replace(row, documents=documents, failed_formats=output.failed)
    content = "" if output.failed else task.content
    origin = None if task.code else task.submission.origin
    state.save(out, task.key, Record(folder, content, output.files, row, origin))
    return Made(row, name, number)


def _folder(task: Task, name: str) -> str:
    """Name the folder; a code is already what tells students apart."""
    return task.key if task.code else folder_name(name, task.key)


def _name(origin: Origin, own: str) -> str:
    """Give a student's name: what the learning environment is sure of, else what the student writes."""
    sure = origin.layout in {Layout.MOODLE, Layout.BRIGHTSPACE} and origin.name
    if not any(map(str.isalnum, own)):  # nothing that can be seen
        own = ""
    return sure or own or origin.name or origin.entry.strip("/") or origin.container.name


def _student(order: Order, task: Task, read: "ReadSubmission") -> tuple[_Student, str, str]:
    """Give what the documents and the row are made from, and the student's own name and number."""
    from stagekit.checks.feedback import points
    from stagekit.report.context import Context

    course, portfolio = read.course, read.portfolio
    identity = portfolio.identity
    language = order.language or identity.language
    found = points(course, portfolio, read.rounds, language)
    if task.code and read.kind == "answers":  # its id is made from the name
        identity = replace(identity, id=task.code.lower().ljust(8, "0"))
        portfolio = replace(portfolio, identity=identity)
    name, number = _name(task.submission.origin, identity.student.name or ""), identity.student.number or ""
    context = Context(course, portfolio, language, order.reader)
    # Answers alone are no portfolio: the student has none, or one with another id, to take feedback in.
    id = "" if read.kind == "answers" else identity.id
    row = replace(_bare_row(task), findings=_findings(context, read.rounds), language=language, portfolio=id,
                  reason=_problems(read))  # fmt: skip
    if task.code:
        from stagekit.cohort.blind import Blind

        blind = Blind(course, portfolio, language, task.code, (task.submission.origin.name,))
        portfolio, found = blind.portfolio, blind.points(found)
        context = Context(course, portfolio, language, order.reader)
        row = replace(row, reason=blind.text(row.reason))
    else:
        row = replace(row, name=name, number=number)
    stands = standing(course, portfolio, order.reader, found, context.lacking)
    row = replace(
        row,
        school=portfolio.identity.school.name or "",
        status=stands.status,
        assignments=stands.assignments,
        counts=stands.counts,
    )
    return _Student(context, row, found if order.feedback else ()), name, number


def _findings(context: "Context", rounds: "Sequence[Round]") -> Mapping[str, int]:
    """Count what is open, as `stagekit check` does: in the answers, and in those to feedback."""
    from stagekit.checks.findings import Checker
    from stagekit.store.course_files import load_privacy

    course, identity = context.course, context.portfolio.identity
    accepted = {each.id for each in identity.settings.accepted_findings}
    aliases = context.aliases if context.language == identity.language else None
    checker = Checker(course, load_privacy(course.id), context.portfolio, identity.language, aliases)
    found = list(checker.findings(context.reader))
    if rounds:
        from stagekit.checks.findings_replies import reply_findings

        found += reply_findings(checker, rounds, context.reader)
    return dict(Counter(each.weight.value for each in found if each.id not in accepted))


def _problems(read: "ReadSubmission") -> str:
    """Say of answers that could not be read how many there are, and what is the matter with the first."""
    if not read.problems:
        return ""
    first = read.problems[0]
    text = ngettext(
        "One answer could not be read: {place}",
        "{count} answers could not be read; the first: {place}",
        len(read.problems),
        place=": ".join(part for part in (first.path, first.message) if part),
    )
    return text[:500]


def _documents(order: Order, task: Task, out: OutFolder, known: Record, student: _Student) -> _Output:
    """Make and write the documents that are wanted; what was made of the same content before stays."""
    from stagekit.report.build import report_of

    fresh = known.content == task.content and not order.force
    output = _Output()
    made: dict[str, bytes] = {}
    wanted = {f"{DOCUMENT}.{name}": name for name in order.formats}
    folder = out.make_folder(known.folder)
    report: Report | None = None
    for name, former in known.files.items():
        if fresh and former and out.has(folder / name):
            output.files[name] = former
            output.documents.add(name)
    for name, format in wanted.items():
        if name in output.files:
            continue
        report = report or report_of(student.context, student.points)
        try:
            if format == "pdf":
                _refuse_too_long(student, order.limits.pdf_characters)
            data = _render(format, report)
            out.check_free(folder / name, known.files.get(name), data, force=order.force)
        except StageKitError as error:
            output.failed[format] = sentence(error)
        else:
            made[name] = data
    _write(out, task.key, folder, known, output, made)
    return output


def _write(
    out: OutFolder, key: str, folder: Path, known: Record, output: _Output, made: Mapping[str, bytes]
) -> None:
    """Write the documents and remove what StageKit made there of older content.

    What is about to be written is noted first: after a kill it is known to be ours.
    """
    writing = {**known.files, **dict.fromkeys(made, "")}
    if made:
        state.save(out, key, replace(known, content="", files=writing))
    for name, data in made.items():
        out.write(folder / name, data)
        output.files[name] = digest(data)
        output.documents.add(name)
    for name in known.files.keys() - output.files.keys():
        if not out.remove_own(folder / name, known.files[name]):
            output.files[name] = known.files[name]


def _refuse_too_long(student: _Student, most: int) -> None:
    said = sum(len(point.text) + len(point.reply.text or "") for point in student.points)
    if length(student.context.portfolio) + said > most:
        raise UserError(
            _("There is too much text for a PDF: more than {limit} characters.", limit=most),
            _("Choose another format, or allow more with --max-mb."),
        )


def _render(format: str, report: "Report") -> bytes:
    """Make one document; raises StageKitError with a sentence whatever went wrong."""
    from stagekit.report.render.formats import FORMATS

    try:
        return FORMATS[format](report)
    except (StageKitError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except ImportError as error:
        message = _("The part that makes {format} is not installed: {name}.", format=format, name=error.name)
        raise UserError(message, _("Install StageKit again; the other formats work.")) from None
    except BaseException as error:
        raise UserError(_our_mistake(error)) from None


def sentence(error: StageKitError) -> str:
    """Give an error as one line: what is wrong, where, and what to do."""
    if isinstance(error, InvalidInput):
        first = error.problems[0]
        place = ": ".join(part for part in (first.path, first.message) if part)
        more = len(error.problems) - 1
        return place + (" " + _("And {count} more.", count=more) if more else "")
    if isinstance(error, UserError):
        return f"{error.message} {error.next_step}".strip()
    return str(error)


def _our_mistake(error: BaseException) -> str:
    """Name where it went wrong, never what was being read: that is somebody's answer."""
    frame, place = error.__traceback__, ""
    while frame is not None:
        place = f"{frame.tb_frame.f_globals.get('__name__', '?')}:{frame.tb_lineno}"
        frame = frame.tb_next
    return _("This is a mistake in StageKit, not the student's; please report it: {kind} at {place}.",
             kind=type(error).__name__, place=place)  # fmt: skip
