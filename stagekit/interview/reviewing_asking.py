"""How a mentor is asked: a comment where one is wanted, one line, yes or no; stopping at any moment."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from stagekit.i18n import _
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt, Prompter, Reply
from stagekit.interview.reviewing_draft import ReviewDraft, Spot
from stagekit.model.values import parse_date
from stagekit.store.feedback_nodes import MAX_COMMENT, MAX_NAME

MOVES = (Move.BACK, Move.JUMP, Move.STOP)
_ON, _WRITE = "on", "write"


class Stopped(Exception):
    """The mentor stops here; what was given is kept as a draft."""


class Asker:
    """Puts questions and keeps what is given."""

    def __init__(self, prompter: Prompter, draft: ReviewDraft) -> None:
        self.prompter = prompter
        self.draft = draft
        self._warned = False

    def written(
        self, spot: Spot, *, title: str, text: str, breadcrumb: str = "", aside: tuple[str, ...] = ()
    ) -> Move | None:
        """Let a comment be written where one is wanted: Enter goes on."""
        while True:
            said = self.draft.text(spot.part, spot.name)
            write = _("Change the comment") if said else _("Write a comment")
            shown = (*aside, *([_("Your comment:"), said] if said else []))
            reply = self.put(
                Prompt(
                    kind=Kind.MENU, title=title, text=text, breadcrumb=breadcrumb, aside=shown,
                    options=[Option(_ON, _("Go on")), Option(_WRITE, write)], initial=_ON, moves=MOVES,
                )
            )  # fmt: skip
            if reply != Given(_WRITE):
                return None if isinstance(reply, Given) else reply
            if self._write(spot, title, breadcrumb, aside):
                return None

    def _write(self, spot: Spot, title: str, breadcrumb: str, aside: tuple[str, ...]) -> bool:
        """Let a comment be typed; False where the mentor goes back, with what was typed kept."""
        prompt = Prompt(
            kind=Kind.LONG_TEXT,
            title=title,
            breadcrumb=breadcrumb,
            text=_("What do you want to say? An empty comment is none."),
            aside=aside,
            initial=self.draft.text(spot.part, spot.name),
            check=_check_comment,
            changed=lambda typed: self.draft.note(spot, typed),
            moves=(Move.BACK, Move.STOP),
        )
        reply = self.put(prompt)
        if isinstance(reply, Given):
            self.draft.keep(spot, str(reply.value).strip())
        return isinstance(reply, Given)

    def name(self, spot: Spot, known: str) -> Move | None:
        """Ask who gives it."""
        text = _("Under which name do you give this feedback?")
        return self._line(spot, _("Name of the mentor"), text, known, _check_name)

    def day(self, spot: Spot, known: str) -> Move | None:
        """Ask when it is given."""
        return self._line(spot, _("Date"), _("When do you give it?"), known, _check_date)

    def _line(
        self, spot: Spot, title: str, text: str, initial: str, check: Callable[[str], str | None]
    ) -> Move | None:
        prompt = Prompt(
            kind=Kind.TEXT, title=title, text=text, initial=initial, check=check,
            changed=lambda typed: self.draft.note(spot, typed), moves=MOVES,
        )  # fmt: skip
        reply = self.put(prompt)
        if not isinstance(reply, Given):
            return reply
        value = str(reply.value).strip()
        day = parse_date(value) if check is _check_date else None
        self.draft.keep(spot, day.isoformat() if day else value)
        return None

    def yes_no(self, spot: Spot, *, title: str, text: str, why: str = "") -> Move | None:
        """Ask yes or no; no is what stands when nothing was said."""
        return self.choose(
            spot, title=title, text=text, why=why, none="no",
            options=[Option("no", _("no")), Option("yes", _("yes"))],
        )  # fmt: skip

    def choose(
        self, spot: Spot, *, title: str, text: str, options: Sequence[Option], none: str,
        aside: tuple[str, ...] = (), why: str = "",
    ) -> Move | None:  # fmt: skip
        """Let one option be chosen; `none` is the one that says nothing."""
        reply = self.put(
            Prompt(
                kind=Kind.MENU, title=title, text=text, why=why, aside=aside, options=options,
                initial=self.draft.text(spot.part, spot.name) or none, moves=MOVES,
            )
        )  # fmt: skip
        if not isinstance(reply, Given):
            return reply
        self.draft.keep(spot, "" if reply.value == none else str(reply.value))
        return None

    def put(self, prompt: Prompt) -> Reply:
        """Put a question; stopping raises Stopped, an interruption asks whether to stop."""
        typed = prompt.initial

        def changed(text: str) -> None:
            nonlocal typed
            typed = text
            prompt.changed(text)

        current = replace(prompt, changed=changed)
        while True:
            self._warn()
            try:
                reply = self.prompter.ask(current)
            except (KeyboardInterrupt, EOFError):
                reply = Move.INTERRUPT
            if reply is Move.STOP or (reply is Move.INTERRUPT and self._wants_to_stop()):
                raise Stopped
            if reply is not Move.INTERRUPT:
                return reply
            current = replace(current, initial=typed)

    def _warn(self) -> None:
        if self.draft.drafts.failed and not self._warned:
            self._warned = True
            text = _("What is typed cannot be kept on this disk now. Save the feedback before you stop.")
            self.prompter.show(text, style="todo")

    def _wants_to_stop(self) -> bool:
        self.draft.flush()
        options = [Option("on", _("Go on here")), Option("stop", _("Stop; what I gave is kept for later"))]
        try:
            reply = self.prompter.ask(
                Prompt(
                    kind=Kind.MENU, title=_("Stop for a moment?"),
                    text=_("What was typed is kept. Where to now?"),
                    options=options, initial="on", moves=(Move.STOP,),
                )
            )  # fmt: skip
        except (KeyboardInterrupt, EOFError):
            return True
        return reply != Given("on")


def _check_comment(text: str) -> str | None:
    if len(text) > MAX_COMMENT:
        return _("This text is too long: {count} characters; at most {limit} fit.",
                 count=len(text), limit=MAX_COMMENT)  # fmt: skip
    return None


def _check_name(text: str) -> str | None:
    return _("Keep it to one short line.") if len(text) > MAX_NAME else None


def _check_date(text: str) -> str | None:
    if text.strip() and parse_date(text) is None:
        return _("A date is expected here, written as 2026-10-06.")
    return None
