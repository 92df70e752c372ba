"""Whole processes in units of `python -c pass` (R).

Run: python -m tests.benchmarks.bench_startup
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing import medians, process, report

ROUNDS = 11
STAGEKIT = str(Path(sys.executable).with_name("stagekit"))
ROWS: dict[str, tuple[list[str], float | None]] = {
    "--version": ([STAGEKIT, "--version"], 1.5),
    "TAB (complete `stagekit st`)": ([STAGEKIT], 7),
    "--help": ([STAGEKIT, "--help"], 9),
    "status of a full portfolio": ([STAGEKIT, "status", "{folder}"], 20),
    "note": ([STAGEKIT, "note", "Twee leerkrachten lachen.", "--folder", "{folder}"], 20),
    "render to Markdown": ([STAGEKIT, "render", "{folder}"], None),
    "import typer, alone": ([sys.executable, "-c", "import typer"], None),
}


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "portfolio"
        environment = {**os.environ, "STAGEKIT_CONFIG_DIR": place}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        process(STAGEKIT, "demo", str(folder), env=environment)()
        works = {"python -c pass": process(sys.executable, "-c", "pass", env=environment)}
        for name, (command, _goal) in ROWS.items():
            own = dict(environment)
            if name.startswith("TAB"):
                own |= {
                    "_STAGEKIT_COMPLETE": "complete_bash",
                    "COMP_WORDS": "stagekit st",
                    "COMP_CWORD": "1",
                    "_TYPER_COMPLETE_ARGS": "stagekit st",
                }
            works[name] = process(*(part.format(folder=folder) for part in command), env=own)
        taken = medians(works, ROUNDS)
        shutil.rmtree(folder)
    unit = taken["python -c pass"]
    rows = [(name, taken[name] / unit, goal) for name, (_command, goal) in ROWS.items()]
    report(f"Start-up, in units of `python -c pass` ({unit * 1000:.1f} ms)", rows)


if __name__ == "__main__":
    main()
