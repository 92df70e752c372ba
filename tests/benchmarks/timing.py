"""Ratios measured in one run: what is compared takes turns, so that a machine's mood falls on all alike."""

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping

Work = Callable[[], object]


def medians(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Time each work once a round, in turns; median seconds by name. A first round is not counted."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for count in range(rounds + 1):
        for name, work in works.items():
            begin = time.perf_counter()
            work()
            if count:
                times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(taken) for name, taken in times.items()}


def process(*command: str, **settings) -> Work:
    """Give the work of running a whole process, its output thrown away; a failure is an error."""

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **settings)

    return run


def report(title: str, rows: list[tuple[str, float, float | None]]) -> None:
    """Print name, ratio and goal; a goal of None is a figure for comparison only."""
    print(f"\n{title}")
    for name, ratio, goal in rows:
        verdict = "" if goal is None else f"  goal {goal:g}  {'met' if ratio <= goal else 'NOT MET'}"
        print(f"  {name:<44} {ratio:7.2f}{verdict}")
