"""Earlier versions of one answer: looked at, and brought back into the field."""

from datetime import UTC, datetime

from stagekit.checks.completeness import given
from stagekit.i18n import _
from stagekit.interview.display import beginning, breadcrumb, dated, flowed, in_words
from stagekit.interview.fields import Raw, as_raw
from stagekit.interview.places import Place, value_at
from stagekit.interview.prompter import Move, Option
from stagekit.interview.session import Session
from stagekit.model import course as c
from stagekit.model.values import Value

SHOWN = 20


def versions_of(session: Session, place: Place) -> list[tuple[datetime, Value]]:
    """List what the answer at `place` was before, newest first, each text once, not what stands now.

    With each: until when it stood, in local time, as far as known.
    """
    assignment = session.course.assignment(str(place[0]))
    if assignment is None:
        return []
    seen = [value_at(session.of(assignment.id), place[1:])]
    found = []
    for former in session.keeper.former(assignment):
        value = value_at(former.values, place[1:])
        if value is not None and given(value) and value not in seen:
            seen.append(value)
            written = former.written.replace(tzinfo=former.written.tzinfo or UTC).astimezone()
            found.append((written.replace(tzinfo=None), value))
    return found[:SHOWN]


def choose_version(session: Session, place: Place, question: c.Question) -> Value | None:
    """Let the person look at earlier versions and take one; None where nothing is taken."""
    found = versions_of(session, place)
    if not found:
        session.show(_("There is no earlier version of this answer."), style="quiet")
        return None
    language = session.language
    words = [in_words(question, value, session.course, language) for _moment, value in found]
    options = [
        Option(str(i), dated(moment, language), beginning(" ".join(words[i].split()), 60))
        for i, (moment, _value) in enumerate(found)
    ]
    options.append(Option("none", _("Leave it as it is")))
    crumb = breadcrumb(place, session.course, language)
    while True:
        title = _("Earlier versions: {label}", label=question.label[language])
        chosen = session.choose(
            title, _("Which one do you want to look at?"), options, initial="0", breadcrumb=crumb
        )
        if isinstance(chosen, Move) or chosen == "none":
            return None
        index = int(chosen)
        reply = session.choose(
            title,
            _("Bring this version back?"),
            [Option("yes", _("Bring it back")), Option("no", _("Look further"))],
            initial="yes",
            aside=(flowed(words[index]),),
            breadcrumb=crumb,
        )
        if reply == "yes":
            return found[index][1]


def bring_back(session: Session, place: Place, question: c.Question) -> Raw | None:
    """Let the person choose an earlier version for the field; it is saved when they give it."""
    value = choose_version(session, place, question)
    return None if value is None else as_raw(value, session.language)
