"""Zips from strangers' machines: a list of what is in them, and bytes of one entry, within bounds.

The list is read by code of our own rather than by `zipfile`: every entry keeps its position, so that a worker
reads its own submission out of a cohort's zip without going through the whole list, and one that lies about
its size, overlaps another or is no plain file is known before a byte of it is unpacked.
"""

import io
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from stagekit.cohort.model import Limits, Span
from stagekit.cohort.safe_names import shown
from stagekit.errors import UserError
from stagekit.i18n import _

STORED, DEFLATED = 0, 8
_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_MAX_COMMENT = 65_535
_ENTRY_BYTES = 400
"""What the list may take for each file, its name included, over all."""
_ENCRYPTED, _UTF8 = 0x1, 0x800
_RATIO_FROM = 1_000_000
_CHUNK = 1 << 16
_MARK16, _MARK32 = 0xFFFF, 0xFFFFFFFF


class BadArchive(UserError):
    """A zip, or an entry of one, that cannot or must not be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a zip; `fault` says why it must not be read. `when`: its date, only to compare."""

    span: Span
    is_folder: bool
    when: int
    fault: str = ""


@contextmanager
def catching() -> Iterator[None]:
    """Turn whatever reading a damaged zip raises into BadArchive."""
    try:
        yield
    except (struct.error, zlib.error, EOFError, OverflowError, UnicodeError, ValueError) as error:
        raise damaged() from error
    except OSError as error:
        message = _("The file cannot be read: {reason}.", reason=error.strerror or type(error).__name__)
        raise BadArchive(message, _("Download it again.")) from None


def damaged() -> BadArchive:
    """Say that a zip is not whole."""
    return BadArchive(_("The zip is damaged or not whole."), _("Download it again, or ask for it again."))


def looks_like_zip(start: bytes) -> bool:
    """Tell a zip, also an empty one, by its first four bytes."""
    return start[:4] in {b"PK\3\4", b"PK\5\6"}


def list_zip(stream: BinaryIO, limits: Limits, most_files: int) -> list[Entry]:
    """List what is in a zip; nothing is unpacked. Raises BadArchive where its list cannot be trusted."""
    with catching():
        start, length, base = _find_list(stream)
        if length > most_files * _ENTRY_BYTES + _MAX_COMMENT:
            raise too_many(most_files)
        stream.seek(start)
        data = stream.read(length)
        if len(data) != length:
            raise damaged()
        found = [_entry(*raw, base, limits) for raw in _raw_entries(data, most_files)]
    return _bounded(found, start)


def too_many(limit: int) -> BadArchive:
    """Say that there are more files than the bound allows."""
    message = _("It holds more than {limit} files.", limit=limit)
    return BadArchive(message, _("If that is right, allow more with --max-files."))


def _find_list(stream: BinaryIO) -> tuple[int, int, int]:
    """Give where the list of contents begins, its length, and what stands before the zip itself."""
    size = stream.seek(0, io.SEEK_END)
    tail_start = max(0, size - _MAX_COMMENT - _END.size)
    stream.seek(tail_start)
    tail = stream.read(size - tail_start)
    at = _find_end(tail)
    _sign, disk, list_disk, _here, _count, length, offset, _comment = _END.unpack_from(tail, at)
    end = tail_start + at
    place_at = end - _END64_PLACE.size
    if place_at >= 0 and (_MARK32 in {length, offset} or _MARK16 in {disk, _count}):
        stream.seek(place_at)
        sign, _disk, end64, _disks = _END64_PLACE.unpack(stream.read(_END64_PLACE.size))
        if sign == b"PK\6\7":
            stream.seek(end64)
            fields = _END64.unpack(stream.read(_END64.size))
            if fields[0] != b"PK\6\6":
                raise damaged()
            disk, list_disk, length, offset = fields[4], fields[5], fields[8], fields[9]
            end = end64
    base = end - length - offset
    if disk != list_disk or base < 0 or length > end:
        raise damaged()
    return offset + base, length, base


def _find_end(tail: bytes) -> int:
    """Find the record that ends a zip: the last whose comment reaches to the end of the file."""
    at = last = tail.rfind(b"PK\5\6")
    while at >= 0:
        if at + _END.size <= len(tail) and at + _END.size + _END.unpack_from(tail, at)[7] == len(tail):
            return at
        at = tail.rfind(b"PK\5\6", 0, at)
    if last < 0 or last + _END.size > len(tail):
        raise damaged()
    return last


_Raw = tuple[tuple[int, ...], bytes, bytes]


def _raw_entries(data: bytes, most_files: int) -> Iterator[_Raw]:
    at = count = 0
    while at < len(data):
        sign, *fields = _ENTRY.unpack_from(data, at)
        if sign != b"PK\1\2":
            raise damaged()
        count += 1
        if count > most_files:
            raise too_many(most_files)
        name_at = at + _ENTRY.size
        extra_at = name_at + fields[9]
        end = extra_at + fields[10]
        at = end + fields[11]
        if at > len(data):
            raise damaged()
        yield tuple(fields), data[name_at:extra_at], data[extra_at:end]


def _entry(fields: tuple[int, ...], raw_name: bytes, extra: bytes, base: int, limits: Limits) -> Entry:
    flags, method, time, day, crc, packed, size = fields[2:9]
    attributes, offset = fields[14], fields[15]
    extras = dict(_extras(extra))
    packed, size, offset = _wide(extras.get(1, b""), size, packed, offset)
    name = _name(raw_name, flags, extras.get(0x7075, b""))
    is_folder = name.endswith(("/", "\\"))
    span = Span(name, offset + base, offset + base + _LOCAL.size + len(raw_name) + packed,
                packed, size, crc, method)  # fmt: skip
    fault = _odd_kind(span, flags, attributes >> 16, is_folder) or _odd_size(span, limits)
    return Entry(span, is_folder, day << 16 | time, fault)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Give packed, size and offset, from the zip64 field for those that do not fit in 32 bits."""
    values = [value for (value,) in struct.iter_unpack("<Q", extra[: len(extra) // 8 * 8])]
    wide = [values.pop(0) if number == _MARK32 and values else number for number in (size, packed, offset)]
    return wide[1], wide[0], wide[2]


def _name(raw: bytes, flags: int, unicode_path: bytes) -> str:
    if flags & _UTF8:
        return raw.decode("utf-8", "replace")
    if len(unicode_path) > 5 and struct.unpack_from("<L", unicode_path, 1)[0] == zlib.crc32(raw):
        return unicode_path[5:].decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")  # macOS writes UTF-8 and does not say so
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _odd_kind(span: Span, flags: int, mode: int, is_folder: bool) -> str:
    name = shown(span.name)
    kind = stat.S_IFMT(mode)
    if kind == stat.S_IFLNK:
        return _("“{name}” is a link to another place, not a file.", name=name)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return _("“{name}” is a device or a pipe, not a file.", name=name)
    if flags & _ENCRYPTED:
        return _("“{name}” is locked with a password.", name=name)
    if not is_folder and span.method not in {STORED, DEFLATED}:
        return _("“{name}” is packed in a way that is not read here (method {method}).",
                 name=name, method=span.method)  # fmt: skip
    return ""


def _odd_size(span: Span, limits: Limits) -> str:
    name = shown(span.name)
    if span.size > _RATIO_FROM and span.size > span.packed * limits.ratio:
        return _("“{name}” becomes more than {limit} times as large when unpacked.",
                 name=name, limit=limits.ratio)  # fmt: skip
    if span.method == STORED and span.size != span.packed:
        return _("“{name}” is not as large as the zip says.", name=name)
    return ""


def _bounded(entries: list[Entry], list_start: int) -> list[Entry]:
    """Give each entry the end it must keep to; those that overlap another get a fault."""
    order = sorted(range(len(entries)), key=lambda number: entries[number].span.offset)
    ends = [entries[number].span.offset for number in order[1:]] + [list_start]
    result = list(entries)
    for number, end, following in zip(order, ends, [*order[1:], -1], strict=True):
        entry = result[number]
        fault = ""
        if entry.span.end > end:
            fault = _("“{name}” overlaps another file in the zip.", name=shown(entry.span.name))
            if following >= 0:
                result[following] = _with(result[following], result[following].span.end, fault)
        result[number] = _with(result[number], end, fault)
    return result


def _with(entry: Entry, end: int, fault: str) -> Entry:
    old = entry.span
    span = Span(old.name, old.offset, end, old.packed, old.size, old.crc, old.method)
    return Entry(span, entry.is_folder, entry.when, entry.fault or fault)


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
        fields = _LOCAL.unpack(self._stream.read(_LOCAL.size))
        start = span.offset + _LOCAL.size + fields[9] + fields[10]
        agrees = fields[0] == b"PK\3\4" and fields[3] == span.method and not fields[2] & _ENCRYPTED
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

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` as far as there is something; 0 at the end."""
        count = min(len(buffer), _CHUNK, self._span.size - self._at)
        if count <= 0:
            return 0
        data = self._next(count)
        buffer[: len(data)] = data
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
