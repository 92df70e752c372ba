"""What goes back to each student, and the names by which a learning environment knows whose it is."""

import io
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from stagekit.cohort.feedback_packs import pack
from stagekit.cohort.feedback_pages import feedback_files, feedback_json
from stagekit.cohort.model import Layout, Origin
from stagekit.model.feedback import AssignmentFeedback, Feedback, Reviewer
from stagekit.model.text import visible
from stagekit.store.course_files import load_course
from stagekit.store.feedback_file import decode_feedback
from tests.unit.cohort.rows import HOSTILE, NOOR, SEM, WORD


@pytest.fixture(scope="module")
def course():
    return load_course()


GIVEN = Feedback(
    portfolio=NOOR.portfolio,
    reviewer=Reviewer(name="J. Docent", show_name=True, date="2026-12-01"),
    overall="Goed <script>alert(1)</script> **bezig**",
    assignments={"visie": AssignmentFeedback(level="strong", comment="- item\n- [x](javascript:alert(1))")},
)


def test_a_student_gets_a_page_and_a_file_that_stagekit_takes_in(course):
    files = feedback_files(NOOR, GIVEN, course, "en")
    page = files["feedback.html"].decode()
    assert '<html lang="nl">' in page
    assert "Noor Bakker" in page
    assert "1 december 2026" in page
    assert "<strong>bezig</strong>" in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert decode_feedback(files["feedback.json"], course, NOOR.portfolio) == GIVEN


def test_a_page_as_pdf_says_the_same(course, needs, tmp_path):
    needs("pdftotext")
    files = feedback_files(NOOR, GIVEN, course, "en", ("pdf",))
    assert list(files) == ["feedback.pdf", "feedback.json"]
    (tmp_path / "page.pdf").write_bytes(files["feedback.pdf"])
    done = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    for words in ("Noor Bakker", "J. Docent, 1 december 2026", "<script>alert(1)</script> bezig", "1. Visie"):
        assert words in text
    assert files["feedback.pdf"] == feedback_files(NOOR, GIVEN, course, "en", ("pdf",))["feedback.pdf"]


def test_the_lines_of_a_comment_stay_lines(course, needs, tmp_path):
    needs("pdftotext")
    said = "Eerste regel.\nTweede regel.\n\nNieuw *stuk*\n- item een\n- item twee"
    given = replace(GIVEN, assignments={"visie": AssignmentFeedback(comment=said)})
    files = feedback_files(NOOR, given, course, "en", ("html", "pdf"))
    page = re.sub(r"<br ?/?>\s*", "<br>", files["feedback.html"].decode())
    assert "Eerste regel.<br>Tweede regel." in page
    assert page.count("<li ") == 2
    kept = decode_feedback(files["feedback.json"], course, NOOR.portfolio)
    assert kept.assignments["visie"].comment == said
    (tmp_path / "page.pdf").write_bytes(files["feedback.pdf"])
    done = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, check=True)
    assert "Eerste regel.\nTweede regel.\n" in done.stdout.decode()


@pytest.mark.parametrize("text", [h for h in HOSTILE if h != "\ud800"], ids=range(len(HOSTILE) - 1))
def test_a_pdf_of_anything(course, text):
    given = Feedback(portfolio=NOOR.portfolio, overall=visible(text)[:2000])
    pdf = feedback_files(replace(NOOR, name=text), given, course, "nl", ("pdf",))["feedback.pdf"]
    assert pdf.startswith(b"%PDF")


def test_who_has_no_portfolio_gets_the_page_only(course):
    assert list(feedback_files(WORD, replace(GIVEN, portfolio=""), course, "en")) == ["feedback.html"]


def test_the_file_says_nothing_that_was_not_said(course):
    data = json.loads(feedback_json(Feedback(portfolio="abcdefgh")))
    assert data == {"stagekit_feedback": 1, "portfolio": "abcdefgh", "reviewer": {"show_name": False},
                    "assignments": {}}  # fmt: skip


FILES = {"feedback.html": b"x"}


def names(origin, each=NOOR):
    packed = pack([(each, origin, FILES)])
    [found] = packed.packs.values()
    return list(found.files), packed.notices


def origin(layout, entry, *, flat=False, names=()):
    return Origin(Path("/x/Downloaded zip.zip"), layout, entry, flat, "1", "Noor", "", names=names)


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (origin(Layout.MOODLE, "Noor Bakker_1204_assignsubmission_file"),
         "Noor Bakker_1204_assignsubmission_file/feedback.html"),
        (origin(Layout.MOODLE, "Noor Bakker_1204_assignsubmission_file_"),
         "Noor Bakker_1204_assignsubmission_file_/feedback.html"),
        (origin(Layout.MOODLE, "Noor Bakker_1204_assignsubmission_file", flat=True),
         "Noor Bakker_1204_assignsubmission_file_feedback.html"),
        (origin(Layout.CANVAS, "bakkernoor_LATE_12", flat=True, names=("bakkernoor_LATE_12_345_p.zip",)),
         "bakkernoor_LATE_12_345_feedback.html"),
        (origin(Layout.BRIGHTSPACE, "12-34 - Noor Bakker - Sep 24, 2026 926 PM"),
         "12-34 - Noor Bakker - Sep 24, 2026 926 PM/feedback.html"),
        (origin(Layout.BRIGHTSPACE, "12-34 - Noor Bakker - Sep 24, 2026 926 PM", flat=True),
         "12-34 - Noor Bakker - Sep 24, 2026 926 PM - feedback.html"),
        (origin(Layout.BLACKBOARD, "Portfolio_s12_attempt_2026-11-17-19-47-00", flat=True),
         "Portfolio_s12_attempt_2026-11-17-19-47-00_feedback.html"),
        (origin(Layout.PLAIN, "groep a/portfolio-noor.zip", flat=True),
         "groep a/portfolio-noor/feedback.html"),
        (origin(Layout.PLAIN, ""), "noor-bakker-k3n5q7rd/feedback.html"),
    ],
)  # fmt: skip
def test_names_are_those_of_the_download(where, name):
    assert names(where) == ([name], ())


@pytest.mark.parametrize(
    "where",
    [
        None,
        origin(Layout.CANVAS, "bakkernoor_12", flat=True, names=("bakkernoor_12_text.html",)),
        origin(Layout.MOODLE, "../../x_1_assignsubmission_file"),
        origin(Layout.MOODLE, "/etc/x_1_assignsubmission_file"),
        origin(Layout.PLAIN, "a\ud800b"),
        origin(Layout.PLAIN, "a\x1bb"),
    ],
)
def test_what_has_no_place_in_the_download_is_given_by_hand(where):
    [name], notices = names(where)
    assert name == "noor-bakker-k3n5q7rd/feedback.html"
    assert "Noor Bakker" in notices[0]


def test_twins_do_not_overwrite_each_other():
    where = origin(Layout.PLAIN, "same")
    packed = pack([(NOOR, where, FILES), (SEM, where, {"feedback.html": b"y"})])
    [found] = packed.packs.values()
    assert sorted(found.files.values()) == [b"x", b"y"]
    assert packed.notices


def test_a_zip_for_each_download_with_a_safe_name():
    other = origin(Layout.CANVAS, "a_1", flat=True, names=("a_1_2_x",))
    other = replace(other, container=Path("/y/Éé: *.zip"))
    packed = pack([(NOOR, origin(Layout.PLAIN, "n"), FILES), (SEM, other, FILES)])
    assert sorted(packed.packs) == ["feedback-downloaded-zip.zip", "feedback-ee.zip"]
    assert packed.packs["feedback-ee.zip"].zipped() == packed.packs["feedback-ee.zip"].zipped()
    assert io.BytesIO(packed.packs["feedback-ee.zip"].zipped()).read(2) == b"PK"
