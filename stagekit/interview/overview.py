"""The overview of the assignments, from which one goes anywhere, and the end of a sitting."""

from stagekit.checks.completeness import AssignmentCompleteness, Completeness, completeness
from stagekit.errors import StageKitError
from stagekit.i18n import N_, _, ngettext
from stagekit.interview.display import breadcrumb, dated, shortened
from stagekit.interview.fields import as_raw
from stagekit.interview.language import in_each_language
from stagekit.interview.mentor import choose_for_mentor
from stagekit.interview.mentor import overview_option as mentor_option
from stagekit.interview.places import Place, value_at
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt
from stagekit.interview.session import Jump, Session, Stopped
from stagekit.model import course as c
from stagekit.store.drafts import Draft

BESIDE = 34
"""Characters beside the longest name: where one is longer, a page of eighty columns shows none of them."""
DRAFTS = 3
"""Half-typed texts offered at once in the overview."""


def run(session: Session, *, new: bool) -> bool:
    """Hold the whole sitting; comes back when the person stops, and tells whether every answer is saved."""
    try:
        _guided(session, first=new)
    except (Stopped, KeyboardInterrupt, EOFError):
        session.drafts.flush()
    return finish(session)


def _guided(session: Session, *, first: bool) -> None:
    target: Place | None = None
    if first:
        from stagekit.interview.beginning import ask_identity

        try:
            session.show(
                _("First a few short questions about you and your school. You may skip each of them.")
            )
            ask_identity(session)
        except Jump:
            pass
        where_to_find_it(session)
    while True:
        try:
            if target:
                _go(session, target)
                target = None
            else:
                target = _choose(session)
        except Jump as jump:
            target = jump.place or None


def where_to_find_it(session: Session) -> None:
    """Say where the portfolio is and how to come back."""
    session.show(
        _("Your portfolio is in this folder: {folder}", folder=session.keeper.store.path),
        _("Every answer is saved as soon as you give it. You can stop at any moment."),
        _("Next time: open a terminal, type `stagekit start`, and you go on where you were."),
        style="good",
    )


def _go(session: Session, target: Place) -> None:
    from stagekit.interview.assignments import run_assignment
    from stagekit.interview.beginning import ask_identity

    assignment = session.course.assignment(str(target[0]))
    if assignment is not None:
        run_assignment(session, assignment, target if len(target) > 1 else ())
    elif target[0] == "portfolio":
        ask_identity(session)
    elif target[0] == "feedback":
        from stagekit.interview.feedback import resume

        resume(session, target)


def _choose(session: Session) -> Place | None:
    """Show the overview; gives where the person goes, None to show it again. Raises Stopped."""
    session.refresh()
    state = completeness(session.course, session.portfolio)
    drafts = _left_behind(session)
    done = sum(a.complete for a in state.assignments)
    text = _(
        "Complete: {done} of {total} parts. Where do you want to go?",
        done=done,
        total=len(state.assignments),
    )
    ending = "stop" if session.around.render is None else "render"
    if _open_feedback(session):
        ending = "feedback"
    opening = next((a.id for a in state.assignments if not a.complete), ending)
    prompt = Prompt(
        kind=Kind.MENU,
        title=session.course.title[session.language],
        text=text,
        options=_options(session, state, drafts),
        initial="draft:0" if drafts else opening,
        moves=(Move.STOP,),
        help=tuple(_to_do(session, state)),
    )
    reply = session.ask(prompt)
    return _chosen(session, str(reply.value), drafts) if isinstance(reply, Given) else None


def _open_feedback(session: Session) -> int:
    """Count the comments that wait for an answer; most portfolios have none, and then nothing is imported."""
    if not session.rounds:
        return 0
    from stagekit.interview.feedback import points_of

    return sum(point.open for point in points_of(session))


def _options(session: Session, state: Completeness, drafts: list[Draft]) -> list[Option]:
    """List where one can go; the assignments come first, so that their numbers are those of the menu."""
    language = session.language
    options = []
    for assignment in session.course.assignments:
        found = state.of(assignment.id)
        sign = "✓" if found and found.complete else "○"
        hint = _reviewed(session, assignment.id, _standing(found))
        options.append(Option(assignment.id, f"{sign} {assignment.title[language]}", hint))
    options += [
        Option(
            f"draft:{i}",
            _("Go on typing ({moment})", moment=dated(draft.written, language)),
            shortened(_draft_place(session, draft), BESIDE),
        )
        for i, draft in enumerate(drafts)
    ]
    if session.rounds:
        from stagekit.interview.feedback import overview_option as feedback_option

        options.append(feedback_option(session))
    options.append(Option("portfolio", _("Who and where"), _who(session)))
    options.append(mentor_option(session))
    options.append(Option("language", in_each_language(N_("Language"), " · ")))
    if session.around.render is not None:
        early = "" if state.complete else _("Also when it is not finished.")
        options.append(Option("render", _("Make my document now"), early))
    return [*options, Option("stop", _("Stop for today"))]


def _to_do(session: Session, state: Completeness) -> list[str]:
    """List what is missing and advised in the assignments that were begun, for the help."""
    lines = []
    for found in state.assignments:
        assignment = session.course.assignment(found.id)
        if assignment is None or not found.given or not (found.missing or found.advised):
            continue
        lines.append(f"{assignment.title[session.language]}:")
        lines += [f"○ {missing.worded(session.language)}" for missing in found.missing]
        lines += [f"· {_('advised')}: {missing.worded(session.language)}" for missing in found.advised]
    return lines


def _chosen(session: Session, reply: str, drafts: list[Draft]) -> Place | None:
    if reply == "stop":
        raise Stopped
    if reply == "render":
        _render(session)
    elif reply == "language":
        from stagekit.interview.beginning import change_language

        change_language(session)
    elif reply == "mentor":
        choose_for_mentor(session)
    elif reply == "feedback":
        from stagekit.interview.feedback import show_all

        show_all(session)
    elif reply.startswith("draft:"):
        return drafts[int(reply[6:])].place
    else:
        return (reply,)
    return None


def _left_behind(session: Session) -> list[Draft]:
    found = []
    for draft in session.drafts.found(session.busy()):
        known = bool(draft.place) and session.course.assignment(str(draft.place[0])) is not None
        removed = any(isinstance(step, int) and step < 0 for step in draft.place)
        if (
            (known or _is_reply(session, draft))
            and draft.text.strip()
            and not (removed or _saved(session, draft))
        ):
            found.append(draft)
    return found[:DRAFTS]


def _saved(session: Session, draft: Draft) -> bool:
    """Tell whether a draft is what stands there: its session was cut off right after it saved."""
    value = value_at(session.of(str(draft.place[0])), draft.place[1:])
    return as_raw(value, session.language) == draft.text


def _is_reply(session: Session, draft: Draft) -> bool:
    """Tell whether a draft is an answer to feedback that is there."""
    if not session.rounds or draft.place[:1] != ("feedback",):
        return False
    from stagekit.interview.feedback import replied_to

    return replied_to(session, draft.place) is not None


def _draft_place(session: Session, draft: Draft) -> str:
    if draft.place[0] == "feedback":
        return _("Feedback")
    crumb = breadcrumb(draft.place, session.course, session.language)
    assignment = session.course.assignment(str(draft.place[0]))
    questions: tuple[c.Question, ...] = assignment.questions if assignment else ()
    label = ""
    for step in draft.place[1:]:
        question = next((q for q in questions if q.id == step), None)
        if question is not None:
            label = question.label[session.language]
            questions = getattr(question, "questions", questions)
    return " › ".join([*crumb.split(" › "), *([label] if label else [])][-2:])


def _standing(state: AssignmentCompleteness | None) -> str:
    """Say in a few words how far an assignment is."""
    if state is None or not state.given:
        return _("not begun")
    parts = []
    if state.missing:
        parts.append(_("{count} still needed", count=len(state.missing)))
    else:
        parts.append(_("complete"))
    if state.advised:
        parts.append(_("{count} advised", count=len(state.advised)))
    return ", ".join(parts)


def _reviewed(session: Session, assignment_id: str, state: str) -> str:
    """Say beside how far an assignment is what reviewers made of it, as far as it fits beside its name."""
    if not session.rounds:
        return state
    from stagekit.interview.feedback import standing

    return standing(session, assignment_id, state)


def _who(session: Session) -> str:
    identity = session.identity
    return shortened(
        ", ".join(text for text in (identity.student.name, identity.school.name) if text), BESIDE
    )


def _render(session: Session) -> None:
    render = session.around.render
    if render is None:
        return
    from stagekit.interview.privacy import show_summary
    from stagekit.interview.saving import error_lines

    try:
        files = render()
    except (StageKitError, OSError) as error:
        session.show(_("The document could not be made."), *error_lines(error), style="bad")
        return
    session.show(_("Made:"), *(str(file) for file in files), style="good")
    show_summary(session)


def finish(session: Session) -> bool:
    """End well: what is done, what is needed or advised, and the next step; tells whether all is saved."""
    from stagekit.interview.saving import save_waiting

    left = save_waiting(session)
    session.drafts.close()
    if left:
        session.show(*left, style="bad")
    language = session.language
    state = completeness(session.course, session.portfolio)
    for number, found in enumerate(state.assignments, 1):
        assignment = session.course.assignment(found.id)
        if assignment is None or not found.given:
            continue
        title = f"{number} {assignment.title[language]}"
        if found.complete:
            session.show(f"✓ {title}: " + _standing(found), style="good")
        else:
            session.show(
                f"○ {title}: " + _("next: {what}", what=found.missing[0].worded(language)), style="todo"
            )
    if not left:
        session.show(
            _("Everything you answered is saved in {folder}", folder=session.keeper.store.path), style="good"
        )
    if any(draft.token == session.drafts.token for draft in session.drafts.found()):
        session.show(_("What you were still typing is kept too, and is offered next time."), style="good")
    if count := _open_feedback(session):
        session.show(
            ngettext(
                "{count} point of your feedback is still open.",
                "{count} points of your feedback are still open.",
                count,
            ),
            _("Answer a comment, or mark it done: stagekit start"),
            style="todo",
        )
    session.show(*_next_steps(session, complete=state.complete))
    return not left


def _next_steps(session: Session, *, complete: bool) -> list[str]:
    here = session.around.commands
    further = [_("Go on: stagekit start")]
    steps = [] if complete else further
    if "check" in here and complete:
        steps.append(_("Check for names and gaps: stagekit check"))
    elif "status" in here:
        steps.append(_("See what is done and missing: stagekit status"))
    if "render" in here:
        steps.append(_("Make your document: stagekit render"))
    if "submit" in here and complete:
        steps.append(_("Hand in: stagekit submit"))
    return [*steps, *further] if complete else steps
