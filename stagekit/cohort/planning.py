"""What an export is about to do: how much work it is, what it needs loaded, and what it is made from."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from stagekit import __version__, resources
from stagekit.cohort.model import Submission
from stagekit.errors import UserError
from stagekit.i18n import _

_SECONDS = {"md": 0.004, "html": 0.005, "txt": 0.004, "docx": 0.02, "pdf": 0.1}
_SECONDS_READ = 0.006
"""Rough, on a machine of today: they only choose between a plain loop and processes."""
_BYTES = 5_000
"""A small submission in a zip; only to guess how many a zip holds before it is opened."""


def seconds_each(formats: Iterable[str]) -> float:
    """Estimate the seconds one portfolio takes in these formats."""
    return _SECONDS_READ + sum(_SECONDS.get(format, 0.02) for format in formats)


def guess(source: Path) -> int:
    """Guess how many submissions a folder or file holds, without opening anything."""
    try:
        if not source.is_dir():
            return source.stat().st_size // _BYTES + 1
        with os.scandir(source) as entries:
            return sum(
                entry.stat().st_size // _BYTES + 1 if entry.name.endswith(".zip") else 1 for entry in entries
            )
    except OSError:
        return 0


def warm(formats: Iterable[str]) -> None:
    """Load what every process needs before they are begun, so that by fork they share it."""
    from importlib import import_module

    from stagekit.store.course_files import DEFAULT_COURSE, load_course, load_privacy

    load_course().names  # noqa: B018 - it is read when it is first asked for
    load_privacy(DEFAULT_COURSE)
    modules = {"md": "markdown", "html": "html", "docx": "word"}
    for module in ("report.build", "checks.findings", "cohort.reading"):
        import_module(f"stagekit.{module}")
    for format in formats:
        if format in modules:  # the PDF's typesetter is begun in each process by itself: it has threads
            import_module(f"stagekit.report.render.{modules[format]}").load()


def made_by() -> bytes:
    """Give the fingerprint of what makes documents: this version, its courses and its templates."""
    import hashlib

    found = hashlib.blake2b(__version__.encode(), digest_size=16)
    for folder in (resources.assignments_dir(), resources.templates_dir()):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                found.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return found.digest()


def content(secret: bytes, submission: Submission, wishes: Iterable[object]) -> str:
    """Give the fingerprint of a submission and all that is wished of it; `secret` lets nobody guess it."""
    import hashlib

    found = hashlib.blake2b(key=secret, digest_size=16)
    found.update(repr((submission.fingerprint, *wishes)).encode())
    return found.hexdigest()


def refuse_overlap(sources: Sequence[Path], out: Path) -> None:
    """Raise UserError where OUT stands in what was handed in, or the other way round."""
    for source in sources:
        real = Path(os.path.realpath(source))
        if real == out or real in out.parents or out in real.parents:
            raise UserError(
                _("“{out}” and “{source}” stand in each other.", out=out, source=source),
                _("Choose a folder for -o outside what was handed in."),
            )
