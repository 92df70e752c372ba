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
ENCRYPTED = 0x1
LOCAL = struct.Struct("<4s5H3L2H")
"""What stands before the bytes of each file."""
_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LENGTHS, _LENGTHS_AT = struct.Struct("<3H"), 28
"""Of name, extra field and comment, in an entry."""
_MAX_COMMENT = 65_535
_ENTRY_BYTES = 400
"""What the list may take for each file, its name included, over all."""
_UTF8 = 0x800
_RATIO_FROM = 1_000_000
_MARK16, _MARK32 = 0xFFFF, 0xFFFFFFFF


class BadArchive(UserError):
    """A zip, or an entry of one, that cannot or must not be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a zip; `fault` says why it must not be read. `when`: its date, only to compare."""

    name: str
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


def no_zip() -> BadArchive:
    """Say that a file only has the name of a zip."""
    return BadArchive(_("The file is called .zip, but is no zip."), _("Ask for the right file."))


def damaged() -> BadArchive:
    """Say that a zip is not whole."""
    return BadArchive(_("The zip is damaged or not whole."), _("Download it again, or ask for it again."))


def looks_like_zip(start: bytes) -> bool:
    """Tell a zip, also an empty one, by its first four bytes."""
    return start[:4] in {b"PK\3\4", b"PK\5\6"}


def list_zip(stream: BinaryIO, limits: Limits, most_files: int) -> list[Entry]:
    """List what is in a zip; nothing is unpacked. Raises BadArchive where its list cannot be trusted."""
    with catching():
        stream.seek(0)
        is_zip = looks_like_zip(stream.read(4))
        try:
            start, length, base = _find_list(stream)
        except BadArchive:
            if is_zip:
                raise
            raise no_zip() from None
        if length > most_files * _ENTRY_BYTES + _MAX_COMMENT:
            raise too_many(most_files)
        stream.seek(start)
        data = stream.read(length)
        if len(data) != length:
            raise damaged()
        _check_count(data, most_files)
        found = [_entry(*raw, base, limits) for raw in _raw_entries(data)]
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


def _check_count(data: bytes, most_files: int) -> None:
    """Refuse too many entries before anything is kept of them; the number the zip gives is no proof."""
    at = count = 0
    while at < len(data):
        count += 1
        if count > most_files:
            raise too_many(most_files)
        at += _ENTRY.size + sum(_LENGTHS.unpack_from(data, at + _LENGTHS_AT))


def _raw_entries(data: bytes) -> Iterator[_Raw]:
    at = 0
    while at < len(data):
        sign, *fields = _ENTRY.unpack_from(data, at)
        if sign != b"PK\1\2":
            raise damaged()
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
    start = offset + base
    span = Span(start, start + LOCAL.size + len(raw_name) + packed, packed, size, crc, method)
    fault = _odd_kind(name, flags, attributes >> 16) or _odd_packing(name, span, limits, is_folder=is_folder)
    return Entry(name, span, is_folder, day << 16 | time, fault)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Give packed, size and offset, from the zip64 field for those that do not fit in 32 bits."""
    if _MARK32 not in (size, packed, offset):
        return packed, size, offset
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


def _odd_kind(name: str, flags: int, mode: int) -> str:
    kind = stat.S_IFMT(mode)
    if kind == stat.S_IFLNK:
        return _("“{name}” is a link to another place, not a file.", name=shown(name))
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return _("“{name}” is a device or a pipe, not a file.", name=shown(name))
    if flags & ENCRYPTED:
        return _("“{name}” is locked with a password.", name=shown(name))
    return ""


def _odd_packing(name: str, span: Span, limits: Limits, *, is_folder: bool) -> str:
    if not is_folder and span.method not in {STORED, DEFLATED}:
        return _("“{name}” is packed in a way that is not read here (method {method}).",
                 name=shown(name), method=span.method)  # fmt: skip
    if span.size > _RATIO_FROM and span.size > span.packed * limits.ratio:
        return _("“{name}” becomes more than {limit} times as large when unpacked.",
                 name=shown(name), limit=limits.ratio)  # fmt: skip
    if span.method == STORED and span.size != span.packed:
        return _("“{name}” is not as large as the zip says.", name=shown(name))
    return ""


def _bounded(entries: list[Entry], list_start: int) -> list[Entry]:
    """Give each entry the end it must keep to; those that overlap another get a fault."""
    order = sorted(range(len(entries)), key=lambda number: entries[number].span.offset)
    result = list(entries)
    for number, following in zip(order, [*order[1:], -1], strict=False):
        end = entries[following].span.offset if following >= 0 else list_start
        entry = result[number]
        fault = ""
        if entry.span.end > end:
            fault = _("“{name}” overlaps another file in the zip.", name=shown(entry.name))
            if following >= 0:
                result[following] = _with(result[following], result[following].span.end, fault)
        result[number] = _with(result[number], end, fault)
    return result


def _with(entry: Entry, end: int, fault: str) -> Entry:
    old = entry.span
    span = Span(old.offset, end, old.packed, old.size, old.crc, old.method)
    return Entry(entry.name, span, entry.is_folder, entry.when, entry.fault or fault)
