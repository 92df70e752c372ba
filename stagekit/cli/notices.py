"""What is the matter with the files of a portfolio, said once, beside the result."""

from stagekit.api.portfolios import Opened
from stagekit.cli.console import tell
from stagekit.i18n import _


def show_notices(opened: Opened) -> None:
    """Tell of wrong hand edits, unknown keys and stray copies; every other answer is usable."""
    for problem in opened.problems:
        tell(f"{problem.where()}: {problem.message}", "bad")
    for notice in opened.notices:
        tell(f"{notice.where()}: {notice.message}", "todo")
    if opened.problems:
        tell(_("All other answers are in use. Mend these lines, or answer again; nothing was removed."))
        tell("")
