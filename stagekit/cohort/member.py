"""One file in a zip as a stream of bytes: bounded by what the zip says, checked, and never onto a disk."""

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from stagekit.cohort.archive import DEFLATED, ENCRYPTED, LOCAL, BadArchive, catching, damaged
from stagekit.cohort.model import Span
from stagekit.i18n import _

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_CHUNK = 1 << 16


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked for one submission: zips within zips are gone through again."""

    left: int

    def take(self, count: int) -> None:
        """Raise BadArchive where that is more than there is left."""
        self.left -= count
        if self.left < 0:
            message = _("Too much would have to be unpacked.")
            raise BadArchive(message, _("If that is right, allow more with --max-mb."))


class Member(io.RawIOBase):
    """One entry of a zip as a stream to seek in, so that a zip within a zip needs no room of its own.

    Never gives more than the zip says there is; what does not agree with that raises BadArchive.
    """

    def __init__(self, stream: BinaryIO, span: Span, budget: Budget) -> None:
        super().__init__()
        self._stream, self._span, self._budget = stream, span, budget
        with catching():
            self._data_at = self._find_data()
        self._restart()

    def _find_data(self) -> int:
        span = self._span
        self._stream.seek(span.offset)
        fields = LOCAL.unpack(self._stream.read(LOCAL.size))
        start: int = span.offset + LOCAL.size + fields[9] + fields[10]
        agrees = fields[0] == b"PK\3\4" and fields[3] == span.method and not fields[2] & ENCRYPTED
        if not agrees or start + span.packed > span.end:
            raise damaged()
        return start

    def _restart(self) -> None:
        self._at = self._taken = self._crc = 0
        self._waiting = b""
        self._inflate = zlib.decompressobj(-15) if self._span.method == DEFLATED else None

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that one can go back, at the cost of unpacking from the start."""
        return True

    def tell(self) -> int:
        """Give the position."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position; what lies between is unpacked and dropped."""
        wanted = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._span.size}[whence]
        wanted = min(max(wanted, 0), self._span.size)
        if wanted < self._at:
            self._restart()
        while self._at < wanted:
            self._next(min(_CHUNK, wanted - self._at))
        return self._at

    def readinto(self, buffer: "Buffer") -> int:
        """Fill `buffer` as far as there is something; 0 at the end."""
        view = memoryview(buffer).cast("B")
        count = min(len(view), _CHUNK, self._span.size - self._at)
        if count <= 0:
            return 0
        data = self._next(count)
        view[: len(data)] = data
        return len(data)

    def _next(self, count: int) -> bytes:
        with catching():
            data = self._inflated(count) if self._inflate else self._raw(count)
            if not data:
                raise damaged()
            self._budget.take(len(data))
            self._at += len(data)
            self._crc = zlib.crc32(data, self._crc)
            if self._at == self._span.size:
                self._check_end()
        return data

    def _check_end(self) -> None:
        if self._crc != self._span.crc or (self._inflate and self._inflated(1)):
            raise damaged()

    def _raw(self, count: int) -> bytes:
        count = min(count, self._span.packed - self._taken)
        self._stream.seek(self._data_at + self._taken)
        data = self._stream.read(count)
        self._taken += len(data)
        return data

    def _inflated(self, count: int) -> bytes:
        inflate = self._inflate
        assert inflate is not None  # noqa: S101 - asked only where there is one
        data = b""
        while not data and not inflate.eof:
            waiting = self._waiting or self._raw(_CHUNK)
            data = inflate.decompress(waiting, count)
            self._waiting = inflate.unconsumed_tail
            if not waiting and not data:
                break
        return data
