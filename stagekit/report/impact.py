"""The contact types from lower to higher impact: the student's judgement beside the reference list."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from stagekit.i18n import N_, translate
from stagekit.model import course as c
from stagekit.report.context import Context, Entry
from stagekit.report.model import Contact, ImpactFigure, Level, Likely, Passage
from stagekit.report.prose import inline_text
from stagekit.report.repeats import capital, details_of, reveals
from stagekit.report.tree import words
from stagekit.report.values import label_of, own_name

_ORDER = {c.Impact.LOWER: 0, c.Impact.DEPENDS: 1, c.Impact.HIGHER: 2}
_LAST = 3
_CONFIDENCE = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}


@dataclass(frozen=True, slots=True)
class _Roles:
    """Which inner questions of the repeat group play which part."""

    type: c.ReferenceQuestion
    judgement: c.ChoiceQuestion
    catalogue: c.Catalogue
    blocks: c.ChoicesQuestion | None
    characteristics: c.ChoicesQuestion | None
    why: c.LongTextQuestion | None


def impact_figure(
    context: Context, assignment: c.Assignment, question: c.RepeatQuestion
) -> ImpactFigure | None:
    """Set out the items of a repeat group that asks for a judgement on impact; None for any other."""
    roles = _roles(context, question)
    if roles is None:
        return None
    entries = [entry for entry in context.entries(assignment.id, question) if entry.readable]
    if not entries:
        return None
    contacts = [_contact(context, assignment, question, roles, entry) for entry in entries]
    contacts = _told_apart(sorted(contacts, key=_place))
    language = context.language
    return ImpactFigure(
        title=translate(language, "From lower to higher impact"),
        intro=translate(
            language,
            "The contact types of the school, in the order of the student's judgement, beside what the "
            "reference list thinks likely. The list is no answer key: a difference is a reason to think on.",
        ),
        note=roles.catalogue.note[language] if roles.catalogue.note else "",
        reference_title=roles.catalogue.title[language],
        levels=_levels(context, roles),
        blocks=_blocks(context, roles),
        contacts=tuple(contacts),
        alternative=_alternative(language, _levels(context, roles), contacts),
    )


def _roles(context: Context, question: c.RepeatQuestion) -> _Roles | None:
    judgement = reveals(question)
    if judgement is None:
        return None
    by_id = {inner.id: inner for inner in question.questions}
    kind = by_id.get(judgement.reveals or "") if judgement else None
    if not isinstance(judgement, c.ChoiceQuestion) or not isinstance(kind, c.ReferenceQuestion):
        return None
    catalogue = context.course.catalogues[kind.catalogue]
    named = {block for entry in catalogue.entries for block in entry.blocks}
    lists = [
        (inner, context.course.catalogues[inner.catalogue].entries)
        for inner in question.questions
        if isinstance(inner, c.ChoicesQuestion) and inner.catalogue
    ]
    after = question.questions[question.questions.index(judgement) + 1 :]
    return _Roles(
        type=kind,
        judgement=judgement,
        catalogue=catalogue,
        blocks=next((q for q, entries in lists if named & {e.id for e in entries}), None),
        characteristics=next((q for q, entries in lists if any(e.poles for e in entries)), None),
        why=next((q for q in after if isinstance(q, c.LongTextQuestion)), None),
    )


def _levels(context: Context, roles: _Roles) -> tuple[Level, ...]:
    return tuple(Level(level.value, label_of(context, roles.judgement, level.value)) for level in _ORDER)


def _blocks(context: Context, roles: _Roles) -> tuple[Level, ...]:
    if roles.blocks is None:
        return ()
    return tuple(Level(id_, label[context.language]) for id_, label in context.course.options(roles.blocks))


def _contact(context: Context, assignment: c.Assignment, question: c.RepeatQuestion,
             roles: _Roles, entry: Entry) -> Contact:  # fmt: skip
    language, values = context.language, entry.values
    chosen = str(values.get(roles.type.id, ""))
    reference = roles.catalogue.entry(chosen)
    own = chosen == c.OTHER
    if reference is not None:
        title = capital(reference.label[language])
    elif own:
        title = translate(language, "A contact type of the school's own")
    else:
        title = f"{capital(question.item[language])} {entry.number}"
    judgement = _level(context, roles, values.get(roles.judgement.id))
    likely = _likely(context, roles, reference)
    used = {q.id for q in (roles.type, roles.judgement, roles.blocks, roles.characteristics, roles.why) if q}
    return Contact(
        id=f"{assignment.id}-{question.id}-{entry.number}",
        number=entry.number,
        title=title,
        name=own_name(context, roles.type, values) if own else inline_text(title),
        own=own,
        blocks=_chosen(roles.blocks, entry),
        judgement=judgement,
        likely=likely,
        comparison=_comparison(language, judgement, likely, own=own),
        why=_why(context, roles, entry),
        characteristics=_characteristics(context, roles, entry),
        characteristics_text=_counted(context, roles, entry),
        facts=details_of(context, assignment, question, entry, {*used, roles.type.other or ""}),
    )


def _why(context: Context, roles: _Roles, entry: Entry) -> Passage | None:
    if roles.why is None:
        return None
    prose = context.prose(str(entry.values.get(roles.why.id, "")))
    return Passage(roles.why.id, roles.why.label[context.language], prose) if prose else None


def _chosen(question: c.ChoicesQuestion | None, entry: Entry) -> tuple[str, ...]:
    value = entry.values.get(question.id) if question else None
    return value if isinstance(value, tuple) else ()


def _characteristics(context: Context, roles: _Roles, entry: Entry) -> tuple[str, ...]:
    if roles.characteristics is None:
        return ()
    chosen = _chosen(roles.characteristics, entry)
    return tuple(label for id_, label in context.choices(roles.characteristics).items() if id_ in chosen)


def _counted(context: Context, roles: _Roles, entry: Entry) -> str:
    if roles.characteristics is None:
        return ""
    total = len(context.course.options(roles.characteristics))
    count = len(_chosen(roles.characteristics, entry))
    return translate(context.language, "{count} of {total} characteristics", count=count, total=total)


def _level(context: Context, roles: _Roles, value: object) -> Level | None:
    return Level(str(value), label_of(context, roles.judgement, str(value))) if value else None


def _likely(context: Context, roles: _Roles, entry: c.Entry | None) -> Likely | None:
    if entry is None or entry.impact is None:
        return None
    language = context.language
    return Likely(
        level=Level(entry.impact.value, label_of(context, roles.judgement, entry.impact.value)),
        leans=entry.leans,
        text=_likely_text(language, entry.impact, entry.leans),
        confidence=translate(
            language, "confidence: {level}", level=translate(language, _CONFIDENCE[entry.confidence or "low"])
        ),
        reason=entry.reason[language] if entry.reason else "",
        sources=entry.sources,
    )


def _likely_text(language: str, impact: c.Impact, leans: Literal["lower", "higher"] | None) -> str:
    if impact is c.Impact.LOWER:
        return translate(language, "probably a lower impact")
    if impact is c.Impact.HIGHER:
        return translate(language, "probably a higher impact")
    if leans == "lower":
        return translate(language, "probably depends, leaning towards a lower impact")
    if leans == "higher":
        return translate(language, "probably depends, leaning towards a higher impact")
    return translate(language, "probably depends")


def _comparison(language: str, judgement: Level | None, likely: Likely | None, *, own: bool) -> str:
    """Say how judgement and reference relate; a difference is neither right nor wrong."""
    if own or likely is None:
        return translate(language, "The reference list does not have this contact type.") if own else ""
    if judgement is None:
        return ""
    if judgement.id == likely.level.id:
        return translate(language, "The student and the reference list see this alike.")
    if judgement.id == c.Impact.DEPENDS:
        return translate(language, "The student sees it depend on more than the reference list does.")
    if likely.leans == judgement.id:
        return translate(language, "The student is more outspoken; the reference list leans the same way.")
    if likely.level.id == c.Impact.DEPENDS:
        return translate(language, "The student is more outspoken than the reference list.")
    if judgement.id == c.Impact.LOWER:
        return translate(language, "The student sees a lower impact than the reference list does.")
    return translate(language, "The student sees a higher impact than the reference list does.")


def _place(contact: Contact) -> tuple[int, int, int]:
    """Order by judgement, then by reference, then as typed; what is not known comes last."""
    judgement = _ORDER[c.Impact(contact.judgement.id)] if contact.judgement else _LAST
    likely = _ORDER[c.Impact(contact.likely.level.id)] if contact.likely else _LAST
    return judgement, likely, contact.number


def _told_apart(contacts: list[Contact]) -> list[Contact]:
    """Give titles that stand more than once a number."""
    from dataclasses import replace

    often = Counter(contact.title for contact in contacts)
    seen: Counter[str] = Counter()
    told = []
    for contact in contacts:
        seen[contact.title] += 1
        if often[contact.title] > 1:
            contact = replace(contact, title=f"{contact.title} ({seen[contact.title]})")  # noqa: PLW2901
        told.append(contact)
    return told


def _alternative(language: str, levels: tuple[Level, ...], contacts: list[Contact]) -> str:
    """Tell the figure in words."""
    lines = []
    for level in levels:
        judged = [words(x.name) for x in contacts if x.judgement and x.judgement.id == level.id]
        likely = [words(x.name) for x in contacts if x.likely and x.likely.level.id == level.id]
        nothing = translate(language, "none")
        lines.append(
            translate(
                language,
                "{level}: according to the student {judged}; according to the reference list {likely}.",
                level=capital(level.label),
                judged=", ".join(judged) or nothing,
                likely=", ".join(likely) or nothing,
            )
        )
    return " ".join(lines)
