"""Work spread over processes: a bounded number under way; a worker that dies loses one submission only."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_FORK = 0.3
"""Seconds of work from which processes by fork beat a plain loop; by spawn three times that."""
CHUNK_SECONDS = 0.1
MAX_CHUNK = 16
_LOOK_SECONDS = 0.25
_MOST_PROCESSES = 60  # Windows waits for no more
_OTHERS_UNDER_WAY = 64
"""Chunks under way where an executor of the caller's does the work: how many workers it has is not known."""


def by_fork() -> bool:
    """Tell whether processes are made by fork here: safe only where no library of the system uses threads."""
    return sys.platform.startswith("linux")


def processors() -> int:
    """Give the number of processors this process may use."""
    if sys.platform != "win32" and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def worthwhile(seconds: float) -> bool:
    """Tell whether so much work is done sooner by several processes."""
    return seconds > (WORTH_FORK if by_fork() else 3 * WORTH_FORK)


def new_executor(jobs: int) -> ProcessPoolExecutor:
    """Make processes that leave Ctrl-C to this one, and end when it does."""
    import multiprocessing

    context = multiprocessing.get_context("fork" if by_fork() else "spawn")
    return ProcessPoolExecutor(
        min(jobs, _MOST_PROCESSES), mp_context=context, initializer=_begin, initargs=(os.getpid(),)
    )


def _begin(parent: int) -> None:
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when its parent was killed: no queue tells it, for by fork it holds both ends."""
    import time

    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def _nothing() -> None:
    """Do nothing: the first work given to an executor begins its processes."""


class Spread(Generic[Item, Result]):
    """Does items in chunks by an executor, ours or the caller's.

    `work` does a few items and can be pickled; `lost` gives the result of an item whose process died.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Sequence[Result]],
        lost: Callable[[Item], Result],
        jobs: int,
        executor: Executor | None = None,
    ) -> None:
        self.work = work
        self.lost = lost
        self.jobs = jobs
        self._others = executor
        self._own: ProcessPoolExecutor | None = None
        self._under_way: dict[Future[Sequence[Result]], range] = {}

    def start(self) -> None:
        """Begin processes of our own now, while this one is small: by fork each is as large as this one."""
        if self._others is None:
            self._executor().submit(_nothing)

    def run(self, items: Sequence[Item], chunk: int) -> Iterator[tuple[int, Result]]:
        """Do all items, `chunk` at a time; gives index and result of each as it is done, in any order."""
        waiting = deque(range(at, min(at + chunk, len(items))) for at in range(0, len(items), chunk))
        while waiting or self._under_way:
            lost = self._hand_out(items, waiting)
            finished = wait(self._under_way, return_when=FIRST_COMPLETED).done if not lost else ()
            for future in finished:
                part = self._under_way.pop(future)
                results = _result(future)
                if results is None:
                    lost.append(part)
                else:
                    yield from zip(part, results, strict=True)
            if lost:
                yield from self._again(items, lost)

    def _hand_out(self, items: Sequence[Item], waiting: "deque[range]") -> list[range]:
        """Hand out as much as may be under way; gives what an executor that broke did not take."""
        most = _OTHERS_UNDER_WAY if self._others is not None else 2 * self.jobs + 1
        while waiting and len(self._under_way) < most:
            part = waiting.popleft()
            try:
                future = self._executor().submit(self.work, [items[index] for index in part])
            except (BrokenExecutor, RuntimeError):
                self._others = None  # it takes nothing any more: we go on by ourselves
                return [part]
            self._under_way[future] = part
        return []

    def _again(self, items: Sequence[Item], lost: list[range]) -> Iterator[tuple[int, Result]]:
        """Do what was under way when a process died once more, one item in one process at a time."""
        for future, part in self._under_way.items():
            results = _result(future)
            if results is None:
                lost.append(part)
            else:
                yield from zip(part, results, strict=True)
        self._under_way.clear()
        self._close_own()
        alone = new_executor(1)
        try:
            for index in sorted(index for part in lost for index in part):
                try:
                    (result,) = alone.submit(self.work, [items[index]]).result()
                except BrokenExecutor:
                    alone.shutdown(wait=True)
                    alone = new_executor(1)
                    result = self.lost(items[index])
                yield index, result
        finally:
            alone.shutdown(wait=True)

    def close(self) -> None:
        """End after what is being done; what was not begun is not."""
        for future in self._under_way:
            future.cancel()
        self._under_way.clear()
        self._close_own()

    def _close_own(self) -> None:
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)
            self._own = None

    def _executor(self) -> Executor:
        if self._others is not None:
            return self._others
        if self._own is None:
            self._own = new_executor(self.jobs)
        return self._own


def _result(future: "Future[Sequence[Result]]") -> "Sequence[Result] | None":
    """Wait for what a worker gives back; None where it never comes.

    A worker catches what goes wrong with a submission, so anything raised here is about the worker.
    """
    try:
        return future.result()
    except (Exception, CancelledError):
        return None
