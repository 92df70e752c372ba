"""A short date: each language in its own form, and read back wherever it stands in a field."""

from datetime import date, datetime

import pytest

from stagekit.model.dates import short_date
from stagekit.model.values import parse_date


@pytest.mark.parametrize(("language", "written"), [("nl", "6-10-2026"), ("en", "2026-10-06")])
def test_each_language_in_its_own_form(language, written):
    assert short_date(date(2026, 10, 6), language) == written
    assert short_date(datetime(2026, 10, 6, 10, 20), language) == written
    assert parse_date(written) == date(2026, 10, 6)
