"""Dates and times as people write them, the same on every machine."""

from datetime import date, datetime

_MONTHS = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def long_date(day: date, language: str) -> str:
    """Write a day in full: `6 oktober 2026`, `6 October 2026`."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def long_moment(moment: datetime, language: str) -> str:
    """Write a day and a time: `6 oktober 2026, 10.20 uur`, `6 October 2026, 10:20`."""
    day = long_date(moment, language)
    if language == "nl":
        return f"{day}, {moment.hour}.{moment.minute:02} uur"
    return f"{day}, {moment.hour}:{moment.minute:02}"


def period(days: list[date], language: str) -> str:
    """Write from the first to the last day, a shared year and month once; empty for no days."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return long_date(first, language)
    if first.year != last.year:
        start = long_date(first, language)
    elif first.month != last.month:
        start = f"{first.day} {_MONTHS[language][first.month - 1]}"
    else:
        start = str(first.day)
    return f"{start} – {long_date(last, language)}"
