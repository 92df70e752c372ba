"""What goes through the cohort's stages: submission in, row out. Everything here can be pickled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal


class Layout(StrEnum):
    """How a learning environment names what it hands out."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    BRIGHTSPACE = "brightspace"
    BLACKBOARD = "blackboard"
    PLAIN = "plain"


_TEXT_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what comes from strangers' machines. Sizes in bytes, unpacked."""

    submission_bytes: int = 200_000_000
    submission_files: int = 500
    container_bytes: int | None = None
    container_files: int | None = None
    """Of a whole download or folder; None for a hundred times that of a submission, files two hundred."""
    depth: int = 3
    """Zips within zips."""
    folders: int = 6
    """How many folders below the container a portfolio may stand."""
    ratio: int = 200
    """Unpacked over packed, of what is larger than a megabyte."""

    @property
    def text_bytes(self) -> int:
        """Give the bound on the YAML of one submission: 2 MB, twenty times what students write.

        More where a submission may be larger; what is made of text takes a hundred times its size in memory.
        """
        return max(_TEXT_BYTES, self.submission_bytes // 100)

    @property
    def pdf_characters(self) -> int:
        """Give the bound on the characters a PDF is made of: to set a million of them takes minutes."""
        return self.text_bytes // 10

    @property
    def most_bytes(self) -> int:
        """Give the bound on a whole download: 20 GB, or more where a submission may be larger."""
        return self.submission_bytes * 100 if self.container_bytes is None else self.container_bytes

    @property
    def most_files(self) -> int:
        """Give the bound on the files of a whole download or folder: 100,000, or more likewise."""
        return self.submission_files * 200 if self.container_files is None else self.container_files


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one attempt came from, and what its feedback must be named after."""

    container: Path
    """The argument of `export` it was found in, or the bulk download within that folder."""
    layout: Layout
    entry: str
    """The folder or common start of the entry names, as in the container: feedback goes back under it."""
    flat: bool
    """The entries stand side by side with `entry` in front, instead of in a folder of their own."""
    key: str
    """The learning environment's own number of the student or participant; empty where it gives none."""
    name: str
    """The student as the learning environment writes the name; never used as a path."""
    submitted: str
    """ISO 8601 to the second, local time, or empty."""
    late: bool = False
    names: tuple[str, ...] = ()
    """Names of its entries as in the container, at most 50: feedback in a flat layout is named so."""


@dataclass(frozen=True, slots=True)
class Span:
    """A file within a zip, so that it can be read without going through the zip's list of contents again."""

    offset: int
    """Of its own header, from the start of the zip."""
    end: int
    """Where the next file begins: nothing is read beyond."""
    packed: int
    size: int
    """Bytes unpacked, as the zip says; more are never unpacked."""
    crc: int
    method: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a file are: a file, and the zips to go through to get there, outermost first."""

    path: Path
    inside: tuple[Span, ...] = ()


SubmissionKind = Literal["portfolio", "answers", "document", "nothing", "refused"]
"""A portfolio's files, an `--answers` file, only a Word or PDF file, no usable file, or unsafe or broken."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The latest attempt of one student, and how to read it."""

    origin: Origin
    kind: SubmissionKind
    files: Mapping[str, Place]
    """Path within the submission (`portfolio.yaml`, `answers/1-visie.yaml`) to its bytes; names made safe.

    With `packed`, the zips that were handed in.
    """
    fingerprint: str
    """Changes when a byte of it may have changed; cheap: from sizes, checksums of the zip or times."""
    reason: str = ""
    """Why it cannot be used, as a sentence with what to do; empty for `portfolio` and `answers`."""
    earlier: tuple[Origin, ...] = ()
    """Attempts that do not count, oldest first."""
    packed: bool = False
    """It is a zip within a zip: only `read_submission`, in a worker, looks inside and tells the true kind."""


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One assignment of one student, for the overview."""

    id: str
    complete: bool
    missing: int
    words: int
    date: str
    """The latest date the student gave in it, ISO 8601, or empty."""
    level: str
    """The mentor's latest judgement: not_yet, sufficient, strong, or empty."""
    signed_off: bool
    comments: int


RowStatus = Literal["complete", "started", "empty", "document", "failed", "missing"]
"""`document`: only a Word or PDF; `failed`: could not be used or made; `missing`: on the roster only."""


@dataclass(frozen=True, slots=True)
class Row:
    """One student in the overview. Every text is the student's or lecturer's own and hostile."""

    name: str
    number: str
    key: str
    school: str
    folder: str
    """Name of its folder in OUT; empty where nothing was made."""
    status: RowStatus
    reason: str
    """Why it failed, with what to do."""
    submitted: str
    late: bool
    attempts: int
    portfolio: str
    """Id of the portfolio, to know twins by; empty where only answers came in."""
    language: str
    documents: tuple[str, ...] = ()
    """Paths below OUT, with `/`."""
    failed_formats: Mapping[str, str] = field(default_factory=dict)
    """Format to the sentence that says why it could not be made."""
    assignments: tuple[AssignmentRow, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict)
    """Weight (block, warn, attention) to how many."""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For the cohort's figures: `contact_types`, `blocks`, `judgements` (`higher/depends`: judgement and
    reference), `kinds_of_talk`, each id to how often this student has it."""
