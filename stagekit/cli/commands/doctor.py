"""`stagekit doctor`: whether everything works here."""

from pathlib import Path

from stagekit.cli import console
from stagekit.cli.command import make_app
from stagekit.cli.parameters import Lang, checked_language
from stagekit.i18n import _, ngettext
from stagekit.model.text import visible


def doctor(lang: Lang = None) -> None:
    """Examine this computer."""
    checked_language(lang)
    from stagekit.api.doctor import State, examine

    marks = {State.GOOD: "✓", State.ATTENTION: "!", State.BAD: "✗"}
    open_points = 0
    for check in examine(Path.cwd()):
        console.show(
            console.styled(marks[check.state], check.state.value) + f" {check.name}: {visible(check.found)}"
        )
        if check.remedy:
            open_points += 1
            console.show(console.wrapped(check.remedy, "    ", "  → "))
    if open_points:
        console.show(ngettext("{count} point to look at.", "{count} points to look at.", open_points))
    else:
        console.show(_("Everything works here."))


app = make_app(
    doctor, help=_("Look whether everything works on this computer, with a remedy for what does not.")
)
