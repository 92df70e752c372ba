"""The date in the name of a Brightspace folder: `Sep 24, 2024 926 PM`, or as another language writes it."""

import re
from datetime import datetime

_MONTHS = (
    ("jan", "gen", "ene"), ("feb", "fév", "fev"), ("mar", "maart", "mrt", "mär"), ("apr", "avr", "abr"),
    ("may", "mei", "mai", "mag"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aoû", "ago"),
    ("sep", "set"), ("oct", "okt", "ott", "out"), ("nov",), ("dec", "dez", "déc", "dic"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_NUMERIC = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{2,4})")


def is_date(text: str) -> bool:
    """Tell whether a part of a name is a date with a time: a year and at least two numbers more."""
    numbers = _NUMBER.findall(text)
    return len(text) <= 60 and len(numbers) >= 3 and any(_is_year(number) for number in numbers)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in {"19", "20"}


def when(text: str) -> str:
    """Give a date as ISO 8601 to the second; empty where it cannot be made out."""
    numeric = _NUMERIC.search(text)
    try:
        if numeric:
            year, month, day = _from_numbers(*numeric.groups())
            rest = text[: numeric.start()] + text[numeric.end() :]
        else:
            year, month, day, rest = _from_words(text)
        hour, minute, second = _time(rest)
        return datetime(year, month, day, hour, minute, second).isoformat()
    except (ValueError, StopIteration):
        return ""


def _from_numbers(first: str, second: str, third: str) -> tuple[int, int, int]:
    if len(first) == 4:
        return int(first), int(second), int(third)
    return int(third), int(second), int(first)


def _from_words(text: str) -> tuple[int, int, int, str]:
    month = next(number for word in _WORD.findall(text) if (number := _month(word)))
    numbers = list(_NUMBER.finditer(text))
    year = next(found for found in numbers if _is_year(found.group()))
    day = next(found for found in numbers if len(found.group()) <= 2)
    kept = list(text)
    for found in (year, day):
        kept[found.start() : found.end()] = " " * len(found.group())
    return int(year.group()), month, int(day.group()), "".join(kept)


def _month(word: str) -> int:
    lower = word.casefold()
    for number, starts in enumerate(_MONTHS, 1):
        if any(lower.startswith(start) for start in sorted(starts, key=len, reverse=True)):
            return number
    return 0


def _time(text: str) -> tuple[int, int, int]:
    """Read `926 PM`, `2126`, `21:26`, `9.26.05`: Brightspace leaves the colon out."""
    numbers = _NUMBER.findall(text)
    joined = numbers[0].zfill(4) if len(numbers) == 1 else "".join(number.zfill(2) for number in numbers[:3])
    if len(joined) == 5:
        joined = joined.zfill(6)
    if not joined:
        return 0, 0, 0
    hour, minute, second = int(joined[:2]), int(joined[2:4]), int(joined[4:6] or 0)
    half = re.search(r"\b([ap])\.?\s?m\b", text, re.IGNORECASE)
    if half:
        hour = hour % 12 + (12 if half.group(1).casefold() == "p" else 0)
    return hour, minute, second
