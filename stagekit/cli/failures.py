"""The one place where errors become sentences and exit codes."""

import os
import re
import sys
from collections.abc import Callable
from typing import Any

import typer

from stagekit import __version__
from stagekit.cli.console import tell, wrapped
from stagekit.errors import InvalidInput, StageKitError, UserError
from stagekit.i18n import _
from stagekit.model.text import visible
from stagekit.store.atomic import reason

BUG = 3
STOPPED = 130
REFUSED = 2

_UsageError: Any = typer.BadParameter.__mro__[1]
"""What Typer's own Click raises for a wrong call; it has no public name."""


def boundary(work: Callable[[], int]) -> int:
    """Run `work`; print what went wrong to stderr and give the exit code."""
    try:
        return work()
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort, EOFError):
        tell("\n" + _("Stopped. What was saved is kept."))
        return STOPPED
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except StageKitError as error:
        explain(error)
        return error.exit_code
    except _UsageError as error:
        _explain_usage(error)
        return REFUSED
    except OSError as error:
        _explain_os(error)
        return REFUSED
    except Exception as error:
        _explain_bug(error)
        return BUG


def explain(error: StageKitError) -> None:
    """Print an error a person can mend: sentence, place and next step."""
    if isinstance(error, InvalidInput):
        for problem in error.problems:
            where = problem.where()
            tell(_to_read(f"{where}: {problem.message}" if where else problem.message), "bad")
    elif isinstance(error, UserError):
        tell(_to_read(error.message), "bad")
        if error.next_step:
            tell(_to_read(error.next_step))
    else:
        tell(str(error), "bad")


def _to_read(text: str) -> str:
    """Break lines between words on a terminal, which cuts words; elsewhere one line is one error."""
    if not sys.stderr.isatty():
        return text
    return "\n".join(wrapped(line, "") for line in text.split("\n"))


def _silence_stdout() -> None:
    # Without this the interpreter's own flush at exit would fail once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain_usage(error: Any) -> None:
    tell(_usage_sentence(error), "bad")
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "stagekit"
    tell(_("`{command} --help` shows how it is used.", command=path))


def _usage_sentence(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        from stagekit.model.decode import did_you_mean

        known = [name for param in error.ctx.command.params for name in param.opts] if error.ctx else []
        name = str(error.option_name)
        return _("There is no option {name} here.", name=name[:60]) + did_you_mean(name, known)
    parameter = _parameter_name(error)
    if kind == "MissingParameter":
        return _("{name} is missing.", name=parameter)
    if kind == "BadOptionUsage":
        return _("The option {name} needs a value.", name=str(error.option_name))
    if extra := re.fullmatch(r"Got unexpected extra argument.* \((.*)\)", error.message):
        return _("“{word}” is one word too many here.", word=visible(extra[1])[:60])
    if parameter:
        return _("The value for {name} does not fit: {why}", name=parameter, why=_what_fits(error))
    return _("This command is not complete: {why}", why=error.message)


def _what_fits(error: Any) -> str:
    """Say what an option takes; of the kinds we use, only numbers can be wrong."""
    kind = getattr(getattr(error, "param", None), "type", None)
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is None:
        return str(error.message)
    if most is None:
        return _("it takes a whole number, {least} or more.", least=least)
    return _("it takes a whole number from {least} to {most}.", least=least, most=most)


def _parameter_name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    options = [name for name in parameter.opts if name.startswith("-")]
    return str(max(options, key=len) if options else parameter.human_readable_name)


def _explain_os(error: OSError) -> None:
    name = "" if error.filename is None else str(error.filename)
    why = reason(error)
    if name:
        tell(_("{file} cannot be used: {reason}.", file=name, reason=why), "bad")
    else:
        tell(_("The computer refused a file operation: {reason}.", reason=why), "bad")
    tell(_("Check that the folder exists, that you may write there and that the disk has room; then retry."))


def _explain_bug(error: BaseException) -> None:
    """Name where it went wrong; never the message, which may quote an answer."""
    tell(_("This is a mistake in StageKit, not yours. Your saved answers are safe."), "bad")
    tell(_("Please report the lines below; they hold nothing that you typed."))
    tell(f"stagekit {__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    tell(type(error).__name__)
    frame = error.__traceback__
    while frame is not None:
        code = frame.tb_frame.f_code
        module = frame.tb_frame.f_globals.get("__name__", "?")
        tell(f"  {module}:{frame.tb_lineno} {code.co_name}")
        frame = frame.tb_next
