"""How a student answers in the wizard: on pages in a terminal, or in plain lines. Both read what is asked."""

import re
import time
from dataclasses import dataclass

from stagekit.cli.prompts.lists import found
from stagekit.interview.prompter import Kind, Move

from .conftest import Terminal

LETTERS = {
    Move.BACK: "b",
    Move.SKIP: "n",
    Move.JUMP: "o",
    Move.VERSIONS: "r",
    Move.FEEDBACK: "t",
    Move.STOP: "q",
}
WORDS = {Move.BACK: "/back", Move.SKIP: "/skip", Move.JUMP: "/overview", Move.STOP: "/stop"}
CRUMB = re.compile(r" *(.+) · (\d+) (?:of|van) \d+$")


@dataclass
class Seen:
    """What stands there now: all of it, where the question belongs, its number and its label."""

    text: str
    crumb: str = ""
    number: int = 0
    label: str = ""

    def rows(self):
        """Give the options in sight: number and words."""
        return [row.groups() for row in map(self.ROW.match, self.text.splitlines()) if row]

    def find(self, words):
        """Give the number of the option that begins with `words`, a sign before it apart."""
        start = re.compile(rf"(?:[○✓] )?{re.escape(words)}")
        return next((number for number, label in self.rows() if start.match(label)), None)


class SeenPage(Seen):
    ROW = re.compile(r" *(?:» )? *(\d+)  (?:[○●] )?(\S.*)$")


class SeenLines(Seen):
    ROW = re.compile(r"(\d+)\. (\S.*)$")


class Hands:
    """The wizard on one portfolio, started as often as needed."""

    kind = Seen
    size = (80, 24)
    arguments = ()

    def __init__(self, folder, **environment):
        self.folder = folder
        self.environment = environment
        self.terminal = None
        self.crumbs = frozenset()

    def start(self):
        columns, rows = self.size
        command = ["-m", "stagekit", "start", str(self.folder), *self.arguments]
        self.terminal = Terminal(command, self.folder.parent, columns, rows, **self.environment)
        self.mark = 0

    def type(self, *keys):
        self.mark = len(self.terminal.raw)
        self.terminal.type(*keys)

    def choose_number(self, number):
        self.type(str(number), "enter")

    def until(self, ready, what):
        end = time.monotonic() + 20
        while not ready():
            assert time.monotonic() < end, f"waited for {what}\n{self.text()}"
            assert self.terminal.child.isalive(), f"it ended\n{self.text()}"
            self.terminal.read(0.01)

    def read(self):
        text = self.text()
        lines = text.splitlines()
        for index in range(len(lines) - 1, -1, -1):
            crumb = CRUMB.match(lines[index])
            if crumb is not None or lines[index].strip() in self.crumbs:
                title = next((line.strip() for line in lines[index + 1 :] if line.strip()), "")
                where, number = (crumb[1], int(crumb[2])) if crumb else (lines[index].strip(), 0)
                return self.kind(text, where, number, self.label(title))
        return self.kind(text)

    def kill(self, number):
        code = self.terminal.end(number)
        self.terminal.child.close()
        return code

    def over(self):
        """Wait for the end; gives the exit code."""
        return self.terminal.code()


class PageHands(Hands):
    """Pages of 80 by 24, read off the screen."""

    kind = SeenPage

    def text(self):
        return self.terminal.text

    def label(self, title):
        return title.partition(" · ")[0]

    def page(self):
        """Wait for the next page: every one begins by asking for marked pastes, and ends with its keys."""
        self.until(lambda: b"\x1b[?2004h" in self.terminal.raw[self.mark :], "a page")
        self.until(lambda: "Ctrl+" in self.terminal.lines[-1], "the keys")
        return self.read()

    def choose(self, words):
        for _press in range(80):
            seen = self.kind(self.text())
            if (number := seen.find(words)) is not None:
                return self.type(number, "enter")
            self.terminal.type("down").read(0.02)
        raise AssertionError(f"no such option: {words}\n{self.text()}")

    def move(self, move):
        self.type(f"ctrl {LETTERS[move]}")

    def keep(self, kind):
        self.type("ctrl s" if kind is Kind.LONG_TEXT else "enter")

    def half(self, text):
        """Type and wait for it to stand there."""
        self.type(text)
        self.until(lambda: text[-12:] in self.text(), text)

    def give(self, kind, options, raw, begun=""):
        """Answer; `begun` stands in the field already."""
        if kind is Kind.TEXT:
            self.type("\x15", raw, "enter")
        elif kind is Kind.LONG_TEXT and len(raw) > 400:
            self.terminal.paste(raw[len(begun) :])
            self.type("ctrl s")
        elif kind is Kind.LONG_TEXT:
            self.type(raw[len(begun) :].replace("\n", "\r"), "ctrl s")
        elif kind is Kind.SEARCH:
            label = next(option.label for option in options if option.id == raw)
            place = [option.id for option in found(options, label)].index(raw)
            self.type(label, *["down"] * place, "enter")
        else:
            ids = [option.id for option in options]
            several = kind is Kind.CHOICES
            keys = [str(ids.index(one) + 1) + " " * several for one in (raw if several else (raw,))]
            self.type(*keys, "enter")

    def visit_editor(self, text):
        self.type("ctrl e")
        self.page()
        assert text.splitlines()[-1].strip()[-20:] in self.text()
        self.type("ctrl s")


class PlainHands(Hands):
    """Plain lines, read from the last thing typed on."""

    kind = SeenLines
    size = (100, 60)
    arguments = ("--plain",)

    def text(self):
        return self.terminal.raw[self.mark :].decode("utf-8", "replace").replace("\r\n", "\n")

    def label(self, title):
        return title.partition(" (")[0]

    def page(self):
        """Wait for the words one can type, which end every question."""
        self.until(lambda: re.search(r"(?s)/(help|hulp)\b.*\n$", self.text()), "the words")
        return self.read()

    def choose(self, words):
        number = self.kind(self.text()).find(words)
        assert number is not None, f"no such option: {words}\n{self.text()}"
        self.type(number, "enter")

    def move(self, move):
        self.type(WORDS[move], "enter")

    def keep(self, _kind):
        self.type("enter")

    def half(self, text):
        self.type(text)
        self.until(lambda: text[-12:] in self.text(), text)

    def give(self, kind, options, raw, begun=""):
        labels = {option.id: option.label for option in options}
        ids = list(labels)
        if kind is Kind.LONG_TEXT:
            self.type(raw.replace("\n", "\r"), "enter", ".", "enter")
        elif kind is Kind.TEXT:
            self.type(raw, "enter")
        elif kind is Kind.SEARCH:
            self.type(labels[raw], "enter")
        elif kind is Kind.CHOICES:
            self.type(" ".join(str(ids.index(one) + 1) for one in raw) or "0", "enter")
        else:
            self.type(str(ids.index(raw) + 1), "enter")

    def visit_editor(self, _text):
        self.type("/editor", "enter")
