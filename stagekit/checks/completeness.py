"""What is given, what is missing and what is advised, per assignment.

Only a question with `need: required` makes an assignment incomplete; complete is not the same as good.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stagekit.checks.conditions import applies, holds
from stagekit.checks.consent import Visibility, visibility
from stagekit.i18n import active, translate
from stagekit.model import course as c
from stagekit.model.decode import NodePath
from stagekit.model.portfolio import Portfolio
from stagekit.model.record import record, record_in_order
from stagekit.model.text import Text
from stagekit.model.values import Consent, Value, Values

Labels = tuple[tuple[Text, int | None], ...]
"""Where something stands, in the course's words: label, or the word for an item and its number (from 1)."""


class Lack(StrEnum):
    """In what way something is missing."""

    ANSWER = "answer"
    ITEMS = "items"
    SUGGESTED = "suggested"
    QUOTA = "quota"
    IN_ITEMS = "in_items"
    VALUE = "value"


@record
class Missing:
    """One thing that is missing or advised.

    `path` leads to it, items counted from 0: `("contacts", 2, "judgement")`. `count` and `total` are items:
    still needed of how many, or lacking an answer of how many. `what` is the label of a quota or a choice.
    """

    path: NodePath
    labels: Labels
    lack: Lack = Lack.ANSWER
    count: int = 0
    total: int = 0
    what: Text | None = None

    @property
    def question(self) -> str:
        """The id of the top-level question it belongs to."""
        return str(self.path[0])

    @property
    def sentence(self) -> str:
        """What to add, in the language of the interface."""
        return self.worded(active())

    def place(self, language: str) -> str:
        """Give where it stands, for people: `Contact type 3, impact`."""
        return place_in_words(self.labels, language)

    def worded(self, language: str) -> str:
        """Say what to add, for people."""
        place = self.place(language)
        what = "" if self.what is None else _capital(self.what[language])
        match self.lack:
            case Lack.ANSWER:
                return translate(language, "{place}: not filled in yet", place=place)
            case Lack.ITEMS:
                return translate(language, "{place}: {count} more needed ({held} of {total} there)",
                                 place=place, count=self.count, held=self.total - self.count,
                                 total=self.total)  # fmt: skip
            case Lack.SUGGESTED:
                return translate(language, "{place}: {count} more would be good ({held} of {total} there)",
                                 place=place, count=self.count, held=self.total - self.count,
                                 total=self.total)  # fmt: skip
            case Lack.QUOTA:
                return translate(language, "{what}: {count} more needed", what=what, count=self.count)
            case Lack.IN_ITEMS:
                return translate(language, "{place}: not filled in yet in {count} of {total}",
                                 place=place, count=self.count, total=self.total)  # fmt: skip
            case Lack.VALUE:
                return translate(language, "{place}: “{what}” is not chosen anywhere yet",
                                 place=place, what=what)  # fmt: skip


@record
class AssignmentCompleteness:
    """How far one assignment is; `given` of `total` top-level questions that apply have an answer."""

    id: str
    missing: tuple[Missing, ...]
    advised: tuple[Missing, ...]
    given: int
    total: int

    @property
    def complete(self) -> bool:
        """Tell whether nothing required is missing."""
        return not self.missing


@record_in_order
class Completeness:
    """How far a portfolio is, assignments in the order of the course."""

    assignments: tuple[AssignmentCompleteness, ...]

    @property
    def complete(self) -> bool:
        """Tell whether every assignment is complete."""
        return all(assignment.complete for assignment in self.assignments)

    def of(self, assignment_id: str) -> AssignmentCompleteness | None:
        """Give how far one assignment is."""
        return next((a for a in self.assignments if a.id == assignment_id), None)

    def as_json(self) -> dict[str, Any]:
        """Give the document of `status --json`; question ids are those of the top level, each once."""
        return {
            "complete": self.complete,
            "assignments": [
                {"id": a.id, "complete": a.complete, "missing": _ids(a.missing), "advised": _ids(a.advised)}
                for a in self.assignments
            ],
        }


def completeness(course: c.Course, portfolio: Portfolio) -> Completeness:
    """Tell what is missing and advised in every assignment of the course."""
    return Completeness(tuple(_assignment(course, a, portfolio.of(a.id)) for a in course.assignments))


def given(value: Value | None) -> bool:
    """Tell whether an answer says anything: blanks, and lists and groups of nothing, do not."""
    if isinstance(value, str):
        if value.isprintable():
            return value.strip(" ") != ""
        return any(char.isprintable() and not char.isspace() for char in value)
    if value is None:
        return False
    if isinstance(value, tuple):
        return any(map(given, value))
    if type(value) is dict or isinstance(value, Mapping):
        return any(map(given, value.values()))
    return not isinstance(value, Consent) or value != Consent()


def answered(question: c.Question, value: Value | None) -> bool:
    """Tell whether a question has its answer; consent needs one that can be acted on: recorded, or a no."""
    if isinstance(question, c.ConsentQuestion) and isinstance(value, Consent):
        return value.recorded or value.refused
    return given(value)


def place_in_words(labels: Labels, language: str) -> str:
    """Give where something stands, for people: `Contact type 3, impact`."""
    steps = [label[language] if number is None else f"{label[language]} {number}" for label, number in labels]
    return _capital(", ".join([steps[0], *(_small(step) for step in steps[1:])]))


def _ids(found: Iterable[Missing]) -> list[str]:
    return list(dict.fromkeys(item.question for item in found))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """Give a label in the middle of a line; `URL` keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _assignment(course: c.Course, assignment: c.Assignment, values: Values) -> AssignmentCompleteness:
    walk = _Walk(course, values)
    asked = [q for q in assignment.questions if applies(q, values, values)]
    for question in asked:
        walk.question(question, values, (), ())
    return AssignmentCompleteness(
        id=assignment.id,
        missing=tuple(walk.missing),
        advised=tuple(walk.advised),
        given=sum(answered(q, values.get(q.id)) for q in asked),
        total=len(asked),
    )


@dataclass
class _Walk:
    """Goes through the questions of one assignment and notes what is not there."""

    course: c.Course
    values: Values
    missing: list[Missing] = field(default_factory=list)
    advised: list[Missing] = field(default_factory=list)

    def note(self, need: c.Need, found: Missing) -> None:
        if need is c.Need.REQUIRED:
            self.missing.append(found)
        elif need is c.Need.ADVISED:
            self.advised.append(found)

    def question(self, question: c.Question, siblings: Values, path: NodePath, labels: Labels) -> None:
        if not applies(question, siblings, self.values):
            return
        value = siblings.get(question.id)
        if isinstance(question, c.GroupQuestion):
            self.group(question, value, (*path, question.id), (*labels, (question.label, None)))
        elif isinstance(question, c.RepeatQuestion):
            self.repeat(question, value, (*path, question.id), (*labels, (question.label, None)))
        elif not answered(question, value):
            if question.need is not c.Need.OPTIONAL:
                found = Missing(path=(*path, question.id), labels=(*labels, (question.label, None)))
                self.note(question.need, found)
        elif isinstance(question, c.ChoicesQuestion) and not any(isinstance(step, int) for step in path):
            # In items: over all of them, in `repeat`.
            self.values_advised(question, [value], (*path, question.id), (*labels, (question.label, None)))

    def group(self, question: c.GroupQuestion, value: Value | None, path: NodePath, labels: Labels) -> None:
        """Note what a group lacks; one that is empty as a whole is advised as a whole."""
        inner: Values = value if isinstance(value, Mapping) else {}
        walk = _Walk(self.course, self.values)
        for each in question.questions:
            walk.question(each, inner, path, labels)
        empty = not given(inner)
        if empty and not (question.required and walk.missing):
            self.note(question.need, Missing(path=path, labels=labels))
        self.missing += walk.missing
        if not empty or question.need is c.Need.OPTIONAL:
            self.advised += walk.advised

    def repeat(self, question: c.RepeatQuestion, value: Value | None, path: NodePath, labels: Labels) -> None:
        """Note what a repeat group lacks; items that say nothing at all are not there."""
        listed = value if isinstance(value, tuple) else ()
        items = [(i, item) for i, item in enumerate(listed) if isinstance(item, Mapping) and given(item)]
        self.number_of_items(question, [item for _index, item in items], path, labels)
        shown = [(i, item) for i, item in items if visibility(question, item) is not Visibility.WITHHELD]
        lacking: dict[NodePath, list[Missing]] = {}
        for index, item in shown:
            walk = _Walk(self.course, self.values)
            for each in question.questions:
                walk.question(each, item, (*path, index), ((question.item, index + 1),))
            self.missing += walk.missing
            for found in walk.advised:
                place = tuple(step for step in found.path if isinstance(step, str))
                lacking.setdefault(place, []).append(found)
        for inner_path, found_in in lacking.items():
            inner_labels = (*labels, *found_in[0].labels[1:])
            self.advised.append(Missing(path=inner_path, labels=inner_labels, lack=Lack.IN_ITEMS,
                                        count=len(found_in), total=len(shown)))  # fmt: skip
        for each in question.questions:
            if isinstance(each, c.ChoicesQuestion) and each.advised_values:
                chosen = [item.get(each.id) for _index, item in items]
                self.values_advised(each, chosen, (*path, each.id), (*labels, (each.label, None)))

    def number_of_items(
        self, question: c.RepeatQuestion, items: list[Values], path: NodePath, labels: Labels
    ) -> None:
        """Note how many items are short; what the quotas already ask for is not asked twice."""
        short = used = 0
        spare = [item for item in items if visibility(question, item) is Visibility.WITHHELD]
        for quota in question.quotas:
            lack = quota.minimum - sum(holds(quota.when, item) for item in items)
            # A withheld conversation needs no fields, so one that does not say whose it was fills any quota.
            free = sum(quota.when.question not in item for item in spare) - used
            filled = max(0, min(lack, free))
            used += filled
            lack -= filled
            if lack > 0:
                short += lack
                self.note(question.need, Missing(path=path, labels=labels, lack=Lack.QUOTA, count=lack,
                                                 total=quota.minimum, what=quota.label))  # fmt: skip
        least = max(question.minimum, 1)
        if least - len(items) > short:
            if not items and question.need is c.Need.ADVISED:
                self.note(question.need, Missing(path=path, labels=labels))
                return
            self.note(question.need, Missing(path=path, labels=labels, lack=Lack.ITEMS,
                                             count=least - len(items), total=least))  # fmt: skip
        elif not short and question.suggested is not None and len(items) < question.suggested:
            self.advised.append(Missing(path=path, labels=labels, lack=Lack.SUGGESTED,
                                        count=question.suggested - len(items),
                                        total=question.suggested))  # fmt: skip

    def values_advised(
        self, question: c.ChoicesQuestion, answers: list[Value | None], path: NodePath, labels: Labels
    ) -> None:
        """Note which choices the course would like to see somewhere, once there is an answer at all."""
        if not any(map(given, answers)):
            return
        chosen = {choice for answer in answers if isinstance(answer, tuple) for choice in answer}
        options = dict(self.course.options(question)) if question.advised_values else {}
        for wanted in question.advised_values:
            if wanted in options and wanted not in chosen:
                self.advised.append(Missing(path=path, labels=labels, lack=Lack.VALUE, what=options[wanted]))
