"""Whatever bytes stand in a file, StageKit answers or refuses in its own words, and soon."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagekit.errors import StageKitError
from stagekit.store.portfolio_folder import PortfolioFolder
from tests.unit.store.conftest import ANSWERS, make_course, make_identity

COURSE = make_course()
PIECES = [
    b"answers:\n", b"  summary: ", b"  notes:\n", b"    - heard: ",
    b"schema: 1\n", b"assignment: visie\n", b"|\n", b">-\n",
    b"'", b'"', b"\t", b"\n", b"  ", b"&a ",
    b"*a", b"!!python/object ", b"<<: ", b"---\n", b"...", b"%YAML 1.1\n", b"? ",
    b"- ", b": ", b"[", b"]", b"{", b"}", b"#",
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\xc2\x85", b"text", b"3",
    b"id: abcdef0123456789\n", b"course: small\n", b"language: nl\n", b"student: ", b"settings:\n",
]  # fmt: skip
DATA = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = PortfolioFolder(tmp_path_factory.mktemp("bytes") / "p")
    store.create(COURSE, make_identity(), ANSWERS)
    return store


def answer_or_refusal(store, name, data):
    file = store.path / name
    before = file.read_bytes()
    file.write_bytes(data)
    start = time.process_time()
    try:
        for call in (store.load, lambda course: store.save(course, {"visie": {"tone": 5}})):
            with contextlib.suppress(StageKitError):
                call(COURSE)
        return time.process_time() - start
    finally:
        file.write_bytes(before)


@given(DATA)
@settings(max_examples=250, deadline=None)
def test_any_bytes_as_an_answer_file(store, data):
    assert answer_or_refusal(store, "answers/1-visie.yaml", data) < 2


@given(DATA)
@settings(max_examples=250, deadline=None)
def test_any_bytes_as_portfolio_yaml(store, data):
    assert answer_or_refusal(store, "portfolio.yaml", data) < 2


BOMBS = {
    "many unknown keys": b"answers:\n" + b"".join(b"  k%d: x\n" % n for n in range(90_000)),
    "many wrong choices": b"answers:\n  notes:\n    - kinds: [" + b"xxxxxxxxx, " * 19_000 + b"x]\n",
    "many items": b"answers:\n  notes:\n" + b"    - {heard: x, day: y}\n" * 4_500,
    "many broken lines": b"answers:\n" + b"".join(b'  k%d: "\n' % n for n in range(40_000)),
    "many broken chunks": b"answers:\n"
    + b"".join(b"  k%d: [" % n + b"a, " * 400 + b"\n" for n in range(290)),
    "deep": b"answers: " + b"[" * 5_000,
    "a long word": b"answers:\n  " + b"x" * 900_000 + b": 3\n  tone: " + b"y" * 900_000,
    "a long line": b"answers:\n  summary: " + b"word " * 1_000_000,
    "many lines": b"answers:\n  summary: |\n" + b"    # word\n" * 600_000,
    "many comments": b"answers:\n  tone: 3\n" + b"  # word\n" * 600_000,
    "aliases": b"answers: &a [*a, *a]",
    "zeros": b"\0" * 7_000_000,
    "colons": b": " * 2_000_000,
    "question marks": b"? " * 100_000,
    "too large": b"a" * 9_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("file", ["answers/1-visie.yaml", "answers/2-observation.yaml", "portfolio.yaml"])
def test_bombs_are_answered_within_two_seconds(store, file, name):
    assert answer_or_refusal(store, file, BOMBS[name]) < 2
