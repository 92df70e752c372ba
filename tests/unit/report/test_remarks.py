"""What reviewers said stands where it belongs, in words that say who, when and what of it still counts."""

from dataclasses import replace

import pytest

from stagekit.checks.consent import Reader
from stagekit.checks.feedback import Point
from stagekit.model.feedback import Reply
from stagekit.report.build import build_report
from stagekit.report.tree import plain
from tests.unit.report.remarked import everywhere_said, remarks


def point(id_, text="Mooi.", **more):
    assignment, _dot, question = id_.partition(".")
    return Point(round="001", id=id_, assignment=assignment, question=question or None,
                 reviewer="Mijn mentor", date="2026-03-04", text=text, **more)  # fmt: skip


@pytest.fixture(scope="module")
def build(course, real):
    def make(*points, language="en", reader=Reader.STUDENT):
        return build_report(course, real, language, reader, points)

    return make


def section(report, id_):
    return next(section for section in report.sections if section.id == id_)


def answer(report, id_):
    return next(a for section in report.sections for a in section.answers if a.id == id_)


def test_without_points_nothing_is_said(build):
    report = build()
    assert report.feedback == ()
    assert all(s.feedback == () and all(a.feedback == () for a in s.answers) for s in report.sections)


def test_a_comment_stands_at_its_answer_with_who_and_when(build):
    (remark,) = answer(build(point("visie.summary")), "visie-summary").feedback
    assert remark.heading == "Feedback of mijn mentor, 4 March 2026"
    assert plain(remark.prose) == "Mooi."
    assert remark.standing == ()


def test_one_on_an_answer_without_a_heading_stands_at_the_part_and_names_it(build):
    report = build(point("visie.url"))
    (remark,) = section(report, "visie").feedback
    assert "“Web page”" in remark.heading


def test_one_on_the_part_and_one_on_the_whole(build):
    report = build(replace(point("overall"), assignment=None), point("visie"))
    assert "whole portfolio" in report.feedback[0].heading
    assert "this part" in section(report, "visie").feedback[0].heading


def test_what_the_course_no_longer_has_is_not_lost(build):
    report = build(replace(point("drawing.line"), assignment=None, question=None))
    assert "drawing.line" in report.feedback[0].heading
    report = build(replace(point("visie.line"), question=None))
    assert "“line”" in section(report, "visie").feedback[0].heading


def test_a_part_the_reader_does_not_see_takes_its_remarks_along(build):
    report = build(point("observation"), point("observation.notes"), reader=Reader.MENTOR)
    assert "observation" not in [s.id for s in report.sections]
    assert report.feedback == ()


def test_level_signature_change_and_done_are_words(build):
    reply = Reply(text="Ja.", done=True)
    marked = point("visie", level="not_yet", signed_off=True, changed=True, reply=reply)
    (remark,) = section(build(marked), "visie").feedback
    assert remark.standing == (
        "Judgement: not there yet", "Signed off", "Changed since it was signed off", "Done",
    )  # fmt: skip
    assert (remark.reply_label, plain(remark.reply)) == ("Reply of the student", "Ja.")
    (remark,) = answer(build(point("visie.summary", changed=True)), "visie-summary").feedback
    assert remark.standing == ("Changed since this feedback",)


def test_private_names_in_comments_and_replies_have_their_alias(course, real):
    name = real.identity.mentor.name
    said = point("visie.summary", text=f"Vraag het {name}.", reply=Reply(text=f"{name} zei ja."))
    (remark,) = answer(build_report(course, real, "nl", points=(said,)), "visie-summary").feedback
    assert name.split()[0] not in plain(remark.prose) + plain(remark.reply)


def test_a_day_that_is_none_stands_as_it_is(build):
    (remark,) = answer(build(replace(point("visie.summary"), date="2026-02-31")), "visie-summary").feedback
    assert remark.heading.endswith(", 2026-02-31")
    (remark,) = answer(build(replace(point("visie.summary"), date=None)), "visie-summary").feedback
    assert remark.heading == "Feedback of mijn mentor"


@pytest.mark.parametrize("reader", list(Reader))
def test_every_point_has_one_place_and_an_id_of_its_own(course, real, reader):
    points = everywhere_said(course, "x")
    report = build_report(course, real, "nl", reader, points)
    shown = [*report.feedback, *(r for s in report.sections for r in s.feedback),
             *(r for s in report.sections for a in s.answers for r in a.feedback)]  # fmt: skip
    seen = {s.id for s in report.sections}
    assert len(shown) == sum(p.assignment is None or p.assignment in seen for p in points)
    assert len({remark.id for remark in shown}) == len(shown)


def test_rounds_of_two_reviewers_follow_each_other(course, real):
    report = build_report(course, real, "nl", points=remarks(course, real))
    first, second = answer(report, "visie-summary").feedback
    assert "mijn mentor" in first.heading
    assert "Anouk Willems" in second.heading
    assert first.changed
    assert not second.changed
