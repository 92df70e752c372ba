"""Feedback on the student's side: in status, in documents, in what is handed in; what the mentor may see."""

import json
import zipfile
from pathlib import Path

import pytest

from stagekit.api.portfolios import open_portfolio
from stagekit.checks.seen import seen_hashes
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reply, Reviewer
from stagekit.store.feedback_folder import add_round, load_rounds, save_reply

PHONE, MAIL = "06-18345678", "karin@school.example"
NASTY = "\u202eterug <script>alert(1)</script> [x](javascript:alert(1))"


@pytest.fixture
def commented(real):
    """The real portfolio with a round: the summary changed since, the part is signed off."""
    opened = open_portfolio(real, remember=False)
    seen = seen_hashes(opened.course, opened.portfolio)
    answers = {
        "summary": AnswerFeedback(comment="Wat zie je er zelf van?", seen="0" * 16),
        "quotes": AnswerFeedback(comment="Goed gekozen.", seen=seen["visie.quotes"]),
    }
    visie = AssignmentFeedback(level="sufficient", signed_off=True, seen=seen["visie"], answers=answers)
    reviewer = Reviewer(name="Bram Oosterhuis", date="2026-12-04")
    identity, parts = opened.portfolio.identity, {"visie": visie}
    feedback = Feedback(
        portfolio=identity.id, reviewer=reviewer, overall="Ga zo door, Noor.", assignments=parts
    )
    return add_round(real, feedback, opened.course)


class TestStatus:
    def test_level_signature_and_open_points_at_their_assignment(self, stagekit, real, commented):
        lines = stagekit("status", real, "--lang", "en").out.splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("✓ 1 "))
        text = " ".join(" ".join(lines[start : start + 7]).split())
        assert "Feedback: on level, signed off, 2 open points" in text
        about = "(Bram Oosterhuis, 4 December 2026, changed since feedback)"
        assert f"Summary: Wat zie je er zelf van? {about}" in text
        assert "Goed gekozen. (Bram Oosterhuis, 4 December 2026)" in text
        assert any("Ga zo door, Noor." in line for line in lines)

    def test_what_is_done_is_no_longer_listed(self, stagekit, real, commented):
        save_reply(real, commented.id, "visie.summary", Reply(text="Gedaan.", done=True))
        shown = stagekit("status", real, "--lang", "en").out
        assert "1 open point\n" in shown
        assert "Wat zie je er zelf van?" not in shown

    def test_json_keeps_its_keys_and_adds_feedback_where_there_is_any(self, stagekit, real, commented):
        first, second, *_ = json.loads(stagekit("status", real, "--json").out)["assignments"]
        assert first["feedback"] == {"level": "sufficient", "signed_off": True, "changed": False, "open": 2}
        assert list(first)[:4] == list(second) == ["id", "complete", "missing", "advised"]

    def test_a_signed_assignment_that_changes_says_so(self, stagekit, real, commented):
        file = real / "answers" / "1-visie.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("visited_on: 2026-10-06", "visited_on: 2026-10-07"), encoding="utf-8")
        assert "signed off, changed since" in stagekit("status", real, "--lang", "en").out
        first = json.loads(stagekit("status", real, "--json").out)["assignments"][0]
        assert first["feedback"]["changed"] is True

    def test_nothing_of_it_without_feedback(self, stagekit, real):
        assert "eedback" not in stagekit("status", real).out


class TestDocuments:
    FORMATS = ("-f", "md", "-f", "html", "-f", "txt", "-f", "docx")

    def test_a_file_of_its_own_and_the_usual_one_stays_as_it_is(self, stagekit, real, commented):
        stagekit("render", real, *self.FORMATS, "-o", "with")
        (file,) = (real / "feedback").iterdir()
        file.unlink()
        stagekit("render", real, *self.FORMATS, "-o", "without")
        for made in sorted(Path("without").iterdir()):
            assert (Path("with") / made.name).read_bytes() == made.read_bytes()

    @pytest.mark.parametrize("reader", ["student", "mentor", "lecturer"])
    def test_for_every_reader_by_alias(self, stagekit, real, commented, reader):
        formats = ("-f", "md", "-f", "html", "-f", "txt")
        stagekit("render", real, *formats, "--feedback", "--for", reader, "-o", "o")
        name = "portfolio" if reader == "student" else f"portfolio-{reader}"
        for ending in ("md", "html", "txt"):
            text = (Path("o") / f"{name}-feedback.{ending}").read_text(encoding="utf-8")
            assert "Wat zie je er zelf van?" in text
            assert "Oosterhuis" not in text

    def test_where_there_is_none_it_says_how_to_get_it(self, stagekit, real):
        result = stagekit("render", real, "-f", "md", "--feedback", "--lang", "en")
        assert "stagekit review" in result.err
        assert (real / "portfolio-feedback.md").exists() or (real / "portfolio-feedback-en.md").exists()


class TestWhatTheMentorMaySee:
    def test_said_before_it_is_written_and_chosen_for_good(self, stagekit, real):
        err = " ".join(stagekit("render", real, "--for", "mentor").err.split())
        assert "Not in it: Observeren." in err or "Niet erin: Observeren." in err
        assert "--show observation" in err
        assert "Observeren" not in headings(real)
        stagekit("render", real, "--for", "mentor", "--show", "5", "--hide", "visie")
        assert headings(real) & {"Visie", "Observeren"} == {"Observeren"}
        stagekit("render", real, "--for", "mentor")
        assert headings(real) & {"Visie", "Observeren"} == {"Observeren"}

    def test_a_part_may_be_called_by_its_title(self, stagekit, real):
        stagekit("render", real, "--for", "mentor", "--show", "Observeren", "--hide", "visie")
        assert headings(real) & {"Visie", "Observeren"} == {"Observeren"}

    def test_the_page_says_where_it_goes_and_other_formats_which_page_to_make(self, stagekit, real):
        err = " ".join(stagekit("render", real, "--for", "mentor", "-f", "html").err.split())
        assert "portfolio-mentor.html" in err
        assert "stagekit review --import" in err
        err = " ".join(stagekit("render", real, "--for", "mentor", "-f", "md").err.split())
        assert "stagekit render --for mentor -f html" in err.partition("observation")[2]

    def test_none_of_it_is_a_choice(self, stagekit, real):
        every = [option for number in range(1, 7) for option in ("--hide", str(number))]
        said = stagekit("render", real, "--for", "mentor", "-f", "html", *every).err
        assert "review --import" not in said  # nothing to send to anybody
        stagekit("render", real, "--for", "mentor")
        assert not headings(real) & {"Visie", "Reflectie"}

    @pytest.mark.parametrize("arguments", [
        ("--show", "visie"), ("--for", "mentor", "--show", "visei"),
        ("--for", "mentor", "--show", "visie", "--hide", "1"),
    ])  # fmt: skip
    def test_refused_with_nothing_changed(self, stagekit, real, arguments):
        before = (real / "portfolio.yaml").read_bytes()
        assert stagekit("render", real, *arguments, ok=False).code == 2
        assert (real / "portfolio.yaml").read_bytes() == before
        assert not (real / "portfolio-mentor.md").exists()


def headings(folder):
    lines = (folder / "portfolio-mentor.md").read_text(encoding="utf-8").splitlines()
    return {line.partition(". ")[2] for line in lines if line.startswith("## ")}


class TestHandingIn:
    def test_the_rounds_go_along_with_aliases(self, stagekit, real, commented):
        reply = Reply(text="Vroeg ik Bram en Karin de Wit.", done=True)
        save_reply(real, commented.id, "visie.summary", reply)
        stagekit("submit", real, "-o", "o")
        (file,) = Path("o").iterdir()
        with zipfile.ZipFile(file) as archive:
            archive.extractall("in")
        text = (Path("in") / "feedback" / f"{commented.id}.yaml").read_text(encoding="utf-8")
        assert not any(name in text for name in ("Bram", "Oosterhuis", "Karin", "de Wit"))
        (taken,) = load_rounds(Path("in")).rounds
        visie = taken.feedback.assignments["visie"]
        assert (visie.level, visie.signed_off) == ("sufficient", True)
        assert taken.replies["visie.summary"].done
        manifest = json.loads((Path("in") / "manifest.json").read_text(encoding="utf-8"))
        assert f"feedback/{commented.id}.yaml" in manifest["files"]

    def test_a_phone_number_of_the_mentor_goes_nowhere(self, stagekit, real, commented):
        said = f"Bel me op {PHONE}, of {MAIL}."
        (file,) = (real / "feedback").iterdir()
        file.write_text(file.read_text(encoding="utf-8").replace("Ga zo door, Noor.", said), encoding="utf-8")
        stagekit("submit", real, "-o", "o")
        (zipped,) = Path("o").iterdir()
        with zipfile.ZipFile(zipped) as archive:
            packed = archive.read(f"feedback/{commented.id}.yaml").decode()
        stagekit("render", real, "-f", "md", "--feedback", "--for", "lecturer", "-o", "o")
        document = Path("o/portfolio-lecturer-feedback.md").read_text(encoding="utf-8")
        for text in (packed, document):
            assert text.count("Bel me op ") == 1
            assert PHONE not in text
            assert MAIL not in text
        stagekit("render", real, "-f", "txt", "--feedback", "-o", "o")
        assert PHONE in Path("o/portfolio-feedback.txt").read_text(encoding="utf-8")

    def test_the_lecturer_sees_which_answers_changed_since(self, stagekit, real, commented):
        stagekit("submit", real, "-o", "o")
        (file,) = Path("o").iterdir()
        with zipfile.ZipFile(file) as archive:
            archive.extractall("in")
        theirs, ours = (json.loads(stagekit("status", each, "--json").out) for each in ("in", real))
        assert theirs == ours
        shown = " ".join(stagekit("status", "in", "--lang", "en").out.split())
        assert shown.count("changed since feedback") == 1


def test_nothing_in_a_comment_reaches_the_terminal_as_a_command(stagekit, real):
    identity = open_portfolio(real, remember=False).portfolio.identity
    visie = AssignmentFeedback(comment=NASTY)
    reviewer = Reviewer(name="\u202eX")
    add_round(real, Feedback(portfolio=identity.id, reviewer=reviewer, assignments={"visie": visie}))
    result = stagekit("status", real)
    assert "\x1b" not in result.out + result.err
    assert "terug <script>alert(1)</script> [x](javascript:alert(1))" in " ".join(result.out.split())
    assert result.out.count("\u202e") == result.out.count("\u202c") == 2
