"""What a course file must keep beyond its shape: unique ids, references that resolve."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from stagekit.i18n import LANGUAGES, _
from stagekit.model import course as c
from stagekit.model.decode import NodePath, Problems, did_you_mean, locate
from stagekit.model.node import Node

Report = Callable[[NodePath, str], None]
"""Notes a problem at a path of the file under check."""


def check_assignment(
    assignment: c.Assignment, node: Node, catalogues: dict[str, c.Catalogue], problems: Problems
) -> None:
    """Check one assignment file; `node` gives the lines."""

    def report(path: NodePath, message: str) -> None:
        problems.add(locate(node, path), path, message)

    placed = list(_placed(assignment.questions))
    for path, question, siblings in placed:
        for rule in _RULES:
            rule(question, path, _Scope(assignment, siblings, catalogues), report)
    _check_labels(placed, report)


def check_catalogue(catalogue: c.Catalogue, node: Node, problems: Problems) -> None:
    """Check one reference file: unique ids, known sources."""

    def report(path: NodePath, message: str) -> None:
        problems.add(locate(node, path), path, message)

    _unique((e.id for e in catalogue.entries), ("entries",), report)
    _unique((s.id for s in catalogue.sources), ("sources",), report)
    known = [source.id for source in catalogue.sources]
    for index, entry in enumerate(catalogue.entries):
        for position, source in enumerate(entry.sources):
            if source not in known:
                path = ("entries", index, "sources", position)
                report(path, _("No source is called “{id}”.", id=source) + did_you_mean(source, known))


def check_course(course: c.Course, problems_of: Callable[[str], tuple[Node, Problems]]) -> None:
    """Check what spans files: unique assignment ids and recalled answers that exist.

    `problems_of` gives the node and the problem list of an assignment by its id.
    """
    for assignment_id, count in Counter(a.id for a in course.assignments).items():
        if count > 1:
            node, problems = problems_of(assignment_id)
            message = _("The id “{id}” is used twice; give one another name.", id=assignment_id)
            problems.add(locate(node, ("id",)), ("id",), message)
    for assignment in course.assignments:
        node, problems = problems_of(assignment.id)
        for path, question, _siblings in _placed(assignment.questions):
            for index, recalled in enumerate(question.recall):
                if not _exists(course, recalled):
                    place = (*path, "recall", index)
                    message = _("No answer is called “{path}”; write assignment.question.", path=recalled)
                    problems.add(locate(node, place), place, message)


def _exists(course: c.Course, recalled: str) -> bool:
    assignment_id, *steps = recalled.split(".")
    assignment = course.assignment(assignment_id)
    questions = assignment.questions if assignment else ()
    for position, step in enumerate(steps):
        question = next((q for q in questions if q.id == step), None)
        if question is None:
            return False
        questions = question.questions if isinstance(question, c.GroupQuestion | c.RepeatQuestion) else ()
        if not questions and position < len(steps) - 1:
            return False
    return bool(steps)


class _Scope:
    """What a question can refer to from where it stands."""

    def __init__(
        self, assignment: c.Assignment, siblings: tuple[c.Question, ...], catalogues: dict[str, c.Catalogue]
    ) -> None:
        self.assignment = assignment
        self.in_order = siblings
        self.siblings = {question.id: question for question in siblings}
        self.visible = {q.id: q for q in assignment.questions} | self.siblings
        self.catalogues = catalogues

    def values_of(self, question: c.Question) -> list[str] | None:
        """List the values a condition may name; None where any text can be the answer."""
        if isinstance(question, c.YesNoQuestion):
            return ["true", "false"]
        if isinstance(question, c.ReferenceQuestion) or getattr(question, "catalogue", None):
            catalogue = self.catalogues.get(getattr(question, "catalogue", "") or "")
            return None if catalogue is None else [*(e.id for e in catalogue.entries), c.OTHER]
        if isinstance(question, c.ChoiceQuestion | c.ChoicesQuestion):
            return [choice.id for choice in question.choices]
        return None


Placed = tuple[NodePath, c.Question, tuple[c.Question, ...]]


def _placed(questions: tuple[c.Question, ...], path: NodePath = ("questions",)) -> Iterator[Placed]:
    for index, question in enumerate(questions):
        here = (*path, index)
        yield here, question, questions
        if isinstance(question, c.GroupQuestion | c.RepeatQuestion):
            yield from _placed(question.questions, (*here, "questions"))


def _unique(ids: Iterable[str], path: NodePath, report: Report) -> None:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            report((*path, index, "id"), _("The id “{id}” is used twice; give one another name.", id=name))
        seen.add(name)


def _check_labels(placed: list[Placed], report: Report) -> None:
    for language in LANGUAGES:
        seen: set[tuple[NodePath, str]] = set()
        for path, question, _siblings in placed:
            label = (path[:-1], question.label[language].casefold())
            if label in seen:
                report((*path, "label", language), _("Two questions beside each other have this label."))
            seen.add(label)


def _check_siblings(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    if path[-1] == 0:
        _unique((q.id for q in scope.in_order), path[:-1], report)


def _check_when(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    if question.when is not None:
        _condition(question.when, (*path, "when"), scope.visible, scope, report)


def _condition(
    when: c.When, path: NodePath, visible: dict[str, c.Question], scope: _Scope, report: Report
) -> None:
    given = [when.is_ is not None, when.is_not is not None, bool(when.any_of)]
    if sum(given) != 1:
        report(path, _("A condition has exactly one of: is, is_not, any_of."))
        return
    target = visible.get(when.question)
    if target is None:
        message = _("No question here is called “{id}”.", id=when.question)
        report((*path, "question"), message + did_you_mean(when.question, visible))
        return
    allowed = scope.values_of(target)
    for value in [v for v in (when.is_, when.is_not, *when.any_of) if v is not None]:
        if allowed is not None and value not in allowed:
            message = _("“{value}” can never be the answer to “{id}”.", value=value, id=target.id)
            report(path, message + did_you_mean(value, allowed))


def _check_options(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    if isinstance(question, c.ChoiceQuestion | c.ChoicesQuestion):
        if bool(question.choices) == (question.catalogue is not None):
            report(path, _("Give either choices or a catalogue."))
        _unique((choice.id for choice in question.choices), (*path, "choices"), report)
        allowed = scope.values_of(question)
        for index, value in enumerate(getattr(question, "advised_values", ())):
            if allowed is not None and value not in allowed:
                message = _("“{value}” can never be the answer to “{id}”.", value=value, id=question.id)
                report((*path, "advised_values", index), message + did_you_mean(value, allowed))
    catalogue = getattr(question, "catalogue", None)
    if catalogue is not None and catalogue not in scope.catalogues:
        message = _("No reference file has the id “{id}”.", id=catalogue)
        report((*path, "catalogue"), message + did_you_mean(catalogue, scope.catalogues))


def _check_ranges(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    low, high = getattr(question, "minimum", None), getattr(question, "maximum", None)
    if (
        isinstance(question, c.ScaleQuestion | c.NumberQuestion)
        and low is not None
        and high is not None
        and low >= high
    ):
        report((*path, "minimum"), _("The minimum must be below the maximum."))
    if isinstance(question, c.RepeatQuestion) and not 0 <= question.minimum <= (question.suggested or 10_000):
        report((*path, "minimum"), _("The minimum must not be above the suggested number."))


def _check_names(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    for key in ("other", "reveals"):
        name = getattr(question, key, None)
        if name is not None and name not in scope.siblings:
            message = _("No question beside this one is called “{id}”.", id=name)
            report((*path, key), message + did_you_mean(name, scope.siblings))


def _check_repeat(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    if not isinstance(question, c.RepeatQuestion):
        return
    inner = {q.id: q for q in question.questions}
    wanted: list[tuple[NodePath, str]] = [(("table", i), name) for i, name in enumerate(question.table)]
    if question.person is not None:
        wanted += [(("person", key), getattr(question.person, key)) for key in ("name", "alias")]
        if question.person.name in inner and not inner[question.person.name].private:
            report((*path, "person", "name"), _("The question that holds a person's name must be private."))
        if question.person.mentor is not None:
            _condition(question.person.mentor, (*path, "person", "mentor"), inner, scope, report)
    for index, quota in enumerate(question.quotas):
        _condition(quota.when, (*path, "quotas", index, "when"), inner, scope, report)
    for place, name in wanted:
        if name not in inner:
            message = _("No question of this group is called “{id}”.", id=name)
            report((*path, *place), message + did_you_mean(name, inner))


def _check_nesting(question: c.Question, path: NodePath, scope: _Scope, report: Report) -> None:
    nested = isinstance(question, c.RepeatQuestion) and path.count("questions") > 1
    if nested or path.count("questions") > 2:
        report(path, _("Groups may stand in a repeat group or in an assignment, and no deeper."))


_RULES: tuple[Callable[[c.Question, NodePath, _Scope, Report], None], ...] = (
    _check_siblings, _check_when, _check_options, _check_ranges, _check_names, _check_repeat, _check_nesting,
)  # fmt: skip
