"""Words that lead to a person by way of a day, a street, a group, a subject or somebody's own words."""

import re
from collections.abc import Iterator

from stagekit.checks.findings_scan import Kind, Scan, Spot

_EDGE, _END = r"(?<![\w/.,-])", r"(?![\w]|[-/]\d|[.,:]\d)"
_DAY_FIRST = re.compile(_EDGE + r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?((?:19|20)\d\d|\d\d)" + _END)
_YEAR_FIRST = re.compile(
    _EDGE + r"((?:19|20)\d\d)([-/])(\d{1,2})\2(\d{1,2})(?=t\d\d:|(?!\w)(?![-/]\d|[.,]\d))"
)
_SHORT = re.compile(_EDGE + r"(\d{1,2})([-/])(\d{1,2})" + _END)
_QUOTED = re.compile(
    "[“„\"«]([^“”\"«»]{1,600})[”“\"»]|‘([^‘’]{1,600})’(?!\\w)|(?<!\\w)'([^'\n]{1,600})'(?!\\w)"
)
_WORDS_QUOTED = 3
_NEAR = 4


def words(scan: Scan) -> Iterator[Spot]:
    """Give dates, addresses, groups and sensitive subjects."""
    if scan.digits:
        yield from _dates_in_digits(scan)
    lexicon = scan.lexicon
    different = set(scan.words)
    if not lexicon.phrase_words.isdisjoint(different):
        yield from _joined_subjects(scan)
    telling = {word for word in different - lexicon.dull_words if not lexicon.dull(word)}
    seen: set[str] = set()
    for index, word in enumerate(scan.words) if telling else ():
        if word not in telling:
            continue
        if word in lexicon.months:
            yield from _date(scan, index)
        elif word in lexicon.group_words or word in lexicon.group_inside:
            yield from _group(scan, index)
        if word.endswith(lexicon.streets) or word.endswith(lexicon.weak_streets):
            yield from _address(scan, index)
        subject = lexicon.subject_of(word)
        if (
            subject >= 0
            and word not in seen
            and (word not in lexicon.loud or scan.word_typed(index).isupper())
        ):
            seen.add(word)
            yield scan.spot(Kind.SENSITIVE, scan.starts[index], scan.ends[index])._replace(subject=subject)


def quotations(scan: Scan) -> Iterator[Spot]:
    """Give what stands between quotation marks and is more than a word or two."""
    for match in _QUOTED.finditer(scan.text):
        said = next(group for group in match.groups() if group is not None)
        if len(said.split()) >= _WORDS_QUOTED:
            yield Spot(Kind.QUOTATION, *match.span(), *match.span())


def _joined_subjects(scan: Scan) -> Iterator[Spot]:
    """Give sensitive words with a hyphen or a blank in them: `co-ouderschap`, `Veilig Thuis`."""
    text = scan.folded.text
    for phrase, written, subject in scan.lexicon.sensitive_phrases:
        at = text.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if written.islower() or scan.typed(at, end) == written:
                yield scan.spot(Kind.SENSITIVE, at, end)._replace(subject=subject)
                break
            at = text.find(phrase, end)


def _valid(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _dates_in_digits(scan: Scan) -> Iterator[Spot]:
    text = scan.folded.text
    for match in _DAY_FIRST.finditer(text):
        day, sign, month, year = match.groups()
        if _valid(day, month) and (sign != "." or len(year) == 4) and not scan.in_address(match.start()):
            yield scan.spot(Kind.DATE, *match.span())
    for match in _YEAR_FIRST.finditer(text):
        if _valid(match[4], match[3]) and not scan.in_address(match.start()):
            yield scan.spot(Kind.DATE, *match.span())
    for match in _SHORT.finditer(text):
        day, _sign, month = match.groups()
        if _valid(day, month) and _short_date(scan, match, f"{int(day)}-{int(month)}"):
            yield scan.spot(Kind.DATE, *match.span())


def _short_date(scan: Scan, match: re.Match[str], day: str) -> bool:
    """Tell whether `3/11` is a day: after “op”, and neither an age nor an amount."""
    from bisect import bisect_left

    at = bisect_left(scan.starts, match.start())
    after = bisect_left(scan.starts, match.end())
    before = scan.words[at - 1] if at and scan.gap(at - 1) in {" ", ". ", ": "} else ""
    following = scan.words[after] if after < len(scan.words) else ""
    if day in scan.lexicon.public_days or following in scan.lexicon.date_not_after:
        return False
    return before in scan.lexicon.date_before


def _date(scan: Scan, index: int) -> Iterator[Spot]:
    """Read `maandag 12 maart 2026`, `21e van januari`, `March 12th`."""
    lexicon, all_words = scan.lexicon, scan.words
    first = _day_before(scan, index)
    last, day = index, ""
    if first is not None:
        day = all_words[first]
    else:
        after = _day_after(scan, index)
        if after is None:
            return
        first, last, day = index, after, all_words[index + 1]
    year = last + 1 < len(all_words) and _is_year(scan, last + 1)
    if not year and f"{int(day)}-{lexicon.months[all_words[index]]}" in lexicon.public_days:
        return
    typed = scan.word_typed(index)
    if typed == "Jan" and not year and scan.gap(index)[:1] != ".":
        return
    last += year
    if first and all_words[first - 1] in lexicon.weekdays:
        first -= 1
    yield scan.spot(Kind.DATE, scan.starts[first], scan.ends[last])


def _is_year(scan: Scan, index: int) -> bool:
    word = scan.words[index]
    return len(word) == 4 and word[:2] in {"19", "20"} and word.isdigit() and len(scan.gap(index - 1)) <= 2


def _is_day(word: str) -> bool:
    return len(word) <= 2 and word.isdigit() and 1 <= int(word) <= 31


def _day_before(scan: Scan, index: int) -> int | None:
    at = index - 1
    if at >= 0 and scan.words[at] in scan.lexicon.date_links and scan.gap(at) == " ":
        at -= 1
    if at > 0 and scan.words[at] in scan.lexicon.ordinals and scan.gap(at - 1) == "":
        at -= 1
    if at < 0 or not _is_day(scan.words[at]) or scan.gap(at) not in {" ", "-", "", ". ", "/", "\n"}:
        return None
    before = scan.folded.text[max(0, scan.starts[at] - 1) : scan.starts[at]]
    return None if before in {".", ",", ":"} else at


def _day_after(scan: Scan, index: int) -> int | None:
    """Give the last word of a day after an English month; one is sure by its ending or its year."""
    all_words, lexicon = scan.words, scan.lexicon
    if all_words[index] not in lexicon.english_months or not scan.capital(index):
        return None
    at = index + 1
    if at >= len(all_words) or not _is_day(all_words[at]) or scan.gap(index) != " ":
        return None
    if at + 1 < len(all_words) and all_words[at + 1] in lexicon.ordinals and scan.gap(at) == "":
        return at + 1
    return at if at + 1 < len(all_words) and _is_year(scan, at + 1) else None


def _group(scan: Scan, index: int) -> Iterator[Spot]:
    """Read `groep 5b`, and `groep 5` beside somebody who is in it."""
    all_words, lexicon = scan.words, scan.lexicon
    at = index + 1
    if at >= len(all_words) or all_words[at] not in set("12345678") or scan.gap(index) not in {" ", "-"}:
        return
    if (letter := _letter(scan, at)) is not None:
        yield scan.spot(Kind.GROUP, scan.starts[index], scan.ends[letter])
        return
    if all_words[index] not in lexicon.group_words:
        return
    sign = scan.gap(at)
    if sign in lexicon.group_ranges or (sign == " " and all_words[at + 1] in lexicon.group_ranges):
        return
    if any(word in lexicon.group_persons for word in all_words[max(0, index - _NEAR) : index]):
        yield scan.spot(Kind.GROUP, scan.starts[index], scan.ends[at])


def _letter(scan: Scan, number: int) -> int | None:
    """Give the letter that makes a group exact: the `b` of `5b`, of `5/6b`."""
    words, at = scan.words, number
    while at + 1 < len(words) and scan.gap(at) in {"/", "-"} and words[at + 1] in set("12345678"):
        at += 1
    letter = at + 1
    if letter >= len(words) or scan.gap(at) != "" or len(words[letter]) != 1:
        return None
    return letter if words[letter] in "abcdef" else None


def _address(scan: Scan, index: int) -> Iterator[Spot]:
    """Read `Dorpsstraat 55`, `Oude Gracht 88 bis`, `Laan van Overvest 9`, `12 Church Street`."""
    all_words, lexicon = scan.words, scan.lexicon
    word = all_words[index]
    first, number = index, index + 1
    if word in lexicon.street_words:
        found = _street_of_words(scan, index) or ((index, index + 1) if _placed(scan, index) else None)
        if found is None:
            return
        first, number = found
    elif word in lexicon.not_streets or len(word) < 6:
        return
    if first > 0 and number == index and _is_number(scan, first):
        yield scan.spot(Kind.ADDRESS, scan.starts[first], scan.ends[index])
        return
    if number >= len(all_words) or scan.gap(number - 1) not in {" ", ", "} or not _is_number(scan, number):
        return
    if not word.endswith(lexicon.streets) and not _placed(scan, index):
        return
    end = scan.ends[number]
    following = number + 1
    if following < len(all_words) and scan.gap(number) in {"", "-"} and len(all_words[following]) <= 3:
        end = scan.ends[following]
    yield scan.spot(Kind.ADDRESS, scan.starts[first], end)


def _is_number(scan: Scan, index: int) -> bool:
    word = scan.words[index]
    after = scan.folded.text[scan.ends[index] : scan.ends[index] + 2]
    return word.isdigit() and len(word) <= 4 and word[0] != "0" and not re.match(r"[.,:]\d|%", after)


def _placed(scan: Scan, index: int) -> bool:
    """Tell whether a word such as `Lindenhof` is a street here: a capital, and somewhere to live or to go."""
    before = scan.words[max(0, index - 2) : index]
    return scan.capital(index) and any(word in scan.lexicon.street_before for word in before)


def _street_of_words(scan: Scan, index: int) -> tuple[int, int] | None:
    """Give the first word of a street of several words, and where its number stands."""
    all_words = scan.words
    if not scan.capital(index):
        return None
    if (
        index
        and scan.gap(index - 1) == " "
        and scan.capital(index - 1)
        and all_words[index - 1] not in scan.lexicon.articles
    ):
        first = index - 1
        if first and scan.gap(first - 1) == " " and _is_number(scan, first - 1):
            return first - 1, index
        return first, index + 1
    at = index + 1
    while (
        at < min(len(all_words), index + 4)
        and all_words[at] in scan.lexicon.particles
        and scan.gap(at - 1) == " "
    ):
        at += 1
    named = at > index + 1 and at < len(all_words) and scan.capital(at) and scan.gap(at - 1) == " "
    return (index, at + 1) if named else None
