"""An invented cohort: believable students, each the same every time, from the course's pool of answers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from stagekit.model.cohort_pool import CohortPool
from stagekit.model.course import Assignment, Course, PersonFields, Question, RepeatQuestion
from stagekit.model.feedback import AssignmentFeedback, Feedback, Reviewer, Round
from stagekit.model.portfolio import Identity, Mentor, Portfolio, School, Student
from stagekit.model.values import Consent, Value, Values

Progress = Literal["complete", "started", "empty"]
Flaw = Literal["", "document", "cut_off", "not_yaml", "wrong_line", "other_files"]
"""What is wrong with what was handed in: only a document, half a zip, no YAML, one line, other files."""

DEADLINE = datetime(2026, 11, 20, 17, 0)
_FIRST_DAY = date(2026, 9, 14)
_STATES: tuple[tuple[Progress, Flaw], ...] = (
    ("complete", ""), ("started", ""), ("complete", ""), ("complete", ""), ("complete", "cut_off"),
    ("complete", ""), ("empty", ""), ("complete", ""), ("started", ""), ("complete", "document"),
    ("complete", ""), ("complete", ""), ("started", ""), ("complete", "wrong_line"), ("complete", ""),
    ("complete", ""), ("complete", "not_yaml"), ("started", ""), ("complete", ""), ("complete", ""),
    ("complete", ""), ("complete", "other_files"), ("complete", ""), ("started", ""),
)  # fmt: skip
"""What students hand in, in turn: a small cohort has some of everything too."""
_ATTEMPTS_EVERY = 7
_LATE_EVERY = 9
_SIGNED_EVERY = 3


@dataclass(frozen=True, slots=True)
class SampleStudent:
    """One invented student, and what was handed in when. `number` counts from 0."""

    number: int
    name: str
    key: str
    """The learning environment's number."""
    portfolio: Portfolio
    rounds: tuple[Round, ...]
    flaw: Flaw
    handed_in: tuple[datetime, ...]
    """Every attempt, oldest first; after `DEADLINE` is late."""
    earlier: tuple[Portfolio, ...] = field(default=())
    """What the earlier attempts held."""

    @property
    def late(self) -> bool:
        """Tell whether the attempt that counts came after the deadline."""
        return self.handed_in[-1] > DEADLINE


def sample_students(
    course: Course, pool: CohortPool, language: Literal["nl", "en"], count: int
) -> Iterator[SampleStudent]:
    """Give `count` students; the first hundred are the same in a cohort of any size."""
    names = _names(pool, language)
    for number in range(count):
        yield _Draw(course, pool, language, number).student(next(names))


def _names(pool: CohortPool, language: str) -> Iterator[str]:
    """Give names in a fixed order, each once; when they run out, two students share one."""
    everyone = [f"{given} {family}" for given in pool.given for family in pool.family]
    random.Random(language).shuffle(everyone)  # noqa: S311 - a sample, not a secret
    while True:
        yield from everyone


class _Draw:
    """All the chance that makes one student."""

    def __init__(self, course: Course, pool: CohortPool, language: Literal["nl", "en"], number: int) -> None:
        self.course, self.pool, self.language, self.number = course, pool, language, number
        self.random = random.Random(f"{language}-{number}")  # noqa: S311 - a sample, not a secret

    def student(self, name: str) -> SampleStudent:
        progress, flaw = _STATES[self.number % len(_STATES)]
        whole = self.portfolio(name, progress)
        handed_in = self.moments()
        earlier = tuple(
            replace(whole, answers=_first(whole.answers, part)) for part in range(2, 2 + len(handed_in) - 1)
        )
        signed = progress == "complete" and self.number % _SIGNED_EVERY == 0
        rounds = (self.round(whole),) if signed and self.pool.feedback else ()
        key = str(1_204_000 + self.number * 7)
        return SampleStudent(self.number, name, key, whole, rounds, flaw, handed_in, earlier)

    def moments(self) -> tuple[datetime, ...]:
        late = self.number % _LATE_EVERY == _LATE_EVERY - 1
        minutes = self.random.randint(5, 2 * 24 * 60)
        last = DEADLINE + timedelta(minutes=minutes if late else -minutes)
        times = self.random.randint(1, 2) if self.number % _ATTEMPTS_EVERY == 3 else 0
        return tuple(last - timedelta(hours=30 * back) for back in range(times, -1, -1))

    def portfolio(self, name: str, progress: Progress) -> Portfolio:
        school = self.random.choice(self.pool.schools)
        identity = Identity(
            id="".join(self.random.choices("abcdefghijkmnpqrstuvwxyz23456789", k=12)),
            course=self.course.id,
            language=self.language,
            student=Student(name=name, number=f"0{310_000 + self.number * 3}"),
            school=School(name=school.name, place=school.place, group=str(self.random.randint(1, 8))),
            mentor=Mentor(name=self.random.choice(self.pool.people)),
        )
        parts = {"complete": len(self.course.assignments), "started": self.random.randint(1, 4), "empty": 0}
        answers: dict[str, Values] = {}
        for index, assignment in enumerate(self.course.assignments[: parts[progress]]):
            given = self.assignment(assignment, _FIRST_DAY + timedelta(days=7 * index), identity)
            if progress == "started" and index == parts[progress] - 1:
                given = dict(list(given.items())[:1])
            answers[assignment.id] = given
        return Portfolio(identity, answers)

    def assignment(self, assignment: Assignment, day: date, identity: Identity) -> dict[str, Value]:
        offered = self.pool.answers.get(assignment.id, {})
        given: dict[str, Value] = {}
        for question in assignment.questions:
            values = offered.get(question.id)
            if values and isinstance(question, RepeatQuestion):
                given[question.id] = self.items(question, values, day, identity)
            elif values:
                given[question.id] = self.random.choice(values)
            elif question.type == "date":
                given[question.id] = day
            elif question.type == "scale":
                given[question.id] = self.random.randint(question.minimum, question.maximum)
        return given

    def items(
        self, question: RepeatQuestion, pool: tuple[Any, ...], day: date, identity: Identity
    ) -> tuple[Values, ...]:
        fewest = max(question.minimum, sum(quota.minimum for quota in question.quotas), 1)
        count = min(len(pool), fewest + self.random.randint(0, 2 if fewest < 4 else 4))
        drawn = self.random.sample(pool, count)
        people = self.random.sample(self.pool.people, min(count, len(self.pool.people)))
        return tuple(
            self.item(question, dict(item), index, day, (people[index], identity.mentor.name or ""))
            for index, item in enumerate(drawn)
        )

    def item(
        self, question: RepeatQuestion, item: dict[str, Value], index: int, day: date, names: tuple[str, str]
    ) -> dict[str, Value]:
        name = names[0]
        for inner in question.questions:
            if inner.type == "date_time" and inner.id not in item:
                moment = datetime.combine(day, datetime.min.time()) + timedelta(days=3 * index, hours=10)
                item = {inner.id: moment + timedelta(minutes=self.random.randint(0, 300)), **item}
            elif inner.type == "date" and question.person is not None:
                item[inner.id] = day + timedelta(days=index)
        if question.person is not None:
            item, name = self.person(question.person, item, index, names)
        if question.consent is not None:
            usable = "yes" if self.random.random() < 0.85 else self.random.choice(["paraphrased", "no"])
            item[question.consent.id] = Consent(
                informed=True, form="spoken", date=day, may_use=usable, read_back=self.random.random() < 0.7
            )
        first = name.split(" ")[0]
        filled = {
            key: value.replace("{first}", first) if isinstance(value, str) else value
            for key, value in item.items()
        }
        return _in_order(question, filled)

    def person(
        self, person: PersonFields, item: dict[str, Value], index: int, names: tuple[str, str]
    ) -> tuple[dict[str, Value], str]:
        name = names[0]
        if person.mentor is not None:
            is_mentor = index == 0
            item[person.mentor.question] = str(person.mentor.is_) if is_mentor else "teacher"
            name = names[1] if is_mentor else name
        return {**item, person.name: name}, name

    def round(self, portfolio: Portfolio) -> Round:
        seen = self.random.sample(list(self.course.assignments), k=self.random.randint(2, 5))
        feedback = Feedback(
            portfolio=portfolio.identity.id,
            reviewer=Reviewer(name=portfolio.identity.mentor.name, date=(DEADLINE.date()).isoformat()),
            assignments={
                assignment.id: AssignmentFeedback(
                    level=said.level, comment=said.comment, signed_off=said.level != "not_yet"
                )
                for assignment in sorted(seen, key=self.course.assignments.index)
                if assignment.mentor_sees
                for said in [self.random.choice(self.pool.feedback)]
            },
        )
        return Round(id=f"001-{DEADLINE.date().isoformat()}", feedback=feedback)


def _in_order(question: RepeatQuestion, item: dict[str, Value]) -> dict[str, Value]:
    order: list[Question] = list(question.questions)
    return {inner.id: item[inner.id] for inner in order if inner.id in item}


def _first(answers: Any, parts: int) -> dict[str, Values]:
    return dict(list(answers.items())[:parts])
