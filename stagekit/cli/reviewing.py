"""Feedback in the terminal, for a mentor who sits beside the student."""

from pathlib import Path

from stagekit.cli import console
from stagekit.cli.parameters import portfolio_folder
from stagekit.i18n import _


def give(folder: Path | None, lang: str | None, *, plain: bool) -> int:
    """Ask for feedback, answer by answer, and show what came of it. Raises UserError without a terminal."""
    from stagekit.cli.prompts.opening import prompter_for, refuse_without_terminal

    instead = _("Open a terminal window, or take in a file: stagekit review FOLDER --import FILE")
    refuse_without_terminal(instead)
    place = portfolio_folder(folder, lang)
    from stagekit.api.review_sitting import ReviewSitting
    from stagekit.cli.notices import show_notices

    with prompter_for(plain=plain) as prompter:
        sitting = ReviewSitting(place, prompter)
        show_notices(sitting.opened)
        prompter.edit_folder = sitting.drafts_folder
        prompter.on_end = sitting.rescue
        saved = sitting.hold()
    if sitting.taken is not None:
        from stagekit.cli.feedback import show_added

        if sitting.taken.new:
            show_added(sitting.opened, sitting.taken)
        else:
            console.show(console.wrapped(_("This feedback was taken in already; nothing was changed."), ""))
        console.show(console.wrapped(_("What to do with it: stagekit status. Answer it: stagekit start"), ""))
    elif not saved:
        line = _("Nothing was saved in the portfolio yet. What you gave is kept: stagekit review")
        console.show(console.wrapped(line, ""))
    return 0
