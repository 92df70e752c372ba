"""Which parts the mentor may see: the student's choice, kept in the portfolio, else the course's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stagekit.api.portfolios import Opened
from stagekit.checks.consent import mentor_sees
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.model.course import Assignment, Course
from stagekit.model.decode import did_you_mean
from stagekit.model.portfolio import Portfolio
from stagekit.store.portfolio_folder import PortfolioFolder


@dataclass(frozen=True, slots=True)
class Shared:
    """The assignments in the mentor's version, and those that are not; in the order of the course."""

    seen: tuple[Assignment, ...]
    unseen: tuple[Assignment, ...]


def shared(course: Course, portfolio: Portfolio) -> Shared:
    """Tell what the mentor's version holds."""
    seen = tuple(a for a in course.assignments if mentor_sees(course, portfolio, a))
    return Shared(seen, tuple(a for a in course.assignments if a not in seen))


def share(opened: Opened, show: Iterable[str] = (), hide: Iterable[str] = ()) -> Opened:
    """Put assignments (ids, titles, or numbers in the course) into the mentor's version, or take them out.

    The choice is saved in the portfolio. Raises UserError for an assignment there is not or one that is
    both shown and hidden, and where it cannot be saved.
    """
    course = opened.course
    shown, hidden = ([_assignment(course, name).id for name in names] for names in (show, hide))
    if both := [name for name in shown if name in hidden]:
        raise UserError(
            _("“{name}” cannot be both shown and hidden.", name=both[0]), _("Give it to one of the two.")
        )
    before = {assignment.id for assignment in shared(course, opened.portfolio).seen}
    after = (before | set(shown)) - set(hidden)
    if after == before:
        return opened
    old = opened.portfolio.identity
    chosen = tuple(assignment.id for assignment in course.assignments if assignment.id in after)
    new = replace(old, settings=replace(old.settings, mentor_sees=chosen))
    PortfolioFolder(opened.folder).save_identity(new, base=old)
    return replace(opened, portfolio=replace(opened.portfolio, identity=new))


def _assignment(course: Course, name: str) -> Assignment:
    numbered = {str(number): each for number, each in enumerate(course.assignments, 1)}
    titled = {
        title.casefold(): each for each in course.assignments for title in each.title.translations.values()
    }
    found = course.assignment(name.lower()) or numbered.get(name) or titled.get(name.strip().casefold())
    if found is not None:
        return found
    ids = [each.id for each in course.assignments]
    message = _("There is no assignment “{name}”.", name=name[:40]) + did_you_mean(name, ids)
    raise UserError(message, _("Choose from: {assignments}.", assignments=", ".join(ids)))
