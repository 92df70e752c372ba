"""The wizard as a use case: which portfolio, in which language, and then the interview with whoever asks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stagekit import i18n
from stagekit.i18n import _
from stagekit.interview.language import choose_language
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt, Prompter
from stagekit.store import last_used

if TYPE_CHECKING:
    from stagekit.interview.session import Session

NEW_FOLDER = Path("portfolio")
READABLE = ("docx", "html")
"""Formats that open with a click, for who types no command."""


class Sitting:
    """An interview about to be held; `rescue` may be called at any moment, from a signal handler too."""

    def __init__(self, session: "Session", *, new: bool) -> None:
        self.session = session
        self.new = new

    @property
    def drafts_folder(self) -> Path:
        """Where half-typed text is kept; the copy for an editor belongs there too."""
        return self.session.drafts.folder

    def hold(self) -> bool:
        """Ask until the person stops; every answer is saved when given. Tells whether all of them are."""
        from stagekit.interview import overview

        session = self.session
        try:
            self._announce()
            return overview.run(session, new=self.new)
        finally:
            self.rescue()

    def rescue(self) -> None:
        """Keep what is half typed, and take away the mark of this session."""
        self.session.drafts.flush()
        if self.session.presence is not None:
            self.session.presence.leave()

    def _announce(self) -> None:
        session = self.session
        if not self.new:
            session.show(
                _("Welcome back. Your portfolio: {folder}", folder=session.keeper.store.path), style="strong"
            )
        for problem in session.keeper.loaded.problems:
            session.show(f"{problem.where()}: {problem.message}", style="bad")
        if session.keeper.loaded.problems:
            session.show(
                _("All other answers are in use. Mend these lines, or answer again; nothing was removed.")
            )
        for notice in session.keeper.loaded.notices:
            session.show(f"{notice.where()}: {notice.message}", style="todo")
        if session.busy():
            session.show(
                _("Your portfolio is open in another window too."),
                _("That is safe: each answer is saved on its own."),
                _("When both windows change the same answer, you choose which one stays."),
                style="todo",
            )


def prepare(
    folder: Path | None, prompter: Prompter, *, language: str | None = None, commands: frozenset[str]
) -> Sitting | None:
    """Find or make the portfolio that is meant, asking where that is not clear; None when the person stops.

    Raises UserError or InvalidInput where the portfolio cannot be read or made.
    """
    i18n.activate(i18n.preferred(option=language))
    place = _place(folder, prompter)
    if place is None:
        return None
    new = not _exists(place)
    if new:
        chosen = language or choose_language(prompter, i18n.active())
        if chosen is None:
            return None
        i18n.activate(chosen)
        _make(place, chosen)
    else:
        from stagekit.api.places import language_of

        i18n.activate(i18n.preferred(option=language, portfolio=language_of(place)))
    return Sitting(_session(place, prompter, commands), new=new)


def _make(folder: Path, language: str) -> None:
    from stagekit.api.portfolios import new_identity
    from stagekit.store.course_files import load_course
    from stagekit.store.portfolio_folder import PortfolioFolder

    PortfolioFolder(folder).create(load_course(), new_identity(language), {})


def _session(folder: Path, prompter: Prompter, commands: frozenset[str]) -> "Session":
    from stagekit.interview.keeper import Keeper
    from stagekit.interview.session import Session, Surroundings
    from stagekit.store.course_files import load_course
    from stagekit.store.drafts import Drafts, Presence
    from stagekit.store.portfolio_folder import course_of

    course = load_course(course_of(folder))
    keeper = Keeper(folder, course)
    last_used.remember(folder)
    drafts = Drafts(keeper.private)
    presence = Presence(keeper.private, drafts.token)
    presence.enter()
    around = Surroundings(render=lambda: _render(folder), commands=commands)
    return Session(course, keeper, drafts, prompter, i18n.active(), around, presence)


def _exists(folder: Path) -> bool:
    """Tell whether a portfolio stands there, one that a save was interrupted in included."""
    return last_used.holds_portfolio(folder) or (folder / ".stagekit" / "journal.json").exists()


def _render(folder: Path) -> Sequence[Path]:
    """Make what a student can open and hand in; raises the error of a format where none could be made."""
    from stagekit.api.portfolios import open_portfolio
    from stagekit.api.rendering import render

    made = render(open_portfolio(folder), READABLE)
    errors = [rendered.error for rendered in made if rendered.error is not None]
    if len(errors) == len(made):
        raise errors[0]
    return [rendered.file for rendered in made if rendered.error is None]


def _place(folder: Path | None, prompter: Prompter) -> Path | None:
    """Give the folder of the portfolio, there already or to be made; None when the person stops."""
    meant = folder or last_used.find_folder(Path.cwd())
    there = meant or NEW_FOLDER
    if meant is not None and _exists(meant):
        return meant
    known = last_used.recall()
    if known is None or not last_used.holds_portfolio(known) or known == there.resolve():
        return there
    return _known_or(there, known, prompter)


def _known_or(folder: Path, known: Path, prompter: Prompter) -> Path | None:
    """Ask whether to go on with the portfolio used last, or with the one in `folder`, there or to be made."""
    if _exists(folder):
        text = _("You have two portfolios. Which one do you want to go on with?")
        labels = _("The one you used last"), _("The one in the folder where you are now")
    else:
        text = _("You already have a portfolio. Do you want to go on with it?")
        labels = _("Go on with my portfolio"), _("Begin a new one")
    paths = str(known), str(folder.resolve())
    prompt = Prompt(
        kind=Kind.MENU,
        title=_("Which portfolio?"),
        initial="known",
        moves=(Move.STOP,),
        text=text,
        options=[Option(*each) for each in zip(("known", "new"), labels, paths, strict=True)],
    )
    reply = prompter.ask(prompt)
    if not isinstance(reply, Given):
        return None
    return known if reply.value == "known" else folder
