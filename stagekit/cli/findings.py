"""Privacy findings on the screen: by weight and kind, and one after the other to decide about."""

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit.cli import console
from stagekit.i18n import N_, _, active, ngettext
from stagekit.model.text import visible

if TYPE_CHECKING:
    from stagekit.api.checking import Checked
    from stagekit.checks.findings import Finding

_HEADINGS = {
    "block": ("✗", "bad", N_("Stops you from handing in: mend it, or say why it may stay")),
    "warn": ("!", "todo", N_("Look well: this may give somebody away")),
    "attention": ("·", "strong", N_("Think about it: does the reader need this?")),
}
"""Weight to its mark, style and heading."""
_MOST = 200


def show_findings(checked: "Checked") -> None:
    """Print every open finding: what it is and what to do once, then each place with the words."""
    findings = checked.findings[:_MOST]
    for weight, (mark, style, heading) in _HEADINGS.items():
        here = sorted((each for each in findings if each.weight == weight), key=lambda each: each.kind)
        if not here:
            continue
        console.show(console.styled(f"{mark} {_(heading)} ({len(here)})", style))
        for _kind, group in groupby(here, key=lambda each: (each.kind, each.subject)):
            _show_kind(checked, list(group))
        console.show()
    if len(checked.findings) > _MOST:
        left = len(checked.findings) - _MOST
        console.show(ngettext("… and {count} more.", "… and {count} more.", left))


def _show_kind(checked: "Checked", findings: "list[Finding]") -> None:
    language = active()
    console.show()
    console.show(console.wrapped(findings[0].why(language), "  "))
    console.show(console.wrapped(findings[0].do(language), "    ", "  → "))
    for finding in findings:
        console.show(console.wrapped(f"“{finding.text}”", "      ", "    - "))
        console.show(console.wrapped(_where(checked, finding), "      "))


def _where(checked: "Checked", finding: "Finding") -> str:
    """Give place, file and line, and the number to name a finding by."""
    assignment = checked.opened.course.assignment(finding.assignment)
    file = f"{finding.file}:{finding.line}" if finding.line else finding.file
    place = finding.place(active())
    if assignment is not None:
        place = f"{assignment.title[active()]} · {place}"
    return _("{place} ({file}), number {id}", place=place, file=file, id=finding.id)


def show_accepted(checked: "Checked") -> None:
    """Print what the student let stand, and why."""
    if not checked.accepted:
        return
    console.show(console.styled(_("You let this stand ({count}):", count=len(checked.accepted)), "strong"))
    for finding, reason in checked.accepted:
        console.show(
            console.wrapped(_("“{words}”: {reason}", words=finding.text, reason=reason), "    ", "  - ")
        )
        console.show(console.wrapped(_where(checked, finding), "    "))
    console.show()


def show_next(checked: "Checked") -> None:
    """Print what to do now, and what no check can see."""
    if checked.findings:
        first = next((each for each in checked.findings if each.weight == "block"), checked.findings[0])
        console.show(console.styled(_("What to do now"), "strong"))
        _bullet(_("Change it: stagekit start, or change the file itself."))
        _bullet(_("May it stay? Keep your reason with its number:"))
        _command('stagekit check --accept {id} --reason "{reason}"', id=first.id, reason=_("your reason"))
        if (named := next((each for each in checked.findings if each.name), None)) is not None:
            _bullet(_("Is it a name? Choose what stands for it everywhere:"))
            _command('stagekit check --alias "{name}" --as "{alias}"', name=named.name, alias=_("Child 1"))
        console.show()
    console.show(
        console.wrapped(
            _(
                "StageKit cannot see everything. It does not know a first name alone that you filled in "
                "nowhere, and it does not know who can be recognised by a story. Read it once more yourself."
            ),
            "",
        )
    )


def _command(command: str, **values: str) -> None:
    """Print a command on one line, to be copied whole."""
    console.show("      " + visible(command.format(**values)))


def _bullet(text: str) -> None:
    console.show(console.wrapped(text, "    ", "  - "))


def summary(checked: "Checked") -> str:
    """Give one line: how many findings of each weight."""
    from stagekit.checks.findings_wording import counted

    return counted(finding.weight for finding in checked.findings)


def can_ask() -> bool:
    """Tell whether somebody is there to press a key."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def walk(place: Path, checked: "Checked") -> "Checked":
    """Go through the findings, one key each: alias, accept, next or stop; gives what is open after it."""
    if _key([_("Go through them now? Enter = yes, n = no")], "\rn") == "n":
        return checked
    checked = _walked(place, checked)
    console.show()
    _show_left(checked)
    return checked


def _walked(place: Path, checked: "Checked") -> "Checked":
    seen: set[str] = set()
    while True:
        left = [each for each in checked.findings if each.id not in seen]
        finding = min(left, key=lambda each: list(_HEADINGS).index(each.weight), default=None)
        if finding is None:
            return checked
        seen.add(finding.id)
        _show_one(checked, finding, len(seen), len(seen) - 1 + len({each.id for each in left}))
        key = _key(_choices(finding), "\rarq" if finding.name else "\rrq")
        if key == "q":
            return checked
        if key in {"a", "r"}:
            checked = _decide(place, checked, finding, key)


def _show_one(checked: "Checked", finding: "Finding", number: int, total: int) -> None:
    from stagekit.api.checking import sentence

    mark, style, _heading = _HEADINGS[finding.weight]
    console.show()
    console.show(
        f"{console.styled(mark, style)} {_('{number} of {total}', number=number, total=total)} · "
        + console.styled(f"“{finding.text}”", "strong")
    )
    if around := sentence(checked, finding):
        console.show(console.styled(console.wrapped(around, "  "), "quiet"))
    console.show(console.wrapped(_where(checked, finding), "  "))
    console.show(console.wrapped(finding.why(active()) + " " + finding.do(active()), "  "))


def _show_left(checked: "Checked") -> None:
    """Say after the walk what is still open, and what to do now."""
    if checked.findings:
        console.show(summary(checked))
    if any(each.weight == "block" for each in checked.findings):
        console.show(_("Change it: stagekit start, or change the file itself."))
    else:
        line = "✓ " + _("Nothing here stops you from handing in: stagekit submit")
        console.show(console.wrapped(line, "  ", ""))


def _choices(finding: "Finding") -> list[str]:
    """Name the keys, a line for each decision: a key and its meaning are never torn apart."""
    alias = [_("a = give “{name}” an alias", name=finding.name)] if finding.name else []
    decide, *move = _("r = it may stay, with a reason · Enter = next · q = stop").split(" · ")
    return [f"  {line}" for line in (*alias, decide, " · ".join(move))]


def _decide(place: Path, checked: "Checked", finding: "Finding", key: str) -> "Checked":
    from stagekit.api.checking import accept, check, name_alias
    from stagekit.api.portfolios import open_portfolio
    from stagekit.checks.wording import unnamed
    from stagekit.cli.failures import explain
    from stagekit.errors import StageKitError

    try:
        if key == "a":
            chosen = unnamed(checked.opened.portfolio.identity.language)
            wanted = ask_line(_("Alias (Enter = {alias}): ", alias=chosen))
            alias = name_alias(checked.opened, finding.name, wanted)
            console.show(
                _(
                    "From now on “{name}” reads as “{alias}”.",
                    name=visible(finding.name),
                    alias=visible(alias),
                )
            )
        else:
            accept(checked.opened, finding.id, ask_line(_("Why may it stay? ")))
            console.show(_("Kept, with your reason."))
    except StageKitError as error:
        explain(error)
        return checked
    return check(open_portfolio(place, remember=False))


def _key(question: list[str], known: str) -> str:
    """Ask for one key, with the lines of `question`; a carriage return stands for Enter."""
    import typer

    for line in question:
        console.show(console.wrapped(line, "      ", ""))
    while True:
        pressed = typer.getchar()  # what was typed in one go comes in one go
        if not pressed or set(pressed) & {"\x03", "\x04", "\x1a"}:
            raise KeyboardInterrupt
        keys = "" if pressed.startswith("\x1b") else pressed.replace("\n", "\r").lower()
        if key := next((each for each in keys if each in known), ""):
            return key


def ask_line(question: str) -> str:
    """Ask for a line of text."""
    from stagekit.cli.prompts.lines import Lines

    sys.stdout.write(question)
    lines = Lines(sys.stdin, sys.stdout)
    with lines.open():
        return lines.read().strip()
