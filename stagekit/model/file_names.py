"""Names of files that go from one computer to another."""

import re
import unicodedata

MAX_NAME = 45
"""Characters of a file name: what every learning environment and mail program takes."""


def named_after(start: str, student: str | None, portfolio_id: str, suffix: str) -> str:
    """Name a file `start-student-id.suffix`: ASCII, at most `MAX_NAME` characters, known in a full folder."""
    plain = unicodedata.normalize("NFKD", student or "").encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)) or "student"
    ending = f"-{portfolio_id[:6]}{suffix}"
    return f"{start}-{slug}"[: MAX_NAME - len(ending)].rstrip("-") + ending
