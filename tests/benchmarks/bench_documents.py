"""Documents of one portfolio beside pandoc, and the PDF beside the bare Typst compile of the same document.

Pandoc makes the same content from the Markdown, a process for each file; StageKit reads, builds and renders
each time in one process, as a cohort export does. Each turn makes a few files in a row, for a single one
between other programs would be timed with the processor's caches full of theirs. Needs the extra `benchmark`.

Run: python -m tests.benchmarks.bench_documents
"""

import gc
import json
import tempfile
from pathlib import Path

import pypandoc

from stagekit.api.demo import make_demo
from stagekit.api.portfolios import open_portfolio
from stagekit.api.rendering import make_documents
from stagekit.report.build import build_report
from stagekit.report.render import pdf_typst
from stagekit.report.render.pdf_data import report_data
from tests.benchmarks.timing import Work, medians, process, report

ROUNDS = 11
FILES = 8
"""Made in a row at each turn."""


def several(work: Work) -> Work:
    """Give the work of doing it for each of the files of a turn."""

    def run() -> None:
        for _file in range(FILES):
            work()

    return run


def main() -> None:
    """Print the ratios."""
    gc.set_threshold(50_000, 20, 20)  # as every command does
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "portfolio"
        opened = make_demo(folder, "nl")
        markdown = Path(place) / "portfolio.md"
        markdown.write_bytes(make_documents(opened, ("md",))[0][1])
        pandoc = pypandoc.get_pandoc_path()

        def with_pandoc(ending: str) -> Work:
            out = str(Path(place) / f"pandoc.{ending}")
            return process(pandoc, "--standalone", str(markdown), "-o", out)

        def with_stagekit(name: str) -> Work:
            return lambda: make_documents(open_portfolio(folder, remember=False), (name,))

        data, drawings = report_data(build_report(opened.course, opened.portfolio, "nl"))
        document = json.dumps(data, ensure_ascii=False)
        figures = [pdf_typst.drawable(svg) for svg in drawings]
        works = {
            "pandoc html": with_pandoc("html"),
            "html": with_stagekit("html"),
            "pandoc docx": with_pandoc("docx"),
            "docx": with_stagekit("docx"),
            "bare typst": lambda: pdf_typst._pdf("portfolio.typ", document, figures),
            "pdf": with_stagekit("pdf"),
        }
        turns = medians({name: several(work) for name, work in works.items()}, ROUNDS)
        taken = {name: seconds / FILES for name, seconds in turns.items()}
    report(
        f"Documents (pandoc {pypandoc.get_pandoc_version()})",
        [
            ("HTML: time over that of pandoc (1/15 = 0.067)", taken["html"] / taken["pandoc html"], 1 / 15),
            ("Word: time over that of pandoc (1/4 = 0.25)", taken["docx"] / taken["pandoc docx"], 1 / 4),
            ("PDF: time over the bare Typst compile", taken["pdf"] / taken["bare typst"], 1.2),
        ],
    )
    print("  " + ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in taken.items()))


if __name__ == "__main__":
    main()
