"""Who and where: the few questions of the first minute, and any time after."""

from dataclasses import replace
from typing import Literal, cast

from stagekit import i18n
from stagekit.errors import StageKitError
from stagekit.i18n import N_, _
from stagekit.interview.consent import both
from stagekit.interview.language import language_prompt
from stagekit.interview.prompter import Given, Kind, Move, Prompt
from stagekit.interview.saving import error_lines
from stagekit.interview.session import Jump, Session
from stagekit.model.portfolio import Identity
from stagekit.model.text import refused_characters

_LONGEST = 200

_FIELDS = (
    (
        "student",
        "name",
        N_("Your name"),
        N_("What is your name?"),
        N_("It goes on the front of your portfolio."),
        False,
    ),
    (
        "student",
        "number",
        N_("Student number"),
        N_("What is your student number? You may skip this."),
        "",
        False,
    ),
    ("school", "name", N_("School"), N_("What is the name of your placement school?"), "", False),
    ("school", "place", N_("Place"), N_("In which town or city is the school?"), "", False),
    (
        "school",
        "group",
        N_("Group"),
        N_("Which group are you in, with your mentor? For example 5 or 3/4."),
        "",
        False,
    ),
    (
        "mentor",
        "name",
        N_("Mentor"),
        N_("What is the name of your mentor?"),
        N_("The name stays in your own file; documents say “my mentor”."),
        True,
    ),
)
"""Part and field of the identity; label, question, why; whether it is private."""


def ask_identity(session: Session) -> None:
    """Ask who and where; each answer is saved when given. Raises Jump or Stopped."""
    here = 0
    while 0 <= here < len(_FIELDS):
        part, name, *_rest = _FIELDS[here]
        session.refresh()
        stands = getattr(getattr(session.identity, part), name) or ""
        place = ("portfolio", part, name)
        waiting = [draft for draft in session.drafts_at(place) if draft.text.strip() and draft.text != stands]
        session.drafts.adopt(place, waiting[0] if waiting else None, waiting)
        reply = session.ask(_prompt(session, here, waiting[0].text if waiting else stands), place, stands)
        if reply is Move.BACK:
            here -= 1
        elif reply is Move.JUMP:
            raise Jump(())
        elif reply is Move.VERSIONS:
            session.show(_("There is no earlier version of this answer."), style="quiet")
        elif isinstance(reply, Given) and not _taken(session, place, str(reply.value), stands):
            continue
        else:
            here += 1


def _prompt(session: Session, here: int, initial: str) -> Prompt:
    _part, _name, label, question, why, private = _FIELDS[here]
    language = session.language
    return Prompt(
        kind=Kind.TEXT,
        title=both(label)[language],
        text=both(question)[language],
        breadcrumb=_("Who and where") + " · " + _("{number} of {total}", number=here + 1, total=len(_FIELDS)),
        why=both(why)[language] if why else "",
        need=_("Stays in your own file") if private else "",
        initial=initial,
        check=_check,
        moves=(Move.BACK, Move.SKIP, Move.JUMP, Move.STOP),
    )


def _check(text: str) -> str | None:
    if refused := refused_characters(text):
        return _(
            "Character {index}, {name}, fits in no document; remove it.",
            index=refused[0].position + 1,
            name=refused[0].name,
        )
    if len(text) > _LONGEST or "\n" in text:
        return _("Keep it to one short line.")
    return None


def _taken(session: Session, place: tuple[str, str, str], text: str, stands: str) -> bool:
    """Save one field; False where it is to be asked again."""
    _root, part, name = place
    if (problem := _check(text)) is not None:
        session.show(problem, style="bad")
        return False
    if text == stands or not (text.strip() or stands):
        session.drafts.discard(place)
        return True
    changed = replace(getattr(session.identity, part), **{name: text if text.strip() else None})
    if save_identity(session, replace(session.identity, **{part: changed})):
        session.drafts.discard(place)
    else:
        session.drafts.keep(place, text)
    return True


def save_identity(session: Session, identity: Identity) -> bool:
    """Save who and where; False where that did not work, which is said."""
    try:
        session.keeper.save_identity(identity)
    except (StageKitError, OSError) as error:
        session.show(
            _("This is not saved. What you typed stays as a draft."), *error_lines(error), style="bad"
        )
        return False
    session.take(session.keeper.loaded.portfolio)
    return True


def change_language(session: Session) -> None:
    """Let the person choose another language, for the wizard and the documents. Raises Stopped."""
    reply = session.ask(language_prompt(session.language))
    if not isinstance(reply, Given) or (chosen := str(reply.value)) == session.language:
        return
    i18n.activate(chosen)
    session.language = chosen
    save_identity(session, replace(session.identity, language=cast(Literal["nl", "en"], chosen)))
