"""Typst, set up: what it cannot show is shown otherwise, and what it refuses is told without the data."""

import json

import pytest
import typst

from stagekit.errors import UserError
from stagekit.report.render import pdf_typst

DATA = {"words": "geheim antwoord"}


def refusing(monkeypatch, answers):
    """Let Typst give these answers one after the other; records what it was asked to set."""
    asked = []

    def pdf(template, document, figures, *, system):
        asked.append((document, figures))
        answer = answers[min(len(asked), len(answers)) - 1]
        if isinstance(answer, bytes):
            return answer
        error = typst.TypstError(answer)
        error.message = error.diagnostic = answer
        raise error

    monkeypatch.setattr(pdf_typst, "_pdf", pdf)
    return asked


def test_a_sequence_that_cannot_be_shown_becomes_its_codes(monkeypatch):
    message = 'PDF/A-2a error: the text `"y\\u{302}"` could not be displayed with font `"X"`'
    asked = refusing(monkeypatch, [message, b"%PDF"])
    assert pdf_typst.typeset("a.typ", {"words": "xy\u0302z"}) == b"%PDF"
    assert json.loads(asked[1][0]) == {"words": "x[U+0079][U+0302]z"}


def test_rare_marks_leave_the_drawing_first_and_the_text_last(monkeypatch):
    asked = refusing(monkeypatch, ["the PDF contains text with missing codepoints"] * 3 + [b"%PDF"])
    pdf_typst.typeset("a.typ", {"words": "ñ\u0332 ω"}, ["<svg>ñ\u0332 ω</svg>"])
    documents = [json.loads(document)["words"] for document, _figures in asked]
    assert documents == ["ñ\u0332 ω"] * 3 + ["ñ[U+0332] [U+03C9]"]
    drawn = [figures[0] for _document, figures in asked]
    assert drawn[:3] == ["<svg>ñ\u0332 ω</svg>", "<svg>ñ ω</svg>", "<svg>ñ [U+03C9]</svg>"]


def test_a_refusal_says_what_to_do_and_nothing_of_the_data(monkeypatch):
    asked = refusing(monkeypatch, ['the text `"geheim antwoord"` is odd'])
    with pytest.raises(UserError) as caught:
        pdf_typst.typeset("a.typ", DATA)
    assert "geheim" not in str(caught.value)
    assert caught.value.next_step
    assert len(asked) <= 8


def test_no_file_outside_can_be_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    compiler = pdf_typst._compiler("picture.typ", pdf_typst.Fonts.OWN)
    for source in (f'#read("{secret}")', '#read("../../README.md")'):
        with pytest.raises(typst.TypstError):
            compiler.compile(input=source.encode(), format="png")


def test_fonts_are_those_that_come_along():
    families = set(pdf_typst._found_fonts(pdf_typst.Fonts.USUAL).families())
    assert families == {
        "DejaVu Sans Mono",
        "Libertinus Serif",
        "New Computer Modern",
        "New Computer Modern Math",
        "Noto Emoji",
        "StageKit Sans",
    }


def test_ordinary_text_looks_for_no_other_fonts(monkeypatch):
    monkeypatch.setattr(pdf_typst, "_missing", lambda letters: pytest.fail("other fonts were looked through"))
    assert pdf_typst.elsewhere("één ğ Привет שלום 😀 \x07 \ue000 \u0378") == frozenset()


def test_a_script_that_only_this_computer_has_letters_for_stays_as_typed(monkeypatch):
    asked = []
    monkeypatch.setattr(pdf_typst, "_found", {})
    monkeypatch.setattr(pdf_typst, "_missing", lambda letters: asked.append(letters) or frozenset("你"))
    monkeypatch.setattr(pdf_typst, "_pdf", lambda *given, system: (*given, system))
    template, document, figures, system = pdf_typst.typeset("a.typ", {"words": "ภา你"}, ["<svg>ภ</svg>"])
    assert json.loads(document) == {"words": "ภา[U+4F60]"}
    assert figures == ["<svg>ภ</svg>"]
    assert (template, system) == ("a.typ", True)
    pdf_typst.typeset("a.typ", {"words": "你ภา"})
    assert asked == [["ภ", "า", "你"]]


def test_what_no_font_has_is_known_at_the_first_look():
    unassigned = "\u0378\u0379"
    assert pdf_typst._missing(["a", *unassigned]) == frozenset(unassigned)
    assert pdf_typst._missing(["a", "é"]) == frozenset()
