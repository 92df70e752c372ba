"""Prompts in a real terminal, beside bare questionary: to the first question, and from Enter to the next.

Run: python -m tests.benchmarks.bench_prompts
"""

import fcntl
import os
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import pexpect

from stagekit.store.course_files import DEFAULT_COURSE, demo_file
from tests.benchmarks.timing import medians, process, report

ROUNDS = 11
QUESTIONS = 30
TERMINAL = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", "LANG": "C.UTF-8"}
STAGEKIT = str(Path(sys.executable).with_name("stagekit"))
BARE = f"""
import questionary
for number in range({QUESTIONS}):
    questionary.text(f"Question {{number}}.").unsafe_ask()
"""
OURS = f"""
from pathlib import Path
from stagekit.cli.prompts.terminal import TerminalPrompter
from stagekit.interview.prompter import Kind, Prompt
with TerminalPrompter(Path(".")) as prompter:
    for number in range({QUESTIONS}):
        prompter.ask(Prompt(kind=Kind.TEXT, title="Title", text=f"Question {{number}}.", why="A reason."))
"""


class Asker:
    """A program in a terminal that asks one question after the other."""

    def __init__(self, *command, **environment):
        own = {**os.environ, **TERMINAL, **environment}
        self.child = pexpect.spawn(sys.executable, list(command), dimensions=(24, 80), env=own, timeout=30)
        self.child.delaybeforesend = None

    def wait(self, text):
        self.child.expect_exact(text)

    def close(self):
        # pexpect's own way waits a tenth of a second, which would be timed.
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        self.child.ptyproc.fileobj.close()


def first_question(*command, seen, **environment):
    """Give the work of starting a program in a terminal up to where it has written `seen`.

    Without pexpect, which takes longer to begin a program than Python itself takes to begin.
    """

    def run():
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        program = subprocess.Popen(
            [sys.executable, *command], stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True, env={**os.environ, **TERMINAL, **environment},
        )  # fmt: skip
        os.close(theirs)
        written = b""
        while seen.encode() not in written:
            written += os.read(ours, 65_536)  # OSError where the program ended without writing it
        program.kill()
        program.wait()
        os.close(ours)

    return run


class Answering:
    """Answers the questions of a program one by one; the first ones are not timed."""

    def __init__(self, program):
        self.program = program
        self.number = QUESTIONS

    def __call__(self):
        if self.number + 5 >= QUESTIONS:
            self.asker = Asker("-c", self.program)
            self.asker.wait("Question 0.")
            self.number = 0
        for _count in range(5):
            self.number += 1
            self.asker.child.send("yes\r")
            self.asker.wait(f"Question {self.number}.")


class Wizard:
    """Answers the questions on the school guide in `stagekit start` again and again; each answer is saved."""

    def __init__(self, folder, **environment):
        self.asker = Asker(STAGEKIT, "start", folder, **environment)
        self.asker.wait("Stop for today")
        self.asker.child.send("2\r")
        self.asker.wait("1 of 8")
        self.count = 0

    def __call__(self):
        self.count += 1
        for number, answer in enumerate(("Guide {}", "202{}", "https://a.example/{}", "page {}"), 2):
            self.asker.child.send("\x15" + answer.format(self.count) + "\r")
            self.asker.wait(f"{number} of 8")

    def back(self):
        """Go back to the first of these questions."""
        for number in (4, 3, 2, 1):
            self.asker.child.send("\x02")
            self.asker.wait(f"{number} of 8")


def saved_answers(wizard, rounds):
    """Time one answer in the wizard and one in bare questionary, in turns; median seconds of both."""
    bare, times = Answering(BARE), ([], [])
    bare()
    for _round in range(rounds):
        for work, questions, taken in ((wizard, 4, times[0]), (bare, 5, times[1])):
            begin = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begin) / questions)
        wizard.back()
    return statistics.median(times[0]), statistics.median(times[1])


def main():
    """Print the ratios."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is installed has its bytecode
    with tempfile.TemporaryDirectory() as place:
        environment = {"STAGEKIT_CONFIG_DIR": place, "STAGEKIT_LANG": "en"}
        known = f"{place}/known"
        subprocess.run(
            [STAGEKIT, "start", known, "--answers", str(demo_file(DEFAULT_COURSE, "en"))],
            check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment},
        )  # fmt: skip
        works = {
            "import": process(sys.executable, "-c", "import questionary"),
            "bare": first_question("-c", BARE, seen="Question 0."),
            "page": first_question("-c", OURS, seen="Question 0."),
            "wizard": first_question(STAGEKIT, "start", f"{place}/new", seen="Enter", **environment),
            "again": first_question(STAGEKIT, "start", known, seen="Stop for today", **environment),
        }
        taken = medians(works, ROUNDS)
        wizard = Wizard(known, **environment)
        saved = saved_answers(wizard, ROUNDS)
        wizard.asker.close()
    unit = taken["import"]
    rows = [
        ("stagekit start, new, to the first question", taken["wizard"] / unit, 1.6),
        ("stagekit start, known, to the overview", taken["again"] / unit, 1.6),
        ("a page alone, to the first question", taken["page"] / unit, 1.6),
        ("bare questionary, to the first question", taken["bare"] / unit, None),
    ]
    report(f"In units of `python -c 'import questionary'` ({unit * 1000:.0f} ms)", rows)
    # Each call answers five questions; a call that starts a program again is one of the slow ones that
    # the median leaves out.
    answered = medians({"bare": Answering(BARE), "page": Answering(OURS)}, 20)
    ratio = answered["page"] / answered["bare"]
    report(
        f"From Enter to the next question, beside bare questionary ({answered['bare'] / 5 * 1000:.0f} ms)",
        [("a page", ratio, 1.5), ("stagekit start, each answer saved", saved[0] / saved[1], 1.5)],
    )


if __name__ == "__main__":
    main()
