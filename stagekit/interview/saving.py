"""Saving an answer when it is given: with what changed elsewhere meanwhile, and with a disk that refuses."""

from collections.abc import Callable, Mapping

from stagekit.errors import InvalidInput, StageKitError, UserError
from stagekit.i18n import _, ngettext
from stagekit.interview.defaults import following
from stagekit.interview.display import beginning, flowed, in_words
from stagekit.interview.fields import as_raw
from stagekit.interview.places import Place, unasked_answers, value_at, with_value
from stagekit.interview.prompter import Option
from stagekit.interview.session import Session, Stopped
from stagekit.model import course as c
from stagekit.model.values import Consent, Value, Values
from stagekit.store.results import SaveConflict

SAME, DIFFERING = 60, 220
"""Characters shown of two texts: before they differ, and from there on."""

Change = Callable[[Values], Values]
"""What is to be done to the answers of an assignment."""


def give(session: Session, place: Place, value: Value | None) -> Place:
    """Save an answer (None removes it); gives its place, which differs where a list grew elsewhere."""
    assignment_id, path = str(place[0]), place[1:]
    before = session.of(assignment_id)
    unasked = _unasked(session, assignment_id)

    def change(values: Values) -> Values:
        changed = with_value(values, path, value)
        return changed if isinstance(changed, Mapping) else {}

    new = _followed(session, assignment_id, before, change(before))
    done = _commit(
        session,
        place,
        _differences(before, new),
        lambda theirs: _replayed(session, place, before, value, theirs),
    )
    _say_unasked(session, assignment_id, unasked)
    return done


def change_list(session: Session, place: Place, items: tuple[Value, ...]) -> bool:
    """Save a list with items added, moved or removed; False where it was changed elsewhere, which is said."""
    before = session.of(str(place[0]))
    changes: dict[str, Value | None] = {str(place[1]): items or None}
    try:
        _commit(session, place, {} if items == before.get(str(place[1])) else changes, None)
    except _ChangedElsewhere:
        session.show(
            _("This list was just changed in another window or by hand. You see the newest; try again."),
            style="todo",
        )
        return False
    return True


class _ChangedElsewhere(Exception):
    """What was to be saved rests on answers that are not there any more."""


def _unasked(session: Session, assignment_id: str) -> list[c.Question]:
    assignment = session.course.assignment(assignment_id)
    return unasked_answers(assignment, session.of(assignment_id)) if assignment else []


def _say_unasked(session: Session, assignment_id: str, before: list[c.Question]) -> None:
    """Say which answers stopped to count, or count again."""
    after = _unasked(session, assignment_id)
    gone = [q.label[session.language] for q in after if q not in before]
    again = [q.label[session.language] for q in before if q not in after]
    if gone:
        session.show(
            _(
                "No longer asked: {labels}. What you wrote there is kept, in case you change your mind.",
                labels=", ".join(gone),
            ),
            style="todo",
        )
    if again:
        session.show(_("Asked again, with your answer: {labels}.", labels=", ".join(again)), style="good")


def _followed(session: Session, assignment_id: str, before: Values, new: Values) -> Values:
    assignment = session.course.assignment(assignment_id)
    if assignment is None:
        return new
    return following(assignment, before, new, session.identity.language)


def _differences(before: Values, after: Values) -> dict[str, Value | None]:
    names = dict.fromkeys([*before, *after])
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


Replay = Callable[[Values], tuple[dict[str, Value | None], Place] | None]
"""From the answers on disk to the changes that bring ours in as well; None where both changed the same."""


def _commit(session: Session, place: Place, changes: dict[str, Value | None], replay: Replay | None) -> Place:
    """Save, and keep at it until that is done, or the person says what else."""
    assignment_id = str(place[0])
    while changes or session.unsaved.get(assignment_id):
        waiting = dict(session.unsaved.get(assignment_id, {}))
        try:
            session.keeper.save(assignment_id, {**waiting, **changes})
        except SaveConflict as conflict:
            place, changes = _resolved(session, place, changes, replay, conflict)
            continue
        except (UserError, InvalidInput, OSError) as error:
            if _trouble(session, place, changes, error):
                continue
            return place
        if waiting:
            session.show(_("What could not be saved before is saved now."), style="good")
        session.unsaved.pop(assignment_id, None)
        session.overlay(assignment_id, changes)
        break
    return place


def _replayed(
    session: Session, place: Place, before: Values, value: Value | None, theirs: Values
) -> tuple[dict[str, Value | None], Place] | None:
    """Bring one answer into what stands on disk, where nobody else touched that answer."""
    path = place[1:]
    index = path[1] if len(path) > 2 else None
    if isinstance(index, int):
        former, found = before.get(str(path[0])), theirs.get(str(path[0]))
        items = former if isinstance(former, tuple) else ()
        others = found if isinstance(found, tuple) else ()
        if index >= len(items):
            path = (path[0], len(others), *path[2:])
        elif index >= len(others) or _apart(items[index], path) != _apart(others[index], path):
            return None
    if path == place[1:] and value_at(before, path) != value_at(theirs, path):
        return None
    merged = with_value(theirs, path, value)
    new = _followed(session, str(place[0]), theirs, merged if isinstance(merged, Mapping) else {})
    return _differences(theirs, new), (place[0], *path)


def _apart(item: Value, path: Place) -> Value:
    """Give the item without the answer in question: the same item where only that one is being changed."""
    return with_value(item, path[2:], None) or {}


def _resolved(
    session: Session,
    place: Place,
    changes: dict[str, Value | None],
    replay: Replay | None,
    conflict: SaveConflict,
) -> tuple[Place, dict[str, Value | None]]:
    """Decide what to save after all, on top of what another window saved."""
    assignment_id = str(place[0])
    newest = session.keeper.reload()
    theirs = {found.question_id: found.theirs for found in conflict.conflicts}
    if theirs.keys() <= changes.keys():
        if replay is None:
            session.take(newest)
            raise _ChangedElsewhere
        if (again := replay(newest.of(assignment_id))) is not None:
            session.take(newest)
            session.show(_("This was also changed in another window; both changes are kept."), style="quiet")
            return again[1], again[0]
    waiting = session.unsaved.get(assignment_id, {})
    ours = {name: value for name, value in {**waiting, **changes}.items() if name in theirs}
    if not _ours_wins(session, place, ours, theirs):
        for name in theirs:
            waiting.pop(name, None)
        changes = {name: value for name, value in changes.items() if name not in theirs}
    session.take(newest)
    return place, changes


def _ours_wins(
    session: Session, place: Place, ours: Mapping[str, Value | None], theirs: Mapping[str, Value | None]
) -> bool:
    """Ask which of two answers stands; the other one stays within reach."""
    assignment = session.course.assignment(str(place[0]))
    aside = []
    for question_id, other in theirs.items():
        question = assignment.question(question_id) if assignment else None
        if question is not None:
            words = [
                flowed(in_words(question, value, session.course, session.language))
                for value in (ours.get(question_id), other)
            ]
            mine, found = (text or _("(nothing)") for text in _apart_from_the_same(*words))
            aside += [_("Yours, given here: {text}", text=mine), _("In the file now: {text}", text=found)]
    options = [
        Option("mine", _("Keep mine"), _("The other one goes to the earlier versions.")),
        Option("theirs", _("Keep the one in the file"), _("Yours stays as a draft at this question.")),
    ]
    # Before the question: whoever stops there keeps both.
    kept = [keep_as_draft(session, place if name == place[1] else (place[0], name), ours) for name in ours]
    reply = session.choose(
        _("This answer was changed in two places"),
        _("While you were here, it was also changed in another window or by hand. Which one do you keep?"),
        options,
        aside=tuple(aside),
        moves=(),
        initial="mine",
    )
    if reply == "mine":
        return True
    session.show(
        _("Kept as it is in the file; yours is a draft at the question.")
        if all(kept)
        else _("Kept as it is in the file."),
        style="good",
    )
    return False


def _apart_from_the_same(mine: str, other: str) -> tuple[str, str]:
    """Give two texts from shortly before where they differ, so that the difference is in sight."""
    shorter = min(len(mine), len(other))
    same = next((i for i in range(shorter) if mine[i] != other[i]), shorter)
    start = mine.rfind(" ", 0, max(same - SAME, 0)) + 1
    texts = (("…" if start else "") + text[start:] for text in (mine, other))
    first, second = (beginning(text, DIFFERING) for text in texts)
    return first, second


def keep_as_draft(session: Session, place: Place, changes: Mapping[str, Value | None]) -> bool:
    """Keep an answer that was not saved as a draft at its question; tell whether that could be done."""
    value = value_at(changes, place[1:])
    if isinstance(value, Mapping | Consent) or (
        isinstance(value, tuple) and not all(isinstance(item, str) for item in value)
    ):
        return False
    raw = as_raw(value, session.language)
    text = raw if isinstance(raw, str) else ", ".join(raw)
    return bool(text) and session.drafts.keep(place, text)


def error_lines(error: StageKitError | OSError) -> list[str]:
    """Give what went wrong, where, and what to do, as lines."""
    from stagekit.store.atomic import reason

    if isinstance(error, InvalidInput):
        return [f"{problem.where()}: {problem.message}".removeprefix(": ") for problem in error.problems]
    if isinstance(error, UserError):
        return [text for text in (error.message, error.next_step) if text]
    return [reason(error) if isinstance(error, OSError) else str(error)]


def _trouble(
    session: Session, place: Place, changes: dict[str, Value | None], error: StageKitError | OSError
) -> bool:
    """Explain that a save failed; True to try again. The answer stays here, and as a draft if it can."""
    lines = error_lines(error)
    kept = keep_as_draft(session, place, changes)
    session.unsaved.setdefault(str(place[0]), {}).update(changes)
    session.overlay(str(place[0]), changes)
    lines.append(
        _("Your answer is not saved yet. It is kept as a draft.")
        if kept
        else _("Your answer is not saved yet. It only stands in this window: leave it open.")
    )
    reply = session.choose(
        _("Saving did not work"),
        _("What do you want to do?"),
        [
            Option("again", _("Try again")),
            Option("on", _("Go on"), _("Each next answer tries to save this one as well.")),
            Option("stop", _("Stop")),
        ],
        aside=tuple(lines),
        moves=(),
        initial="again",
    )
    if reply == "stop":
        raise Stopped
    return reply == "again"


def save_waiting(session: Session) -> list[str]:
    """Try once more to save what could not be saved; gives lines on what still is not, with its text."""
    left = []
    for assignment_id, changes in list(session.unsaved.items()):
        try:
            session.keeper.save(assignment_id, changes)
        except (StageKitError, OSError):
            assignment = session.course.assignment(assignment_id)
            for question_id, value in changes.items():
                question = assignment.question(question_id) if assignment else None
                if question is not None:
                    words = in_words(question, value, session.course, session.language)
                    left.append(f"{question.label[session.language]}: {words}")
        else:
            session.unsaved.pop(assignment_id, None)
    if left:
        left.insert(
            0,
            ngettext(
                "{count} answer could not be saved. Copy it from here:",
                "{count} answers could not be saved. Copy them from here:",
                len(left),
            ),
        )
    return left
