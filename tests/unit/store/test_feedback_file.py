"""A mentor's feedback file: read whole, or refused in a sentence; what it says comes back."""

import contextlib
import copy
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagekit.errors import InvalidInput, StageKitError, UserError
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reviewer
from stagekit.store import json_reader
from stagekit.store.feedback_file import decode_feedback, read_feedback
from stagekit.store.feedback_nodes import MAX_COMMENT
from stagekit.store.feedback_round import new_round, read_round
from tests.unit.store.conftest import make_course, make_identity

COURSE = make_course()
OWN = make_identity().id
GOOD = {
    "stagekit_feedback": 1,
    "portfolio": OWN,
    "reviewer": {"name": "Petra  Jansen", "show_name": True, "date": "2026-03-04"},
    "overall": "Mooi werk.\r\n\r\nGa zo door.\n",
    "assignments": {
        "visie": {
            "level": "sufficient",
            "comment": "Bijna.",
            "signed_off": True,
            "seen": "0123456789abcdef",
            "answers": {
                "summary": {"comment": "Waarom?", "seen": "fedcba9876543210"},
                "url": {"comment": ""},
            },
        },
        "observation": {"level": None, "comment": " ", "answers": {}},
    },
}


def changed(path, value):
    """Give the good file with one value replaced, as bytes."""
    document = copy.deepcopy(GOOD)
    *inner, last = path
    place = document
    for step in inner:
        place = place[step]
    place[last] = value
    return json.dumps(document, indent=1).encode()


def decoded(data):
    return decode_feedback(data, COURSE, OWN)


def test_a_good_file():
    visie = AssignmentFeedback(
        level="sufficient", comment="Bijna.", signed_off=True, seen="0123456789abcdef",
        answers={"summary": AnswerFeedback(comment="Waarom?", seen="fedcba9876543210")},
    )  # fmt: skip
    reviewer = Reviewer(name="Petra Jansen", show_name=True, date="2026-03-04")
    assert decoded(json.dumps(GOOD).encode()) == Feedback(
        portfolio=OWN, reviewer=reviewer, overall="Mooi werk.\n\nGa zo door.", assignments={"visie": visie}
    )


def test_only_the_first_two_must_be_there():
    data = b'\xef\xbb\xbf{"stagekit_feedback": 1, "portfolio": "%s"}' % OWN.encode()
    assert decoded(data) == Feedback(portfolio=OWN)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["stagekit_feedback"], 2, "form 2"),
        (["stagekit_feedback"], "1", "form 1"),
        (["portfolio"], "0" * 16, "another portfolio"),
        (["portfolio"], "\x1b[2J../../etc", "another portfolio"),
        (["portfolio"], 7, "text is expected"),
        (["portfolio"], None, "portfolio"),
        (["reviewer"], "Karin", "group of keys"),
        (["reviewer", "name"], ["Karin"], "text is expected"),
        (["reviewer", "name"], "K" * 121, "too long"),
        (["reviewer", "nmae"], "K", "Did you mean “name”"),
        (["reviewer", "show_name"], "true", "true or false"),
        (["reviewer", "show_name"], 1, "true or false"),
        (["reviewer", "date"], "2026-02-30", "date is expected"),
        (["reviewer", "date"], "4 maart", "date is expected"),
        (["overall"], 3, "text is expected"),
        (["overall"], True, "text is expected"),
        (["overall"], {"comment": "x"}, "text is expected"),
        (["overall"], "x" * (MAX_COMMENT + 1), "too long"),
        (["overall"], "\x1b]0;title\x07", "U+001B"),
        (["overall"], "\u009b31m", "U+009B"),
        (["overall"], "\x00", "U+0000"),
        (["overall"], "\ud800", "U+D800"),
        (["assignments"], [], "group of keys"),
        (["overall"], [], "text is expected"),
        (["reviewer", "show_name"], {}, "true or false"),
        (["assignments", "vise"], {}, "no assignment “vise”. Did you mean “visie”"),
        (["assignments", "../visie"], {}, "not a name"),
        (["assignments", "visie", "level"], "great", "great"),
        (["assignments", "visie", "level"], 5, "text is expected"),
        (["assignments", "visie", "grade"], "8", "Unknown key “grade”"),
        (["assignments", "visie", "reply"], "x", "Unknown key “reply”"),
        (["assignments", "visie", "done"], True, "Unknown key “done”"),
        (["assignments", "visie", "signed_off"], "yes", "true or false"),
        (["assignments", "visie", "seen"], "xyz", "not a mark"),
        (["assignments", "visie", "answers", "sumary"], {}, "no question “sumary”. Did you mean “summary”"),
        (["assignments", "visie", "answers", "summary"], "Waarom?", "group of keys"),
        (["extra"], 1, "Unknown key “extra”"),
        (["\x1b[31m"], 1, "Unknown key"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(english, path, value, sentence):
    with pytest.raises(StageKitError) as caught:
        decoded(changed(path, value))
    assert sentence.lower() in str(caught.value).lower()


def test_every_problem_is_told_at_its_line(english):
    data = b'{"stagekit_feedback": 1,\n"portfolio": "%s",\n"overall": 3,\n"assignments":\n'
    data += b'{"visie":\n{"level": 1}}}'
    with pytest.raises(InvalidInput) as caught:
        decoded(data % OWN.encode())
    found = [(problem.line, problem.path) for problem in caught.value.problems]
    assert found == [(3, "overall"), (6, "assignments.visie.level")]


@pytest.mark.parametrize("data", [b"[]", b'"text"', b"{}", b'{"portfolio": "abcdef0123456789"}', b"1"])
def test_other_json_is_not_feedback(english, data):
    with pytest.raises(UserError, match="not a feedback file"):
        decoded(data)


def test_many_problems_are_bounded():
    many = {f"key{number}": 1 for number in range(9000)}
    start = time.process_time()
    with pytest.raises(InvalidInput) as caught:
        decoded(changed(["assignments", "visie", "answers", "summary"], many))
    assert len(caught.value.problems) <= 25
    assert time.process_time() - start < 5


def test_a_large_file_is_refused_before_it_is_read(tmp_path, english):
    file = tmp_path / "feedback.json"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    start = time.process_time()
    with pytest.raises(InvalidInput, match="too large"):
        read_feedback(file, COURSE, OWN)
    assert time.process_time() - start < 1


def test_what_is_no_file_is_refused(tmp_path, english):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", tmp_path / "absent.json"):
        with pytest.raises(UserError):
            read_feedback(place, COURSE, OWN)


PIECES = [
    b'{"stagekit_feedback": 1, "portfolio": "abcdef0123456789"', b', "overall": ', b', "assignments": {',
    b'"visie": {', b'"answers": {', b'"summary": {', b'"comment": ', b'"text"', b'"\\u001b[31m"', b"null",
    b"true", b"1", b"}", b"}}", b"}}}}", b",", b"[", b"]", b"\xff", b"\xef\xbb\xbf", b'"\\ud800"',
    b'"level": "strong"', b', "reviewer": {"name": "=cmd", "date": "2026-03-04"}',
    b'"seen": "0123456789abcdef"',
]  # fmt: skip


@given(st.binary(max_size=100) | st.lists(st.sampled_from(PIECES), max_size=14).map(b"".join))
def test_any_bytes_are_a_round_or_a_refusal(data):
    with contextlib.suppress(StageKitError):
        comes_back(decoded(data))


TEXT = st.text(max_size=40) | st.text("\n\t :#-|>'\"é😀\x85\u2028", max_size=20)


@given(TEXT, TEXT, TEXT, st.sampled_from([None, "not_yet", "strong"]), st.booleans())
def test_what_is_read_comes_back_from_the_portfolio(name, overall, comment, level, signed):
    document = {
        "stagekit_feedback": 1,
        "portfolio": OWN,
        "reviewer": {"name": name},
        "overall": overall,
        "assignments": {
            "visie": {"level": level, "signed_off": signed, "answers": {"url": {"comment": comment}}}
        },
    }
    with contextlib.suppress(InvalidInput):  # a control character
        comes_back(decoded(json.dumps(document).encode()))


def comes_back(feedback):
    file = read_round(Path("001.yaml"), new_round(feedback, COURSE))
    assert not file.problems
    assert file.round.feedback == feedback


def test_the_bound_leaves_room_for_a_whole_portfolio():
    assert json_reader.MAX_BYTES > 60 * MAX_COMMENT
