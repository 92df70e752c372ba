"""What the overview's page shows of each student: words, and what to filter and sort by."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from stagekit.checks.levels import level_word
from stagekit.cohort.model import AssignmentRow, Row
from stagekit.cohort.overview_words import (
    STATUSES,
    WEIGHTS,
    day,
    moment,
    one_line,
    reason,
    status_words,
    student_name,
    weight_words,
)
from stagekit.i18n import translate
from stagekit.model.course import Course
from stagekit.model.dates import short_date
from stagekit.model.feedback import LEVELS

_FORMAT_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "Word", "md": "Markdown", "txt": "TXT"}


@dataclass(frozen=True, slots=True)
class Part:
    """One assignment of one student, or its heading."""

    id: str
    title: str
    state: str = ""
    complete: bool = False
    missing: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Student:
    """One row of the page: words to show, and what to filter and sort by."""

    id: str
    name: str
    key: str
    lines: tuple[str, ...]
    status: str
    status_word: str
    rank: int
    attempts: str
    reason: str
    submitted: tuple[str, ...]
    moment: str
    late: bool
    parts: tuple[Part, ...]
    open: str
    finding: str
    findings: tuple[str, ...]
    weight: int
    documents: tuple[tuple[str, str], ...]


def totals(rows: Sequence[Row], language: str) -> tuple[tuple[str, int], ...]:
    """Count students and statuses, those that occur."""
    counts: Counter[str] = Counter(row.status for row in rows)
    words = status_words(language)
    named = [(words[status], counts[status]) for status in STATUSES if counts[status]]
    late = sum(row.late for row in rows)
    found = [(translate(language, "Students"), len(rows)), *named]
    return (*found, (translate(language, "Late"), late)) if late else tuple(found)


def students(rows: Iterable[Row], start: int, course: Course, language: str) -> Iterator[Student]:
    """Give what the page shows of each row; `start` is how many students stand on earlier pages."""
    view = _View(course, language)
    for number, row in enumerate(rows, start + 1):
        yield view.student(row, number)


class _View:
    """The words of one page, looked up once."""

    def __init__(self, course: Course, language: str) -> None:
        self.language = language
        self.titles = [(a.id, a.title[language]) for a in course.assignments]
        self.statuses = status_words(language)
        self.weights = weight_words(language)
        self.levels = {str(level): level_word(level, language) for level in LEVELS}
        self.complete = translate(language, "complete")
        self.missing = translate(language, "{count} missing")
        self.signed = translate(language, "signed off")
        self.plurals = _plurals(language)

    def student(self, row: Row, number: int) -> Student:
        """Give one row of the page."""
        given = {part.id: part for part in row.assignments}
        parts = tuple(self._part(id, title, given.get(id)) for id, title in self.titles)
        findings = [(weight, row.findings.get(weight, 0)) for weight in WEIGHTS]
        handed_in = moment(row.submitted)
        heaviest = next((weight for weight, count in findings if count), "")
        return Student(
            id=f"s{number}", name=student_name(row, self.language), key=one_line(row.key),
            lines=tuple(who(row)), status=row.status, status_word=self.statuses[row.status],
            rank=STATUSES.index(row.status),
            attempts=self.plurals("attempts", row.attempts) if row.attempts > 1 else "",
            reason=reason(row),
            submitted=(short_date(handed_in, self.language), f"{handed_in:%H:%M}") if handed_in else (),
            moment=handed_in.isoformat() if handed_in else "", late=row.late, parts=parts,
            open=" ".join(part.id for part in parts if part.state and not part.complete),
            finding="block" if heaviest == "block" else "any" if heaviest else "",
            findings=tuple(f"{self.weights[weight]}: {count}" for weight, count in findings if count),
            weight=sum(count * scale for (_, count), scale in zip(findings, (10**6, 10**3, 1), strict=True)),
            documents=tuple(_link(path) for path in row.documents),
        )  # fmt: skip

    def _part(self, id: str, title: str, part: AssignmentRow | None) -> Part:
        if part is None:
            return Part(id, title)
        state = self.complete if part.complete else self.missing.format(count=part.missing)
        date = day(part.date)
        said = [self.levels.get(part.level, ""), self.signed if part.signed_off else ""]
        lines = (
            self.plurals("words", part.words) if part.words else "",
            short_date(date, self.language) if date else "",
            ", ".join(filter(None, said)),
            self.plurals("comments", part.comments) if part.comments else "",
        )
        missing = 0 if part.complete else max(part.missing, 1)
        return Part(id, title, state, part.complete, missing, tuple(filter(None, lines)))


def _plurals(language: str) -> Callable[[str, int], str]:
    forms = {
        "words": (translate(language, "1 word"), translate(language, "{count} words")),
        "attempts": (translate(language, "1 attempt"), translate(language, "{count} attempts")),
        "comments": (translate(language, "1 comment"), translate(language, "{count} comments")),
    }

    def plural(what: str, count: int) -> str:
        one, many = forms[what]
        return one if count == 1 else many.format(count=count)

    return plural


def who(row: Row) -> list[str]:
    """Give what tells the student from others: number, or the environment's key, and school."""
    return [line for line in (one_line(row.number) or one_line(row.key), one_line(row.school)) if line]


def _link(path: str) -> tuple[str, str]:
    """Give address and words of a document; the address stays below the folder of the page."""
    ending = PurePosixPath(path).suffix.lstrip(".").lower()
    return "./" + quote(path, safe="/"), _FORMAT_NAMES.get(ending, ending.upper() or one_line(path))
