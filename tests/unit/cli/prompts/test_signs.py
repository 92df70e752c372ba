import pytest

from stagekit.cli.prompts.signs import signs_for


@pytest.mark.parametrize(
    ("encoding", "environment"),
    [
        ("latin-1", {}),
        ("cp1252", {}),
        ("ascii", {}),
        ("utf-8", {"LC_ALL": "C"}),
        ("utf-8", {"LANG": "POSIX"}),
        (None, {}),
    ],
)
def test_old_encodings_and_the_c_locale_get_ascii_signs(encoding, environment):
    signs = signs_for(encoding, environment)
    drawn = (
        signs.pointer + signs.ticked + signs.unticked + signs.bar + signs.corners + signs.line + signs.arrows
    )
    assert drawn.isascii()
    (signs.fit("“Één” → 日 · …")).encode(encoding or "ascii")


def test_what_an_encoding_can_show_stays():
    assert signs_for("latin-1", {}).fit("één · “ja”") == 'één · "ja"'


def test_utf8_keeps_everything():
    signs = signs_for("UTF-8", {"LANG": "nl_NL.UTF-8", "LC_ALL": ""})
    assert signs.fit("“één”") == "“één”"
    assert signs.pointer == "»"
