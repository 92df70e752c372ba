"""The overview's words: one place for status, weight and date, so that page and sheets say the same."""

import unicodedata
from datetime import date, datetime

from stagekit.cohort.model import Row
from stagekit.i18n import translate
from stagekit.model.text import closed_directions, visible

STATUSES = ("complete", "started", "empty", "document", "failed", "missing")
_MOST = 500
"""Characters of a name or reason: no person has more, and a page of them must stay a page."""
WEIGHTS = ("block", "warn", "attention")


def status_words(language: str) -> dict[str, str]:
    """Give every status in words, in the order they are listed."""
    return {
        "complete": translate(language, "Complete"),
        "started": translate(language, "Partly done"),
        "empty": translate(language, "Nothing filled in"),
        "document": translate(language, "Only a document"),
        "failed": translate(language, "Could not be used"),
        "missing": translate(language, "Not handed in"),
    }


def weight_words(language: str) -> dict[str, str]:
    """Give the weights of findings in words, the heaviest first."""
    return {
        "block": translate(language, "Must be changed"),
        "warn": translate(language, "Look at it"),
        "attention": translate(language, "For attention"),
    }


def one_line(text: str) -> str:
    """Give a stranger's text as one line, not too long, that turns nothing around and hides nothing."""
    line = " ".join(text[: 4 * _MOST].split())
    return closed_directions(visible(line if len(line) <= _MOST else line[: _MOST - 1] + "…"))


def student_name(row: Row, language: str) -> str:
    """Give the name, or what comes closest."""
    name = row.name or row.number or row.key or row.folder
    return one_line(name) or translate(language, "Name unknown")


def moment(text: str) -> datetime | None:
    """Read the time of handing in, local; None where there is none or it is not one."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found.year >= 1900 else None


def day(text: str) -> date | None:
    """Read a day; None where there is none, or one that no sheet knows."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if found.year >= 1900 else None


def order(row: Row) -> tuple[str, str, str, str, str]:
    """Give what rows are ordered by: the name without accents, and whatever tells namesakes apart."""
    plain = unicodedata.normalize("NFD", row.name[:_MOST].casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain, row.name, row.number, row.key, row.folder


def reason(row: Row) -> str:
    """Say what went wrong with a submission or with some of its formats, on one line."""
    formats = (f"{name}: {one_line(why)}" for name, why in sorted(row.failed_formats.items()))
    return " ".join(part for part in (one_line(row.reason), *formats) if part)
