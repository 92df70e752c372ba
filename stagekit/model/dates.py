"""A day in little room, as people write it and as every field for a date reads it back."""

from datetime import date


def short_date(day: date, language: str) -> str:
    """Write a day, of a moment too: `6-10-2026` in Dutch; `2026-10-06` in English, where 6/10 is two days."""
    if language == "nl":
        return f"{day.day}-{day.month}-{day.year}"
    return f"{day:%Y-%m-%d}"
