"""Every attack, as the submission of one student: what it is called, and its bytes.

Run as a program it takes in each one among good submissions, reads all, and prints what came of them with the
peak of memory: apart, so that the memory measured is that of the intake.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from stagekit import i18n
from stagekit.cohort.intake import take_in
from stagekit.cohort.model import Limits
from stagekit.cohort.reading import read_submission
from stagekit.errors import StageKitError
from tests.functional.cohort.containers import (
    Raw,
    nested,
    portfolio_files,
    quoted_bomb,
    raw_files,
    raw_zip,
    zipped,
)

GOOD = portfolio_files()
MEGA = 1_000_000


def with_good(*bad: Raw, **options) -> bytes:
    return raw_zip([*raw_files(GOOD), *bad], **options)


def replaced(name: str, data: bytes) -> bytes:
    return zipped({**GOOD, name: data})


def yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


REFUSED: dict[str, Callable[[], bytes]] = {
    "zip slip": lambda: with_good(Raw(b"../../../../../../tmp/evil.txt", b"x")),
    "zip slip with backslashes": lambda: with_good(Raw(b"..\\..\\evil.txt", b"x")),
    "zip slip in the middle": lambda: with_good(Raw(b"answers/../../evil.yaml", b"x")),
    "absolute path": lambda: with_good(Raw(b"/etc/cron.d/evil", b"x")),
    "drive": lambda: with_good(Raw(b"C:\\Windows\\evil.dll", b"x")),
    "network path": lambda: with_good(Raw(b"\\\\server\\share\\evil", b"x")),
    "NUL in a name": lambda: with_good(Raw(b"portfolio.yaml\0.txt", b"x")),
    "link": lambda: with_good(Raw(b"answers/2-soorten-contact.yaml", b"/etc/passwd", mode=0o120777)),
    "link to a folder": lambda: with_good(Raw(b"feedback", b"/etc", mode=0o120777)),
    "pipe": lambda: with_good(Raw(b"feedback/001.yaml", b"", mode=0o010644)),
    "device": lambda: with_good(Raw(b"feedback/001.yaml", b"", mode=0o020644)),
    "bomb": lambda: replaced("bomb.bin", b"\0" * 20 * MEGA),
    "bomb as an answer file": lambda: replaced("answers/1-visie.yaml", b"#" * 20 * MEGA),
    "zip in zip in zip bomb": lambda: nested(2, zipped({"bomb.bin": b"\0" * 20 * MEGA})),
    "deeply nested": lambda: nested(12, zipped(GOOD)),
    "overlap bomb": lambda: quoted_bomb(400, MEGA),
    "overlap beside good": lambda: with_good(Raw(b"twin.txt", b"x" * 99, packed=99, method=0, offset=0)),
    "lies about its size": lambda: replaced_raw("answers/1-visie.yaml", b"a: b\n" * 2 * MEGA, size=20),
    "lies upwards": lambda: replaced_raw("portfolio.yaml", GOOD["portfolio.yaml"], size=9_999),
    "wrong checksum": lambda: replaced_raw("portfolio.yaml", GOOD["portfolio.yaml"], crc=1),
    "larger than the bound": lambda: with_good(
        *[Raw(b"film%d.mp4" % n, os.urandom(MEGA), size=99 * MEGA) for n in range(3)]
    ),
    "zip64 lie about a size": lambda: with_good(
        Raw(b"film.mp4", b"x", size=1 << 40, packed=1 << 40, extra=b"\1\0\x10\0" + b"\xff" * 16)
    ),
    "zip64 lie about the list": lambda: with_good(zip64={"length": 1 << 50}),
    "zip64 lie about the place": lambda: with_good(zip64={"offset": 1 << 50}),
    "a thousand files": lambda: with_good(*[Raw(f"x/{n}".encode(), b"") for n in range(1_000)]),
    "a hundred thousand entries": lambda: with_good(Raw(b"x", b""), repeat=14_000),
    "duplicate": lambda: with_good(Raw(b"portfolio.yaml", b"schema: 1\n")),
    "case twin": lambda: with_good(Raw(b"Portfolio.YAML", b"schema: 1\n")),
    "Unicode twin": lambda: with_good(
        Raw("feedback/\u00e9.yaml".encode(), b"x"), Raw("feedback/e\u0301.yaml".encode(), b"y")
    ),
    "encrypted": lambda: with_good(Raw(b"secret.docx", b"x", flags=1)),
    "encrypted by AES": lambda: with_good(Raw(b"secret.docx", b"x", method=99, flags=1)),
    "bzip2": lambda: with_good(Raw(b"answers/2-soorten-contact.yaml", b"x", method=12)),
    "method that is not": lambda: with_good(Raw(b"answers/2-soorten-contact.yaml", b"x", method=77)),
    "another method inside": lambda: replaced_raw("portfolio.yaml", GOOD["portfolio.yaml"], local_method=0),
    "truncated": lambda: zipped(GOOD)[:-200],
    "only its beginning": lambda: zipped(GOOD)[:300],
    "empty file": lambda: b"",
    "zeros": lambda: b"\0" * 1_000,
    "a text called zip": lambda: b"Sorry, te laat!",
    "damaged inside": lambda: damaged(zipped(GOOD)),
    "broken list": lambda: zipped(GOOD).replace(b"PK\1\2", b"PK\1\1", 1),
    "YAML bomb": lambda: replaced("portfolio.yaml", yaml_bomb()),
    "YAML nested": lambda: replaced("portfolio.yaml", b"[" * 100_000),
    "YAML huge": lambda: replaced("portfolio.yaml", os.urandom(4_100_000).hex().encode()),
    "YAML with a tag": lambda: replaced("portfolio.yaml", b"!!python/object/apply:os.system ['touch evil']"),
    "picture called portfolio.yaml": lambda: replaced(
        "portfolio.yaml", b"\x89PNG\r\n\x1a\n\0\0\0" + b"\xff" * 99
    ),
    "Word file called portfolio.yaml": lambda: replaced(
        "portfolio.yaml", zipped({"word/document.xml": b"<x/>"})
    ),
    "folder called portfolio.yaml": lambda: zipped(
        {"portfolio.yaml/x.txt": b"", "answers/1-visie.yaml": b""}
    ),
    "course of its own": lambda: zipped(
        {**GOOD, "portfolio.yaml": GOOD["portfolio.yaml"].replace(b"samenwerken-met-ouders", b"../../evil")}
    ),
    "course that is not": lambda: zipped(
        {**GOOD, "portfolio.yaml": GOOD["portfolio.yaml"].replace(b"samenwerken-met-ouders", b"my-own")}
    ),
    "many large files of text": lambda: zipped(
        {**GOOD, **{f"feedback/{n:03}.yaml": os.urandom(1_500_000).hex().encode() for n in range(7)}}, 0
    ),
    "more text than anybody writes": lambda: replaced(
        "answers/1-visie.yaml", b"# " + os.urandom(1_100_000).hex().encode() + b"\n"
    ),
    "many zips": lambda: zipped({f"{n}.zip": zipped({"x": b""}) for n in range(200)}),
    "a hundred thousand wrong lines": lambda: replaced(
        "portfolio.yaml", b"\n".join(b"k%d: x" % n for n in range(90_000))
    ),
    "two portfolios": lambda: zipped({f"{n}/{k}": v for n in "ab" for k, v in GOOD.items()}),
}
"""Each is refused."""

HARMLESS: dict[str, Callable[[], bytes]] = {
    "Windows reserved words": lambda: with_good(
        Raw(b"aux", b"x"), Raw(b"COM1.txt", b"x"), Raw(b"nul/con.yaml", b"x")
    ),
    "300 characters": lambda: with_good(Raw(b"n" * 300 + b".txt", b"x")),
    "right to left": lambda: with_good(Raw("foto\u202egpj.exe".encode(), b"x", flags=0x800)),
    "terminal codes": lambda: with_good(Raw(b"\x1b]0;evil\x07\x1b[2J.txt", b"x")),
    "name in cp437": lambda: with_good(Raw("verslag-één.txt".encode("cp437"), b"x")),
    "name that is no UTF-8": lambda: with_good(Raw(b"\xff\xfe\xfd.txt", b"x", flags=0x800)),
    "Mac's own files": lambda: with_good(
        Raw(b"__MACOSX/._portfolio.yaml", b"\0\5\x16\7"), Raw(b".DS_Store", b"\0")
    ),
    "link in a hidden folder": lambda: with_good(Raw(b".stagekit/link", b"/etc", mode=0o120777)),
    "comment with an end in it": lambda: with_good(comment=b"PK\5\6" + b"\0" * 17),
    "something before it": lambda: b"#!/bin/sh\nrm -rf ~\n" + zipped(GOOD),
    "template of its own": lambda: with_good(Raw(b"templates/html/portfolio.html.j2", b"{{ 7*7 }}")),
    "course file of its own": lambda: with_good(
        Raw(b"assignments/samenwerken-met-ouders/course.yaml", b"id: x")
    ),
    "zip in zip": lambda: nested(1, zipped(GOOD)),
}
"""Each is read as the good portfolio that it is beside what is odd."""


@cache
def attack(name: str) -> bytes:
    """Give what the student hands in."""
    return {**REFUSED, **HARMLESS}[name]()


def replaced_raw(name: str, data: bytes, **claims) -> bytes:
    rest = {key: value for key, value in GOOD.items() if key != name}
    return raw_zip([*raw_files(rest), Raw(name.encode(), data, **claims)])


def damaged(data: bytes) -> bytes:
    at = data.index(b"portfolio.yaml") + 60
    return data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + 40]) + data[at + 40 :]


def outcome(folder: Path) -> dict[str, list[str]]:
    """Take in a folder and read everything: name to kind and reason."""
    found = {}
    limits = Limits()
    for submission in take_in([folder], limits).submissions:
        try:
            read = read_submission(submission, limits)
            result = [read.kind, "; ".join(problem.message for problem in read.problems)]
        except StageKitError as error:
            result = [getattr(error, "kind", "refused"), str(error)]
        found[submission.origin.name + submission.origin.key] = result
    return found


def peak_kib() -> int:
    """Give the peak of this process's own memory; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def main() -> None:
    i18n.activate("en")
    folders = [Path(name) for name in sys.argv[1:]]
    before = peak_kib()
    results = {folder.name: outcome(folder) for folder in folders}
    print(json.dumps({"results": results, "before": before, "after": peak_kib()}))


if __name__ == "__main__":
    main()
