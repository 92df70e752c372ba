"""A further name that gets an alias: what changes in the settings, and when it cannot be."""

from dataclasses import replace

from stagekit.checks.aliases import Aliases
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.model.portfolio import Portfolio, PrivateAlias, Settings

_MAX_NAME = 100


def with_alias(course: Course, portfolio: Portfolio, name: str, alias: str = "") -> tuple[Settings, str]:
    """Give the settings in which a name has an alias, and the alias it gets; "" lets StageKit choose.

    Raises UserError where the words are no name, or the alias would give a name away.
    """
    name, alias = " ".join(name.split()), " ".join(alias.split())
    settings = _named(portfolio.identity.settings, name, alias)
    identity = replace(portfolio.identity, settings=settings)
    aliases = Aliases.of(course, replace(portfolio, identity=identity), identity.language)
    found = aliases.people.get(name)
    if found is None or len(name) > _MAX_NAME:
        raise UserError(
            _("“{name}” cannot be read as a name.", name=name[:60]),
            _('Give first name and last name, without a title, as in --alias "Yusuf Demir".'),
        )
    if alias and found != alias:
        raise UserError(
            _("The alias “{alias}” cannot be used for this name.", alias=alias[:60]),
            _("Choose a short one that holds no name, such as “Child 1”; a person has one alias."),
        )
    return settings, found


def _named(settings: Settings, name: str, alias: str) -> Settings:
    """Keep a name once: with its alias, or among those for which one is chosen."""
    others = tuple(each for each in settings.private_aliases if each.name.casefold() != name.casefold())
    names = tuple(each for each in settings.private_names if each.casefold() != name.casefold())
    if alias:
        given = PrivateAlias(name=name, alias=alias)
        return replace(settings, private_names=names, private_aliases=(*others, given))
    return replace(settings, private_names=(*names, name), private_aliases=others)
