"""`stagekit review --import`: what a mentor sent is taken in, once, or refused with nothing changed."""

import json

import pytest

from stagekit.api.portfolios import open_portfolio
from stagekit.checks.feedback import points
from stagekit.checks.seen import seen_hashes

SCRIPT = "<script>alert(1)</script> [red]x[/red] =cmd() {{ 7*7 }} \u202etxt"


def bytes_of(folder):
    """Give every file of a portfolio but those of the save itself."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if ".stagekit" not in name.parts}


def feedback(folder, name="Karin de Wit", date="2026-03-04", *, show=False, overall=None, **said):
    """Make a file as the form does; `said` is assignment to what is said of it, `answers` by question."""
    opened = open_portfolio(folder, remember=False)
    seen = seen_hashes(opened.course, opened.portfolio)
    assignments = {}
    for key, given in said.items():
        id_ = key.replace("_", "-")
        comments = given.pop("answers", {})
        answers = {q: {"comment": text, "seen": seen[f"{id_}.{q}"]} for q, text in comments.items()}
        assignments[id_] = {**given, "seen": seen[id_], "answers": answers}
    return {
        "stagekit_feedback": 1,
        "portfolio": opened.portfolio.identity.id,
        "reviewer": {"name": name, "show_name": show, "date": date},
        **({"overall": overall} if overall else {}),
        "assignments": assignments,
    }


@pytest.fixture
def send(tmp_path):
    """Write a feedback file, as JSON or as given."""

    def write(content):
        file = tmp_path / "feedback.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    return write


def test_a_file_is_taken_in_and_shown(stagekit, real, send):
    visie = {"level": "sufficient", "signed_off": True, "comment": "Bijna af."}
    visie["answers"] = {"summary": "Waarom?"}
    file = send(feedback(real, overall="Mooi gedaan.\n\nGroet, Karin", visie=visie))
    done = stagekit("review", real, "--import", file, "--lang", "en")
    said = ("4 March 2026", "Karin de Wit", "Groet, Karin", "1 Visi", "On level", "signed off", "Bijna af.")
    for wanted in (*said, "Waarom?", "stagekit status", "stagekit start"):
        assert wanted in done.out
    assert "changed since" not in done.out
    (taken,) = open_portfolio(real, remember=False).rounds
    assert taken.id == "001-2026-03-04"
    assert taken.feedback.assignments["visie"].answers["summary"].comment == "Waarom?"


def test_the_same_file_twice_is_taken_in_once(stagekit, real, send):
    file = send(feedback(real, overall="Mooi."))
    stagekit("review", real, "--import", file)
    before = bytes_of(real)
    again = stagekit("review", real, "--import", file, "--lang", "en")
    assert "already" in again.out
    assert bytes_of(real) == before
    less = send(feedback(real, overall="Mooi.", date="2026-05-05"))
    assert "already" in stagekit("review", real, "--import", less, "--lang", "en").out
    assert bytes_of(real) == before


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf\r\n<!DOCTYPE html>", b"%PDF-1.7", b"PK\x03\x04"])
def test_the_report_sent_back_instead_of_the_file_says_what_to_ask_for(stagekit, real, send, content):
    before = bytes_of(real)
    result = stagekit("review", real, "--import", send(content), ok=False)
    assert result.code == 2
    assert "feedback-….json" in result.err
    assert "JSON." not in result.err
    assert bytes_of(real) == before


def test_a_file_where_the_portfolio_should_stand_says_how_it_is_taken_in(stagekit, real, send):
    result = stagekit("review", send(feedback(real, overall="Mooi.")), ok=False)
    assert result.code == 2
    assert "stagekit review --import" in result.err


def test_two_mentors_three_rounds_and_a_change_in_between(stagekit, real, send, tmp_path):
    """Every comment is in its place, the changed ones are marked, nothing is lost."""
    first = feedback(real, visie={"answers": {"summary": "Leg dit uit.", "in_practice": "Mooi voorbeeld."},
                                  "level": "sufficient", "signed_off": True})  # fmt: skip
    stagekit("review", real, "--import", send(first))
    before = bytes_of(real)

    changes = tmp_path / "changes.yaml"
    changes.write_text("visie: {summary: Nu staat er iets anders.}\n")
    stagekit("start", real, "--answers", changes)
    other = feedback(real, "Petra Jansen", "2026-03-10", visie={"answers": {"summary": "Nu is het helder."}},
                     mentor_interview={"comment": "Vraag Petra maar."})  # fmt: skip
    stagekit("review", real, "--import", send(other))
    answers = {"in_practice": "Mooi voorbeeld.", "summary": "Goed zo."}
    third = feedback(real, date="2026-03-17", overall="Klaar!", visie={"answers": answers})
    shown = stagekit("review", real, "--import", send(third), "--lang", "en").out
    assert "Mooi voorbeeld." not in shown  # said before, in the same words
    assert "round 3" in shown

    opened = open_portfolio(real, remember=False)
    assert [taken.id[:3] for taken in opened.rounds] == ["001", "002", "003"]
    found = points(opened.course, opened.portfolio, opened.rounds, typed=True)
    assert [(p.id, p.reviewer, p.text, p.level, p.signed_off, p.changed) for p in found] == [
        ("overall", "Karin de Wit", "Klaar!", None, False, False),
        ("visie", "Karin de Wit", "", "sufficient", True, True),
        ("visie.summary", "Karin de Wit", "Leg dit uit.", None, False, True),
        ("visie.summary", "Petra Jansen", "Nu is het helder.", None, False, False),
        ("visie.summary", "Karin de Wit", "Goed zo.", None, False, False),
        ("visie.in_practice", "Karin de Wit", "Mooi voorbeeld.", None, False, False),
        ("mentor-interview", "Petra Jansen", "Vraag Petra maar.", None, False, False),
    ]
    after = bytes_of(real)
    assert {name: after[name] for name in before if name.parts[0] == "feedback"} == {
        name: data for name, data in before.items() if name.parts[0] == "feedback"
    }


def test_the_name_of_a_reviewer_is_in_no_document(stagekit, real, send, tmp_path):
    changes = tmp_path / "changes.yaml"
    changes.write_text("visie: {summary: Petra Jansen zei dat het zo is.}\n")
    stagekit("start", real, "--answers", changes)
    stagekit("review", real, "--import", send(feedback(real, "Petra Jansen", overall="Groet, Petra")))
    stagekit("render", real, "-f", "md")
    text = (real / "portfolio.md").read_text()
    assert "dat het zo is" in text
    assert "Petra" not in text
    assert "Jansen" not in text


def hostile(folder):
    """Give what must be refused, by what it is."""
    good = feedback(folder, overall="Mooi.", visie={"answers": {"summary": "Waarom?"}})
    text = json.dumps(good)
    deep = text.replace('"Mooi."', "[" * 50_000 + "]" * 50_000)
    scripts = json.loads(text)
    scripts["assignments"]["visie"] = {"level": SCRIPT, "seen": SCRIPT, SCRIPT: 1, "answers": {SCRIPT: {}}}
    return {
        "not a file of ours": b'{"name": "package", "version": "1.0"}',
        "a page": b"<!doctype html><title>x</title>",
        "a list": b"[1, 2]",
        "nothing": b"",
        "bytes": bytes(range(256)),
        "the wrong shape": text.replace('"Mooi."', '{"comment": ["Mooi."]}').encode(),
        "deep": deep.encode(),
        "deep in keys": text.replace('"Mooi."', '{"a":' * 50_000 + "1" + "}" * 50_000).encode(),
        "another portfolio": text.replace(good["portfolio"], "0123456789abcdef").encode(),
        "a key twice": text.replace('"overall":', '"overall": "x", "overall":').encode(),
        "terminal codes": text.replace("Mooi.", "\\u001b[2J\\u001b]0;x\\u0007").encode(),
        "a half character": text.replace("Mooi.", "\\udc9b").encode(),
        "not a number": text.replace('"Mooi."', "NaN").encode(),
        "no such question": text.replace('"summary"', '"sumary"').encode(),
        "no such part": text.replace('"visie"', '"visies"').encode(),
        "a key with codes": text.replace('"summary"', '"\\u001b[31mx"').encode(),
        "scripts": json.dumps(scripts).encode(),
        "a comment without end": text.replace("Mooi.", "x" * 30_000).encode(),
        "cut off": text[:-40].encode(),
        "no feedback": json.dumps({"stagekit_feedback": 1, "portfolio": good["portfolio"]}).encode(),
    }


def test_hostile_files_are_refused_in_a_sentence_with_nothing_changed(stagekit, real, send):
    before = bytes_of(real)
    for what, content in hostile(real).items():
        refused = stagekit("review", real, "--import", send(content), "--lang", "en", ok=False)
        assert refused.code == 2, what
        assert refused.out == "", what
        assert refused.err.strip(), what
        assert "mistake in StageKit" not in refused.err, what
        assert "\x1b" not in refused.err, what
        assert "\x9b" not in refused.err, what
        assert bytes_of(real) == before, what


def test_a_file_of_100_mb_is_refused_unread(stagekit, real, send):
    file = send(b"{")
    with file.open("r+b") as stream:
        stream.truncate(100_000_000)
    refused = stagekit("review", real, "--import", file, "--lang", "en", ok=False)
    assert refused.code == 2
    assert "too large" in refused.err
    assert not (real / "feedback").exists()


def test_the_sentence_says_whose_it_is_and_what_was_meant(stagekit, real, send):
    files = hostile(real)

    def told(what):
        return stagekit("review", real, "--import", send(files[what]), "--lang", "en", ok=False).err

    assert "another portfolio" in told("another portfolio")
    assert "Did you mean “summary”?" in told("no such question")
    assert "feedback.json:1" in told("a key twice")
    assert "Nothing was taken in" in told("cut off")
    assert "no feedback in" in told("no feedback")


def test_scripts_in_the_texts_of_a_good_file_are_text(stagekit, real, send):
    said = {"comment": SCRIPT, "answers": {"summary": SCRIPT}}
    done = stagekit("review", real, "--import", send(feedback(real, SCRIPT, overall=SCRIPT, visie=said)))
    assert "<script>alert(1)</script> [red]x[/red] =cmd()" in done.out
    assert "\x1b" not in done.out
    assert done.out.count("\u202e") == done.out.count("\u202c")  # what turns the direction ends in its line
    (taken,) = open_portfolio(real, remember=False).rounds
    assert taken.feedback.overall == SCRIPT


def test_without_a_terminal_it_says_to_import(stagekit, real):
    refused = stagekit("review", real, "--lang", "en", ok=False)
    assert refused.code == 2
    assert "--import FILE" in refused.err


def test_a_portfolio_that_is_not_there(stagekit, tmp_path):
    refused = stagekit("review", tmp_path / "none", "--import", tmp_path / "none.json", ok=False)
    assert refused.code == 2
