"""Whatever way a person takes, nothing breaks and what is on disk is what was given."""

import random

import pytest

from stagekit.interview import overview
from stagekit.interview.prompter import Given, Kind, Move

from .scripted import Scripted

TEXTS = [
    "A short one.",
    "Two\n\nparagraphs — 🙂\n",
    "https://a.example/x",
    "6-10-2026",
    "no",
    "0123",
    "# x: [y]",
    "",
]


class Wanderer(Scripted):
    """Gives any reply that fits, or any move, by chance; stops after a while."""

    def __init__(self, seed, length, stop=(Move.STOP,)):
        super().__init__()
        self.chance = random.Random(seed)
        self.left = length
        self.stop = stop

    def ask(self, prompt):
        self.check_shape(prompt)
        self.left -= 1
        if self.left < 0:
            return self.chance.choice(self.stop)
        if prompt.moves and self.chance.random() < 0.2:
            return self.chance.choice(
                [move for move in (*prompt.moves, Move.INTERRUPT) if move is not Move.STOP]
            )
        reply = self.reply(prompt)
        self.check_reply(prompt, reply.value)
        return reply

    def reply(self, prompt):
        ids = [option.id for option in prompt.options if option.id not in {"stop", "language", "portfolio"}]
        if prompt.kind is Kind.CHOICES:
            return Given(tuple(self.chance.sample(ids, self.chance.randint(0, min(3, len(ids))))))
        if prompt.options:
            return Given(self.chance.choice(ids))
        fitting = [text for text in (*TEXTS, prompt.initial) if prompt.check(text) is None]
        text = self.chance.choice(fitting)
        if self.chance.random() < 0.3:
            prompt.changed(text[: len(text) // 2])
        return Given(text)


@pytest.mark.parametrize("seed", range(12))
def test_any_way(seed, sit, course, stored):
    session = sit()
    session.prompter = Wanderer(seed, 150)
    overview.run(session, new=seed % 3 == 0)
    for assignment in course.assignments:
        assert dict(stored(assignment.id)) == dict(session.of(assignment.id))
    assert session.unsaved == {}
    assert session.drafts.failed is False


@pytest.mark.parametrize("seed", range(6))
def test_two_windows_any_way(seed, sit, course, stored):
    """Two windows take turns; in the end both see the same, and no list lost an item by accident."""
    first, second = sit(), sit()
    first.prompter = Wanderer(seed, 60)

    class Interrupted(Wanderer):
        def ask(self, prompt):
            if self.left % 10 == 0 and first.prompter.left > 0:
                first.prompter.left = min(first.prompter.left, 15)
                overview.run(first, new=False)
                first.prompter.left = 15
            return super().ask(prompt)

    second.prompter = Interrupted(seed + 100, 60)
    overview.run(second, new=False)
    for session in (first, second):
        session.refresh()
        for assignment in course.assignments:
            assert dict(stored(assignment.id)) == dict(session.of(assignment.id))
