"""Dates as people write them."""

from datetime import date, datetime

import pytest

from stagekit.report.dates import long_date, long_moment, period


@pytest.mark.parametrize(("language", "expected"), [("nl", "6 oktober 2026"), ("en", "6 October 2026")])
def test_a_day(language, expected):
    assert long_date(date(2026, 10, 6), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("nl", "1 maart 2027, 8.05 uur"), ("en", "1 March 2027, 8:05")]
)
def test_a_moment(language, expected):
    assert long_moment(datetime(2027, 3, 1, 8, 5), language) == expected


@pytest.mark.parametrize(("days", "expected"), [
    ([], ""), ([date(2026, 10, 6)], "6 oktober 2026"),
    ([date(2026, 10, 20), date(2026, 10, 6)], "6 – 20 oktober 2026"),
    ([date(2026, 10, 6), date(2026, 11, 3)], "6 oktober – 3 november 2026"),
    ([date(2026, 10, 6), date(2027, 1, 3)], "6 oktober 2026 – 3 januari 2027"),
])  # fmt: skip
def test_a_period(days, expected):
    assert period(days, "nl") == expected
