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
