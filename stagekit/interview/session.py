"""One sitting: what is known of the portfolio now, and asking with a way out at any moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from stagekit.i18n import _
from stagekit.interview.keeper import Keeper
from stagekit.interview.places import Place
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt, Prompter
from stagekit.model.course import Course
from stagekit.model.feedback import Round
from stagekit.model.portfolio import Identity, Portfolio
from stagekit.model.record import record_in_order
from stagekit.model.values import Value, Values
from stagekit.store.drafts import Draft, Drafts, Presence


class Stopped(Exception):
    """The person stops here."""


class Jump(Exception):
    """The person goes to another place; an empty one is the overview."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


@record_in_order
class Surroundings:
    """What the interview needs of the world: the clock, rendering, the names of the commands there are."""

    now: Callable[[], datetime] = datetime.now
    render: Callable[[], Sequence[Path]] | None = None
    commands: frozenset[str] = frozenset({"status", "render"})


@dataclass(repr=False)
class Session:
    """A sitting with one person on one portfolio."""

    course: Course
    keeper: Keeper
    drafts: Drafts
    prompter: Prompter
    language: str
    around: Surroundings = field(default_factory=Surroundings)
    presence: Presence | None = None
    answers: dict[str, dict[str, Value]] = field(init=False)
    identity: Identity = field(init=False)
    unsaved: dict[str, dict[str, Value | None]] = field(default_factory=dict)
    """Answers that could not be saved yet, by assignment and question; each save tries them again."""
    removed: dict[Place, list[tuple[int, Value]]] = field(default_factory=dict)
    """Items taken out of a list in this sitting, by the list, the last one last, with where they stood."""
    warned_of_drafts: bool = False
    worked_out: tuple[object, object] | None = None
    """What was last worked out of the feedback, behind what it was worked out from."""

    def __post_init__(self) -> None:
        """Take what the keeper loaded."""
        self.take(self.keeper.loaded.portfolio)

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio as it stands now, unsaved answers included."""
        return Portfolio(self.identity, self.answers, self.keeper.loaded.portfolio.reviewers)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The feedback that was taken in, as it stood when last read."""
        return self.keeper.loaded.rounds

    def of(self, assignment_id: str) -> Values:
        """Give the answers of one assignment."""
        return self.answers.get(assignment_id, {})

    def refresh(self) -> bool:
        """Take in what another window or an editor saved meanwhile; tell whether there was anything.

        Raises nothing: where the files cannot be read now, what is known stays.
        """
        from stagekit.errors import StageKitError

        try:
            newest = self.keeper.refreshed()
        except (StageKitError, OSError):
            return False
        if newest is None:
            return False
        before = self.answers
        self.take(newest)
        return before != self.answers

    def take(self, portfolio: Portfolio) -> None:
        """Know the portfolio as given, with what could not be saved yet over it."""
        self.identity = portfolio.identity
        self.answers = {key: dict(values) for key, values in portfolio.answers.items()}
        for assignment_id, changes in self.unsaved.items():
            self.overlay(assignment_id, changes)

    def overlay(self, assignment_id: str, changes: Mapping[str, Value | None]) -> None:
        """Put changes over what is known of an assignment; None removes."""
        values = self.answers.setdefault(assignment_id, {})
        for question_id, value in changes.items():
            if value is None:
                values.pop(question_id, None)
            else:
                values[question_id] = value

    def show(self, *paragraphs: str, style: str = "") -> None:
        """Show paragraphs; empty ones are left out."""
        if texts := [text for text in paragraphs if text]:
            self.prompter.show(*texts, style=style)

    def ask(self, prompt: Prompt, place: Place | None = None, stands: object = "") -> Given | Move:
        """Put a question; the answer, or back, skip, jump or versions.

        With a `place`, half an answer is kept there, unless it is what `stands` already. Stop raises
        Stopped. On Ctrl-C the person says where to go; once more stops.
        """
        typed = prompt.initial

        def changed(text: str) -> None:
            nonlocal typed
            typed = text
            if place is not None and text != stands:
                self.drafts.note(place, text)
            elif place is not None:
                self.drafts.discard(place)
            prompt.changed(text)

        current = replace(prompt, changed=changed)
        while True:
            reply = self._put(current)
            if reply is Move.INTERRUPT:
                self.drafts.flush()
                choice = self._where_to(Move.BACK in prompt.moves)
                if choice is Move.BACK:
                    return Move.BACK
                current = replace(current, initial=typed)
            elif reply is Move.STOP:
                raise Stopped
            else:
                return reply

    def _put(self, prompt: Prompt) -> Given | Move:
        self._warn_of_drafts()
        try:
            return self.prompter.ask(prompt)
        except (KeyboardInterrupt, EOFError):
            return Move.INTERRUPT

    def _where_to(self, back: bool) -> Move | None:
        options = [Option("on", _("Go on here"))]
        if back:
            options.append(Option("back", _("Go back one step")))
        options.append(Option("stop", _("Save and stop")))
        reply = self._put(
            Prompt(
                kind=Kind.MENU,
                title=_("Stop for a moment?"),
                initial="on",
                options=options,
                moves=(Move.STOP,),
                text=_("What you typed is kept. Where do you want to go?"),
            )
        )
        if reply in {Move.INTERRUPT, Move.STOP} or reply == Given("stop"):
            raise Stopped
        return Move.BACK if reply == Given("back") else None

    def choose(
        self,
        title: str,
        text: str,
        options: Sequence[Option],
        *,
        initial: str = "",
        aside: tuple[str, ...] = (),
        moves: tuple[Move, ...] = (Move.BACK, Move.STOP),
        breadcrumb: str = "",
    ) -> str | Move:
        """Put a menu; gives the id chosen, or a move."""
        prompt = Prompt(
            kind=Kind.MENU,
            title=title,
            text=text,
            options=options,
            initial=initial,
            aside=aside,
            moves=moves,
            breadcrumb=breadcrumb,
        )
        reply = self.ask(prompt)
        return str(reply.value) if isinstance(reply, Given) else reply

    def busy(self) -> list[str]:
        """List the tokens of other sessions that are open now: their drafts are theirs."""
        return self.presence.others() if self.presence else []

    def drafts_at(self, place: Place) -> list[Draft]:
        """List the drafts at a question, newest first, own and left behind."""
        return self.drafts.at(place, self.busy()) if self.drafts.at(place) else []

    def _warn_of_drafts(self) -> None:
        if self.drafts.failed and not self.warned_of_drafts:
            self.warned_of_drafts = True
            self.prompter.show(
                _("Half-typed text cannot be kept on this disk now. Finish each answer to save it."),
                style="todo",
            )
