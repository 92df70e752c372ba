"""One zip to hand in: the portfolio without names, the documents, and a manifest of hashes."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from stagekit import __version__
from stagekit.api.checking import current, refuse_blocking
from stagekit.api.portfolios import Opened
from stagekit.api.rendering import Rendered, checked_formats, make_documents
from stagekit.checks.completeness import completeness
from stagekit.checks.consent import Reader
from stagekit.checks.redaction import redacted
from stagekit.model.file_names import named_after
from stagekit.store import atomic
from stagekit.store.portfolio_folder import PortfolioFolder

DOCUMENTS = ("docx", "pdf", "html")
MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only date in the zip, so that the same portfolio gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The zip that was made, what it holds, and the documents that could not be made."""

    file: Path
    entries: tuple[str, ...]
    failed: tuple[Rendered, ...]
    complete: bool


def submit(opened: Opened, out: Path | None = None, formats: tuple[str, ...] = DOCUMENTS) -> Submission:
    """Make the zip in `out` (the portfolio's own folder by default).

    Texts have their aliases and withheld conversations are gone before anything is packed. A document
    that cannot be made is left out and named. Raises InvalidInput where something blocks.
    """
    identity = opened.portfolio.identity
    kept = current(opened, refuse_blocking(opened, Reader.LECTURER))
    settings = replace(identity.settings, accepted_findings=kept)
    portfolio = replace(opened.portfolio, identity=replace(identity, settings=settings))
    safe = redacted(opened.course, portfolio, identity.language, Reader.LECTURER)
    files = PortfolioFolder(opened.folder).files(opened.course, safe.identity, safe.answers)
    files |= _rounds(opened)
    documents = make_documents(opened, checked_formats(formats), reader=Reader.LECTURER)
    for document, data in documents:
        if document.error is None:
            files[document.file.name] = data
    complete = completeness(opened.course, opened.portfolio).complete
    manifest = {
        "stagekit_submission": 1,
        "stagekit": __version__,
        "portfolio": identity.id,
        "course": identity.course,
        "language": identity.language,
        "complete": complete,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    folder = out or opened.folder
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / submission_name(identity.student.name, identity.id)
    atomic.write_file(file, _zipped(files), durable=True)
    failed = tuple(document for document, _data in documents if document.error is not None)
    return Submission(file, tuple(sorted(files)), failed, complete)


def _rounds(opened: Opened) -> dict[str, bytes]:
    """Give the feedback with aliases in place; a reviewer's name only where the reviewer lets it be shown.

    Numbers and addresses that lead to one person are not in it.
    """
    if not opened.rounds:
        return {}
    from stagekit.api.masking import Mask
    from stagekit.checks.feedback import redacted_rounds
    from stagekit.store.feedback_folder import round_files

    language = opened.portfolio.identity.language
    mask = Mask(opened, language)
    rounds = redacted_rounds(opened.course, opened.portfolio, opened.rounds)
    return round_files([mask.round(taken) for taken in rounds], opened.course, language)


def submission_name(student: str | None, portfolio_id: str) -> str:
    """Name the zip so that every learning environment takes it: ASCII, at most 45 characters."""
    return named_after("portfolio", student, portfolio_id, ".zip")


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data)
    return stream.getvalue()
