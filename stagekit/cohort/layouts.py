"""How learning environments name what a lecturer downloads: recognised from the names, one attempt each."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stagekit.cohort.dates import is_date, when
from stagekit.cohort.model import Layout

_MOODLE = re.compile(
    r"(?P<start>(?P<name>.+?)(?:_(?P<key>\d+))?_assignsubmission_[a-z]+)(?:_?$|_(?P<file>.+))", re.DOTALL
)
_CANVAS = re.compile(
    r"(?P<start>(?P<name>(?:(?!_\d+_).)+?)(?P<late>_LATE)?_(?P<key>\d+))"
    r"_(?:(?P<id>\d+)_(?P<file>.+)|(?:text|link)\.html?)",
    re.DOTALL,
)
_CANVAS_ANONYMOUS = re.compile(
    r"(?P<start>(?P<late>LATE_)?(?P<name>anon_(?P<key>[A-Za-z0-9]+)))"
    r"_(?:(?P<id>\d+)_(?P<file>.+)|(?:text|link)\.html?)",
    re.DOTALL,
)
_BRIGHTSPACE = re.compile(r"(?P<key>\d+)-\d+ - (?P<rest>.+)", re.DOTALL)
_BLACKBOARD = re.compile(
    r"(?P<start>(?P<before>.+)_attempt_(?P<when>\d{4}(?:-\d\d){5}))(?:\.txt|_(?P<file>.+))", re.DOTALL
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGAIN = re.compile(r"(portfolio|\d-[a-z-]+?)-\d+(\.ya?ml)", re.IGNORECASE)
"""Canvas puts a number behind the name of a file that is handed in again."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of one entry says. `file` is empty where the entry is a folder of its own."""

    layout: Layout
    entry: str
    key: str
    name: str
    file: str
    submitted: str = ""
    late: bool = False
    number: int = 0
    """Of the file, where the learning environment counts them."""


def moodle(name: str) -> Named | None:
    """Read `Jan de Vries_1234567_assignsubmission_file`, with `_` or `_<file>` behind."""
    found = _MOODLE.fullmatch(name)
    if found is None:
        return None
    # Up to Moodle 4.0 a folder ends in `_`: the name as it was is what the feedback needs.
    entry = found["start"] if found["file"] else name
    # A team of those who are in none has no number.
    return Named(Layout.MOODLE, entry, found["key"] or "", found["name"], found["file"] or "")


def canvas(name: str) -> Named | None:
    """Read `vriesjande_LATE_<user>_<attachment>_<file>`, or `LATE_anon_…`, or `…_text.html`."""
    found = _CANVAS_ANONYMOUS.fullmatch(name) or _CANVAS.fullmatch(name)
    if found is None:
        return None
    file = _AGAIN.sub(r"\1\2", found["file"] or "text.html")
    return Named(Layout.CANVAS, found["start"], found["key"], found["name"], file,
                 late=found["late"] is not None, number=int((found["id"] or "0")[:18]))  # fmt: skip


def brightspace(name: str) -> Named | None:
    """Read `397063-2557369 - Mary-Ann Smith - Sep 24, 2024 926 PM`, with ` - <file>` behind or not."""
    found = _BRIGHTSPACE.fullmatch(name)
    if found is None:
        return None
    parts = found["rest"].split(" - ")
    # From the left: a file's name may hold a date, a person's does not.
    at = next((number for number in range(1, len(parts)) if is_date(parts[number])), None)
    if at is None:
        return None
    file = " - ".join(parts[at + 1 :])
    entry = name.removesuffix(f" - {file}") if file else name
    person = " - ".join(parts[:at])
    return Named(Layout.BRIGHTSPACE, entry, found["key"], person, file, submitted=when(parts[at]))


def blackboard(name: str) -> Named | None:
    """Read `<assignment>_<user>_attempt_<timestamp>_<file>`; the user may hold `_`, so see `blackboard_user`.

    The text that goes with an attempt, `….txt`, has the file name `.txt`.
    """
    found = _BLACKBOARD.fullmatch(name)
    if found is None:
        return None
    day, clock = found["when"][:10], found["when"][11:].replace("-", ":")
    user = found["before"].rpartition("_")[2]
    file = found["file"] or ".txt"
    return Named(Layout.BLACKBOARD, found["start"], user, user, file, submitted=f"{day}T{clock}")


_READERS: tuple[Callable[[str], Named | None], ...] = (moodle, blackboard, brightspace, canvas)


def recognise(names: Sequence[str]) -> Callable[[str], Named | None] | None:
    """Give the reader of names that fits most of `names`; None where no layout fits more than half."""
    votes: Counter[int] = Counter()
    for name in names:
        for number, reader in enumerate(_READERS):
            if reader(name) is not None:
                votes[number] += 1
                break
    if not votes:
        return None
    (best, count), *_rest = votes.most_common(1)
    reader = _READERS[best]
    if count * 2 <= len(names) or (reader is canvas and not _are_canvas(names)):
        return None
    return reader


def _are_canvas(names: Sequence[str]) -> bool:
    """Tell names by Canvas from those that happen to have two numbers: `portfolio_2026_11_jan.zip`."""
    found = [named for name in names if (named := canvas(name)) is not None]
    numbers = [named.number for named in found if named.number]
    same_year = len(found) > 1 and len({named.key for named in found}) == 1 and _YEAR.fullmatch(found[0].key)
    return len(set(numbers)) == len(numbers) and not same_year


def fits(name: str) -> bool:
    """Tell whether a name is that of an attempt in any layout."""
    return any(reader(name) for reader in _READERS)


def blackboard_user(text: str, start: str) -> tuple[str, str] | None:
    """Give name and user from the first line of an attempt's text, `Naam: Jan de Vries (jan_v)`.

    None where that does not agree with `start`, the name of the attempt up to `_attempt_`.
    """
    line = text.lstrip("\ufeff").split("\n", 1)[0]
    found = re.fullmatch(r"[^:]{1,40}:\s*(?P<name>.*\S)\s*\((?P<user>[^()]+)\)\s*", line)
    if found is None or not start.endswith("_" + found["user"]):
        return None
    return found["name"], found["user"]
