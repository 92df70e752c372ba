"""A workbook from somebody else, looked through before any program parses it."""

import codecs
import io
from typing import BinaryIO

from stagekit.cohort.archive import catching, list_zip
from stagekit.cohort.member import Budget, Member
from stagekit.cohort.model import Limits
from stagekit.i18n import _


def unsafe_workbook(stream: BinaryIO, limits: Limits, most_parts: int) -> str:
    """Say what is unsafe in it, a bomb of a zip or of XML entities; empty where nothing is.

    Raises BadArchive where the zip itself cannot be read.
    """
    entries = list_zip(stream, limits, most_parts)
    fault = next((entry.fault for entry in entries if entry.fault), "")
    if fault or sum(entry.span.size for entry in entries) > limits.submission_bytes:
        return fault or _("Unpacked it is too large.")
    budget = Budget(limits.submission_bytes)
    for entry in entries:
        if entry.name.casefold().endswith((".xml", ".rels")):
            with catching():
                if _declares(io.BufferedReader(Member(stream, entry.span, budget))):
                    return _("It holds XML with entities.")
    return ""


def _declares(part: io.BufferedReader) -> bool:
    """Tell whether XML declares anything: no spreadsheet program does. Nor does any write UTF-16."""
    former = part.read(4)
    if b"\0" in former or former[:2] in {codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE}:
        return True
    while data := part.read(1 << 16):
        if b"<!DOCTYPE" in (window := former[-16:] + data) or b"<!ENTITY" in window:
            return True
        former = data
    return False
