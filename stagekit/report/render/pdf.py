"""The Report as a PDF for paper, screen and screen reader: PDF/UA-1 and PDF/A-2a, by Typst."""

from stagekit.report.model import Report


def render_pdf(report: Report) -> bytes:
    """Give the PDF of a report; the same report always gives the same bytes."""
    from stagekit.report.render.pdf_data import report_data
    from stagekit.report.render.pdf_typst import typeset

    return typeset("portfolio.typ", *report_data(report))
