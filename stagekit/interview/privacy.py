"""What an answer may give away, said right after it was given and without stopping anybody."""

from collections.abc import Mapping

from stagekit.errors import StageKitError
from stagekit.i18n import _, ngettext
from stagekit.interview.places import Place, value_at
from stagekit.interview.session import Session
from stagekit.model import course as c
from stagekit.model.values import Consent, Value

_MOST = 3
_TYPED = (c.TextQuestion, c.LongTextQuestion)


def show_findings(session: Session, place: Place, question: c.Question, value: Value | None) -> None:
    """Show what the answer just given may give away; what was accepted is not said again."""
    if question.private or not isinstance(question, _TYPED) or not isinstance(value, str):
        return
    from stagekit.checks.findings import Checker, Weight
    from stagekit.store.course_files import load_privacy

    try:
        privacy = load_privacy(session.course.id)
    except StageKitError:
        return
    accepted = {kept.id for kept in session.identity.settings.accepted_findings}
    checker = Checker(session.course, privacy, session.portfolio, session.identity.language)
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


def _paraphrased(session: Session, place: Place) -> bool:
    """Tell whether the person of this conversation allowed only the gist."""
    if len(place) < 4:
        return False
    item = value_at(session.of(str(place[0])), place[1:3])
    values = item.values() if isinstance(item, Mapping) else ()
    return any(isinstance(each, Consent) and each.paraphrased for each in values)
