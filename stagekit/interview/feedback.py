"""Feedback in the interview: beside its question, in a list of its own, answered and marked done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from stagekit.checks.feedback import Point, points
from stagekit.checks.levels import level_word
from stagekit.errors import StageKitError
from stagekit.i18n import _, ngettext
from stagekit.interview.display import beginning, shortened
from stagekit.interview.fields import as_raw
from stagekit.interview.places import Place
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt
from stagekit.interview.saving import error_lines
from stagekit.interview.session import Jump, Session
from stagekit.model.feedback import Reply
from stagekit.model.text import closed_directions, refused_characters

SHOWN = 400
"""Characters of a comment beside its question; all of it is in the help."""
MATERIAL = 140
"""Characters of each comment where all feedback is material to think about."""
ROOM = 66
"""Characters of the longest name of an assignment and what stands beside it, in eighty columns."""
MATERIALS = 4
"""Comments shown there at once; all of them are in the help."""


def points_of(session: Session) -> tuple[Point, ...]:
    """Give every point in the order of the course, as typed."""
    answers = {key: dict(values) for key, values in session.answers.items()}
    known = session.worked_out
    now = session.rounds, session.language, session.identity, answers
    if known is None or known[0] != now:
        found = points(session.course, session.portfolio, session.rounds, session.language, typed=True)
        known = session.worked_out = (now, found)
    return cast("tuple[Point, ...]", known[1])


def points_at(session: Session, place: Place) -> tuple[Point, ...]:
    """Give the comments on the question at `place`; inside the items of a list there are none."""
    if len(place) < 2 or any(isinstance(step, int) for step in place):
        return ()
    return tuple(p for p in points_of(session) if p.text and (p.assignment, p.question) == place[:2])


def beside(session: Session, place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what stands beside the question at `place`, and what its help says of feedback."""
    here = points_at(session, place)
    material = _material(session, place)
    aside = [_remark(session, point, SHOWN) for point in here if point.open]
    help_ = [_remark(session, point) + _replied(point) for point in here]
    if material:
        aside += [_told(session, point, MATERIAL) for point in material[:MATERIALS]]
        help_ += [_("The feedback you got:"), *(_told(session, point) for point in material)]
    return tuple(aside), tuple(help_)


def _material(session: Session, place: Place) -> tuple[Point, ...]:
    """Give all comments where a question looks back at earlier answers."""
    assignment = session.course.assignment(str(place[0]))
    question = assignment.question(str(place[1])) if assignment and len(place) == 2 else None
    if question is None or not any(path.split(".")[0] != place[0] for path in question.recall):
        return ()
    here = points_at(session, place)
    return tuple(point for point in points_of(session) if point.text and point not in here)


def _about(session: Session, point: Point) -> str:
    who = closed_directions(shortened(point.reviewer, 60))
    parts = [who, _day(point.date, session.language), _("changed since feedback") if point.changed else ""]
    return ", ".join(part for part in parts if part)


def _day(day: str | None, language: str) -> str:
    try:
        return str(as_raw(date.fromisoformat(day), language)) if day else ""
    except ValueError:
        return day or ""


def _remark(session: Session, point: Point, length: int | None = None) -> str:
    text = point.text if length is None else beginning(point.text, length)
    words = {"about": _about(session, point), "text": closed_directions(text)}
    return _("Feedback ({about}): {text}", **words)


def _replied(point: Point) -> str:
    done = "\n" + _("You marked this as done.") if point.reply.done else ""
    reply = "\n" + _("Your answer: {text}", text=point.reply.text) if point.reply.text else ""
    return reply + done


def _told(session: Session, point: Point, length: int | None = None) -> str:
    text = point.text if length is None else shortened(point.text, length)
    words = {"where": label_of(session, point), "about": _about(session, point)}
    return _("{where}, feedback ({about}): {text}", text=closed_directions(text), **words)


def label_of(session: Session, point: Point) -> str:
    """Say what a point is about: `Visie › Samenvatting`."""
    assignment = session.course.assignment(point.assignment or "")
    if assignment is None:
        return _("The whole portfolio")
    question = assignment.question(point.question) if point.question else None
    title = assignment.title[session.language]
    return f"{title} › {question.label[session.language]}" if question else title


def standing(session: Session, assignment_id: str, state: str) -> str:
    """Give `state` with what reviewers made of an assignment, what matters most as long as it fits."""
    here = [point for point in points_of(session) if point.assignment == assignment_id]
    level = next((point.level for point in reversed(here) if point.level is not None), None)
    signed = next((point for point in reversed(here) if point.signed_off), None)
    count = sum(point.open for point in here)
    said = [
        level_word(level, session.language).lower() if level is not None else "",
        (_("signed off, changed since") if signed.changed else _("signed off")) if signed else "",
        ngettext("{count} open point", "{count} open points", count) if count else "",
    ]
    room = ROOM - max(len(assignment.title[session.language]) for assignment in session.course.assignments)
    kept = ["", "", ""]
    for index in (2, 1, 0):
        kept[index] = said[index]
        if len(", ".join([state, *filter(None, kept)])) > room:
            kept[index] = ""
    return ", ".join([state, *filter(None, kept)])


def on_assignment(session: Session, assignment_id: str) -> tuple[str, ...]:
    """Give what was said of an assignment as a whole and is open, a paragraph each."""
    here = [p for p in points_of(session) if (p.assignment, p.question) == (assignment_id, None)]
    return tuple(_remark(session, point, SHOWN) for point in here if point.open)


def overview_option(session: Session) -> Option:
    """Give the way to all feedback."""
    count = sum(point.open for point in points_of(session))
    words = ngettext("{count} open point", "{count} open points", count) if count else _("all points done")
    return Option("feedback", _("Feedback"), words)


def show_all(session: Session) -> None:
    """Let the person go through all feedback; raises Jump to a question, and Stopped."""
    _go_through(session, (), jump=True)


def answer_at(session: Session, place: Place) -> None:
    """Let the person answer the comments on the question at `place`, or mark them done."""
    _go_through(session, place, jump=False)


def replied_to(session: Session, place: Place) -> Point | None:
    """Give the point that an answer at `place`, `("feedback", "001", "visie.summary")`, is about."""
    return next((p for p in points_of(session) if ("feedback", p.round, p.id) == place), None)


def resume(session: Session, place: Place) -> None:
    """Go on with an answer to feedback that was half typed; raises Jump and Stopped."""
    point = replied_to(session, place)
    if point is not None:
        _work_on(session, _answer(session, point), jump=True)


def _found(session: Session, place: Place) -> tuple[Point, ...]:
    if not place:
        return tuple(point for point in points_of(session) if point.text)
    return points_at(session, place) or _material(session, place)


def _go_through(session: Session, place: Place, *, jump: bool) -> None:
    found = _found(session, place)
    if len(found) == 1:
        _work_on(session, found[0], jump=jump)
        return
    here = next((i for i, point in enumerate(found) if point.open), 0)
    while found:
        reply = session.choose(
            _("Feedback"),
            _("Which point do you want to look at?"),
            [*_listed(session, found), Option("back", _("Back"))],
            initial=str(min(here, len(found) - 1)),
        )
        if isinstance(reply, Move) or reply == "back":
            return
        here = int(reply)
        _work_on(session, found[here], jump=jump)
        found = _found(session, place)


def _listed(session: Session, found: tuple[Point, ...]) -> Iterator[Option]:
    for number, point in enumerate(found):
        text = closed_directions(shortened(point.text, 60))
        yield Option(str(number), f"{'○' if point.open else '✓'} {label_of(session, point)}", text)


def _work_on(session: Session, point: Point, *, jump: bool) -> None:
    """Ask what to do with one point, until the person goes back."""
    initial = "reply"
    while True:
        options = [Option("reply", _("Change your answer") if point.reply.text else _("Answer it"))]
        if point.reply.done:
            options.append(Option("open", _("Not done yet after all")))
        else:
            options.append(Option("done", _("Mark it done")))
        if jump and point.question is not None:
            options.append(Option("go", _("Go to the question")))
        options.append(Option("back", _("Back")))
        reply = session.choose(
            _("Feedback: {label}", label=label_of(session, point)),
            _("What do you want to do with this feedback?"),
            options,
            initial=initial,
            aside=(_remark(session, point) + _replied(point),),
        )
        if reply == "go":
            raise Jump((str(point.assignment), str(point.question)))
        if reply == "reply":
            point = _answer(session, point)
            initial = "back" if point.reply.done else "done"
        elif reply in {"done", "open"}:
            point = _save(session, point, replace(point.reply, done=reply == "done"))
            initial = "back"
        else:
            return


def _answer(session: Session, point: Point) -> Point:
    """Let the person write an answer; half of one is kept as a draft."""
    place: Place = ("feedback", point.round, point.id)
    stands = point.reply.text or ""
    waiting = [draft for draft in session.drafts_at(place) if draft.text.strip() and draft.text != stands]
    session.drafts.adopt(place, waiting[0] if waiting else None, waiting)
    prompt = Prompt(
        kind=Kind.LONG_TEXT,
        title=_("Your answer"),
        text=_("What did you do with it, or what do you think of it?"),
        breadcrumb=label_of(session, point),
        aside=(_remark(session, point, SHOWN),),
        help=(_remark(session, point),),
        initial=waiting[0].text if waiting else stands,
        check=_check,
        moves=(Move.BACK, Move.STOP),
    )
    reply = session.ask(prompt, place, stands)
    if not isinstance(reply, Given):
        return point
    text = str(reply.value)
    saved = _save(session, point, replace(point.reply, text=text if text.strip() else None))
    if saved is not point:
        session.drafts.discard(place)
    else:
        session.drafts.keep(place, text)
    return saved


def _check(text: str) -> str | None:
    if refused := refused_characters(text):
        return _(
            "Character {index}, {name}, fits in no document; remove it.",
            index=refused[0].position + 1,
            name=refused[0].name,
        )
    return None


def _save(session: Session, point: Point, reply: Reply) -> Point:
    """Save what the student did with a point; the point as it was where that did not work, which is said."""
    from stagekit.store.feedback_folder import save_reply

    try:
        save_reply(session.keeper.store.path, point.round, point.id, reply)
        session.take(session.keeper.reload())
    except (StageKitError, OSError) as error:
        session.show(_("This is not saved."), *error_lines(error), style="bad")
        return point
    session.show(_("Saved."), style="good")
    return replace(point, reply=reply)
