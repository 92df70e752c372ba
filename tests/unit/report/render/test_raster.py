"""A drawing as pixels."""

import json
import struct

from stagekit.report.render import pdf_typst, raster
from stagekit.report.render.pdf_typst import picture
from stagekit.report.render.raster import png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><text x="9" y="50">{}</text></svg>'


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


def test_is_as_wide_as_asked_in_proportion():
    assert size(png(SVG.format("a"), width_px=600)) == (600, 300)
    assert size(png(SVG.format("a"), width_px=1440)) == (1440, 720)


def test_same_drawing_same_bytes():
    assert png(SVG.format("a"), width_px=300) == png(SVG.format("a"), width_px=300)


def test_text_is_drawn_whatever_it_is():
    nothing = png(SVG.format(""), width_px=300)
    for text in ("a", "😀", "❤️", "你", "שלום", "&lt;script&gt;", "#panic()"):
        assert png(SVG.format(text), width_px=300) != nothing


def test_letters_are_those_of_the_document_around_it():
    serif = SVG.replace("viewBox", 'font-family="{}" viewBox').replace(">{}<", ">Qag<")
    drawn = png(serif.format("Libertinus Serif"), width_px=300)
    assert drawn == png(serif.format("No Such Letters, Libertinus Serif"), width_px=300)
    assert drawn != picture("picture.typ", serif.format("Libertinus Serif"), width="300")


def test_what_our_own_letters_have_needs_no_others():
    import typst

    known = [chr(code) for code in range(0x21, 0x2200) if raster._LETTERS.fullmatch(chr(code))]
    assert len(known) > 300
    source = b"""
        #set document(title: "T")
        #set text(lang: "nl", font: "StageKit Sans")
        #for each in json(bytes(sys.inputs.text)) { strong(each); [ ]; emph(each); [ ]; text(each) }
    """
    compiler = typst.Compiler(font_paths=pdf_typst._found_fonts(pdf_typst.Fonts.OWN))
    inputs = {"text": json.dumps(known)}
    assert compiler.compile(
        input=source, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=0
    )


def test_other_letters_are_drawn_with_those_of_typst(monkeypatch):
    used = []
    real = pdf_typst._compile
    monkeypatch.setattr(
        pdf_typst, "_compile", lambda *given, **named: used.append(given[2]) or real(*given, **named)
    )
    named = SVG.replace("viewBox", 'font-family="sans-serif" viewBox')
    for text in ("Ouderapp, “één” – 50 €", "Ελληνικά"):
        assert png(named.format(text), width_px=100) != png(named.format(""), width_px=100)
    assert used[::2] == [pdf_typst.Fonts.OWN, pdf_typst.Fonts.USUAL]
