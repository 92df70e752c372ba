"""A drawing as pixels, for formats that take no SVG."""

import re

SANS = "StageKit Sans"
"""Letters that go with those of a Word document; a PDF draws in its own."""
_LETTERS = re.compile("[\n\x20-\x7e\xa1-\xac\xae-\u017f\u2012-\u2022\u2026\u20ac\u2190\u2192]*")
"""What they have all by themselves."""


def png(svg: str, *, width_px: int) -> bytes:
    """Draw `svg` on white, `width_px` pixels wide; the same drawing always gives the same bytes."""
    from stagekit.report.render.pdf_typst import Fonts, picture

    sans = svg.replace(' font-family="', f' font-family="{SANS}, ', 1)
    enough = sans is not svg and _LETTERS.fullmatch(svg)
    return picture("picture.typ", sans, Fonts.OWN if enough else Fonts.USUAL, width=str(width_px))
