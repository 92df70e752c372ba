"""What an answer may give away, said right after it was given and without stopping anybody."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from stagekit.errors import StageKitError
from stagekit.i18n import _, ngettext
from stagekit.interview.places import Place, value_at
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt
from stagekit.interview.session import Session
from stagekit.model import course as c
from stagekit.model.values import Consent, Value

if TYPE_CHECKING:
    from stagekit.checks.findings import Checker

_MOST = 3
_TYPED = (c.TextQuestion, c.LongTextQuestion)


def show_findings(session: Session, place: Place, question: c.Question, value: Value | None) -> bool:
    """Show what the answer just given may give away; what was accepted is not said again.

    True where the person goes back to the answer at once.
    """
    if question.private or not isinstance(question, _TYPED) or not isinstance(value, str):
        return False
    from stagekit.checks.findings import Weight

    checker = _checker(session)
    if checker is None:
        return False
    accepted = _accepted(session)
    found = checker.findings_for(
        str(place[0]), place[1:], question, value, paraphrased=_paraphrased(session, place)
    )
    found = [finding for finding in found if finding.id not in accepted]
    for finding in found[:_MOST]:
        session.show(
            f"“{finding.text}” – {finding.why(session.language)} {finding.do(session.language)}",
            style="bad" if finding.weight is Weight.BLOCK else "todo",
        )
    if left := len(found[_MOST:]):
        session.show(
            ngettext("And {count} more: stagekit check", "And {count} more: stagekit check", left),
            style="todo",
        )
    if found:
        session.show(_("Your answer is saved. Change it now with “back”, or later."), style="quiet")
    return _offer_aliases(
        session, list(dict.fromkeys(finding.name for finding in found[:_MOST] if finding.name))
    )


def show_summary(session: Session) -> None:
    """Show in one line what the portfolio still may give away, where that is anything."""
    checker = _checker(session)
    if checker is None:
        return
    from stagekit.checks.findings_wording import counted

    accepted = _accepted(session)
    weights = [each.weight for each in checker.findings() if each.id not in accepted]
    if weights:
        line = counted(weights) + " " + _("Look: stagekit check")
        session.show(line, style="bad" if "block" in weights else "todo")


def _checker(session: Session) -> "Checker | None":
    """Give what looks through the answers; None where the course's words about privacy cannot be read."""
    from stagekit.checks.findings import Checker
    from stagekit.store.course_files import load_privacy

    try:
        privacy = load_privacy(session.course.id)
    except StageKitError:
        return None
    return Checker(session.course, privacy, session.portfolio, session.identity.language)


def _accepted(session: Session) -> set[str]:
    return {kept.id for kept in session.identity.settings.accepted_findings}


def _offer_aliases(session: Session, names: list[str]) -> bool:
    """Let a name that was found get an alias at once; Enter goes on without, True is back to the answer."""
    while names:
        reply = session.choose(
            _("Is this a name?"),
            _("Give it an alias, and that stands in every document. The name stays on this computer."),
            [
                Option("on", _("Go on")),
                *(
                    Option(f"name:{number}", _("Give “{name}” an alias", name=name))
                    for number, name in enumerate(names)
                ),
            ],
            initial="on",
        )
        if isinstance(reply, Move) or not reply.startswith("name:"):
            return reply is Move.BACK
        _name_alias(session, names.pop(int(reply[5:])))
    return False


def _name_alias(session: Session, name: str) -> None:
    from stagekit.checks.naming import with_alias
    from stagekit.checks.wording import unnamed
    from stagekit.interview.saving import error_lines

    proposed = unnamed(session.identity.language)
    reply = session.ask(
        Prompt(
            kind=Kind.TEXT,
            title=_("Alias"),
            text=_("What stands for “{name}” in every document? For example: Child 1.", name=name),
            initial=proposed,
            proposed=proposed,
            moves=(Move.BACK, Move.STOP),
        )
    )
    if not isinstance(reply, Given):
        return
    wanted = "" if str(reply.value).strip() == proposed else str(reply.value)
    try:
        settings, alias = with_alias(session.course, session.portfolio, name, wanted)
        session.keeper.save_identity(replace(session.identity, settings=settings))
    except (StageKitError, OSError) as error:
        session.show(*error_lines(error), style="bad")
        return
    session.take(session.keeper.loaded.portfolio)
    session.show(_("From now on “{name}” reads as “{alias}”.", name=name, alias=alias), style="good")


def _paraphrased(session: Session, place: Place) -> bool:
    """Tell whether the person of this conversation allowed only the gist."""
    if len(place) < 4:
        return False
    item = value_at(session.of(str(place[0])), place[1:3])
    values = item.values() if isinstance(item, Mapping) else ()
    return any(isinstance(each, Consent) and each.paraphrased for each in values)
