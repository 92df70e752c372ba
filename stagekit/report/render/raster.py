"""A drawing as pixels, for formats that take no SVG."""

SANS = "StageKit Sans"
"""Letters that go with those of a Word document; a PDF draws in its own."""


def png(svg: str, *, width_px: int) -> bytes:
    """Draw `svg` on white, `width_px` pixels wide; the same drawing always gives the same bytes."""
    from stagekit.report.render.pdf_typst import picture

    sans = svg.replace(' font-family="', f' font-family="{SANS}, ', 1)
    return picture("picture.typ", sans, width=str(width_px))
