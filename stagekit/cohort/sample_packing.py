"""An invented cohort as learning environments hand it out: one download for each, named as they name."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stagekit.checks.consent import Reader
from stagekit.checks.feedback import redacted_rounds
from stagekit.checks.redaction import redacted
from stagekit.cohort.model import Layout
from stagekit.cohort.sample import DEADLINE, SampleStudent
from stagekit.model.course import Course
from stagekit.model.file_names import slug
from stagekit.model.node import Mapping, Node, Scalar
from stagekit.model.portfolio import Portfolio
from stagekit.model.values import encode
from stagekit.store import atomic, yaml_writer
from stagekit.store.feedback_folder import round_files
from stagekit.store.portfolio_folder import PortfolioFolder

_COURSE = "Samenwerken met ouders"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
Packed = Iterator[tuple[str, bytes]]
"""Path within the download, and bytes."""


@dataclass(frozen=True, slots=True)
class _HandedIn:
    """One attempt: the file a student uploaded, and when."""

    student: SampleStudent
    name: str
    data: bytes
    moment: datetime


def write_cohort(students: Iterable[SampleStudent], course: Course, folder: Path) -> list[Path]:
    """Write the students' submissions into `folder`, a fifth in each layout; gives the downloads made."""
    shares: dict[Layout, list[SampleStudent]] = {layout: [] for layout in _PACKERS}
    layouts = list(shares)
    for student in students:
        shares[layouts[student.number % len(layouts)]].append(student)
    made = []
    for layout, share in shares.items():
        name, pack = _PACKERS[layout]
        if not share:
            continue
        entries = ((path, data) for student in share for path, data in pack(_attempts(student, course)))
        made.append(folder / name)
        if layout is Layout.PLAIN:
            _write_plain(folder / name, entries)
        else:
            head = [("index.html", b"<!doctype html><title>Index</title>\n")]
            _write_zip(folder / name, [*(head if layout is Layout.BRIGHTSPACE else []), *entries])
    return made


def roster(students: Iterable[SampleStudent]) -> str:
    """Give a list of the class as CSV: everybody, and two who handed in nothing."""
    lines = ["Studentnummer,Achternaam,Voornaam"]
    for student in students:
        given, family = student.name.split(" ", 1)
        lines.append(f"{student.portfolio.identity.student.number},{family},{given}")
    return "\r\n".join([*lines, "0309998,van Loon,Mirthe", "0309999,Achterberg,Sjoerd"]) + "\r\n"


def _attempts(student: SampleStudent, course: Course) -> list[_HandedIn]:
    contents = [*student.earlier, student.portfolio]
    last = len(contents) - 1
    return [
        _HandedIn(student, *_uploaded(student, portfolio, course, flawed=index == last), moment)
        for index, (portfolio, moment) in enumerate(zip(contents, student.handed_in, strict=True))
    ]


def _uploaded(
    student: SampleStudent, portfolio: Portfolio, course: Course, *, flawed: bool
) -> tuple[str, bytes]:
    """Give name and bytes of what the student uploaded."""
    name = f"portfolio-{slug(student.name)[:24].rstrip('-')}-{portfolio.identity.id[:6]}"
    flaw = student.flaw if flawed else ""
    if flaw == "document":
        return f"{name}.docx", _document(portfolio, course)
    if flaw == "not_yaml":
        return "portfolio.yaml", _document(portfolio, course)
    if flaw == "other_files":
        return f"{name}.zip", _zip([("IMG_2041.heic", b"\x00\x00\x00\x24ftypheic" + bytes(2_000))])
    if student.number % 11 == 8 and not flaw and not student.rounds:
        return f"{name}.yaml", _answers_file(portfolio, course)
    files = _submitted(student, portfolio, course)
    if flaw == "wrong_line":
        first = f"answers/{course.files[course.assignments[0].id]}"
        files[first] = files[first].replace(b"  visited_on: 2", b"  visited_on: x2")
    data = _zip(files.items())
    return f"{name}.zip", data[: len(data) // 2] if flaw == "cut_off" else data


def _submitted(student: SampleStudent, portfolio: Portfolio, course: Course) -> dict[str, bytes]:
    """Give the files as `submit` packs them, without documents."""
    language = portfolio.identity.language
    safe = redacted(course, portfolio, language, Reader.LECTURER)
    rounds = redacted_rounds(course, portfolio, student.rounds)
    files = PortfolioFolder(Path()).files(course, safe.identity, safe.answers)
    return {**files, **round_files(rounds, course, language)}


def _document(portfolio: Portfolio, course: Course) -> bytes:
    from stagekit.report.build import build_report
    from stagekit.report.render.formats import FORMATS

    return FORMATS["docx"](build_report(course, portfolio, portfolio.identity.language, Reader.LECTURER))


def _answers_file(portfolio: Portfolio, course: Course) -> bytes:
    """Give the portfolio as one `--answers` file, names and all: what a student sends who skips `submit`."""
    identity = portfolio.identity
    school = identity.school
    head: dict[str, Node] = {
        "language": Scalar(identity.language),
        "student": _mapping(name=identity.student.name, number=identity.student.number),
        "school": _mapping(name=school.name, place=school.place, group=school.group),
        "mentor": _mapping(name=identity.mentor.name),
    }
    parts = {a.id: encode(portfolio.answers[a.id]) for a in course.assignments if portfolio.of(a.id)}
    return yaml_writer.write(Mapping({"portfolio": Mapping(head), **parts})).encode()


def _mapping(**fields: str | None) -> Mapping:
    return Mapping({key: Scalar(value) for key, value in fields.items() if value is not None})


def _moodle(attempts: list[_HandedIn]) -> Packed:
    """Moodle keeps one attempt: a folder named after the student and the participant's number."""
    last = attempts[-1]
    yield f"{last.student.name}_{last.student.key}_assignsubmission_file/{last.name}", last.data


def _canvas(attempts: list[_HandedIn]) -> Packed:
    last = attempts[-1]
    given, family = last.student.name.split(" ", 1)
    name = "".join(letter for letter in f"{family}{given}".lower() if letter.isalnum())
    late = "_LATE" if last.student.late else ""
    yield f"{name}{late}_{last.student.key}_{9_300_000 + last.student.number}_{last.name}", last.data


def _brightspace(attempts: list[_HandedIn]) -> Packed:
    for attempt in attempts:
        when = attempt.moment
        hour, half = when.hour % 12 or 12, "AM" if when.hour < 12 else "PM"
        moment = f"{_MONTHS[when.month - 1]} {when.day}, {when.year} {hour}{when.minute:02} {half}"
        start = f"{attempt.student.key}-2557369 - {attempt.student.name} - {moment}"
        yield f"{start}/{attempt.name}", attempt.data


def _blackboard(attempts: list[_HandedIn]) -> Packed:
    for attempt in attempts:
        when = attempt.moment.strftime("%Y-%m-%d-%H-%M-%S")
        user = attempt.student.portfolio.identity.student.number
        start = f"Portfolio_{user}_attempt_{when}"
        slip = f"Name: {attempt.student.name} ({user})\nAssignment: Portfolio\nDate Submitted: {when}\n"
        yield f"{start}.txt", slip.encode()
        yield f"{start}_{attempt.name}", attempt.data


def _plain(attempts: list[_HandedIn]) -> Packed:
    """Give each student a folder, or the file itself; a zip is sometimes unpacked."""
    last = attempts[-1]
    kind = last.student.number % 3
    if kind == 0 or not last.name.endswith(".zip") or last.student.flaw:
        yield f"{last.student.name}/{last.name}", last.data
    elif kind == 1:
        yield last.name, last.data
    else:
        with zipfile.ZipFile(io.BytesIO(last.data)) as archive:
            for entry in archive.namelist():
                yield f"{last.student.name}/{entry}", archive.read(entry)


_PACKERS: dict[Layout, tuple[str, Callable[[list[_HandedIn]], Packed]]] = {
    Layout.MOODLE: (f"{_COURSE}-Portfolio-20417.zip", _moodle),
    Layout.CANVAS: ("pabo1-portfolio_submissions.zip", _canvas),
    Layout.BRIGHTSPACE: ("Portfolio Download Nov 23, 2026 902 AM.zip", _brightspace),
    Layout.BLACKBOARD: ("gradebook_PABO1_Portfolio_2026-11-23-09-02-11.zip", _blackboard),
    Layout.PLAIN: ("Per mail", _plain),
}
"""Layout to the name of its download and how it names what a student handed in."""


def _zip(entries: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(_entry(name), data)
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, DEADLINE.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_zip(file: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    atomic.write_file(file, _zip(entries), durable=False)


def _write_plain(folder: Path, entries: Packed) -> None:
    for name, data in entries:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_file(file, data, durable=False)
