"""What ends a program from outside, a closed window or a signal: it ends in order, with the text kept."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")


@contextmanager
def on_signal(end: Callable[[int], None]) -> Iterator[None]:
    """Call `end` with the number of a signal that asks to end; outside the main thread nothing changes."""

    def handler(number: int, _frame: FrameType | None) -> None:
        end(number)

    before = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None:
            try:
                before[number] = signal.signal(number, handler)
            except ValueError:
                break
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, signal.SIG_DFL if former is None else former)


def leave(number: int) -> NoReturn:
    """End the program as a shell tells it: 128 and the number of the signal; writes nothing more."""
    silence()
    raise SystemExit(128 + number)


def silence() -> None:
    """Let what is still to be written go nowhere: the window may be gone, and writing to it an error."""
    import os

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            try:
                sink = os.open(os.devnull, os.O_WRONLY)
                os.dup2(sink, stream.fileno())
                os.close(sink)
            except (OSError, ValueError):
                return
