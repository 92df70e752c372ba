"""Numbers and addresses that lead to one person: a citizen service number, phone, IBAN, e-mail, postcode.

They are looked for in folded text, so that every kind of blank and hyphen reads as one; no pattern here can
try again for longer than a fixed number of signs.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from stagekit.checks.findings_scan import Kind, Scan, Spot

_SEP = r"(?: ?[-./:·•_] ?|[ \n])"
_DIGITS = re.compile(r"(?<![^\W_])(?<!\+)(?<!\d[ .,:/-])\d(?:[ .-]?\d){7,8}(?![^\W_]|[ .,:/-]\d)")
_BEFORE = r"(?<![^\W_])(?<!\+)(?<!\d[.,:-])(?<!(?<!\d{8})\d/)"  # `0612345678/0687654321` is two of them
_AFTER = r"(?![^\W_]|[.,:-]\d|/(?!0[1-9])\d)"
_WORLD = rf"\(?(?:\+|00) ?31\)?{_SEP}?(?:\(0\)|0)?{_SEP}?\(?[1-9]\)?(?:{_SEP}?\d){{8}}"
_HOME = rf"\(?0{_SEP}?[1-9](?:\)?{_SEP}?\d){{8}}"
_PHONE = re.compile(rf"{_BEFORE}(?:{_WORLD}|(?P<home>{_HOME})){_AFTER}")
_BARE_WORLD = re.compile(r"(?<![\w+.,-])31[1-9]\d{8}(?!\d)")
_FOREIGN = re.compile(r"(?<![^\W_])\+(?!31)[1-9]\d{0,2}(?:[ .()/-]{0,2}\d){7,12}(?![^\W_]|[.,]\d)")
_PUBLIC_NUMBER = re.compile(r"0(?:800|900|906|909)")
_IBAN = re.compile(r"(?<![^\W_])nl ?\d ?\d[ .-]?[a-z]{4}(?:[ .-]?\d){10}(?![^\W_])")
_FOREIGN_IBAN = re.compile(
    r"(?<![^\W_])(?!nl)[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?(?![^\W_])"
)
_AT = re.compile(r"@| ?[(\[]at[)\]] ?", re.IGNORECASE)
_LOCAL_BACKWARDS = re.compile(r"[\w.+%'-]{1,64}")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w])")
_POSTCODE = re.compile(r"(?<![\w.,+-])([1-9]\d{3})( ?)([a-z]{2})(?![\w-]|\.\w)")
_NO_POSTCODE = {"sa", "sd", "ss"}
_YEARS = range(1900, 2100)
_GROUPS = re.compile(r"\d+")


def numbers(scan: Scan) -> Iterator[Spot]:
    """Give every number and address that leads to one person."""
    yield from _emails(scan)
    if not scan.digits:
        return
    for find in (_ibans, _phones, _bsns, _postcodes):
        yield from find(scan)


def _emails(scan: Scan) -> Iterator[Spot]:
    text = scan.folded.text
    if not ("@" in text or "(at" in text or "[at" in text):  # of all but one text in a hundred
        return
    for at in _AT.finditer(text):
        local = _LOCAL_BACKWARDS.match(text[max(0, at.start() - 64) : at.start()][::-1])
        domain = None if local is None else _DOMAIN.match(text, at.end(), at.end() + 200)
        if local is None or domain is None or not any(char.isalnum() for char in local.group()):
            continue
        name = local.group()[::-1].lstrip("'.-+%")
        yield scan.spot(Kind.EMAIL, at.start() - len(name), domain.end())


def _phones(scan: Scan) -> Iterator[Spot]:
    text = scan.folded.text
    for match in _PHONE.finditer(text):
        digits = "".join(_GROUPS.findall(match.group()))
        if match["home"] and not _usual(match["home"]):
            continue
        if _PUBLIC_NUMBER.match(digits) or scan.said_before(match.start(), scan.lexicon.not_phones):
            continue
        unpaired = match.group().startswith("(") and ")" not in match.group()
        yield scan.spot(Kind.PHONE, match.start() + unpaired, match.end())
    for pattern in (_BARE_WORLD, _FOREIGN):
        for match in pattern.finditer(text):
            if not scan.said_before(match.start(), scan.lexicon.not_phones):
                yield scan.spot(Kind.PHONE, match.start(), match.end())


def _usual(typed: str) -> bool:
    """Tell whether digits stand in groups as a phone number's do, and not as a date or a row of numbers."""
    groups = _GROUPS.findall(typed)
    if len(groups) == 1:
        return True
    if not _colon_fits(typed, groups):
        return False
    if groups[0] == "06":
        return not _is_row(groups) and not _is_date(groups)
    if len(groups[0]) < 2 or any(len(group) < 2 for group in groups[2:]):
        return False
    if len(groups[1]) == 1 and len(groups) < 4:
        return False
    if len(groups) == 5 and len(groups[0]) == 2:  # 01 02 03 04 05
        return False
    return not _is_date(groups)


def _colon_fits(typed: str, groups: list[str]) -> bool:
    """Tell whether a colon stands only as in `06: 1234 5678`, and not as in a time."""
    if ":" not in typed:
        return True
    after = typed.partition(":")[2]
    return (
        ":" not in after
        and typed.lstrip("(").startswith(groups[0] + ":")
        and (after[0] == " " or len(groups[1]) > 2)
    )


def _is_row(groups: list[str]) -> bool:
    """Tell whether numbers only count on, 06 07 08."""
    return all(int(after) == int(before) + 1 for before, after in pairwise(groups))


def _is_date(groups: list[str]) -> bool:
    """Tell whether `06-10-2026 08` is a day and an hour."""
    if [len(group) for group in groups[:3]] != [2, 2, 4]:
        return False
    day, month, year = (int(group) for group in groups[:3])
    return 1 <= day <= 31 and 1 <= month <= 12 and year in _YEARS


def _bsns(scan: Scan) -> Iterator[Spot]:
    text = scan.folded.text
    for match in _DIGITS.finditer(text):
        digits = "".join(_GROUPS.findall(match.group()))
        if scan.in_address(match.start()) or scan.said_before(match.start(), scan.lexicon.not_phones):
            continue
        beside = scan.said_before(match.start(), scan.lexicon.identity_words, far=4)
        if not beside and (len(digits) == 8 or not _in_groups(match.group())):
            continue
        if _passes(digits.zfill(9)):
            yield scan.spot(Kind.BSN, match.start(), match.end())


def _in_groups(typed: str) -> bool:
    """Tell whether nine digits stand as one number, and not as a row of small ones."""
    groups = _GROUPS.findall(typed)
    return len(groups) <= 3 and min(map(len, groups)) > 1 and len(set(re.findall(r"\D", typed))) <= 1


def _passes(digits: str) -> bool:
    from stdnum.nl import bsn

    return bool(bsn.is_valid(digits))


def _ibans(scan: Scan) -> Iterator[Spot]:
    text = scan.folded.text
    for match in _IBAN.finditer(text):
        if _is_iban(match.group()):
            yield scan.spot(Kind.IBAN, *match.span())
    for match in _FOREIGN_IBAN.finditer(text):
        start, end = match.span()
        for _attempt in range(8):  # what follows may be words: “… 70 34 is van haar”
            if _is_iban(text[start:end]):
                yield scan.spot(Kind.IBAN, start, end)
                break
            end = max(text.rfind(sign, start + 5, end) for sign in " .-")
            if end < start + 15:
                break


def _is_iban(typed: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(typed, check_country=False))


def _postcodes(scan: Scan) -> Iterator[Spot]:
    text, lexicon = scan.folded.text, scan.lexicon
    for match in _POSTCODE.finditer(text):
        number, gap, letters = match.groups()
        typed = scan.typed(match.start(3), match.end(3))
        if letters in _NO_POSTCODE or scan.in_address(match.start()):
            continue
        if typed.isupper():
            year = int(number) in _YEARS
            if letters in lexicon.units or (year and gap and _is_year(scan, match.start(), typed)):
                continue
        elif (
            not typed.islower()
            or letters in lexicon.acronyms
            or (gap and not scan.capital_follows(match.end()))
        ):
            continue
        yield scan.spot(Kind.POSTCODE, match.start(), match.end())


def _is_year(scan: Scan, start: int, letters: str) -> bool:
    return letters.lower() in scan.lexicon.acronyms or scan.said_before(start, scan.lexicon.year_words)
