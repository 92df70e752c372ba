"""How a command becomes an app of its own, with the settings every command has."""

from collections.abc import Callable
from typing import Any

import typer

from stagekit.cli.localised import LocalisedCommand


def make_app(callback: Callable[..., object], **settings: Any) -> typer.Typer:
    """Make a Typer app of one command, with the settings every command has."""
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.command(cls=LocalisedCommand, **settings)(callback)
    return app
