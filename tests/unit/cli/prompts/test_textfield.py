import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.cli.prompts.signs import Signs
from stagekit.cli.prompts.textfield import TextField, Written


def field(text, cursor=None, several_lines=True, **settings):
    made = TextField(Signs(), several_lines=several_lines, **settings)
    made.update(Written(text, len(text) if cursor is None else cursor))
    return made


def screen(drawn):
    return ["".join(text for _style, text in row) for row in drawn.rows]


def inside(drawn):
    return [row[2:-2].rstrip() for row in screen(drawn)[1:-1]]


@given(
    st.text(st.sampled_from("ab \n\té日\x1b"), max_size=60), st.data(), st.integers(9, 30), st.integers(4, 9)
)
def test_draws_exactly_what_it_gets_with_the_cursor_inside(text, data, width, height):
    drawn = field(text, data.draw(st.integers(0, len(text)))).draw(width, height)
    assert len(drawn.rows) == height
    assert 1 <= drawn.cursor.y < height - 1
    assert 2 <= drawn.cursor.x < width - 1


@given(st.text(st.sampled_from("ab \n"), max_size=80), st.data(), st.sampled_from([-1, 1]))
def test_up_and_down_stay_in_the_text_and_come_back(text, data, step):
    made = field(text, data.draw(st.integers(0, len(text))))
    made.draw(15, 6)
    offset = made.vertical(step)
    assert 0 <= offset <= len(text)


def test_up_goes_one_row_of_the_screen_and_keeps_the_column():
    text = "aaaa bbbb cc dddd eeee"
    made = field(text, len(text))
    assert inside(made.draw(15, 6)) == ["aaaa bbbb", "cc dddd", "eeee", ""]
    up = made.vertical(-1)
    assert text[:up].endswith("cc d")
    made.update(Written(text, up))
    assert text[: made.vertical(-1)].endswith("aaaa")


def test_a_long_text_scrolls_to_the_cursor():
    made = field("\n".join(str(n) for n in range(100)))
    assert inside(made.draw(20, 6)) == ["96", "97", "98", "99"]
    made.update(Written(made.written.text, 0))
    assert inside(made.draw(20, 6)) == ["0", "1", "2", "3"]


def test_home_and_end_are_those_of_the_row():
    text = "aaaa bbbb cc dddd"
    made = field(text, 12)
    made.draw(15, 6)
    assert (made.edge(end=False), made.edge(end=True)) == (10, 17)
    made.update(Written(text, 3))
    assert (made.edge(end=False), made.edge(end=True)) == (0, 9)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_counts_words(monkeypatch, language):
    monkeypatch.setattr("stagekit.i18n._active", language)
    assert " 3 wo" in screen(field("een twee\n\ndrie").draw(40, 6))[-1]
    assert "60" in screen(field("een", max_words=60).draw(40, 6))[-1]


def test_a_very_long_text_is_counted_after_a_pause(english):
    made = field("word " * 10_000)
    made.draw(40, 6)
    made.update(Written("word " * 10_001, 0))
    assert "10000 words" in screen(made.draw(40, 6))[-1]
    made.count()
    assert "10001 words" in screen(made.draw(40, 6))[-1]


def test_what_cannot_be_saved_stands_out():
    drawn = field("a\udcffb").draw(30, 5)
    assert ("class:unsavable", "[U+DCFF]") in drawn.rows[1]


def test_what_is_marked_shows():
    made = field("")
    made.update(Written("een twee", 8, (4, 8)))
    assert ("class:marked", "twee") in made.draw(30, 5).rows[1]


def test_a_short_field_has_no_frame_where_there_is_no_room():
    drawn = field("abc", several_lines=False).draw(20, 1)
    assert screen(drawn) == ["» abc"]
    assert drawn.cursor == (5, 0)


def test_a_short_field_says_what_it_is_for():
    assert "type to search" in screen(field("", several_lines=False, note="type to search").draw(40, 3))[2]
