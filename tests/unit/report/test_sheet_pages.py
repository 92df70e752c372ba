"""The pages of a sheet: full, balanced, and nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from stagekit.report.sheet import Blank, Blanks, Boxes, Title, Writing
from stagekit.report.sheet_pages import HEIGHT, LINE, NOTE_LINES, TALK_LINES, Part, _height, paginate
from stagekit.report.tree import Paragraph, Plain

WRITING = st.builds(
    Writing,
    id=st.just("q"),
    prompt=st.text("abc ", min_size=1, max_size=200),
    hints=st.lists(st.text("abc ", min_size=1, max_size=90), max_size=4).map(tuple),
)
OTHER = st.sampled_from(
    [Title("Ouder 1", "Hoe?"), Blanks((Blank("a", "A"), Blank("b", "B"))), Boxes("c", "C", ())]
)
PARTS = st.lists(
    st.builds(Part, st.lists(WRITING | OTHER, min_size=1, max_size=8).map(tuple), st.booleans()),
    min_size=1,
    max_size=5,
)


def contents(blocks):
    """List what stands there, whatever its lines, without titles that stand again."""
    return [
        block.prompt if isinstance(block, Writing) else block
        for block in blocks
        if not isinstance(block, Title)
    ]


@given(PARTS)
def test_nothing_is_lost_and_the_order_stays(parts):
    pages = paginate(parts)
    assert contents(b for page in pages for b in page.blocks) == contents(
        b for part in parts for b in part.blocks
    )


@given(PARTS)
def test_no_page_is_overfull_unless_one_block_is(parts):
    for page in paginate(parts):
        assert (
            _height(page.blocks) <= HEIGHT
            or len(contents(page.blocks)) <= 1
            or any(p.repeated for p in parts)
        )


@given(PARTS)
def test_every_answer_has_its_lines_and_full_pages_have_no_room_left(parts):
    for page in paginate(parts):
        writing = [block for block in page.blocks if isinstance(block, Writing)]
        assert all(block.lines >= min(TALK_LINES, NOTE_LINES) for block in writing)
        if writing and _height(page.blocks) <= HEIGHT:
            assert HEIGHT - _height(page.blocks) < LINE


def test_short_items_follow_on_and_talks_begin_a_page():
    short = Part((Title("Notitie", level=3), Writing("h", "Gehoord")), repeated=True)
    talk = Part((Title("Ouder"), Writing("q", "Hoe?")))
    assert len(paginate([short] * 4)) == 1
    assert len(paginate([talk] * 4)) == 4


def test_a_talk_over_two_pages_is_cut_where_answers_get_most_lines():
    questions = tuple(Writing(str(n), "Vraag?", ("a",) * 3) for n in range(4))
    first, second = paginate([Part((Title("Ouder 1", "Hoe?"), *questions * 1, Writing("x", "Laatste?")))])
    lines = [b.lines for page in (first, second) for b in page.blocks if isinstance(b, Writing)]
    assert max(lines) - min(lines) <= 4
    assert second.blocks[0] == Title("Ouder 1", level=3)


def test_what_is_known_takes_from_the_lines():
    known = Writing("q", "Hoe?", prose=(Paragraph((Plain("woord " * 300),)),))
    (page,) = paginate([Part((known,))])
    (empty,) = paginate([Part((Writing("q", "Hoe?"),))])
    assert 2 <= page.blocks[0].lines < empty.blocks[0].lines
