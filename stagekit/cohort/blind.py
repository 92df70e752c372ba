"""A portfolio without the student's own name: a code stands wherever the name or number did."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from stagekit.checks.aliases import Aliases
from stagekit.checks.feedback import Point
from stagekit.checks.matching import Doubt
from stagekit.checks.names import Lexicon
from stagekit.checks.spelling import fold
from stagekit.model import course as c
from stagekit.model.portfolio import Portfolio, PrivateAlias, School, Student
from stagekit.model.values import Value, Values

_SHORTEST_PART = 3
_SHORTEST_GLUED = 6
_JOINT = "[ ._/+-]?"
_TYPED = (c.TextQuestion, c.LongTextQuestion, c.UrlQuestion)


class Blind:
    """A portfolio without the student's name and number; `code` stands for them in every text.

    `names` are further spellings of the name, as the learning environment has it. The name becomes a
    private one, whose alias is the code. Here goes what aliases leave as well: spellings without blanks, as
    in addresses, and capitalised words that may be common ones. Other names get the aliases they would get
    in a document in `language` anyway.
    """

    def __init__(
        self, course: c.Course, portfolio: Portfolio, language: str, code: str, names: Sequence[str]
    ) -> None:
        identity = portfolio.identity
        student = identity.student
        known = list(dict.fromkeys(name for name in (student.name, *names) if name and name.strip()))
        settings = replace(
            identity.settings,
            private_aliases=(
                *(PrivateAlias(name=name, alias=code) for name in known),
                *identity.settings.private_aliases,
            ),
        )
        identity = replace(identity, student=Student(name=code), settings=settings)
        hidden = Portfolio(identity, portfolio.answers, portfolio.reviewers)
        self.code = code
        self.aliases = Aliases.of(course, hidden, language)
        self.pattern = _written_as(Lexicon(course.names), known, student.number)
        school = self._school(identity.school)
        shown = self._answers(course, hidden)
        self.portfolio = Portfolio(replace(identity, school=school), shown, portfolio.reviewers)

    def _school(self, school: School) -> School:
        named = [field.name for field in fields(school) if self.has(getattr(school, field.name))]
        return replace(school, **dict.fromkeys(named))

    def _answers(self, course: c.Course, portfolio: Portfolio) -> dict[str, Values]:
        return {
            assignment.id: self.values(assignment.questions, portfolio.of(assignment.id))
            for assignment in course.assignments
            if portfolio.of(assignment.id)
        }

    def points(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Give feedback without the name."""
        return tuple(
            replace(
                point,
                text=self.text(point.text),
                reviewer=self.text(point.reviewer),
                reply=replace(point.reply, text=self.text(point.reply.text or "") or None),
            )
            for point in points
        )

    def has(self, text: str | None) -> bool:
        """Tell whether the name stands in a text."""
        return bool(text) and self.text(text or "") != text

    def text(self, text: str) -> str:
        """Give a text with aliases, and with the code for what they leave of the name."""
        text = self.aliases.apply(text)
        pieces: list[str] = []
        done = 0
        for found in self.aliases.ambiguous(text):
            if found.alias == self.code and found.doubt is not Doubt.SMALL and found.start >= done:
                pieces += (text[done : found.start], self.code)
                done = found.end
        return _replaced("".join((*pieces, text[done:])), self.pattern, self.code)

    def values(self, questions: tuple[c.Question, ...], values: Mapping[str, Value]) -> dict[str, Value]:
        """Go through the answers to `questions`."""
        known = {question.id: question for question in questions}
        return {id_: self.value(known.get(id_), value) for id_, value in values.items()}

    def value(self, question: c.Question | None, value: Value) -> Value:
        """Go through one answer; private ones are names of others and stay, as they are in no document."""
        if question is None or question.private:
            return value
        if isinstance(question, _TYPED):
            return self.text(str(value))
        if isinstance(question, c.GroupQuestion) and isinstance(value, Mapping):
            return self.values(question.questions, value)
        if isinstance(question, c.RepeatQuestion) and isinstance(value, tuple):
            return tuple(self.values(question.questions, item) for item in value)
        return value


def _written_as(lexicon: Lexicon, names: Sequence[str], number: str | None) -> re.Pattern[str] | None:
    """Find the name where no blank or sentence helps: run together, and each part that is no common word."""
    spelled: set[str] = set()
    for form in (form for name in names for form in lexicon.read(name)):
        spelled |= {t.word for t in form if not (t.weak or t.particle) and len(t.word) >= _SHORTEST_PART}
        parts = [token.word for token in form]
        if len("".join(parts)) < _SHORTEST_GLUED or len(parts) < 2:
            continue
        last = _JOINT.join(parts[1:])
        spelled |= {first + _JOINT + last for first in (parts[0], parts[0][0])}
        spelled |= {last + _JOINT + first for first in (parts[0], parts[0][0])}
        spelled.add(parts[0] + _JOINT + parts[-1])
    longest_first = "|".join(sorted(spelled, key=lambda each: (-len(each), each)))
    ways = [rf"(?<![^\W\d_])(?:{longest_first})(?![^\W\d_])"] if spelled else []
    digits = fold((number or "").strip()).text
    if len(digits) >= _SHORTEST_PART:
        ways.append(rf"(?<![0-9]){re.escape(digits)}(?![0-9])")
    return re.compile("|".join(ways)) if ways else None


def _replaced(text: str, pattern: re.Pattern[str] | None, code: str) -> str:
    if pattern is None:
        return text
    folded = fold(text)
    pieces: list[str] = []
    done = 0
    for found in pattern.finditer(folded.text):
        start, end = folded.raw(found.start()), folded.raw(found.end())
        if start >= done:
            pieces += (text[done:start], code)
            done = end
    return "".join((*pieces, text[done:])) if done else text
