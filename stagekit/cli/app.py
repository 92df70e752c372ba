"""The Typer app: commands imported only when they run, and one boundary for every error."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, ClassVar

import typer

from stagekit import __version__, i18n
from stagekit.cli import console, failures
from stagekit.cli.commands import COMMANDS
from stagekit.cli.localised import LocalisedCommand, LocalisedGroup
from stagekit.i18n import _

Command = Any
"""A command of the Click that Typer carries inside."""


class LazyGroup(LocalisedGroup):
    """A group whose commands are looked up in the table and imported one at a time."""

    table: ClassVar[dict[str, str]] = COMMANDS
    _listing = False

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Name the commands in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Command:  # type: ignore[override]
        """Import and build one command."""
        if cmd_name not in self.table:
            return None
        if self._listing:
            return LocalisedCommand(cmd_name, help=i18n._(self.table[cmd_name]))
        module = importlib.import_module(f"stagekit.cli.commands.{cmd_name}")
        built = typer.main.get_command(module.app)
        built.name = cmd_name
        return built

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Let Ctrl-C reach our boundary: Typer would end without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Abort from None

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> Any:  # type: ignore[override]
        """Complete the name of a command without importing any."""
        self._listing = True
        try:
            return super().shell_complete(ctx, incomplete)
        finally:
            self._listing = False

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """List the commands without importing them."""
        rows = [(name, i18n._(line)) for name, line in self.table.items()]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def _root() -> typer.Typer:
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(
        invoke_without_command=True,
        help=_("Work through six assignments on working with parents, and hand in a portfolio.")
        + "\n\n"
        + _("New here? Try `stagekit demo`, or begin with `stagekit start`."),
        epilog=_("Help for one command: stagekit COMMAND --help"),
    )
    def root(
        ctx: typer.Context,
        version: bool = typer.Option(False, "--version", "-V", help=_("Show the version.")),
    ) -> None:
        if version:
            console.show(f"stagekit {__version__}")
            raise typer.Exit
        if ctx.invoked_subcommand is None:
            console.show(ctx.get_help())

    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit code, and prints every error as a sentence."""
    console.prepare_streams()
    i18n.activate(i18n.preferred(option=_language_option(arguments)))
    if any(name.endswith("_COMPLETE") and name.startswith("_STAGEKIT") for name in os.environ):
        typer.main.get_command(_root())(args=list(arguments), prog_name="stagekit")
        return 0
    return failures.boundary(lambda: _invoke(arguments))


def _invoke(arguments: Sequence[str]) -> int:
    command = typer.main.get_command(_root())
    result = command.main(args=list(arguments), prog_name="stagekit", standalone_mode=False)
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _language_option(arguments: Sequence[str]) -> str | None:
    for position, argument in enumerate(arguments):
        if argument == "--lang":
            return next(iter(arguments[position + 1 : position + 2]), None)
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return None
