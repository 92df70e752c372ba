"""Feedback to put into a report: rounds of two reviewers on the real answers, and any text at every place."""

from stagekit.checks.feedback import Point, points
from stagekit.checks.seen import seen_hashes
from stagekit.model.feedback import AnswerFeedback, AssignmentFeedback, Feedback, Reply, Reviewer, Round

TEXTS = {
    "nl": ["Je hebt goed geluisterd naar ouders. **Ga zo door.**",
           "Mooi in eigen woorden. Twee vragen:\n\n1. Wat zie je er zelf van?\n2. Wie vertelt het verder?",
           "Heb ik gevraagd; zie https://school.example/visie.\n\nDank u.", "Er is een nieuwere pagina.",
           "Denk ook aan de inloopochtend.", "Vertel meer over *waarom*, ook over wat Karin zei.",
           "Nu staat het er."],
    "en": ["You listened well to parents. **Keep going.**",
           "Well put. Two questions:\n\n1. What do you see of it yourself?\n2. Who tells new parents?",
           "I asked; see https://school.example/visie.\n\nThank you.", "There is a newer page.",
           "Think of the walk-in morning too.", "Say more about *why*, and about what Karin said.",
           "Now it is there."],
}  # fmt: skip


def rounds(course, portfolio, language="nl"):
    """Give two rounds: the mentor's, of which an answer changed since, and a lecturer's."""
    whole, question, reply, page, contact, why, there = TEXTS[language]
    seen = seen_hashes(course, portfolio)
    said = AnswerFeedback
    mentor = Feedback(
        portfolio=portfolio.identity.id,
        reviewer=Reviewer(name=portfolio.identity.mentor.name or "Karin de Wit", date="2026-12-04"),
        overall=whole,
        assignments={
            "visie": AssignmentFeedback(
                level="strong", signed_off=True, seen=seen["visie"],
                answers={"url": said(comment=page, seen=seen["visie.url"]),
                         "summary": said(comment=question, seen="0" * 16)},
            ),
            "soorten-contact": AssignmentFeedback(
                level="sufficient", signed_off=True, seen="0" * 16,
                answers={"contacts": said(comment=contact)},
            ),
            "reflection": AssignmentFeedback(level="not_yet", comment=why),
        },
    )  # fmt: skip
    lecturer = Feedback(
        portfolio=portfolio.identity.id,
        reviewer=Reviewer(name="Anouk Willems", show_name=True, date="2026-12-11"),
        assignments={"visie": AssignmentFeedback(answers={"summary": said(comment=there)})},
    )
    replies = {"visie.summary": Reply(text=reply, done=True)}
    return (Round(id="001-2026-12-04", feedback=mentor, replies=replies),
            Round(id="002-2026-12-11", feedback=lecturer))  # fmt: skip


def remarks(course, portfolio, language="nl"):
    """Give the points of these rounds for a document in `language`."""
    return points(course, portfolio, rounds(course, portfolio, language), language)


def everywhere_said(course, text):
    """Give points with `text` as comment, reply and reviewer at the whole, each part and each question."""
    places = ["overall"]
    for assignment in course.assignments:
        places += [assignment.id, *(f"{assignment.id}.{question.id}" for question in assignment.questions)]
    return tuple(
        Point(round="001", id=place, assignment=None if place == "overall" else place.split(".")[0],
              question=place.partition(".")[2] or None, reviewer=text, date="2026-12-04", text=text,
              level="strong", signed_off=True, changed=True, reply=Reply(text=text, done=True))
        for place in places
    )  # fmt: skip
