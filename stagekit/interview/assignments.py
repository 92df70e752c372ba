"""One assignment: its questions in order, from where the person left off."""

from stagekit.checks.completeness import completeness
from stagekit.i18n import _
from stagekit.interview.asking import Outcome, ask_step, is_given
from stagekit.interview.lists import run_list
from stagekit.interview.places import Place, Step, steps
from stagekit.interview.prompter import Option
from stagekit.interview.session import Jump, Session
from stagekit.interview.walking import End, overview_option, walk
from stagekit.model import course as c


class AssignmentForm:
    """The questions of an assignment; a list is one step."""

    def __init__(self, session: Session, assignment: c.Assignment) -> None:
        self.session = session
        self.assignment = assignment

    @property
    def title(self) -> str:
        """Name the assignment."""
        return self.assignment.title[self.session.language]

    def steps(self) -> list[Step]:
        """Give every step as things stand now."""
        values = self.session.of(self.assignment.id)
        return steps(self.assignment.questions, (self.assignment.id,), values, values)

    def put(self, step: Step, progress: str, target: Place) -> Outcome:
        """Put one question, or work on one list."""
        if isinstance(step.question, c.RepeatQuestion):
            return run_list(self.session, step, step.question, progress, target)
        return ask_step(self.session, step, progress)

    def settle(self) -> None:
        """Do nothing: the questions are the same whatever the answers."""

    def moved(self, place: Place) -> None:
        """Do nothing: top-level answers stay where they are."""

    def elsewhere(self) -> list[tuple[Place, Option]]:
        """List places outside the assignment."""
        return [overview_option()]


def first_open(session: Session, assignment: c.Assignment, found: list[Step]) -> int:
    """Give the step to resume at: the first thing missing, or earlier, behind the last answer there is."""
    asked = [index for index, step in enumerate(found) if step.asked]
    answered = [index for index in asked if is_given(session, found[index])]
    if not asked or not answered:
        return asked[0] if asked else 0
    behind = next((index for index in asked if index > answered[-1]), None)
    state = completeness(session.course, session.portfolio).of(assignment.id)
    lacking = [
        (assignment.id, *missing.path) for missing in (state.missing or state.advised if state else ())
    ]
    open_steps = [index for index in asked for place in lacking if _within(place, found[index].place)]
    candidates = [index for index in (behind, *open_steps[:1]) if index is not None]
    return min(candidates, default=asked[0])


def _within(place: Place, step: Place) -> bool:
    """Tell whether what is missing lies in a step; a group that is empty lies in its first question."""
    size = min(len(place), len(step))
    return place[:size] == step[:size]


def run_assignment(session: Session, assignment: c.Assignment, target: Place = ()) -> End:
    """Go through an assignment; raises Jump to another one or to the overview, and Stopped."""
    language = session.language
    form = AssignmentForm(session, assignment)
    found = form.steps()
    fresh = not any(is_given(session, step) for step in found)
    if fresh or not target:
        number = session.course.assignments.index(assignment) + 1
        session.show(f"{number} {assignment.title[language]}", style="strong")
        session.show(assignment.intro[language])
        if session.rounds:
            from stagekit.interview.feedback import on_assignment

            session.show(*on_assignment(session, assignment.id), style="todo")
    here = _index(found, target) if target else None
    if here is None:
        here = first_open(session, assignment, found)
    while True:
        try:
            end = walk(session, form, here, target)
        except Jump as jump:
            place = _index(form.steps(), jump.place) if jump.place[:1] == (assignment.id,) else None
            if place is None:
                raise
            here, target = place, jump.place
            continue
        if end is End.DONE:
            _close(session, assignment)
        return end


def _index(found: list[Step], place: Place) -> int | None:
    return next((i for i, step in enumerate(found) if place[: len(step.place)] == step.place), None)


def _close(session: Session, assignment: c.Assignment) -> None:
    """Say where the assignment stands now that its last question is past."""
    language = session.language
    state = completeness(session.course, session.portfolio).of(assignment.id)
    title = assignment.title[language]
    if state is None or state.complete:
        session.show(
            _(
                "“{title}” has everything it needs. Complete is not the same as good: read it once more.",
                title=title,
            ),
            style="good",
        )
    else:
        lines = [missing.worded(language) for missing in state.missing]
        session.show(_("“{title}” still needs:", title=title), *(f"○ {line}" for line in lines), style="todo")
    if state is not None and state.advised:
        lines = [missing.worded(language) for missing in state.advised]
        session.show(_("Advised, to make it better:"), *(f"· {line}" for line in lines), style="quiet")
    if assignment.closing is not None and (state is None or state.complete):
        session.show(assignment.closing[language])
