"""Repeat groups: a list always in sight, with items to add, change, move, remove and bring back."""

from collections.abc import Mapping

from stagekit.checks.completeness import Lack, completeness, given
from stagekit.i18n import _
from stagekit.interview.asking import (
    Outcome,
    answer_feedback,
    answer_line,
    ask_step,
    consent_words,
    is_given,
    make_prompt,
)
from stagekit.interview.display import item_title, withheld
from stagekit.interview.earlier import choose_version
from stagekit.interview.places import Place, Step, value_at
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt
from stagekit.interview.saving import change_list
from stagekit.interview.session import Session
from stagekit.interview.walking import End, ItemForm, walk
from stagekit.model import course as c
from stagekit.model.values import Value


def run_list(
    session: Session, step: Step, repeat: c.RepeatQuestion, progress: str, target: Place = ()
) -> Outcome:
    """Work on a list until the person goes on, back or elsewhere; `target` opens one of its items."""
    found = _List(session, repeat, step.place)
    if len(target) > 2 and isinstance(target[2], int):
        found.edit(target[2], target)
    while True:
        session.refresh()
        reply = session.ask(found.prompt(step, progress))
        if isinstance(reply, Given):
            if reply.value == "done":
                return Outcome(None, step.place)
            found.chosen(str(reply.value))
        elif reply is Move.VERSIONS:
            former = choose_version(session, step.place, repeat)
            if isinstance(former, tuple) and change_list(session, step.place, former):
                session.show(_("The earlier list is back."), style="good")
        elif reply is Move.FEEDBACK:
            answer_feedback(session, step.place)
        else:
            return Outcome(None if reply is Move.SKIP else reply, step.place)


class _List:
    def __init__(self, session: Session, repeat: c.RepeatQuestion, place: Place) -> None:
        self.session = session
        self.repeat = repeat
        self.place = place

    def items(self) -> tuple[Value, ...]:
        found = value_at(self.session.of(str(self.place[0])), self.place[1:])
        return found if isinstance(found, tuple) else ()

    def title(self, index: int) -> str:
        return item_title(self.repeat, self.items(), index, self.session.course, self.session.language)

    def prompt(self, step: Step, progress: str) -> Prompt:
        """Give the list as a menu, with every item in sight and what is still missing."""
        base = make_prompt(self.session, step, "", progress)
        item = self.repeat.item[self.session.language]
        lacking, short = self.lacking()
        add = Option("add", _("Add: {item}", item=item))
        # The items come first, so that their numbers are those of the menu.
        rows = [Option(f"item:{i}", self.title(i), self.mark(i, lacking)) for i in range(len(self.items()))]
        done = Option("done", _("Go on to the next question"))
        undo = [Option("undo", _("Bring back: {title}", title=self.gone_title()))] if self.gone() else []
        more = bool(short) or not self.items()
        return Prompt(
            kind=Kind.MENU,
            title=base.title,
            text=base.text,
            breadcrumb=base.breadcrumb,
            why=base.why,
            need=base.need,
            help=base.help,
            aside=(*short, *base.aside),
            options=[*rows, add, *undo, done],
            initial="add" if more else "done",
            moves=base.moves,
        )

    def lacking(self) -> tuple[dict[int, list[str]], list[str]]:
        """Give the labels of required answers missing, by item, and sentences on items still needed."""
        state = completeness(self.session.course, self.session.portfolio).of(str(self.place[0]))
        by_item: dict[int, list[str]] = {}
        sentences: list[str] = []
        for missing in (*state.missing, *state.advised) if state else ():
            if missing.question != self.place[1]:
                continue
            if missing.lack in {Lack.ITEMS, Lack.QUOTA, Lack.SUGGESTED}:
                sentences.append(missing.worded(self.session.language))
            elif missing.lack is Lack.ANSWER and len(missing.path) > 2 and isinstance(missing.path[1], int):
                by_item.setdefault(missing.path[1], []).append(missing.labels[-1][0][self.session.language])
        return by_item, sentences

    def mark(self, index: int, lacking: Mapping[int, list[str]]) -> str:
        if withheld(self.repeat, self.items()[index]):
            return _("said no; it counts, and is shown nowhere")
        if index in lacking:
            return _("still to do: {labels}", labels=", ".join(lacking[index]))
        return ""

    def chosen(self, choice: str) -> None:
        if choice == "add":
            self.add()
        elif choice == "undo":
            self.undo()
        else:
            self.item_menu(int(choice.partition(":")[2]))

    def add(self) -> None:
        words = consent_words(self.repeat.consent, self.session.language)
        if words is not None:
            self.session.show(_("Before you begin a conversation:"), words, style="strong")
        index = len(self.items())
        self.edit(index)
        if len(self.items()) > index:
            self.session.show(
                _("In your list: {items}", items=self.title(len(self.items()) - 1)), style="good"
            )

    def edit(self, index: int, target: Place = ()) -> End:
        """Go through the questions of an item; one that stays empty is taken out of the list again."""
        form = ItemForm(self.session, self.repeat, self.place, min(index, len(self.items())))
        tail = target[3:]
        found = form.steps()
        here = next((i for i, step in enumerate(found) if tail and step.place[3:] == tail), None)
        if here is None:
            here = next((i for i, step in enumerate(found) if step.asked), 0)
        try:
            return walk(self.session, form, here)
        finally:
            self.without_empty(form.index)

    def without_empty(self, index: int) -> None:
        """Take an item in which nothing is left out of the list."""
        items = self.items()
        if index < len(items) and not given(items[index]):
            change_list(self.session, self.place, items[:index] + items[index + 1 :])

    def item_menu(self, index: int) -> None:
        """Ask what to do with one item, until that is done."""
        while index < len(self.items()):
            last = len(self.items()) - 1
            options = [
                Option("edit", _("Go through its questions")),
                Option("one", _("Change one answer")),
                *([Option("up", _("Move it up"))] if index > 0 else []),
                *([Option("down", _("Move it down"))] if index < last else []),
                Option("remove", _("Remove it"), _("You can bring it back.")),
                Option("list", _("Back to the list")),
            ]
            aside = tuple(f"{'→' if i == index else '·'} {self.title(i)}" for i in range(last + 1))
            reply = self.session.choose(
                self.title(index), _("What do you want to do?"), options, initial="edit", aside=aside
            )
            if reply == "edit":
                self.edit(index)
                return
            if reply == "one":
                self.change_one(index)
            elif reply in {"up", "down"}:
                index = self.move(index, index + (-1 if reply == "up" else 1))
            elif reply == "remove":
                self.remove(index)
                return
            else:
                return

    def change_one(self, index: int) -> None:
        form = ItemForm(self.session, self.repeat, self.place, index)
        found = [step for step in form.steps() if step.asked or is_given(self.session, step)]
        options = [
            Option(str(i), step.question.label[self.session.language], answer_line(self.session, step))
            for i, step in enumerate(found)
        ]
        reply = self.session.choose(self.title(index), _("Which answer do you want to change?"), options)
        if not isinstance(reply, Move):
            ask_step(self.session, found[int(reply)])

    def move(self, index: int, to: int) -> int:
        """Swap an item with the one beside it; gives where it stands now."""
        items = list(self.items())
        items[index], items[to] = items[to], items[index]
        if not change_list(self.session, self.place, tuple(items)):
            return index
        self.drafts_follow({index: to, to: index})
        return to

    def remove(self, index: int) -> None:
        items, title = self.items(), self.title(index)
        if not change_list(self.session, self.place, items[:index] + items[index + 1 :]):
            return
        self.gone().append((index, items[index]))
        # Half-typed text of what was removed waits at a negative index until it is brought back.
        self.drafts_follow({index: -len(self.gone()), **{i: i - 1 for i in range(index + 1, len(items))}})
        self.session.show(
            _("Removed: {title}", title=title), _("You can bring it back in this list."), style="good"
        )

    def undo(self) -> None:
        index, item = self.gone()[-1]
        items = self.items()
        index = min(index, len(items))
        if change_list(self.session, self.place, (*items[:index], item, *items[index:])):
            self.drafts_follow({-len(self.gone()): index, **{i: i + 1 for i in range(index, len(items))}})
            self.gone().pop()
            self.session.show(_("Back in your list: {title}", title=self.title(index)), style="good")

    def gone(self) -> list[tuple[int, Value]]:
        return self.session.removed.setdefault(self.place, [])

    def gone_title(self) -> str:
        _index, item = self.gone()[-1]
        return item_title(self.repeat, (item,), 0, self.session.course, self.session.language)

    def drafts_follow(self, moved: Mapping[int, int]) -> None:
        """Keep each half-typed text with its item."""

        def now(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
            if place[:2] != self.place or len(place) < 3 or not isinstance(place[2], int):
                return place
            return (*place[:2], moved.get(place[2], place[2]), *place[3:])

        self.session.drafts.move(now)
