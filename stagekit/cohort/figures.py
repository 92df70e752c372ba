"""What a cohort has in common: how many students name what, and never anything about fewer than five.

A number below five is not shown, nor one that leaves fewer than five students out. Where what is shown
would let a hidden number be worked out, the smallest shown number is hidden too. Hidden is hidden: which of
the two reasons it has is not told, and there are no totals to subtract from.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stagekit.cohort.model import Row
from stagekit.i18n import translate
from stagekit.model.course import OTHER, ChoiceQuestion, Course, Impact, other_label, walk

SMALLEST = 5
"""Students a number must be about, and leave out, to be shown."""
_CATALOGUES = {
    "contact_types": "contact-types", "blocks": "building-blocks", "kinds_of_talk": "kinds-of-talk",
}  # fmt: skip
_JUDGEMENTS = "judgements"


@dataclass(frozen=True, slots=True)
class Number:
    """How many students; None where it is not shown."""

    label: str
    count: int | None
    at_least: bool = False
    """The count is a lower bound: fewer than five students are left out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many students name each thing, the most named first; `hidden` are labels without a number."""

    id: str
    title: str
    numbers: tuple[Number, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Students per judgement (rows) and reference (columns); a cell without a count is not shown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number, ...]], ...]


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """All figures, over `students` with a portfolio; no figure at all where those are fewer than five."""

    students: int
    figures: tuple[Figure, ...] = ()
    comparison: Comparison | None = None


@dataclass(slots=True)
class _Tally:
    """Students per id, and students with any of them."""

    counts: Counter[str] = field(default_factory=Counter)
    anything: int = 0

    def add(self, given: Iterable[str]) -> None:
        ids = set(given)
        self.counts.update(ids)
        self.anything += bool(ids)


class FiguresBuilder:
    """Counts students one row at a time, so that memory does not grow with the cohort."""

    def __init__(self) -> None:
        self.students = 0
        self._tallies = {theme: _Tally() for theme in (*_CATALOGUES, _JUDGEMENTS)}
        self._sides: dict[str, int] = Counter()
        """Students per judgement (`higher/`) and per reference (`/higher`), whatever the other is."""

    def add(self, row: Row) -> None:
        """Count one student."""
        if row.status not in {"complete", "started"}:
            return
        self.students += 1
        for theme in _CATALOGUES:
            self._tallies[theme].add(_named(row, theme))
        pairs = {_pair(key) for key in _named(row, _JUDGEMENTS)}
        self._tallies[_JUDGEMENTS].add("/".join(pair) for pair in pairs)
        for side in {f"{given}/" for given, _ in pairs} | {f"/{likely}" for _, likely in pairs}:
            self._sides[side] += 1

    def figures(self, course: Course, language: str) -> CohortFigures:
        """Give the figures with every number that may be shown."""
        if self.students < SMALLEST:
            return CohortFigures(self.students)
        made = (self._figure(theme, course, language) for theme in _CATALOGUES)
        return CohortFigures(
            self.students, tuple(f for f in made if f.numbers or f.hidden), self._comparison(course, language)
        )

    def _figure(self, theme: str, course: Course, language: str) -> Figure:
        tally = self._tallies[theme]
        labels = _labels(theme, course, language)
        ids = list(labels) + sorted(set(tally.counts) - set(labels))
        counts = {id: tally.counts[id] for id in ids}
        shown = disclosed(counts, [(ids, tally.anything)], self.students)
        numbers = [self._number(labels.get(id, id), shown[id]) for id in ids if shown[id] is not None]
        numbers.sort(key=lambda number: -(number.count or 0))
        hidden = tuple(labels.get(id, id) for id in ids if shown[id] is None)
        return Figure(theme, _title(theme, language), tuple(numbers), hidden)

    def _comparison(self, course: Course, language: str) -> Comparison | None:
        tally = self._tallies[_JUDGEMENTS]
        if not tally.counts:
            return None
        judged = _judgements(course, language)
        likely = {**judged, "": translate(language, "not in the reference list")}
        keys = {f"{given}/{reference}" for given in judged for reference in likely}
        counts = {key: tally.counts[key] for key in sorted(keys)}
        groups = [([k for k in counts if k.startswith(f"{g}/")], self._sides[f"{g}/"]) for g in judged]
        groups += [([k for k in counts if k.endswith(f"/{r}")], self._sides[f"/{r}"]) for r in likely]
        shown = disclosed(counts, [*groups, (list(counts), tally.anything)], self.students)
        rows = (
            (label, tuple(self._number(likely[r], shown[f"{given}/{r}"]) for r in likely))
            for given, label in judged.items()
        )
        return Comparison(_title(_JUDGEMENTS, language), tuple(likely.values()), tuple(rows))

    def _number(self, label: str, count: int | None) -> Number:
        if count is not None and self.students - count < SMALLEST:
            return Number(label, self.students - SMALLEST + 1, at_least=True)
        return Number(label, count)


def disclosed(
    counts: Mapping[str, int], groups: Sequence[tuple[Sequence[str], int]], students: int
) -> dict[str, int | None]:
    """Give the counts that may be shown, None for the others.

    A group is ids whose students together are `anything` different students, a number that may be known:
    the counts shown must not prove that something hidden in it is there. A lower bound among them, or two
    or more hidden of which one is five or more, proves nothing.
    """
    shown: dict[str, int | None] = {id: n if n >= SMALLEST else None for id, n in counts.items()}
    for ids, anything in groups:
        hidden = [id for id in ids if shown[id] is None]
        known = [id for id in ids if shown[id] is not None]
        if not hidden or any(counts[id] >= SMALLEST for id in hidden):
            continue
        if any(students - counts[id] < SMALLEST for id in known):
            continue
        if known and sum(counts[id] for id in known) < anything:
            shown[min(known, key=lambda id: (counts[id], id))] = None
    return shown


def _named(row: Row, theme: str) -> Iterable[str]:
    return (id for id, times in row.counts.get(theme, {}).items() if times > 0)


def _pair(key: str) -> tuple[str, str]:
    """Give judgement and reference of `higher/depends`; the reference is empty where the list has none."""
    given, _, likely = key.partition("/")
    return given, likely if likely in set(Impact) else ""


def _labels(theme: str, course: Course, language: str) -> dict[str, str]:
    catalogue = course.catalogues.get(_CATALOGUES[theme])
    labels = {entry.id: entry.label[language] for entry in catalogue.entries} if catalogue else {}
    if theme == "contact_types":
        labels.setdefault(OTHER, other_label()[language])
    return labels


def _judgements(course: Course, language: str) -> dict[str, str]:
    """Give the levels a student chooses from, in order: the question that reveals a reference."""
    for assignment in course.assignments:
        for question in walk(assignment.questions):
            if isinstance(question, ChoiceQuestion) and question.reveals:
                return {id: label[language] for id, label in course.options(question)}
    return {}


def _title(theme: str, language: str) -> str:
    return {
        "contact_types": translate(language, "Contact types"),
        "blocks": translate(language, "Building blocks"),
        "kinds_of_talk": translate(language, "Kinds of talk"),
        _JUDGEMENTS: translate(language, "Judgement beside reference"),
    }[theme]
