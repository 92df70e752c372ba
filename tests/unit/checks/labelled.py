"""The labelled sentences: what stands in `[kind|words]` is to be found, and nothing else."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

DATA = Path(__file__).parents[2] / "data"
MARK = re.compile(r"\[([a-z_]+)\|((?:[^\[\]]|\[at\])+)\]")
BLOCK = {"bsn", "phone", "iban", "email"}
ATTENTION = {"sensitive", "group", "private_name"}


@dataclass(frozen=True)
class Sentence:
    where: str
    text: str
    expected: tuple


def sentences(part):
    """Give the sentences of a part, each with (kind, start, end) of what is to be found in it."""
    document = yaml.safe_load((DATA / f"privacy-{part}.yaml").read_text(encoding="utf-8"))
    for where, lines in document.items():
        for line in lines:
            text, expected, done = "", [], 0
            for mark in MARK.finditer(line):
                text += line[done : mark.start()]
                expected.append((mark[1], len(text), len(text) + len(mark[2])))
                text += mark[2]
                done = mark.end()
            yield Sentence(where, text + line[done:], tuple(expected))


def weight_of(kind):
    return "block" if kind in BLOCK else "attention" if kind in ATTENTION else "warn"


@dataclass
class Measure:
    """What was found of what was to be found, per kind and per weight."""

    right: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    notes: list = field(default_factory=list)

    def count(self, sentence, found):
        left = list(found)
        for kind, start, end in sentence.expected:
            hit = next((f for f in left if f[0] == kind and f[1] < end and start < f[2]), None)
            if hit is None:
                self.note(self.missed, "missed", kind, sentence, sentence.text[start:end])
            else:
                left.remove(hit)
                self.right.update([kind, weight_of(kind)])
        for kind, start, end in left:
            self.note(self.wrong, "wrong", kind, sentence, sentence.text[start:end])

    def note(self, counter, word, kind, sentence, words):
        counter.update([kind, weight_of(kind)])
        self.notes.append(f"{word} {kind}: {words!r} in {sentence.text!r}")

    def recall(self, key):
        return self.right[key] / max(1, self.right[key] + self.missed[key])

    def precision(self, key):
        return self.right[key] / max(1, self.right[key] + self.wrong[key])

    def table(self):
        keys = sorted({*self.right, *self.missed, *self.wrong})
        return "\n".join(
            f"{key:15} recall {self.recall(key):.3f}  precision {self.precision(key):.3f}"
            f"  ({self.right[key]} right, {self.missed[key]} missed, {self.wrong[key]} wrong)"
            for key in keys
        )
