"""A terminal that tests can type in and read the screen of."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

ROOT = Path(__file__).parents[3]
KEYS = {"enter": "\r", "up": "\x1b[A", "down": "\x1b[B", "page down": "\x1b[6~"}


def ctrl(letter):
    return chr(ord(letter.upper()) - 64)


def signals_as_in_a_window():
    """Ctrl-C and a closed window reach a program, also where the tests were started in the background."""
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """A program in a terminal of `columns` by `rows`; `lines` is what a person sees."""

    def __init__(self, command, folder, columns=80, rows=24, **environment):
        self.folder = folder
        usual = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "LANG": "en_GB.UTF-8"}
        own = {**os.environ, **usual, **environment}
        self.child = pexpect.spawn(
            sys.executable,
            command,
            dimensions=(rows, columns),
            env=own,
            cwd=ROOT,
            preexec_fn=signals_as_in_a_window,
        )
        self.child.delaybeforesend = None
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""

    @property
    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self):
        return "\n".join(self.lines)

    def read(self, seconds=0.05):
        """Take in what the program writes until it pauses."""
        while True:
            try:
                data = self.child.read_nonblocking(65536, timeout=seconds)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return
            self.raw += data
            self.stream.feed(data)

    def see(self, wanted, seconds=15):
        """Wait until `wanted` stands on the screen."""
        until = time.monotonic() + seconds
        while wanted not in self.text:
            assert time.monotonic() < until, f"not seen: {wanted}\n{self.text}"
            self.read()
        self.read()
        return self

    def gone(self, unwanted, seconds=15):
        """Wait until `unwanted` no longer stands on the screen."""
        until = time.monotonic() + seconds
        while unwanted in self.text:
            assert time.monotonic() < until, f"still seen: {unwanted}\n{self.text}"
            self.read()
        return self

    def asked(self, number):
        """Wait until `number` questions were left and the next one stands on the screen."""
        until = time.monotonic() + 15
        file = self.folder / "replies.jsonl"
        while not file.exists() or len(file.read_text(encoding="utf-8").splitlines()) < number:
            assert time.monotonic() < until, f"only {file.read_text(encoding='utf-8')}\n{self.text}"
            self.read()
        self.read(0.1)
        return self

    def type(self, *keys):
        """Type texts, `enter` and the like, or `ctrl g`."""
        for key in keys:
            text = ctrl(key[-1]) if key.startswith("ctrl ") and len(key) == 6 else KEYS.get(key, key)
            data = text.encode("utf-8", "surrogateescape")
            for start in range(0, len(data), 512):
                if start:  # a program that cannot write its echo does not read either
                    self.read(0.005)
                self.child.send(data[start : start + 512])
        return self

    def paste(self, text):
        """Paste as terminals do."""
        return self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
        return self

    def end(self, number):
        """Send a signal, and give what a shell would tell as the exit code."""
        self.child.kill(number)
        return self.code()

    def code(self):
        """Wait for the end; gives the exit code."""
        until = time.monotonic() + 15
        while self.child.isalive():
            assert time.monotonic() < until, f"still running\n{self.text}"
            self.read()
        return self.child.exitstatus if self.child.signalstatus is None else 128 + self.child.signalstatus

    def replies(self):
        """Give what came of the questions so far, waiting for at least one."""
        self.code()
        file = self.folder / "replies.jsonl"
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    def draft(self):
        return (self.folder / "draft.txt").read_text(encoding="utf-8")


@pytest.fixture
def asking(tmp_path):
    """Start the sample program; whatever still runs is ended after the test."""
    started = []

    def start(*kinds, **settings):
        command = ["-m", "tests.functional.terminal.asking", str(tmp_path), *kinds]
        started.append(Terminal(command, tmp_path, **settings))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.child.isalive():
            terminal.child.kill(signal.SIGKILL)
        terminal.child.close()
