"""One question to one person: how it is put, what is offered beside it, and what an answer brings about."""

from collections.abc import Mapping
from dataclasses import replace

from stagekit.checks.completeness import given
from stagekit.i18n import _
from stagekit.interview.defaults import default_value
from stagekit.interview.display import beginning, breadcrumb, dated, in_words, recalled, shortened
from stagekit.interview.earlier import bring_back
from stagekit.interview.fields import Raw, as_raw, checker, kind_of, options_of, read
from stagekit.interview.places import Place, Step, value_at
from stagekit.interview.privacy import show_findings
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt
from stagekit.interview.reveal import compare, reference
from stagekit.interview.saving import give
from stagekit.interview.session import Session
from stagekit.model import course as c
from stagekit.model.record import record_in_order
from stagekit.model.values import Value

RECALLED = 400
"""Characters of an earlier answer shown at once; all of it is in the help."""
ANSWER = 36
"""Characters of an answer beside its question in a list of questions."""
RECALLED_TOGETHER = 900
"""Characters of all earlier answers at once: the question must stay in sight."""


@record_in_order
class Outcome:
    """What came of a question: None when answered or skipped, else the move; and where it stands now."""

    move: Move | None
    place: Place


def ask_step(session: Session, step: Step, progress: str = "", lead: tuple[str, ...] = ()) -> Outcome:
    """Put one question until it is answered, skipped or left; an answer is saved before this returns."""
    place, question = step.place, step.question
    value = _value(session, place)
    proposed = default_value(place, question, session.course, session.portfolio, session.around.now())
    stands = as_raw(value if given(value) else proposed, session.language)
    initial, note = _draft(session, question, place, stands)
    while True:
        prompt = make_prompt(session, step, initial, progress, (*lead, *([note] if note else [])))
        if isinstance(stands, str) and not given(value):
            prompt = replace(prompt, proposed=stands)
        reply = session.ask(prompt, place if _is_typed(prompt.kind) else None, stands)
        if reply is Move.VERSIONS:
            brought = bring_back(session, place, question)
            if brought is not None:
                initial = brought
                note = _("This is an earlier version. It becomes your answer when you go on.")
            continue
        if reply is Move.FEEDBACK:
            answer_feedback(session, place)
            continue
        if not isinstance(reply, Given):
            return Outcome(None if reply is Move.SKIP else reply, place)
        new, problem = read(question, reply.value, session.course)
        if problem is not None:
            session.show(problem, style="bad")
            initial = reply.value
            continue
        return _take(session, step, value, new, progress)


def _value(session: Session, place: Place) -> Value | None:
    return value_at(session.of(str(place[0])), place[1:])


def _is_typed(kind: Kind) -> bool:
    return kind in {Kind.TEXT, Kind.LONG_TEXT}


def _take(session: Session, step: Step, old: Value | None, new: Value | None, progress: str) -> Outcome:
    """Save an answer, and do what follows from it."""
    place, question = step.place, step.question
    if new == old:
        session.drafts.discard(place)
        return Outcome(None, place)
    place = give(session, place, new)
    if str(place[0]) not in session.unsaved and _value(session, place) == new:
        session.drafts.discard(step.place)
    if show_findings(session, place, question, new):
        return ask_step(session, replace(step, place=place), progress)
    if new is None and given(old):
        session.show(_("This answer is empty now. The earlier version is kept."), style="todo")
    if place[-1] == "may_use" and new == "no":
        session.show(
            _("That is fine. This conversation stays out of every document, and it still counts."),
            _("The other questions about it are not needed. What you already wrote stays in your own file."),
            style="good",
        )
    if place[-1] == "informed" and new is False:
        session.show(
            _("Tell it first, before you use anything. You can come back to this question."), style="todo"
        )
    if question.reveals is not None and given(new) and compare(session, question, place):
        return ask_step(session, replace(step, place=place), progress)
    return Outcome(None, place)


def _draft(session: Session, question: c.Question, place: Place, stands: Raw) -> tuple[Raw, str]:
    """Offer what was half typed here; gives what stands in the field, and a line on it."""
    if not _is_typed(kind_of(question, session.course)):
        return _choice_not_saved(session, question, place, stands)
    drafts = session.drafts_at(place)
    # A session that was cut off right after it saved an answer leaves that answer as a draft.
    session.drafts.remove([draft for draft in drafts if draft.text == stands])
    found = [draft for draft in drafts if draft.text != stands and given(draft.text)]
    if not found:
        return stands, ""
    newest = found[0]
    if newest.token == session.drafts.token:
        return newest.text, _("You were typing this; it is not an answer yet.")
    reply = session.choose(
        question.label[session.language],
        _(
            "On {moment} you were typing here, and it was not finished.",
            moment=dated(newest.written, session.language),
        ),
        [Option("on", _("Go on with that text")), Option("away", _("Throw that text away"))],
        initial="on",
        aside=(beginning(newest.text, RECALLED),),
        moves=(Move.STOP,),
        breadcrumb=breadcrumb(place, session.course, session.language),
    )
    if reply == "away":
        session.drafts.adopt(place, None, found)
        return stands, ""
    session.drafts.adopt(place, newest, found)
    return newest.text, _("You were typing this; it is not an answer yet.")


def _choice_not_saved(session: Session, question: c.Question, place: Place, stands: Raw) -> tuple[Raw, str]:
    """Offer a choice that could not be saved when it was made."""
    known = {option.id for option in options_of(question, session.course, session.language)}
    found = session.drafts_at(place)
    for draft in found:
        chosen = tuple(draft.text.split(", "))
        if known.issuperset(chosen):
            session.drafts.adopt(place, draft, found)
            raw: Raw = chosen if kind_of(question, session.course) is Kind.CHOICES else draft.text
            return raw, _("You chose this before; it is not saved yet.")
    return stands, ""


def make_prompt(
    session: Session, step: Step, initial: Raw, progress: str, lead: tuple[str, ...] = ()
) -> Prompt:
    """Give the question as it is put; `lead` stands above the field before anything else."""
    question, place, language = step.question, step.place, session.language
    kind = kind_of(question, session.course)
    full = list(recalled(question.recall, session.course, session.portfolio, language))
    said, explained = _feedback(session, place)
    room = min(RECALLED, max(80, RECALLED_TOGETHER // max(len(full), 1)))
    crumb = breadcrumb(place, session.course, language)
    return Prompt(
        kind=kind,
        title=question.label[language],
        text=question.prompt[language],
        breadcrumb=f"{crumb} · {progress}" if progress else crumb,
        why="" if question.why is None else question.why[language],
        need=_need(question),
        help=(
            *_words_to_say(session, place),
            *_help(question, language),
            *(text for text in full if len(text) > room),
            *explained,
            *_reference_seen(session, question, place),
        ),
        aside=(*lead, *said, *(beginning(text, room) for text in full)),
        options=options_of(question, session.course, language),
        initial=_fitting(kind, initial),
        pointer=_pointer(question),
        max_words=getattr(question, "max_words", None),
        check=checker(question, session.course),
        moves=moves_at(session, place),
    )


def moves_at(session: Session, place: Place) -> tuple[Move, ...]:
    """List the moves that make sense at a question; earlier versions only where there can be any."""
    earlier = (Move.VERSIONS,) if session.keeper.has_former(str(place[0])) else ()
    commented = (Move.FEEDBACK,) if any(_feedback(session, place)) else ()
    return (Move.BACK, Move.SKIP, Move.JUMP, *earlier, *commented, Move.STOP)


def _feedback(session: Session, place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what stands beside the question of its feedback, and what the help says of it."""
    if not session.rounds:
        return (), ()
    from stagekit.interview.feedback import beside

    return beside(session, place)


def answer_feedback(session: Session, place: Place) -> None:
    """Let the person answer the feedback on a question."""
    from stagekit.interview.feedback import answer_at

    answer_at(session, place)


def _pointer(question: c.Question) -> str:
    """Point at the careful answer: Enter without reading claims nothing, and allows little."""
    if isinstance(question, c.YesNoQuestion):
        return "no"
    return "paraphrased" if question.id == "may_use" else ""


def _fitting(kind: Kind, raw: Raw) -> Raw:
    if kind is Kind.CHOICES:
        return raw if isinstance(raw, tuple) else ()
    return raw if isinstance(raw, str) else ""


def _need(question: c.Question) -> str:
    words = {c.Need.REQUIRED: _("Needed to be complete"), c.Need.ADVISED: _("Advised"), c.Need.OPTIONAL: ""}
    need = words[question.need]
    if question.private:
        return f"{need} · " * bool(need) + _("Stays in your own file")
    return need


def _help(question: c.Question, language: str) -> list[str]:
    lines = []
    if question.follow_ups:
        lines.append(_("To think further, or to ask more:"))
        lines += [f"• {text[language]}" for text in question.follow_ups]
    if question.rubric is not None:
        lines += [
            _("Not there yet: {text}", text=question.rubric.not_yet[language]),
            _("On level: {text}", text=question.rubric.sufficient[language]),
            _("Strong: {text}", text=question.rubric.strong[language]),
        ]
    return lines


def _reference_seen(session: Session, question: c.Question, place: Place) -> list[str]:
    """Give the reference in the help once the student has judged."""
    if question.reveals is None or not given(_value(session, place)):
        return []
    return reference(session, question, place)


def _words_to_say(session: Session, place: Place) -> list[str]:
    """Give the words to ask for consent with, at the questions about it."""
    assignment = session.course.assignment(str(place[0]))
    repeat = assignment.question(str(place[1])) if assignment and len(place) == 5 else None
    consent = repeat.consent if isinstance(repeat, c.RepeatQuestion) else None
    words = consent_words(consent, session.language) if consent and consent.id == place[3] else None
    return [words] if words else []


def consent_words(consent: c.ConsentQuestion | None, language: str) -> str | None:
    """Give what the student says before a conversation, with what it is for."""
    if consent is None or consent.words is None:
        return None
    return _("Say this first: {words}", words=consent.words[language])


def answer_line(session: Session, step: Step) -> str:
    """Give the start of an answer for a list of questions; a mark where there is none."""
    value = _value(session, step.place)
    if isinstance(step.question, c.RepeatQuestion):
        count = len(value) if isinstance(value, tuple) else 0
        return f"({count})" if count else ""
    words = in_words(step.question, value, session.course, session.language)
    return shortened(words, ANSWER)


def is_given(session: Session, step: Step) -> bool:
    """Tell whether a step has an answer."""
    value = _value(session, step.place)
    return given(value) if not isinstance(value, Mapping) else bool(value)
