"""`stagekit check`, and what refuses, warns and reminds because of it."""

import json
import zipfile

import pytest
import yaml

from stagekit.api.checking import check, sentence
from stagekit.api.portfolios import fill, open_portfolio
from stagekit.checks.consent import Reader
from stagekit.checks.findings import Weight
from stagekit.model.feedback import AssignmentFeedback, Feedback, Reply
from stagekit.store.feedback_folder import add_round, save_reply

PHONE = "06 18 34 56 78"


def write(folder, assignment, old, new):
    """Change an answer in the file, as a person would."""
    (file,) = (folder / "answers").glob(f"*{assignment}.yaml")
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.fixture
def telling(real):
    """The real answers, with a phone number, a further name and a date in the reflection."""
    lines = f"1. Eerst vragen.\n      De moeder van Yusuf Demir belde op 12 maart:\n      {PHONE}."
    write(real, "reflection", "1. Eerst vragen, dan vinden.", lines)
    return real


def findings(stagekit, folder):
    result = stagekit("check", folder, "--json", ok=False)
    document = json.loads(result.out)
    assert result.code == (1 if document["findings"] else 0)
    return document["findings"]


def of_kind(stagekit, folder, kind):
    (found,) = [each for each in findings(stagekit, folder) if each["kind"] == kind]
    return found


def test_the_real_answers_hold_nothing_that_blocks_or_warns(stagekit, real):
    assert {each["weight"] for each in findings(stagekit, real)} <= {"attention"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sample_holds_nothing_at_all(stagekit, language):
    stagekit("demo", "D", "--lang", language)
    shown = stagekit("check", "D").out
    assert "✓" in shown
    assert findings(stagekit, "D") == []


def test_json_names_place_line_words_why_and_what_to_do(stagekit, telling):
    found = of_kind(stagekit, telling, "phone")
    keys = {"id", "weight", "kind", "assignment", "question", "file", "line", "text", "why", "do"}
    assert set(found) == keys
    assert (found["weight"], found["assignment"], found["question"]) == ("block", "reflection", "learned")
    assert found["text"] == PHONE
    line = (telling / found["file"]).read_text(encoding="utf-8").split("\n")[found["line"] - 1]
    assert PHONE in line


def test_a_line_is_right_in_every_way_of_writing_yaml(stagekit, telling):
    (file,) = (telling / "answers").glob("*visie.yaml")
    words = "lange zin zonder iets erin " * 6
    head = "# eigen regel\nassignment: visie\nschema: 1\nanswers:\n  summary: "
    for style in (
        f"|-\n    {words}\n\n    bel\n    {PHONE}",
        f">-\n    {words}\n    en nog\n    bel {PHONE} nu",
        f'"{words}\n    en bel {PHONE}"',
        f"bel {PHONE}",
    ):
        file.write_text(f"{head}{style}\n", encoding="utf-8")
        (found,) = [each for each in findings(stagekit, telling) if each["assignment"] == "visie"]
        assert PHONE in file.read_text(encoding="utf-8").split("\n")[found["line"] - 1], style


def test_output_fits_eighty_columns_and_says_what_to_do_next(stagekit, telling):
    for language in ("nl", "en"):
        shown = stagekit("check", telling, "--lang", language, ok=False).out
        assert all(len(line) <= 80 for line in shown.splitlines()), shown
        assert f"“{PHONE}”" in shown
        assert "stagekit check --accept" in shown
        assert 'stagekit check --alias "Yusuf Demir" --as' in shown
        assert "stagekit start" in shown
        assert "6-reflection.yaml:" in shown


def test_an_accepted_finding_stays_accepted_and_its_reason_shows_in_status(stagekit, telling):
    found = of_kind(stagekit, telling, "phone")
    stagekit("check", telling, "--accept", found["id"], "--reason", "nummer van de bieb")
    assert found["id"] not in [each["id"] for each in findings(stagekit, telling)]
    assert "nummer van de bieb" in stagekit("status", telling).out
    assert "nummer van de bieb" in stagekit("check", telling, ok=False).out
    write(telling, "reflection", "De moeder van", "Nog een regel.\n      En: de moeder van")
    assert found["id"] not in [each["id"] for each in findings(stagekit, telling)]
    write(telling, "reflection", PHONE, "06 18 34 56 79")
    assert of_kind(stagekit, telling, "phone")["id"] != found["id"]


def test_accepting_asks_for_a_known_number_and_a_reason_that_gives_nothing_away(stagekit, telling):
    found = of_kind(stagekit, telling, "phone")
    before = (telling / "portfolio.yaml").read_bytes()
    for arguments in (
        ("--accept", "00000000", "--reason", "zomaar wat"),
        ("--accept", found["id"]),
        ("--accept", found["id"], "--reason", "het is 06 18 34 56 78"),
        ("--reason", "zonder nummer"),
        ("--as", "Kind 1"),
    ):
        result = stagekit("check", telling, *arguments, "--lang", "en", ok=False)
        assert result.code == 2
        assert result.err.strip()
    assert (telling / "portfolio.yaml").read_bytes() == before


def test_a_name_becomes_an_alias_everywhere_and_stays_on_this_computer(stagekit, telling):
    stagekit("check", telling, "--alias", "Yusuf Demir", "--as", "Kind 1")
    assert [each for each in findings(stagekit, telling) if each["kind"] == "relation_name"] == []
    found = of_kind(stagekit, telling, "phone")
    stagekit("check", telling, "--accept", found["id"], "--reason", "verzonnen nummer")
    stagekit("submit", telling)
    (file,) = telling.glob("*.zip")
    with zipfile.ZipFile(file) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist())
        portfolio = yaml.safe_load(archive.read("portfolio.yaml"))
    assert b"Yusuf" not in texts
    assert b"moeder van Kind 1" in texts
    assert portfolio["settings"]["accepted_findings"] == [{"id": found["id"], "reason": "verzonnen nummer"}]


def test_a_name_without_an_alias_of_its_own_reads_as_a_name(stagekit, telling):
    stagekit("check", telling, "--alias", "Yusuf Demir")
    stagekit("render", telling)
    text = (telling / "portfolio.md").read_text(encoding="utf-8")
    assert "Yusuf" not in text
    assert "moeder van [naam]" in text.replace("\\", "")


@pytest.mark.parametrize(
    ("name", "alias"), [("juf", ""), ("", ""), ("Yusuf Demir", "Karin"), ("Yusuf Demir", "x" * 90)]
)
def test_what_is_no_name_and_no_alias_is_refused(stagekit, telling, name, alias):
    arguments = ["--alias", name, *(["--as", alias] if alias else [])]
    assert stagekit("check", telling, *arguments, ok=False).code == 2


def test_others_get_nothing_while_something_blocks(stagekit, telling):
    for command in (
        ("submit", telling),
        ("render", telling, "--for", "mentor"),
        ("render", telling, "--for", "lecturer"),
    ):
        result = stagekit(*command, "--lang", "en", ok=False)
        assert result.code == 2
        assert "6-reflection.yaml:" in result.err
        assert "--accept" in result.err
    assert list(telling.glob("*.zip")) == list(telling.glob("portfolio-*")) == []
    found = of_kind(stagekit, telling, "phone")
    stagekit("check", telling, "--accept", found["id"], "--reason", "van de bibliotheek")
    stagekit("submit", telling)
    stagekit("render", telling, "--for", "mentor")


def test_ones_own_document_is_made_with_one_line_of_warning(stagekit, telling):
    result = stagekit("render", telling, "--lang", "en")
    assert (telling / "portfolio-en.md").is_file()
    (line,) = [line for line in result.err.splitlines() if "stagekit check" in line]
    assert "1 stops handing in" in line


def test_what_nobody_else_reads_does_not_stop_handing_in(stagekit, real):
    write(real, "parent-interview", "Wilde liever niet", f"Bel {PHONE}. Wilde liever niet")  # said no
    assert {each["weight"] for each in findings(stagekit, real)} <= {"attention"}
    stagekit("submit", real)
    write(real, "observation", "Er wordt gemopperd", f"Bel {PHONE}. Er wordt gemopperd")
    stagekit("render", real, "--for", "mentor")  # the mentor does not see the observations
    assert stagekit("submit", real, ok=False).code == 2


def test_a_decision_about_words_that_are_gone_is_not_handed_in(stagekit, telling):
    found = of_kind(stagekit, telling, "phone")
    stagekit("check", telling, "--accept", found["id"], "--reason", "mag echt wel")
    write(telling, "reflection", PHONE, "niets")
    stagekit("submit", telling)
    (file,) = telling.glob("*.zip")
    with zipfile.ZipFile(file) as archive:
        assert found["id"].encode() not in archive.read("portfolio.yaml")


def test_a_schools_own_address_in_a_quote_only_warns(stagekit, real):
    write(
        real, "visie", "Alle gezinnen/ouders zijn welkom op school.", "Mail info@dewilgenhof.example gerust."
    )
    assert of_kind(stagekit, real, "school_contact")["weight"] == "warn"
    stagekit("submit", real)


def test_quotation_marks_in_what_may_only_be_paraphrased(stagekit, real):
    write(real, "mentor-interview", "Ouders wilden huiswerk, het team niet.",
          "Hij zei “ik wil geen huiswerk geven” en dat was het.")  # fmt: skip
    assert of_kind(stagekit, real, "quotation")["question"] == "learning_moments[3].situation"


def test_an_empty_portfolio_has_no_findings(stagekit, tmp_path):
    (tmp_path / "a.yaml").write_text("portfolio: {language: nl}\n", encoding="utf-8")
    stagekit("start", "E", "--answers", "a.yaml")
    assert findings(stagekit, "E") == []
    assert "stagekit status" in stagekit("check", "E").out


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", ""),
        ("Bel ", ".", "Bel 06 12345678."),
        ("woord " * 40, " einde" * 40, "…" + "woord " * 9 + "06 12345678" + " einde" * 9 + "…"),
        ("x" * 200 + " ", " " + "y" * 200, "…06 12345678…"),
    ],
)
def test_the_words_stand_in_their_sentence(tmp_path, before, after, shown):
    text = f"visie:\n  summary: |-\n    {before}06 12345678{after}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    fill(tmp_path / "P", tmp_path / "a.yaml", remember=False)
    checked = check(open_portfolio(tmp_path / "P", remember=False))
    assert [sentence(checked, finding) for finding in checked.findings] == [shown]


def test_an_answer_to_feedback_is_looked_through_too(stagekit, real):
    portfolio = open_portfolio(real, remember=False).portfolio.identity.id
    comment = AssignmentFeedback(comment="Met wie sprak je?")
    feedback = Feedback(portfolio=portfolio, overall="Mooi.", assignments={"observation": comment})
    taken = add_round(real, feedback)
    save_reply(real, taken.id, "overall", Reply(text=f"Bel me: {PHONE}."))
    save_reply(real, taken.id, "observation", Reply(text=f"Met de moeder van Yusuf Demir, {PHONE}."))
    found = [each for each in findings(stagekit, real) if each["kind"] != "sensitive"]
    assert [(each["assignment"], each["text"]) for each in found] == [
        ("overall", PHONE), ("observation", "moeder van Yusuf Demir"), ("observation", PHONE),
    ]  # fmt: skip
    assert {(each["question"], each["file"]) for each in found} == {
        (f"feedback.{taken.id}", f"feedback/{taken.id}.yaml")
    }
    assert "Your answer to feedback" in stagekit("check", real, "--lang", "en", ok=False).out
    refused = stagekit("submit", real, ok=False)
    assert refused.code == 2
    assert PHONE in refused.err
    checked = check(open_portfolio(real, remember=False), Reader.MENTOR)
    assert [each.assignment for each in checked.of(Weight.BLOCK)] == ["overall"]  # no mentor sees part 5
    for each in found:
        stagekit("check", real, "--accept", each["id"], "--reason", "een verzonnen nummer")
    stagekit("submit", real)
