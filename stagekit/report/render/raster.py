"""A drawing as pixels, for formats that take no SVG."""


def png(svg: str, *, width_px: int) -> bytes:
    """Draw `svg` on white, `width_px` pixels wide; the same drawing always gives the same bytes."""
    from stagekit.report.render.pdf_typst import picture

    return picture("picture.typ", svg, width=str(width_px))
