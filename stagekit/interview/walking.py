"""Through a form, one question after the other: on, back, and to any other place."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from stagekit.i18n import _
from stagekit.interview.asking import Outcome, answer_line, ask_step, is_given
from stagekit.interview.display import item_title, shortened
from stagekit.interview.places import Place, Step, steps, value_at
from stagekit.interview.prompter import Move, Option
from stagekit.interview.session import Jump, Session
from stagekit.model import course as c
from stagekit.model.values import Value


class End(StrEnum):
    """How one came out of a form: past its last question, or back before its first."""

    DONE = "done"
    BACK = "back"


class Form(Protocol):
    """A row of questions. The number of its steps never changes; which of them are asked does."""

    @property
    def title(self) -> str:
        """Name the form."""

    def steps(self) -> list[Step]:
        """Give every step as things stand now."""

    def put(self, step: Step, progress: str, target: Place) -> Outcome:
        """Put one step; `target` may lie deeper inside it."""

    def settle(self) -> None:
        """Take note of answers that were read anew; raises Jump where this form is gone."""

    def moved(self, place: Place) -> None:
        """Take note of where an answer went."""

    def elsewhere(self) -> list[tuple[Place, Option]]:
        """List places outside this form to go to."""


def walk(session: Session, form: Form, here: int, target: Place = ()) -> End:
    """Put the questions of a form from step `here` on; raises Jump or Stopped."""
    while True:
        if session.refresh():
            session.show(_("Answers were also changed in another window. You see the newest."), style="quiet")
            form.settle()
        found = form.steps()
        asked = [index for index, step in enumerate(found) if step.asked]
        number = sum(index <= here for index in asked)
        progress = _("{number} of {total}", number=max(number, 1), total=len(asked))
        outcome = form.put(found[here], progress, target)
        target = ()
        form.moved(outcome.place)
        if outcome.move is Move.JUMP:
            here = _jump(session, form, here)
            continue
        onward = [index for index, step in enumerate(form.steps()) if step.asked]
        if outcome.move is Move.BACK:
            before = [index for index in onward if index < here]
            if not before:
                return End.BACK
            here = before[-1]
        else:
            after = [index for index in onward if index > here]
            if not after:
                return End.DONE
            here = after[0]


def _jump(session: Session, form: Form, here: int) -> int:
    """Let the person choose where to go; a place in this form, else Jump is raised."""
    found = form.steps()
    options = [
        Option(
            str(index),
            f"{'✓' if is_given(session, step) else '○'} {step.question.label[session.language]}",
            answer_line(session, step),
        )
        for index, step in enumerate(found)
        if step.asked
    ]
    outside = form.elsewhere()
    options += [
        Option(f"out:{index}", option.label, option.hint) for index, (_place, option) in enumerate(outside)
    ]
    reply = session.choose(form.title, _("Where do you want to go?"), options, initial=str(here))
    if isinstance(reply, Move):
        return here
    if reply.startswith("out:"):
        raise Jump(outside[int(reply[4:])][0])
    return int(reply)


def overview_option() -> tuple[Place, Option]:
    """Give the way back to the overview of the assignments."""
    return (), Option("overview", _("To the overview of all parts"))


class ItemForm:
    """The questions of one item of a list; the item is made by its first answer."""

    def __init__(self, session: Session, repeat: c.RepeatQuestion, place: Place, index: int) -> None:
        self.session = session
        self.repeat = repeat
        self.place = place
        self.index = index
        self._known: Value | None = self.item()

    @property
    def title(self) -> str:
        """Name the item by its number."""
        item = self.repeat.item[self.session.language]
        return f"{item[:1].upper()}{item[1:]} {self.index + 1}"

    def item(self) -> Value | None:
        """Give the item as it stands; None where it is not made yet."""
        return value_at(self.session.of(str(self.place[0])), (*self.place[1:], self.index))

    def steps(self) -> list[Step]:
        """Give every step as things stand now."""
        item = self.item()
        beside = item if isinstance(item, Mapping) else {}
        top = self.session.of(str(self.place[0]))
        return steps(self.repeat.questions, (*self.place, self.index), beside, top)

    def put(self, step: Step, progress: str, _target: Place) -> Outcome:
        """Put one question of the item; the whole list is in sight at the first."""
        first = next(found.place for found in self.steps() if found.asked)
        return ask_step(self.session, step, progress, self.listed() if step.place == first else ())

    def listed(self) -> tuple[str, ...]:
        """Give the items of the list as one paragraph."""
        items = value_at(self.session.of(str(self.place[0])), self.place[1:])
        known = items if isinstance(items, tuple) else ()
        language = self.session.language
        titles = [
            f"{i + 1}. {shortened(item_title(self.repeat, known, i, self.session.course, language), 30)}"
            for i in range(len(known))
        ]
        return (_("In your list: {items}", items=" · ".join(titles)),) if titles else ()

    def settle(self) -> None:
        """Find the item again after the list was read anew."""
        if self._known is None:
            items = value_at(self.session.of(str(self.place[0])), self.place[1:])
            self.index = len(items) if isinstance(items, tuple) else 0
            return
        if self.item() == self._known:
            return
        items = value_at(self.session.of(str(self.place[0])), self.place[1:])
        found = items.index(self._known) if isinstance(items, tuple) and self._known in items else None
        if found is None:
            self.session.show(
                _("This one was changed in another window. Choose it again in the list."), style="todo"
            )
            raise Jump(self.place)
        self.index = found

    def moved(self, place: Place) -> None:
        """Take note of where the item stands now."""
        if isinstance(place[2], int):
            self.index = place[2]
        self._known = self.item()

    def elsewhere(self) -> list[tuple[Place, Option]]:
        """List places outside the item."""
        label = self.repeat.label[self.session.language]
        return [(self.place, Option("list", _("To the list: {label}", label=label))), overview_option()]
