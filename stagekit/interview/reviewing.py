"""Feedback asked of a mentor who sits beside the student: part by part, answer by answer, back at any time.

Nothing is in the portfolio before the end; until then every word is kept as a draft, so that stopping, a
closed window or a power cut costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from stagekit.i18n import _, ngettext
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt, Prompter
from stagekit.interview.reviewing_asking import MOVES, Asker, Stopped
from stagekit.interview.reviewing_draft import ReviewDraft, Spot
from stagekit.model.dates import short_date
from stagekit.model.feedback import (
    OVERALL,
    AnswerFeedback,
    AssignmentFeedback,
    Feedback,
    FeedbackLevel,
    Reviewer,
)
from stagekit.model.values import parse_date


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """An answer as the mentor may see it: paragraphs with aliases, and the hash of what they say."""

    question: str
    label: str
    paragraphs: tuple[str, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A part of the portfolio; `facts` are its short answers, `rubric` explains the levels."""

    id: str
    title: str
    facts: tuple[str, ...]
    answers: tuple[ReviewAnswer, ...]
    levels: tuple[tuple[FeedbackLevel, str], ...]
    rubric: tuple[str, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is asked about: whose portfolio it is, its parts in reading order, who the mentor may be."""

    portfolio: str
    parts: tuple[ReviewPart, ...]
    mentor: str
    today: date
    language: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    place: str
    """The part it belongs to, empty for the end."""
    put: Callable[[], Move | None]


@dataclass(repr=False)
class Review:
    """One sitting of a mentor."""

    reviewed: Reviewed
    draft: ReviewDraft
    prompter: Prompter
    save: Callable[[Feedback], bool]
    """Adds the feedback to the portfolio; False, after saying why, where that did not work."""
    ask: Asker = field(init=False)
    steps: list[_Step] = field(init=False)

    def __post_init__(self) -> None:
        """Lay out the steps."""
        self.ask = Asker(self.prompter, self.draft)
        self.steps = [step for part in self.reviewed.parts for step in self._of_part(part)]
        last = (self._overall, self._name, self._date, self._show_name, self._finish)
        self.steps += [_Step("", ask) for ask in last]

    def hold(self) -> bool:
        """Ask until the feedback is saved; False where the mentor stops before."""
        try:
            index = self._begin()
            while index < len(self.steps):
                move = self.steps[index].put()
                if move is None:
                    index += 1
                elif move is Move.JUMP:
                    index = self._jump(index)
                else:
                    index = max(0, index - 1)
        except Stopped:
            return False
        return True

    def feedback(self) -> Feedback:
        """Give what was said so far."""
        draft = self.draft
        day = parse_date(draft.text("reviewer", "date"))
        reviewer = Reviewer(
            name=" ".join(draft.text("reviewer", "name").split()) or None,
            show_name=draft.text("reviewer", "show_name") == "yes",
            date=str(day) if day else None,
        )
        said = {part.id: self._said_of(part) for part in self.reviewed.parts}
        return Feedback(
            portfolio=self.reviewed.portfolio,
            reviewer=reviewer,
            overall=draft.text(OVERALL, "comment") or None,
            assignments={key: given for key, given in said.items() if given is not None},
        )

    def _said_of(self, part: ReviewPart) -> AssignmentFeedback | None:
        draft = self.draft
        answers: dict[str, AnswerFeedback] = {}
        for answer in part.answers:
            if text := draft.text(part.id, f"answer.{answer.question}"):
                seen = draft.seen(part.id, f"answer.{answer.question}")
                answers[answer.question] = AnswerFeedback(comment=text, seen=seen)
        level = next((key for key, _label in part.levels if key == draft.text(part.id, "level")), None)
        comment, signed = draft.text(part.id, "comment"), draft.text(part.id, "signed_off") == "yes"
        if not (answers or level or comment or signed):
            return None
        given = [name for name in ("signed_off", "level", "comment") if draft.text(part.id, name)]
        seen = draft.seen(part.id, given[0]) if given else part.seen
        return AssignmentFeedback(
            level=level, comment=comment or None, signed_off=signed, seen=seen, answers=answers
        )

    # The steps

    def _of_part(self, part: ReviewPart) -> list[_Step]:
        asks: list[Callable[[], Move | None]] = []
        for number, answer in enumerate(part.answers):
            facts = part.facts if number == 0 else ()
            asks.append(lambda answer=answer, facts=facts: self._answer(part, answer, facts))  # type: ignore[misc]
        facts = () if part.answers else part.facts
        asks += [lambda: self._level(part, facts), lambda: self._comment(part), lambda: self._signed(part)]
        return [_Step(part.id, ask) for ask in asks]

    def _answer(self, part: ReviewPart, answer: ReviewAnswer, facts: tuple[str, ...]) -> Move | None:
        spot = Spot(part.id, f"answer.{answer.question}", answer.seen)
        return self.ask.written(
            spot,
            title=answer.label,
            breadcrumb=part.title,
            text=_("Do you want to say something about this answer?"),
            aside=(*facts, *answer.paragraphs),
        )

    def _level(self, part: ReviewPart, facts: tuple[str, ...]) -> Move | None:
        spot = Spot(part.id, "level", part.seen)
        options = [Option("none", _("no judgement")), *(Option(key, label) for key, label in part.levels)]
        return self.ask.choose(
            spot,
            title=part.title,
            text=_("How far is this part? Choose words, not a mark."),
            options=options,
            none="none",
            aside=(*facts, *part.rubric),
        )

    def _comment(self, part: ReviewPart) -> Move | None:
        return self.ask.written(
            Spot(part.id, "comment", part.seen),
            title=part.title,
            text=_("Do you want to say something about this part as a whole?"),
        )

    def _signed(self, part: ReviewPart) -> Move | None:
        return self.ask.yes_no(
            Spot(part.id, "signed_off", part.seen),
            title=part.title,
            text=_("Do you sign off this part? It is good as it is."),
        )

    def _overall(self) -> Move | None:
        return self.ask.written(
            Spot(OVERALL, "comment"),
            title=_("The whole portfolio"),
            text=_("Is there a word to the student on the whole portfolio?"),
        )

    def _name(self) -> Move | None:
        known = self.draft.text("reviewer", "name") or self.reviewed.mentor
        return self.ask.name(Spot("reviewer", "name"), known)

    def _date(self) -> Move | None:
        text = self.draft.text("reviewer", "date")
        day = parse_date(text) if text else self.reviewed.today
        # What is no day yet was half typed before the mentor stopped.
        shown = text if day is None else short_date(day, self.reviewed.language)
        return self.ask.day(Spot("reviewer", "date"), shown)

    def _show_name(self) -> Move | None:
        return self.ask.yes_no(
            Spot("reviewer", "show_name"),
            title=_("Name of the mentor"),
            text=_("May your name be shown in the portfolio?"),
            why=_("If not, an alias stands in its place."),
        )

    def _finish(self) -> Move | None:
        feedback = self.feedback()
        if not (feedback.overall or feedback.assignments):
            self.prompter.show(_("You said nothing yet, so there is nothing to save."), style="todo")
        options = [Option("save", _("Save this feedback in the portfolio")),
                   Option("back", _("Look once more")),
                   Option("stop", _("Stop; what I gave is kept for later"))]  # fmt: skip
        if not (feedback.overall or feedback.assignments):
            options = options[1:]
        reply = self.ask.put(
            Prompt(
                kind=Kind.MENU,
                title=_("Your feedback"),
                text=_("This is what you give. Shall it be saved?"),
                aside=tuple(self._summary(feedback)),
                options=options,
                initial=options[0].id,
                moves=MOVES,
            )
        )
        if reply == Given("back"):
            return Move.JUMP
        if not isinstance(reply, Given):
            return reply
        if reply.value == "stop":
            raise Stopped
        if not self.save(feedback):
            return self._finish()
        self.draft.clear()
        return None

    def _summary(self, feedback: Feedback) -> list[str]:
        lines: list[str] = []
        for part in self.reviewed.parts:
            given = feedback.assignments.get(part.id)
            if given is None:
                continue
            words = [label for key, label in part.levels if key == given.level]
            count = len(given.answers) + bool(given.comment)
            if count:
                words.append(ngettext("{count} comment", "{count} comments", count))
            if given.signed_off:
                words.append(_("signed off"))
            lines.append(f"- {part.title}: {', '.join(words)}")
        if feedback.overall:
            lines.append("- " + _("A word on the whole portfolio"))
        return lines

    def _begin(self) -> int:
        """Say how it goes, and offer what was not finished; gives the step to begin at."""
        self.prompter.show(
            _("For the mentor. You read the answers one by one; Enter goes on. Say only what you want to."),
            _("What you type is kept. It is in the portfolio when you save it at the end."),
            *self.reviewed.notices,
        )
        if not self.draft.left:
            return 0
        part = str(self.draft.left[0].place[1])
        written = self.draft.left[0].written
        options = [Option("on", _("Go on with it")), Option("new", _("Begin anew; it is thrown away"))]
        reply = self.ask.put(
            Prompt(
                kind=Kind.MENU,
                title=_("Feedback that was not finished"),
                text=_("Feedback was begun on {day} and not saved. Go on with it?",
                       day=short_date(written, self.reviewed.language)),
                options=options,
                initial="on",
                moves=(Move.STOP,),
            )
        )  # fmt: skip
        self.draft.take_over(wanted=reply != Given("new"))
        return self._first_of(part) if reply != Given("new") else 0

    def _jump(self, index: int) -> int:
        """Let the mentor choose a part, or the end."""
        places = list(dict.fromkeys(step.place for step in self.steps))
        titles = {part.id: part.title for part in self.reviewed.parts}
        end = _("The end: your name, and save")
        # The menu counts for itself: two numbers on a line, where a part is left out, lead astray.
        options = [Option(p or "end", titles[p].lstrip("0123456789 ") if p else end) for p in places]
        here = self.steps[index].place or "end"
        reply = self.ask.put(
            Prompt(
                kind=Kind.MENU, title=_("Where to?"), text=_("Choose a part."),
                options=options, initial=here, moves=(Move.BACK, Move.STOP),
            )
        )  # fmt: skip
        if not isinstance(reply, Given):
            return index
        return self._first_of(str(reply.value))

    def _first_of(self, place: str) -> int:
        """Give the first step of a part; that of the end for what is no part."""
        places = [step.place for step in self.steps]
        return places.index(place if place in places else "")
