"""A complete sample portfolio, invented, that the course brings along."""

from pathlib import Path
from typing import Literal, cast

from stagekit.api import places
from stagekit.api.portfolios import Opened, fill, open_portfolio
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.store import last_used
from stagekit.store.course_files import DEFAULT_COURSE, demo_file, load_course

MAX_COHORT = 20_000
ROSTER = "roster.csv"


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


def make_demo_cohort(folder: Path, language: str, count: int) -> list[Path]:
    """Make the submissions of `count` invented students in `folder`, new or empty; gives what was made.

    One download in each layout that `export` knows, and last the list of the class.
    """
    from stagekit.cohort.sample import sample_students
    from stagekit.cohort.sample_packing import roster, write_cohort
    from stagekit.store import atomic
    from stagekit.store.cohort_pool_file import load_pool

    if not 1 <= count <= MAX_COHORT:
        raise UserError(_("A cohort has 1 to {most} students.", most=MAX_COHORT))
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(
            _("There is something in {folder} already.", folder=folder),
            _("Choose a new folder: stagekit demo my-cohort --cohort 30"),
        )
    course = load_course(DEFAULT_COURSE)
    pool = load_pool(course, language)
    students = list(sample_students(course, pool, cast(Literal["nl", "en"], language), count))
    folder.mkdir(parents=True, exist_ok=True)
    made = write_cohort(students, course, folder)
    atomic.write_file(folder / ROSTER, roster(students).encode("utf-8-sig"), durable=False)
    return [*made, folder / ROSTER]
