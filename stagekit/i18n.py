"""The language of the interface and of documents, by gettext; English is the language of the source."""

import gettext as _gettext
import os
from functools import cache

from stagekit import resources

LANGUAGES = ("nl", "en")
DEFAULT_LANGUAGE = "nl"
DOMAIN = "stagekit"

_active = DEFAULT_LANGUAGE


@cache
def catalogue(language: str) -> _gettext.NullTranslations:
    """Give the compiled catalogue of `language`; the untranslated English where it cannot be read.

    A disk that fails must not keep its own error message from being shown.
    """
    try:
        return _gettext.translation(DOMAIN, resources.locale_dir(), [language], fallback=True)
    except OSError:
        return _gettext.NullTranslations()


def activate(language: str) -> None:
    """Make `language` that of every message from here on, the argument parser's included."""
    global _active  # noqa: PLW0603 - one process speaks one language at a time
    _active = language
    os.environ["LANGUAGE"] = language  # gettext.gettext, which the argument parser calls, reads this
    _gettext.bindtextdomain(DOMAIN, str(resources.locale_dir()))
    _gettext.textdomain(DOMAIN)


def active() -> str:
    """Give the language that messages are in now."""
    return _active


def N_(message: str) -> str:  # noqa: N802 - the usual name of gettext's marker
    """Mark a message for the catalogue; it is translated where it is used."""
    return message


def _(message: str, /, **values: object) -> str:
    """Translate `message` into the active language and fill in `{names}`."""
    return translate(_active, message, **values)


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Translate by `count`, which the text may use as `{count}`."""
    text = catalogue(_active).ngettext(one, many, count)
    return text.format(count=count, **values)


def translate(language: str, message: str, /, **values: object) -> str:
    """Translate `message` into `language`, for documents whose language is not the interface's."""
    text = _translated(language, message)
    return text.format(**values) if values else text


@cache
def _translated(language: str, message: str) -> str:
    return catalogue(language).gettext(message)


def normalise(tag: str | None) -> str | None:
    """Give the supported language a tag such as `nl_BE.UTF-8` means, or None."""
    primary = (tag or "").replace("_", "-").split("-")[0].split(".")[0].lower()
    return primary if primary in LANGUAGES else None


def preferred(*, option: str | None = None, portfolio: str | None = None) -> str:
    """Choose the language: option, portfolio, STAGEKIT_LANG, locale, then Dutch."""
    environment = os.environ
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    for tag in (option, portfolio, environment.get("STAGEKIT_LANG"), locale):
        if (found := normalise(tag)) is not None:
            return found
    return DEFAULT_LANGUAGE
