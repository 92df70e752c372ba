"""A complete sample portfolio, invented, that the course brings along."""

from pathlib import Path

from stagekit.api.portfolios import Opened, fill, open_portfolio
from stagekit.store.course_files import DEFAULT_COURSE, demo_file


def make_demo(folder: Path, language: str) -> Opened:
    """Make the sample portfolio in `folder`, which must be new or empty; raises UserError else."""
    fill(folder, demo_file(DEFAULT_COURSE, language), language, remember=False)
    return open_portfolio(folder, remember=False)
