from dataclasses import replace

import pytest

from stagekit.cli.prompts.listfield import ListField
from stagekit.cli.prompts.lists import Chooser
from stagekit.cli.prompts.page import View, compose, fits
from stagekit.cli.prompts.signs import Signs
from stagekit.cli.prompts.textfield import TextField, Written
from stagekit.cli.prompts.wrapping import columns
from stagekit.interview.prompter import Kind, Option, Prompt

PROMPT = Prompt(
    kind=Kind.LONG_TEXT,
    title="Samenvatting",
    text="Wat zegt de school op haar website over samenwerken met ouders? Vertel het in je eigen woorden.",
    breadcrumb="1 Visie › vraag 5 van 6",
    why="Wie iets in eigen woorden kan vertellen, heeft het begrepen.",
    need="verplicht",
    help=tuple(f"Vraag {number}: wat wil de school met ouders bereiken?" for number in range(8)),
    aside=("Citaat 1: “Samen staan we sterk”", "Citaat 2: \x1b[2J[bold]samen[/bold]"),
)
LIST = replace(PROMPT, kind=Kind.CHOICE, options=tuple(Option(str(n), f"Keuze {n}") for n in range(30)))


def field_of(prompt):
    if prompt.kind is Kind.CHOICE:
        return ListField(Chooser(prompt.options, "", several=False), Signs())
    made = TextField(Signs(), several_lines=True)
    made.update(Written("Een begin. " * 40, 440))
    return made


def screen(view, width, height):
    drawn = compose(view, field_of(view.prompt), width, height)
    return ["".join(text for _style, text in row).rstrip() for row in drawn.rows]


@pytest.mark.parametrize("prompt", [PROMPT, LIST], ids=["text", "list"])
@pytest.mark.parametrize("help_open", [False, True])
@pytest.mark.parametrize("message", ["", "Schrijf minstens een paar woorden, want dit is nog leeg. " * 2])
@pytest.mark.parametrize(
    "size", [(w, h) for w in (10, 20, 40, 80, 120) for h in (4, 7, 12, 17, 18, 24, 40)], ids=str
)
def test_any_window_is_filled_exactly_with_field_and_keys_in_sight(prompt, help_open, message, size):
    width, height = size
    view = View(prompt, notices=[("good", "Bewaard.")], help_open=help_open, message=message, refused=True)
    drawn = compose(view, field_of(prompt), width, height)
    assert len(drawn.rows) == height
    assert 0 <= drawn.cursor.y < height - 1
    rows = ["".join(text for _style, text in row).rstrip() for row in drawn.rows]
    if width >= 20:
        assert max(columns(row) for row in rows[: None if width >= 40 else -1]) <= width
        assert "Enter" in rows[-1] or "Ctrl" in rows[-1]


def test_everything_shows_at_80_by_24():
    rows = "\n".join(screen(View(PROMPT, notices=[("good", "Bewaard.")]), 80, 24))
    for words in (
        "✓ Bewaard.",
        "1 Visie ›",
        "Samenvatting · verplicht",
        "eigen woorden.",
        "begrepen.",
        "Citaat 1",
    ):
        assert words in rows
    assert "[U+001B][2J[bold]samen[/bold]" in rows


def test_help_opens_goes_on_and_closes_by_one_key():
    view = View(PROMPT)
    seen = []
    for _press in range(20):
        view.open_help()
        seen.append("\n".join(screen(view, 80, 24)))
        if not view.help_open:
            break
    assert not view.help_open
    assert all(any(f"Vraag {number}:" in page for page in seen) for number in range(8))
    assert any("Ctrl+G" in page and "Ctrl+B" in page for page in seen)


def test_what_is_cut_in_a_small_window_is_told_and_reached():
    view = View(PROMPT)
    assert "▼ Ctrl+G" in "\n".join(screen(view, 40, 20))
    view.scroll(99)
    assert "▲ Ctrl+G" in "\n".join(screen(view, 40, 20))


def test_a_refusal_shows_by_its_sign_not_by_colour_alone():
    rows = screen(View(PROMPT, message="Schrijf iets.", refused=True), 80, 24)
    assert "  ✗ Schrijf iets." in rows


class TestFits:
    def test_a_short_word_of_praise_never_needs_its_own_page(self):
        assert fits(View(PROMPT, notices=[("good", "Bewaard.")]), field_of(PROMPT), 40, 12)

    def test_a_long_introduction_does(self):
        view = View(PROMPT, notices=[("", "Je zoekt op de website van je school. " * 20)])
        assert not fits(view, field_of(PROMPT), 80, 24)

    def test_bad_news_shows_or_gets_its_own_page(self):
        view = View(PROMPT, notices=[("bad", "De schijf is vol, dit is niet bewaard.")])
        for height in range(6, 30):
            if fits(view, field_of(PROMPT), 60, height):
                assert "✗ De schijf is vol" in "\n".join(screen(view, 60, height))


@pytest.mark.parametrize("prompt", [PROMPT, LIST], ids=["text", "list"])
@pytest.mark.parametrize("size", [(w, h) for w in (38, 80) for h in range(3, 41)], ids=str)
def test_drawing_again_draws_the_same(prompt, size):
    view, field = View(prompt, notices=[("good", "Bewaard.")]), field_of(prompt)
    assert compose(view, field, *size) == compose(view, field, *size)


def test_what_is_needed_has_a_row_of_its_own_where_the_title_leaves_no_room():
    prompt = replace(PROMPT, need="Nodig om compleet te zijn")
    assert "  Samenvatting · Nodig om compleet te zijn" in screen(View(prompt), 80, 24)
    narrow = screen(View(prompt), 36, 24)
    assert narrow[narrow.index(" Samenvatting") + 1] == " Nodig om compleet te zijn"


@pytest.mark.parametrize(
    ("crumb", "shown"),
    [
        ("Soorten contact › Schoolgids · 1 van 8", "Soorten contact › Schoolgids · 1 van 8"),
        ("Soorten contact › Contactsoort 12 · 1 van 10", "Contactsoort 12 · 1 van 10"),
        ("Verdieping: praten met je mentor op school · 1 van 2", "Verdieping: praten met je m… · 1 van 2"),
        ("Verdieping: praten met je mentor op school", "Verdieping: praten met je mentor op s…"),
    ],
)
def test_where_a_question_belongs_keeps_its_number_in_little_room(crumb, shown):
    assert f" {shown}" in screen(View(replace(PROMPT, breadcrumb=crumb)), 40, 24)
