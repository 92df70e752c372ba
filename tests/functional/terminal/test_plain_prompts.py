"""Every kind of question in plain lines, as a screen reader reads them out."""

import signal
import subprocess
import sys
import time

import pytest

KINDS = ("text", "long_text", "choice", "choices", "search", "menu")
WORDS = {"/back": "back", "/skip": "skip", "/overview": "jump", "/earlier": "versions", "/stop": "stop"}


@pytest.fixture
def plain(asking):
    def start(*kinds, **settings):
        return asking(*kinds, "--plain", rows=200, columns=100, **settings)

    return start


def test_nothing_moves_and_nothing_is_coloured(plain):
    terminal = plain(*KINDS).see("/help")
    terminal.type("https://a.nl", "enter", "enter", "enter", "enter", "cafe", "enter", "enter", "enter")
    assert terminal.replies() == ["https://a.nl", "First words.", "door", ["door"], "c24", "door"]
    assert b"\x1b" not in terminal.raw
    assert b"\b" not in terminal.raw


@pytest.mark.parametrize("key", ["ctrl c", "ctrl d"])
def test_ctrl_c_and_ctrl_d_ask_where_to_go(plain, key):
    terminal = plain("text", "long_text")
    for number in range(2):
        terminal.asked(number).see("/help").type(key)
    assert terminal.replies() == [{"move": "interrupt"}] * 2
    assert b"Traceback" not in terminal.raw


def test_every_move_has_its_word(plain):
    terminal = plain(*(kind for kind in KINDS for _word in WORDS)).see("/stop")
    for _kind in KINDS:
        for word in WORDS:
            terminal.type(word, "enter")
    assert terminal.replies() == [{"move": move} for move in WORDS.values()] * len(KINDS)


def test_help(plain):
    terminal = plain("choice").see("/help").type("?", "enter").see("What does the school want to achieve")
    terminal.see("/stop: stop for now").type("3", "enter")
    assert terminal.replies() == ["class"]


def test_long_text_ends_with_a_single_full_stop(plain):
    terminal = plain("long_text").see("Now (2 words):")
    terminal.type("One.", "enter", "enter", "..", "enter", "//stop", "enter").see("//stop")
    assert terminal.draft() == "One.\n\n.\n/stop\n"
    terminal.type(".", "enter")
    assert terminal.replies() == ["One.\n\n.\n/stop"]


def test_long_text_can_be_added_to_or_cleared(plain):
    terminal = plain("long_text", "long_text").see("/more")
    terminal.type("/more", "enter", "And more.", "enter", ".", "enter")
    terminal.asked(1).type("/clear", "enter")
    assert terminal.replies() == ["First words.\nAnd more.", ""]


def test_a_line_beyond_the_terminals_own_limit_comes_through_whole(plain):
    text = "één woord " * 1500 + "end"
    terminal = plain("text", "long_text").see("/help").type(text + "\r").asked(1).see("/more")
    terminal.type(f"{text}\r\r{text}\r.\r")
    assert terminal.replies() == [text, f"{text}\n\n{text}"]


def test_what_was_typed_can_be_erased(plain):
    terminal = plain("text").see("/help").type("abc één\x7f\x7f\x7ftwee\x1b[D\x17drie\x7fm", "enter")
    assert terminal.replies() == ["abc drim"]


def test_invalid_utf8_is_shown_and_refused(plain):
    terminal = plain("text").see("/help")
    terminal.child.send(b"ab\xff\r")
    terminal.see("ab[U+DCFF]").see("cannot be saved").type("abc", "enter")
    assert terminal.replies() == ["abc"]


def test_choices_by_number_and_by_name(plain):
    terminal = plain("choices", "choices", "choice", "menu").see("/help").type("3, 1", "enter", "0", "enter")
    terminal.type("9", "enter").see("from 1 to 3").type("In class", "enter", "1", "enter")
    assert terminal.replies() == [["yard", "class"], [], "class", "yard"]


def test_searching(plain):
    terminal = plain("search").see("search").type("zzz", "enter").see("Nothing found").type("raad", "enter")
    terminal.see("2. Ouderraad").type("2", "enter")
    assert terminal.replies() == ["c11"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it_in_order(plain, number):
    terminal = plain("long_text").see("/help").type("Half a sen").see("Half a sen")
    time.sleep(0.1)
    assert terminal.end(number) == 128 + number
    assert (terminal.folder / "ended").exists()
    assert terminal.draft() == "Half a sen"
    assert b"Traceback" not in terminal.raw


def test_an_input_that_is_over_ends_it(tmp_path):
    program = [sys.executable, "-m", "tests.functional.terminal.asking", str(tmp_path)]
    done = subprocess.run(
        [*program, *["text"] * 50, "--plain"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (tmp_path / "ended").exists()
    assert "The input has ended" in done.stderr
