"""Containers as learning environments and attackers make them: zipfile writes only honest zips."""

import io
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from stagekit.api.portfolios import new_identity
from stagekit.model.portfolio import Student
from stagekit.store.course_files import load_course
from stagekit.store.portfolio_folder import PortfolioFolder


def portfolio_files(
    name: str = "Jan de Vries", number: str = "0301234", summary: str = "Samen."
) -> dict[str, bytes]:
    """Give the files of a small portfolio."""
    course = load_course()
    identity = replace(new_identity("nl"), student=Student(name=name, number=number))
    return PortfolioFolder(Path()).files(course, identity, {"visie": {"summary": summary}})


ANSWERS = b"portfolio:\n  student:\n    name: Piet Smit\nvisie:\n  summary: Samen.\n"


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give an honest zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 12, 0, 0)), data, method)
    return stream.getvalue()


@dataclass
class Raw:
    """One entry, with whatever it should claim instead of the truth."""

    name: bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    offset: int | None = None
    """Claim to stand here: the entry itself is then not written."""
    extra: bytes = b""
    local_method: int | None = None


def raw_zip(
    entries: list[Raw],
    *,
    count: int | None = None,
    comment: bytes = b"",
    zip64: dict[str, int] | None = None,
    repeat: int = 1,
) -> bytes:
    """Write a zip that claims what it is told to; `repeat` lists every entry as often."""
    body, listing = bytearray(), bytearray()
    for entry in entries:
        packed = entry.data
        if entry.method == 8:
            compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = compressor.compress(entry.data) + compressor.flush()
        size = len(entry.data) if entry.size is None else entry.size
        length = len(packed) if entry.packed is None else entry.packed
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        method = entry.method if entry.local_method is None else entry.local_method
        offset = len(body)
        if entry.offset is None:
            body += struct.pack(
                "<4s5H3L2H",
                b"PK\3\4",
                20,
                entry.flags,
                method,
                0,
                0,
                crc,
                min(length, 0xFFFFFFFF),
                min(size, 0xFFFFFFFF),
                len(entry.name),
                0,
            )
            body += entry.name + packed
        else:
            offset = entry.offset
        listing += struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            0x031E,
            20,
            entry.flags,
            entry.method,
            0,
            0,
            crc,
            min(length, 0xFFFFFFFF),
            min(size, 0xFFFFFFFF),
            len(entry.name),
            len(entry.extra),
            0,
            0,
            0,
            entry.mode << 16,
            offset,
        )
        listing += entry.name + entry.extra
    listing *= repeat
    number = len(entries) * repeat if count is None else count
    end = b""
    if zip64 is not None:
        fields = {"count": number, "length": len(listing), "offset": len(body)} | zip64
        end = struct.pack(
            "<4sQ2H2L4Q",
            b"PK\6\6",
            44,
            45,
            45,
            0,
            0,
            fields["count"],
            fields["count"],
            fields["length"],
            fields["offset"],
        )
        end += struct.pack("<4sLQL", b"PK\6\7", 0, len(body) + len(listing), 1)
        end += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, len(comment))
    else:
        end = struct.pack(
            "<4s4H2LH",
            b"PK\5\6",
            0,
            0,
            number & 0xFFFF,
            number & 0xFFFF,
            len(listing),
            len(body),
            len(comment),
        )
    return bytes(body) + bytes(listing) + end + comment


def raw_files(files: dict[str, bytes]) -> list[Raw]:
    """Give honest entries, to put dishonest ones beside."""
    return [Raw(name.encode(), data) for name, data in files.items()]


def quoted_bomb(copies: int, kernel_bytes: int) -> bytes:
    """Give many entries that all are the same bytes: an overlap bomb."""
    kernel = Raw(b"0.bin", os.urandom(kernel_bytes), method=0)
    shared = [Raw(b"%d.bin" % number, kernel.data, method=0, offset=0) for number in range(1, copies)]
    return raw_zip([kernel, *shared])


def nested(levels: int, inner: bytes, name: str = "inner.zip") -> bytes:
    """Put a zip in a zip, as often as asked."""
    for _level in range(levels):
        inner = zipped({name: inner})
    return inner
