"""Columns share the width of the page."""

from hypothesis import given
from hypothesis import strategies as st

from stagekit.report.render.word_table import column_widths


class TestTables:
    @given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=5), min_size=1, max_size=8))
    def test_widths_fill_the_page(self, columns):
        widths = column_widths(columns, 9_000)
        assert sum(widths) == 9_000
        assert min(widths) > 0

    def test_long_answers_get_the_room(self):
        short, long = column_widths([["Waar", "gang"], ["Gehoord", "woord " * 40]], 9_000)
        assert long > 2 * short

    def test_a_date_and_a_time_take_two_lines(self):
        times, notes = ["Wanneer", "24 september 2026, 10.20 uur"], ["Gehoord", "woord " * 40]
        when, heard = column_widths([times, notes], 9_000)
        assert when >= 15 * 100
        assert heard > 2 * when
