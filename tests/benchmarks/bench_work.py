"""A durable save beside a bare write, fsync and rename; Markdown beside the bare parse and template.

Run: python -m tests.benchmarks.bench_work
"""

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml

from stagekit import resources
from stagekit.api.demo import make_demo
from stagekit.api.portfolios import open_portfolio
from stagekit.report.build import build_report
from stagekit.report.render.markdown import render_markdown
from stagekit.store import atomic
from stagekit.store.course_files import DEFAULT_COURSE, load_course
from stagekit.store.portfolio_folder import PortfolioFolder
from tests.benchmarks.timing import medians, report

ROUNDS = 60


def bare_save(file: Path, data: bytes) -> None:
    """Write, fsync and rename: the least a save that survives a power cut can do."""
    temporary = file.with_suffix(".tmp")
    with temporary.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(file)


def bare_parse(folder: Path) -> None:
    """Parse every file of the portfolio and of its course with the fastest loader there is."""
    course = resources.assignments_dir() / DEFAULT_COURSE
    files = [folder / "portfolio.yaml", *(folder / "answers").glob("*.yaml")]
    files += [*course.glob("*.yaml"), *course.glob("references/*.yaml")]
    for file in files:
        yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)


def alternating_save(folder: Path) -> Callable[[], None]:
    """Give the work of saving a changed answer, as the wizard does."""
    opened = open_portfolio(folder, remember=False)
    store = PortfolioFolder(folder)
    texts = ["Zo zit het.", "Zo zit het toch niet."]

    def save() -> None:
        texts.reverse()
        store.save(opened.course, {"visie": {"in_practice": texts[0]}})

    return save


def main() -> None:
    """Print the ratios."""
    gc.set_threshold(50_000, 20, 20)  # as every command does
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "portfolio"
        opened = make_demo(folder, "nl")
        answer_file = folder / "answers" / "1-visie.yaml"
        data = answer_file.read_bytes()
        scratch = Path(place) / "scratch.yaml"
        ready = build_report(opened.course, opened.portfolio, "nl")

        def whole() -> None:
            load_course.cache_clear()
            loaded = open_portfolio(folder, remember=False)
            render_markdown(build_report(loaded.course, loaded.portfolio, "nl"))

        def bare() -> None:
            bare_parse(folder)
            render_markdown(ready)

        taken = medians(
            {
                "bare write, fsync, rename": lambda: bare_save(scratch, data),
                "durable write": lambda: atomic.write_file(scratch, data, durable=True),
                "durable save of an answer": alternating_save(folder),
                "bare parse and template": bare,
                "Markdown": whole,
            },
            ROUNDS,
        )
    save, markdown_unit = taken["bare write, fsync, rename"], taken["bare parse and template"]
    report(
        f"Saving, in units of a bare write, fsync and rename ({save * 1000:.2f} ms)",
        [
            ("durable write of a file", taken["durable write"] / save, 2),
            (
                "save of an answer: lock, read, merge, history",
                taken["durable save of an answer"] / save,
                None,
            ),
        ],
    )
    report(
        f"Markdown, in units of the bare parse and template ({markdown_unit * 1000:.2f} ms)",
        [("read, check, build and render", taken["Markdown"] / markdown_unit, 1.3)],
    )


if __name__ == "__main__":
    main()
