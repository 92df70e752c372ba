"""Names of files that go from one computer to another."""

import re
import unicodedata

MAX_NAME = 45
"""Characters of a file name: what every learning environment and mail program takes."""
_SPELLED = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h",
})  # fmt: skip
"""Letters that are no letter with an accent; without this they would be left out."""
_LONGEST = 500


def named_after(start: str, student: str | None, portfolio_id: str, suffix: str) -> str:
    """Name a file `start-student-id.suffix`: ASCII, at most `MAX_NAME` characters, known in a full folder."""
    ending = f"-{portfolio_id[:6]}{suffix}"
    return f"{start}-{slug(student or '') or 'student'}"[: MAX_NAME - len(ending)].rstrip("-") + ending


def slug(text: str) -> str:
    """Give a name in lower-case ASCII letters and digits with `-` between; empty where none are left."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].translate(_SPELLED))
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))
