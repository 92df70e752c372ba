"""A whole sitting, from the overview to the end."""

from stagekit.interview import overview
from stagekit.interview.prompter import Move

from .scripted import keep


def test_first_minute_then_first_answer(sit, folder, stored):
    session = sit(
        "Noor van den Berg", "0123456", "De Wilgenhof", "Nieuwegein", "5", "Karin de Wit",
        "visie", "https://school.example/ouders", keep, Move.STOP,
    )  # fmt: skip
    overview.run(session, new=True)
    assert stored("visie")["url"] == "https://school.example/ouders"
    assert stored("visie")["visited_on"].isoformat() == "2026-11-03"
    assert session.identity.student.number == "0123456"
    assert session.identity.mentor.name == "Karin de Wit"
    assert str(folder) in session.prompter.said
    assert "stagekit start" in session.prompter.said
    assert session.prompter.script == []


def test_stop_at_the_choice_of_a_language_stops_and_ctrl_c_asks(sit):
    session = sit("language", Move.INTERRUPT, "on", Move.STOP)
    overview.run(session, new=False)
    assert [prompt.title for prompt in session.prompter.asked[1:]] == [
        "Taal · Language", "Stop for a moment?", "Taal · Language",
    ]  # fmt: skip


def test_everything_may_be_skipped(sit, stored):
    session = sit(*[Move.SKIP] * 6, "stop")
    overview.run(session, new=True)
    assert session.identity.student.name is None
    assert session.prompter.script == []
