"""A complete sample portfolio, invented, that the course brings along."""

from pathlib import Path

from stagekit.api import places
from stagekit.api.portfolios import Opened, fill, open_portfolio
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import last_used
from stagekit.store.course_files import DEFAULT_COURSE, demo_file


def make_demo(folder: Path, language: str) -> Opened:
    """Make the sample portfolio in `folder`, which must be new or empty; raises UserError else."""
    if last_used.holds_portfolio(folder):
        raise UserError(
            _("There is a portfolio in {folder} already.", folder=folder),
            _("Choose a new folder: stagekit demo my-sample"),
        )
    places.check_free(folder)
    fill(folder, demo_file(DEFAULT_COURSE, language), language, remember=False)
    return open_portfolio(folder, remember=False)
