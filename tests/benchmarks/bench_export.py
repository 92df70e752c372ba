"""A cohort's export beside pandoc, a bare loop and itself: ratios of time, and peak memory of workers.

Needs the extra `benchmark`. Run: python -m tests.benchmarks.bench_export [--count 1000] [--pandoc 100]
[--formats html docx md] [--large 10000]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from stagekit.api.exporting import ExportOptions, export_cohort
from stagekit.checks.consent import Reader
from stagekit.checks.findings import Checker
from stagekit.cohort.intake import take_in
from stagekit.cohort.model import Limits
from stagekit.cohort.reading import read_submission
from stagekit.cohort.row import standing
from stagekit.model.portfolio import Identity, Student
from stagekit.report.build import build_report
from stagekit.report.render.formats import FORMATS
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import DEFAULT_COURSE, demo_file, load_course, load_privacy
from stagekit.store.portfolio_folder import PortfolioFolder
from tests.benchmarks.timing import report

PANDOC_GOALS = {"html": 15.0, "docx": 4.0}
WORKER_MIB, PDF_MIB = 60, 150


def make_cohort(folder: Path, count: int) -> Path:
    """Write `count` complete portfolios, each its own student's, as folders in a folder."""
    course = load_course()
    given = read_answers(demo_file(DEFAULT_COURSE, "nl"), course)
    for number in range(count):
        identity = given.identity.over(Identity(id=f"bench{number:08}", course=course.id, language="nl"))
        identity = replace(identity, student=Student(name=f"Student Nr{number:05}", number=f"03{number:05}"))
        place = folder / f"student {number:05}"
        for name, data in PortfolioFolder(place).files(course, identity, given.answers).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
    return folder


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Give the seconds on the clock and of the processor, those of processes it waits for included."""
    before, begin = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - begin, os.times()
    return wall, sum(after[:4]) - sum(before[:4])


def bare_loop(cohort: Path, out: Path, formats: tuple[str, ...]) -> None:
    """Parse, build, render and write, and nothing else: no check, no memory of what was made."""
    limits = Limits()
    out.mkdir()
    for number, submission in enumerate(take_in([cohort], limits).submissions):
        read = read_submission(submission, limits)
        made = build_report(read.course, read.portfolio, "nl", Reader.LECTURER)
        for name in formats:
            (out / f"{number}.{name}").write_bytes(FORMATS[name](made))


def checks(cohort: Path) -> float:
    """Give the processor's seconds of what an export checks and counts, over portfolios already read."""
    limits = Limits()
    read = [read_submission(submission, limits) for submission in take_in([cohort], limits).submissions]

    def work() -> None:
        for each in read:
            privacy = load_privacy(each.course.id)
            Checker(each.course, privacy, each.portfolio, "nl").findings(Reader.LECTURER)
            standing(each.course, each.portfolio, Reader.LECTURER)

    return timed(work)[1]


def export(cohort: Path, out: Path, formats: tuple[str, ...], jobs: int | None) -> Callable[[], object]:
    """Give the work of an export."""
    return lambda: export_cohort([cohort], out, ExportOptions(formats=formats, jobs=jobs, language="nl"))


def pandoc(program: str, texts: list[Path], out: Path, name: str) -> float:
    """Give the clock's seconds that pandoc takes, two at a time."""
    out.mkdir()

    def one(text: Path) -> None:
        target = out / f"{text.parent.name}.{name}"
        subprocess.run([program, "--standalone", str(text), "-o", str(target)], check=True,
                       stderr=subprocess.DEVNULL)  # fmt: skip

    def work() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(one, texts))

    return timed(work)[0]


def beside_pandoc(place: Path, cohort: Path, formats: tuple[str, ...], count: int, sample: int) -> None:
    """Print how many times as fast as pandoc an export is, both with two processes, on the clock."""
    import pypandoc

    program = pypandoc.get_pandoc_path()
    export(cohort, place / "texts", ("md",), 2)()
    texts = sorted((place / "texts").glob("*/portfolio.md"))[:sample]
    for name in formats:
        if name not in PANDOC_GOALS:
            continue
        theirs = pandoc(program, texts, place / f"pandoc-{name}", name) / len(texts)
        ours = timed(export(cohort, place / f"fast-{name}", (name,), 2))[0] / count
        goal = PANDOC_GOALS[name]
        met = "met" if theirs / ours >= goal else "NOT MET"
        print(f"  {name}: {theirs / ours:.1f} times as fast as pandoc (goal {goal:g}: {met}); "
              f"{ours * 1000:.1f} ms beside {theirs * 1000:.0f} ms")  # fmt: skip


def beside_itself(place: Path, cohort: Path, small: Path, rounds: int) -> None:
    """Print the export beside a bare loop, two processes, a run in which nothing changed, and small ones."""
    html = ("html",)
    bare = full = again = two = one = few = plain = float("inf")
    checked = checks(cohort)
    for number in range(rounds):
        bare = min(bare, timed(partial(bare_loop, cohort, place / f"bare{number}", html))[1])
        wall, spent = timed(export(cohort, place / f"one{number}", html, 1))
        full, one = min(full, spent), min(one, wall)
        again = min(again, timed(export(cohort, place / f"one{number}", html, 1))[1])
        two = min(two, timed(export(cohort, place / f"two{number}", html, 2))[0])
        checked = min(checked, checks(cohort))
        for turn in range(5):
            few = min(few, timed(export(small, place / f"few{number}{turn}", html, None))[0])
            plain = min(plain, timed(export(small, place / f"plain{number}{turn}", html, 1))[0])
    report(
        "Export to HTML",
        [
            ("without its checks, over the bare loop", (full - checked) / bare, 1.3),
            ("checks, over the bare loop", checked / bare, None),
            ("two processes over one, on the clock", two / one, 0.6),
            ("nothing changed, over a full export", again / full, 0.05),
            ("ten portfolios, over a plain loop", few / plain, 1.05),
        ],
    )


MEASURE = """
import json, resource, sys
from pathlib import Path
from stagekit.api.exporting import ExportOptions, export_cohort
export_cohort([Path(sys.argv[1])], Path(sys.argv[2]), ExportOptions(formats=(sys.argv[3],), jobs=2))
both = (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
print(json.dumps([resource.getrusage(who).ru_maxrss / 1024 for who in both]))
"""


def memory(cohort: Path, out: Path, name: str, goal: int) -> None:
    """Print the peak memory of the largest worker, and of the process that leads them."""
    command = [sys.executable, "-c", MEASURE, str(cohort), str(out), name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    worker, leader = json.loads(done.stdout.splitlines()[-1])
    met = "met" if worker <= goal else "NOT MET"
    count = sum(1 for _each in cohort.iterdir())
    print(f"  {name}, {count} portfolios: a worker {worker:.0f} MiB (goal {goal}: {met}), "
          f"the leading process {leader:.0f} MiB")  # fmt: skip


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--pandoc", type=int, default=100)
    parser.add_argument("--large", type=int, default=0)
    parser.add_argument("--formats", nargs="*", default=["html", "docx"])
    options = parser.parse_args()
    print(f"{options.count} portfolios, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cohort = make_cohort(place / "cohort", options.count)
        beside_itself(place, cohort, make_cohort(place / "small", 10), options.rounds)
        print("\nBeside pandoc")
        beside_pandoc(place, cohort, tuple(options.formats), options.count, options.pandoc)
        print("\nPeak memory")
        for name in ("md", "html", "docx"):
            memory(cohort, place / f"memory-{name}", name, WORKER_MIB)
        memory(make_cohort(place / "pdf", min(100, options.count)), place / "memory-pdf", "pdf", PDF_MIB)
        if options.large:
            large(place, options.large)


def large(place: Path, count: int) -> None:
    """Print time and memory of a cohort of another size, in Markdown and HTML."""
    cohort = make_cohort(place / "large", count)
    for name in ("md", "html"):
        wall, spent = timed(export(cohort, place / f"large-{name}", (name,), 2))
        again, _spent = timed(export(cohort, place / f"large-{name}", (name,), 2))
        print(f"  {name}, {count}: {wall:.0f} s on the clock, {spent:.0f} s of processor; "
              f"nothing changed {again:.1f} s")  # fmt: skip
        shutil.rmtree(place / f"large-{name}")
        memory(cohort, place / f"large-{name}", name, WORKER_MIB)


if __name__ == "__main__":
    main()
