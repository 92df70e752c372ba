"""Lines of any length from a terminal, whose own line mode cuts off at 4,096 bytes and tells nobody."""

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from stagekit.cli.prompts.wrapping import columns, shown

_ERASE = {"\x7f", "\b"}
_KILL_WORD, _KILL_LINE, _END_OF_INPUT, _ESCAPE = "\x17", "\x15", "\x04", "\x1b"
_CHUNK = 4096


class Lines:
    """Gives line by line what a person types; where there is no terminal, what the stream holds.

    `read` raises KeyboardInterrupt on Ctrl-C and EOFError on Ctrl-D; `ended` then tells whether the input
    itself is over.
    """

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target
        self._typed: list[str] = []
        self._left = ""
        self._escape = ""
        self._after_return = False
        self._decoder = codecs.getincrementaldecoder(source.encoding or "utf-8")("surrogateescape")
        self.ended = False

    @contextmanager
    def open(self) -> Iterator[None]:
        """Take the terminal out of its line mode for as long as one question is asked."""
        if sys.platform == "win32" or not self._source.isatty():
            yield
            return
        import termios

        handle = self._source.fileno()
        before = termios.tcgetattr(handle)
        ours = termios.tcgetattr(handle)
        ours[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
        ours[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        ours[6][termios.VMIN], ours[6][termios.VTIME] = 1, 0
        for sign in (termios.VQUIT, termios.VSUSP):
            ours[6][sign] = b"\x00"
        termios.tcsetattr(handle, termios.TCSADRAIN, ours)
        try:
            yield
        finally:
            # The window may be gone.
            with _ignored(termios.error, OSError):
                termios.tcsetattr(handle, termios.TCSADRAIN, before)

    def read(self, so_far: Callable[[str], None] = lambda _text: None) -> str:
        """Read one line, without its end; `so_far` gets it while it grows."""
        self._target.flush()
        if sys.platform == "win32" or not self._source.isatty():
            return self._read_stream()
        self._typed = []
        while True:
            line = self._take(self._left)
            self._target.flush()
            if line is not None:
                return line
            if self._typed:
                so_far("".join(self._typed))
            self._left = self._receive()

    def _read_stream(self) -> str:
        line = self._source.readline()
        if not line:
            self.ended = True
            raise EOFError
        return line.rstrip("\n").rstrip("\r")

    def _receive(self) -> str:
        try:
            data = os.read(self._source.fileno(), _CHUNK)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            raise EOFError
        return self._decoder.decode(data)

    def _take(self, text: str) -> str | None:
        """Work through what was typed; gives a line when one is complete and keeps the rest."""
        for position, char in enumerate(text):
            follows, self._after_return = self._after_return, char == "\r"
            if char == "\n" and follows:
                continue
            if char in "\r\n":
                self._left = text[position + 1 :]
                self._target.write("\n")
                return "".join(self._typed)
            if char == _END_OF_INPUT and not self._typed:
                self._left = text[position + 1 :]
                raise EOFError
            self._key(char)
        self._left = ""
        return None

    def _key(self, char: str) -> None:
        if self._escape or char == _ESCAPE:
            self._swallow(char)
        elif char in _ERASE:
            self._erase(1)
        elif char == _KILL_LINE:
            self._erase(len(self._typed))
        elif char == _KILL_WORD:
            kept = "".join(self._typed).rstrip()
            self._erase(len(self._typed) - (kept.rfind(" ") + 1))
        elif char == _END_OF_INPUT:
            return
        else:
            self._typed.append(char)
            self._target.write(shown(char))

    def _swallow(self, char: str) -> None:
        """Take no notice of arrow keys and other sequences; there is no moving about in a plain line."""
        self._escape += char
        begun = self._escape[1:2]
        if (begun and begun not in "[O") or (len(self._escape) > 2 and "@" <= char <= "~"):
            self._escape = ""

    def _erase(self, count: int) -> None:
        for _char in range(min(count, len(self._typed))):
            wide = columns(self._typed.pop())
            self._target.write("\b" * wide + " " * wide + "\b" * wide)


@contextmanager
def _ignored(*errors: type[BaseException]) -> Iterator[None]:
    try:
        yield
    except errors:
        return
