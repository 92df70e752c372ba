import pytest

from stagekit import i18n


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "STAGEKIT_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("option", "portfolio", "variable", "locale", "chosen"),
    [
        ("en", "nl", "nl", "nl_NL.UTF-8", "en"),
        (None, "en", "nl", "nl_NL.UTF-8", "en"),
        (None, None, "en", "nl_NL.UTF-8", "en"),
        (None, None, None, "en_GB.UTF-8", "en"),
        (None, None, None, "de_DE.UTF-8", "nl"),
        (None, None, None, "C.UTF-8", "nl"),
        (None, None, None, None, "nl"),
    ],
)
def test_language_is_option_then_portfolio_then_variable_then_locale_then_dutch(
    monkeypatch, option, portfolio, variable, locale, chosen
):
    for name, value in {"STAGEKIT_LANG": variable, "LANG": locale}.items():
        if value is not None:
            monkeypatch.setenv(name, value)
    assert i18n.preferred(option=option, portfolio=portfolio) == chosen


def test_messages_come_in_the_active_language(restored_language):
    i18n.activate("nl")
    dutch = i18n._("Show the version.")
    i18n.activate("en")
    assert i18n._("Show the version.") == "Show the version."
    assert dutch != "Show the version."


def test_a_document_speaks_its_own_language(restored_language):
    i18n.activate("nl")
    assert i18n.translate("en", "complete") == "complete"
