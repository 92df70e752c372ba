"""What the mentor may see: chosen in the overview, kept in the portfolio."""

from dataclasses import replace

from stagekit.checks.consent import mentor_sees
from stagekit.i18n import _
from stagekit.interview.beginning import save_identity
from stagekit.interview.display import shortened
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt
from stagekit.interview.session import Session


def overview_option(session: Session) -> Option:
    """Give the way to the choice, with what is left out now."""
    language = session.language
    hidden = [a.title[language] for a in session.course.assignments if not _sees(session, a.id)]
    hint = _("without {parts}", parts=", ".join(hidden)) if hidden else _("everything")
    return Option("mentor", _("What your mentor may see"), shortened(hint, 36))


def _sees(session: Session, assignment_id: str) -> bool:
    return mentor_sees(session.course, session.portfolio, assignment_id)


def choose_for_mentor(session: Session) -> None:
    """Let the person tick the parts of the mentor's version; raises Stopped."""
    language = session.language
    prompt = Prompt(
        kind=Kind.CHOICES,
        title=_("What your mentor may see"),
        text=_("Which parts stand in the version you make for your mentor?"),
        why=_("Your mentor is a colleague of the people you write about."),
        options=[
            Option(a.id, a.title[language], "" if a.mentor_sees else _("left out unless you choose it"))
            for a in session.course.assignments
        ],
        initial=tuple(a.id for a in session.course.assignments if _sees(session, a.id)),
        moves=(Move.BACK, Move.STOP),
    )
    reply = session.ask(prompt)
    if not isinstance(reply, Given) or tuple(reply.value) == prompt.initial:
        return
    chosen = tuple(a.id for a in session.course.assignments if a.id in reply.value)
    settings = replace(session.identity.settings, mentor_sees=chosen)
    if save_identity(session, replace(session.identity, settings=settings)):
        session.show(_("Make that version: stagekit render --for mentor -f html"), style="good")
