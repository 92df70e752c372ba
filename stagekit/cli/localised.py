"""Help in the language of the user: the few lines Typer prints in English of its own accord."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from stagekit.errors import UserError
from stagekit.i18n import N_, _
from stagekit.model.text import visible

PARSER_MESSAGES = (
    N_("Arguments"),
    N_("Options"),
    N_("required"),
    N_("default: {default}"),
    N_("(dynamic)"),
    N_("env var: {var}"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)
"""What Typer itself asks gettext for, in our domain; marked here so that the catalogue holds it."""


class _LocalisedHelp:
    """Mixed in before a command class of Typer's."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        pieces: list[str] = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        words = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND [ARGS]...": _("COMMAND …")}
        line = " ".join(words.get(piece, piece).strip("{}") for piece in pieces)
        formatter.write_usage(ctx.command_path, line, prefix=_("Usage:") + " ")

    def get_help_option(self, ctx: Any) -> Any:
        """Give the help option, described."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help.")
        return option

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the parameters, those of completion described."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        texts = {
            "install_completion": _("Complete commands with the TAB key in this shell, from now on."),
            "show_completion": _("Show what makes that work, to copy it."),
        }
        for param in params:
            if param.name in texts:
                param.help = texts[param.name]
            if param.metavar is None and not getattr(param, "is_flag", False):
                param.metavar = self._value(param)
        return params

    def _value(self, param: Any) -> str | None:
        """Say what an option takes, which Typer would name in English; None where it has its own words."""
        match param.type.name:
            case "path" | "file" | "directory":
                return _("FOLDER") if param.name in ("out", "folder") else _("FILE")
            case "integer" | "integer range" | "int" | "int range":
                return _("NUMBER")
            case "text" | "str":
                return {"name": _("NAME"), "when": _("DATE")}.get(param.name, _("TEXT"))
        return None


class LocalisedCommand(_LocalisedHelp, TyperCommand):
    """A command whose help is in the language of the user."""


class LocalisedGroup(_LocalisedHelp, TyperGroup):
    """A group whose help is in the language of the user."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; for a name that is none, say which is near."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from stagekit.model.decode import did_you_mean

            name = args[0]
            raise UserError(
                _("There is no command “{name}”.", name=visible(name)[:60]) + did_you_mean(name, known),
                _("`{command} --help` lists the commands.", command=ctx.command_path),
            )
        return super().resolve_command(ctx, args)
