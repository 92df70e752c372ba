"""Privacy findings: where a portfolio may give somebody away, how much it weighs, why, and what to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from stagekit.checks.aliases import Aliases
from stagekit.checks.completeness import Labels, place_in_words
from stagekit.checks.consent import Reader, may_read, mentor_sees, visibility
from stagekit.checks.findings_lines import Source
from stagekit.checks.findings_scan import Kind, PrivacyLexicon, Spot
from stagekit.checks.findings_text import TextCheck, published
from stagekit.checks.findings_wording import reason, remedy
from stagekit.model import course as c
from stagekit.model.decode import NodePath, format_path
from stagekit.model.portfolio import Portfolio
from stagekit.model.privacy import Privacy
from stagekit.model.text import Text
from stagekit.model.values import Consent, Value, Values

_TYPED = (c.TextQuestion, c.LongTextQuestion)
_MAX_TEXT = 120


class Weight(StrEnum):
    """How much a finding weighs; what blocks is not handed in until it is mended or accepted."""

    BLOCK = "block"
    WARN = "warn"
    ATTENTION = "attention"


WEIGHTS = {
    Kind.BSN: Weight.BLOCK, Kind.PHONE: Weight.BLOCK, Kind.IBAN: Weight.BLOCK, Kind.EMAIL: Weight.BLOCK,
    Kind.SENSITIVE: Weight.ATTENTION, Kind.GROUP: Weight.ATTENTION, Kind.PRIVATE_NAME: Weight.ATTENTION,
}  # fmt: skip
"""Of each kind; the others are a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Words in an answer that may give somebody away.

    `id` stays the same while the words and the question do, whatever else changes; the same words twice in
    one list share it. `path` leads to the answer within the assignment, items from 0; `line` is from 1.
    """

    id: str
    kind: Kind
    assignment: str
    path: NodePath
    labels: Labels
    file: str = ""
    line: int | None = None
    text: str = field(repr=False)
    name: str = field(default="", repr=False)
    """The name in `text` that could get an alias; empty where none is."""
    subject: Text | None = None

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        return WEIGHTS.get(self.kind, Weight.WARN)

    @property
    def question(self) -> str:
        """The question, as people write a path: `parents[2].on_time`."""
        return format_path(self.path)

    def place(self, language: str) -> str:
        """Give where it stands, in the course's words: `Parent 2, on time`."""
        return place_in_words(self.labels, language)

    def why(self, language: str) -> str:
        """Say why it matters."""
        return reason(self.kind, self.subject, language)

    def do(self, language: str) -> str:
        """Say what to do."""
        return remedy(self.kind, language)


_lexicons: list[tuple[c.Names, Privacy, PrivacyLexicon]] = []
"""The last one made, beside what it was made of: a cohort has one course, loaded once."""


def _lexicon(names: c.Names, privacy: Privacy) -> PrivacyLexicon:
    for known_names, known_privacy, known in _lexicons:
        if known_names is names and known_privacy is privacy:
            return known
    made = PrivacyLexicon(names, privacy)
    _lexicons[:] = [(names, privacy, made)]
    return made


class Checker:
    """Looks through the answers of one portfolio; made once, quick for each answer."""

    def __init__(
        self,
        course: c.Course,
        privacy: Privacy,
        portfolio: Portfolio,
        language: str,
        aliases: Aliases | None = None,
    ) -> None:
        """Make it; `aliases` are those of the portfolio in that language, where they are there already."""
        self.course = course
        self.portfolio = portfolio
        self.privacy = privacy
        self._public = tuple(f"{public}." for public in privacy.public)
        self.aliases = aliases or Aliases.of(course, portfolio, language)
        identity = portfolio.identity
        own = (identity.student.name, identity.school.name, identity.school.place)
        lexicon = _lexicon(course.names, privacy)
        self.texts = TextCheck(lexicon, self.aliases, tuple(name for name in own if name))

    def findings(
        self, reader: Reader = Reader.STUDENT, sources: Mapping[str, Source] | None = None
    ) -> list[Finding]:
        """List the findings in what `reader` may read, as the course goes; `sources` give the lines."""
        found: list[Finding] = []
        for assignment in self.course.assignments:
            if reader is Reader.MENTOR and not mentor_sees(self.course, self.portfolio, assignment):
                continue
            source = (sources or {}).get(assignment.id, Source())
            walk = _Walk(self, assignment.id, reader, source)
            found += walk.values(
                assignment.questions, self.portfolio.of(assignment.id), (), (), paraphrased=False
            )
        return found

    def findings_for(
        self,
        assignment_id: str,
        path: NodePath,
        question: c.Question,
        text: str,
        *,
        paraphrased: bool = False,
    ) -> list[Finding]:
        """List the findings in one answer, to show right after it was given."""
        walk = _Walk(self, assignment_id, Reader.STUDENT, Source())
        return list(walk.text(text, path, ((question.label, None),), paraphrased=paraphrased))

    def findings_in(
        self, text: str, assignment_id: str, path: NodePath, labels: Labels, *, file: str
    ) -> list[Finding]:
        """List the findings in a text beside the answers, in `file` below the portfolio's folder."""
        walk = _Walk(self, assignment_id, Reader.STUDENT, Source(file))
        return list(walk.text(text, path, labels, paraphrased=False))

    def is_public(self, assignment_id: str, path: NodePath) -> bool:
        """Tell whether an answer holds what a school publishes."""
        place = ".".join([assignment_id, *(step for step in path if isinstance(step, str)), ""])
        return place.startswith(self._public)


@dataclass
class _Walk:
    checker: Checker
    assignment_id: str
    reader: Reader
    source: Source

    def values(
        self,
        questions: tuple[c.Question, ...],
        values: Values,
        path: NodePath,
        labels: Labels,
        *,
        paraphrased: bool,
    ) -> Iterator[Finding]:
        """Look through the answers to `questions`; private ones are in no document."""
        for question in questions:
            value = values.get(question.id)
            if value is None or question.private:
                continue
            here = (*path, question.id)
            yield from self.value(question, value, here, (*labels, (question.label, None)), paraphrased)

    def value(
        self, question: c.Question, value: Value, path: NodePath, labels: Labels, paraphrased: bool
    ) -> Iterator[Finding]:
        if isinstance(question, _TYPED) and isinstance(value, str):
            yield from self.text(value, path, labels, paraphrased=paraphrased)
        elif isinstance(question, c.GroupQuestion) and isinstance(value, Mapping):
            yield from self.values(question.questions, value, path, labels, paraphrased=paraphrased)
        elif isinstance(question, c.RepeatQuestion) and isinstance(value, tuple):
            for index, item in enumerate(value):
                if may_read(visibility(question, item), self.reader):
                    named = (*labels[:-1], (question.item, index + 1))
                    yield from self.values(
                        question.questions,
                        item,
                        (*path, index),
                        named,
                        paraphrased=_paraphrased(question, item),
                    )

    def text(self, text: str, path: NodePath, labels: Labels, *, paraphrased: bool) -> Iterator[Finding]:
        checker = self.checker
        spots = checker.texts.spots(text, paraphrased=paraphrased)
        if spots and checker.is_public(self.assignment_id, path):
            spots = published(spots)
        for spot in spots:
            words = text[spot.start : spot.end]
            yield Finding(
                id=self.identify(spot.kind, path, words),
                kind=spot.kind,
                assignment=self.assignment_id,
                path=path,
                labels=labels,
                file=self.source.name,
                line=self.source.line(path, text, spot.start),
                text=_short(words),
                name=_name(spot, text),
                subject=checker.privacy.subjects[spot.subject].label if spot.subject >= 0 else None,
            )

    def identify(self, kind: Kind, path: NodePath, words: str) -> str:
        import hashlib

        question = ".".join(step for step in path if isinstance(step, str))
        said = " ".join(self.checker.aliases.apply(words).split())
        content = "\n".join((kind.value, self.assignment_id, question, said))
        return hashlib.blake2b(content.encode(), digest_size=4).hexdigest()


_NAMED = frozenset({Kind.TITLED_NAME, Kind.RELATION_NAME, Kind.SURNAME})


def _name(spot: Spot, text: str) -> str:
    return " ".join(text[spot.name_start : spot.name_end].split()) if spot.kind in _NAMED else ""


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MAX_TEXT else line[: _MAX_TEXT - 1] + "…"


def _paraphrased(question: c.RepeatQuestion, item: Values) -> bool:
    consent = item.get(question.consent.id) if question.consent else None
    return isinstance(consent, Consent) and consent.paraphrased
