"""What a portfolio gives away: the findings, what the student decided about them, and names made aliases."""

from dataclasses import dataclass, replace
from typing import Any

from stagekit.api.portfolios import Opened
from stagekit.checks.completeness import Completeness, completeness
from stagekit.checks.consent import Reader
from stagekit.checks.findings import Checker, Finding, Weight
from stagekit.checks.findings_lines import Source
from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _, active
from stagekit.model.portfolio import AcceptedFinding, Settings
from stagekit.store.course_files import load_privacy
from stagekit.store.portfolio_folder import ANSWERS, PortfolioFolder

MAX_REASON = 300
_MAX_NAMED = 20
_AROUND = 60
"""Characters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A portfolio, how far it is, the findings that are open, and those accepted, each with its reason."""

    opened: Opened
    completeness: Completeness
    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...]

    def of(self, weight: Weight) -> list[Finding]:
        """List the open findings of one weight."""
        return [finding for finding in self.findings if finding.weight is weight]


def check(opened: Opened, reader: Reader = Reader.STUDENT) -> Checked:
    """Look through everything that `reader` may read."""
    reasons = {kept.id: kept.reason for kept in opened.portfolio.identity.settings.accepted_findings}
    looking = checker(opened)
    found = looking.findings(reader, _sources(opened))
    if opened.rounds:
        from stagekit.checks.findings_replies import reply_findings

        found += reply_findings(looking, opened.rounds, reader)
    return Checked(
        opened,
        completeness(opened.course, opened.portfolio),
        tuple(finding for finding in found if finding.id not in reasons),
        tuple((finding, reasons[finding.id]) for finding in found if finding.id in reasons),
    )


def checker(opened: Opened) -> Checker:
    """Give what looks through the answers of a portfolio."""
    privacy = load_privacy(opened.course.id)
    return Checker(opened.course, privacy, opened.portfolio, opened.portfolio.identity.language)


def _sources(opened: Opened) -> dict[str, Source]:
    sources = {}
    for assignment_id, name in opened.course.files.items():
        file = opened.folder / ANSWERS / name
        try:
            lines = tuple(file.read_text(encoding="utf-8-sig", errors="replace").split("\n"))
        except OSError:
            lines = ()
        sources[assignment_id] = Source(f"{ANSWERS}/{name}", opened.nodes.get(assignment_id, {}), lines)
    return sources


def sentence(checked: Checked, finding: Finding) -> str:
    """Give the words of a finding within what stands around them, on one line; "" where that adds nothing."""
    value: Any = checked.opened.portfolio.of(finding.assignment)
    try:
        for step in finding.path:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return ""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    at = line.find(finding.text)
    if at < 0 or line == finding.text:
        return ""
    start, end = max(0, at - _AROUND), at + len(finding.text) + _AROUND
    start = line.find(" ", start, at) + 1 if start else 0
    last = line.rfind(" ", end - _AROUND, end) if end < len(line) else len(line)
    end = last if last > 0 else end
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def as_json(checked: Checked) -> dict[str, Any]:
    """Give the document `check --json` prints; lines from 1, files from the portfolio's folder."""
    return {
        "findings": [_finding_json(finding) for finding in checked.findings],
        "accepted": [{**_finding_json(finding), "reason": reason} for finding, reason in checked.accepted],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    language = active()
    return {
        "id": finding.id,
        "weight": finding.weight.value,
        "kind": finding.kind.value,
        "assignment": finding.assignment,
        "question": finding.question,
        "file": finding.file,
        "line": finding.line,
        "text": finding.text,
        "why": finding.why(language),
        "do": finding.do(language),
    }


def accept(opened: Opened, finding_id: str, why: str) -> Finding:
    """Let a finding stand, with the student's reason; decisions about words that are gone are forgotten.

    Raises UserError for an id no finding has, and for a reason that is none or gives somebody away itself.
    """
    state = check(opened)
    known = [*state.findings, *(finding for finding, _reason in state.accepted)]
    finding = next((each for each in known if each.id == finding_id.strip().lower()), None)
    if finding is None:
        raise UserError(
            _("No finding has the number “{id}”.", id=finding_id[:20]), _("`stagekit check` lists them.")
        )
    accepted = AcceptedFinding(id=finding.id, reason=_reason(opened, why))
    still = {each.id for each in known} - {finding.id}
    kept = [each for each in opened.portfolio.identity.settings.accepted_findings if each.id in still]
    _save(opened, accepted_findings=(*kept, accepted))
    return finding


def _reason(opened: Opened, why: str) -> str:
    why = " ".join(why.split())
    if len(why) < 3 or len(why) > MAX_REASON:
        raise UserError(
            _("A reason of a few words is needed, of at most {count} characters.", count=MAX_REASON),
            _('For example: --reason "it is the school\'s own number"'),
        )
    if blocking_words(opened, why):
        raise UserError(
            _("The reason itself holds a number or an address that leads to a person; nothing was kept."),
            _("Say why without it: the reason is handed in as well."),
        )
    return why


def blocking_words(opened: Opened, text: str) -> bool:
    """Tell whether a text that is no answer holds something that blocks."""
    from stagekit.checks.findings import WEIGHTS

    spots = checker(opened).texts.spots(text)
    return any(WEIGHTS.get(spot.kind) is Weight.BLOCK for spot in spots)


def name_alias(opened: Opened, name: str, alias: str = "") -> str:
    """Keep a further name on this computer, so that its alias stands for it everywhere; gives the alias.

    Raises UserError where the words are no name, or the alias would give a name away.
    """
    from stagekit.checks.naming import with_alias

    settings, found = with_alias(opened.course, opened.portfolio, name, alias)
    _save_settings(opened, settings)
    return found


def _save(opened: Opened, **changes: Any) -> None:
    _save_settings(opened, replace(opened.portfolio.identity.settings, **changes))


def _save_settings(opened: Opened, settings: Settings) -> None:
    identity = opened.portfolio.identity
    changed = replace(identity, settings=settings)
    PortfolioFolder(opened.folder).save_identity(changed, base=identity)


def current(opened: Opened, checked: Checked) -> tuple[AcceptedFinding, ...]:
    """List the accepted findings that still are: what is handed in tells nothing of words that are gone."""
    still = {finding.id for finding, _reason in checked.accepted}
    kept = opened.portfolio.identity.settings.accepted_findings
    return tuple(each for each in kept if each.id in still and not blocking_words(opened, each.reason))


def refuse_blocking(opened: Opened, reader: Reader) -> Checked:
    """Raise InvalidInput where `reader` would get what blocks; else give what was found."""
    state = check(opened, reader)
    blocking = state.of(Weight.BLOCK)
    if not blocking:
        return state
    language = active()
    problems = [
        Problem(
            _(
                "“{words}”. {why} {do}",
                words=finding.text,
                why=finding.why(language),
                do=finding.do(language),
            ),
            f"{finding.assignment}.{finding.question}",
            opened.folder / finding.file if finding.file else None,
            finding.line,
        )
        for finding in blocking[:_MAX_NAMED]
    ]
    message = _(
        "Nothing was made for others: first mend what stands above, in `stagekit start` or in the file, "
        'or accept it with a reason: stagekit check --accept {id} --reason "…"',
        id=blocking[0].id,
    )
    raise InvalidInput([*problems, Problem(message)])
