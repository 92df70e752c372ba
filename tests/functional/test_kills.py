"""Killed at any moment, nothing confirmed is lost, nothing is half written, and the next save works."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stagekit.api.portfolios import open_portfolio
from tests.functional.conftest import REAL_ANSWERS

STAGEKIT = str(Path(sys.executable).with_name("stagekit"))
needs_signals = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not on Windows")


def heard(folder):
    opened = open_portfolio(folder, remember=False)
    assert opened.problems == ()
    assert len(opened.portfolio.answers) == 6
    return [note["heard"] for note in opened.portfolio.answers["observation"]["notes"]]


def run_and_kill(command, delay):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def kill_notes(folder, times, seed):
    dice = random.Random(seed)
    begin = time.perf_counter()
    subprocess.run(
        [STAGEKIT, "note", "first", "--folder", str(folder)], check=True, stdout=subprocess.DEVNULL
    )
    longest = time.perf_counter() - begin
    confirmed = ["first"]
    for number in range(times):
        text = f"note {number}"
        if run_and_kill([STAGEKIT, "note", text, "--folder", str(folder)], dice.uniform(0, longest)) == 0:
            confirmed.append(text)
        notes = heard(folder)
        assert [text for text in confirmed if text not in notes] == []
    subprocess.run([STAGEKIT, "note", "last", "--folder", str(folder)], check=True, stdout=subprocess.DEVNULL)
    assert heard(folder)[-1] == "last"
    leftovers = [file.name for file in folder.rglob("*") if "tmp-" in file.name]
    assert leftovers == []


@needs_signals
def test_notes_killed_a_few_times(real):
    kill_notes(real, 8, seed=1)


@needs_signals
@pytest.mark.slow
def test_notes_killed_many_times(real):
    kill_notes(real, 200, seed=2)


def kill_starts(place, times, seed):
    dice = random.Random(seed)
    folder = place / "new"
    command = [STAGEKIT, "start", str(folder), "--answers", str(REAL_ANSWERS)]
    for _number in range(times):
        run_and_kill(command, dice.uniform(0, 0.5))
        if (folder / "portfolio.yaml").exists():
            break
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert len(heard(folder)) == 4


@needs_signals
def test_a_new_portfolio_killed_a_few_times_is_whole_in_the_end(tmp_path):
    kill_starts(tmp_path, 4, seed=3)


@needs_signals
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_a_new_portfolio_killed_many_times_is_whole_in_the_end(tmp_path, seed):
    kill_starts(tmp_path, 6, seed)


@needs_signals
def test_two_at_once_lose_nothing(real):
    commands = [[STAGEKIT, "note", f"window {number}", "--folder", str(real)] for number in range(6)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait() for process in running] == [0] * 6
    assert {f"window {number}" for number in range(6)} <= set(heard(real))
