"""The course's reference beside the student's own judgement: shown only after that was given."""

from stagekit.checks.completeness import given
from stagekit.i18n import _
from stagekit.interview.display import in_words
from stagekit.interview.places import Place, value_at
from stagekit.interview.prompter import Move, Option
from stagekit.interview.session import Session
from stagekit.model import course as c


def compare(session: Session, question: c.Question, place: Place) -> bool:
    """Show the reference beside the judgement just given; True where the student wants to judge again."""
    lines = reference(session, question, place)
    if not lines:
        session.show(_("The reference list does not have this one: your own reasons count."), style="quiet")
        return False
    mine = in_words(
        question, value_at(session.of(str(place[0])), place[1:]), session.course, session.language
    )
    reply = session.choose(
        _("Your judgement beside the reference list"),
        _("The list may be wrong for your school. What do you do with your judgement?"),
        [Option("keep", _("Keep mine: {mine}", mine=mine)), Option("change", _("Judge again"))],
        initial="keep",
        aside=(_("You: {mine}", mine=mine), *lines),
    )
    return reply in {"change", Move.BACK}


def reference(session: Session, question: c.Question, place: Place) -> list[str]:
    """Give what the reference list says of the thing judged: likely impact, reason, doubt, sources."""
    found = _entry(session, question, place)
    if found is None:
        return []
    catalogue, entry = found
    language = session.language
    lines = [_("The reference list: {impact}", impact=likely_impact(entry))]
    if entry.reason is not None:
        lines.append(_("Why: {reason}", reason=entry.reason[language]))
    doubt = {
        "high": _("How sure: fairly sure, but never certain."),
        "medium": _("How sure: there is research, but it does not all agree."),
        "low": _("How sure: not very sure. This is mostly a reasoned guess."),
    }
    if entry.confidence is not None:
        lines.append(doubt[entry.confidence])
    sources = [source.text[language] for source in catalogue.sources if source.id in entry.sources]
    if sources:
        listed = "; ".join(source.removesuffix(".") for source in sources)
        lines.append(_("Source: {sources}", sources=f"{listed}."))
    return lines


def likely_impact(entry: c.Entry) -> str:
    """Word the likely impact of a contact type; always `probably`."""
    if entry.impact is c.Impact.LOWER:
        return _("probably a lower impact")
    if entry.impact is c.Impact.HIGHER:
        return _("probably a higher impact")
    if entry.leans == "higher":
        return _("it depends; probably more often higher")
    if entry.leans == "lower":
        return _("it depends; probably more often lower")
    return _("it depends")


def _entry(session: Session, question: c.Question, place: Place) -> tuple[c.Catalogue, c.Entry] | None:
    """Find the catalogue entry that the question named by `reveals`, beside this one, was answered with."""
    assignment = session.course.assignment(str(place[0]))
    beside: tuple[c.Question, ...] = assignment.questions if assignment else ()
    for step in place[1:-1]:
        inner = next((q for q in beside if q.id == step), None)
        beside = getattr(inner, "questions", beside)
    target = next((q for q in beside if q.id == question.reveals), None)
    chosen = value_at(session.of(str(place[0])), (*place[1:-1], str(question.reveals)))
    name = getattr(target, "catalogue", None)
    if name is None or not given(chosen):
        return None
    catalogue = session.course.catalogues[name]
    entry = catalogue.entry(str(chosen))
    return None if entry is None or entry.impact is None else (catalogue, entry)
