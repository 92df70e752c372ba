"""Cohorts made up on the spot: believable ones, and ones that mean harm."""

import random
from dataclasses import replace

from stagekit.cohort.feedback_members import Member
from stagekit.cohort.model import AssignmentRow, Row

FIRST = ("Noor", "Jan", "Fatima", "Sem", "Zoë", "Willemijn", "Ömer", "Anne-Fleur", "Daan", "Li")
LAST = ("Bakker", "de Vries", "van den Berg", "Yılmaz", "El Amrani", "Jansen-Smit", "Wong", "Óskarsdóttir")
SCHOOLS = ("De Regenboog", "OBS 't Palet", "Het Kompas")
CONTACTS = ("nieuwsbrief", "tienminutengesprek", "huisbezoek", "hulpouder", "thuisopdracht", "other")
BLOCKS = ("thuisbetrokkenheid", "ouderparticipatie", "communicatie")
TALK = ("advice", "sharing", "grumbling", "laughing")
LEVELS = ("", "not_yet", "sufficient", "strong")

NOOR = Member("k3n5q7rd", "Noor Bakker", "0123456", "noor-bakker-k3n5q7rd", "abcdefgh1234", "nl",
              "complete", None)  # fmt: skip
SEM = Member("zzzz2222", "Sem de Wit", "0123457", "sem-de-wit-zzzz2222", "abcdefgh5678", "en",
             "started", None)  # fmt: skip
WORD = Member("qqqq3333", "Li Wong", "", "", "", "", "document", None)
MEMBERS = (NOOR, SEM, WORD)


def cohort(course, count, seed=1):
    chance = random.Random(seed)
    return [row(course, number, chance) for number in range(1, count + 1)]


def row(course, number, chance):
    status = chance.choices(
        ["complete", "started", "empty", "document", "failed", "missing"], [50, 25, 5, 5, 8, 7]
    )[0]
    made = status in {"complete", "started", "empty"}
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    folder = f"student-{number:05}" if status != "missing" else ""
    return Row(
        name=name,
        number=f"0{400000 + number}",
        key=f"{90000 + number}" if status != "missing" else "",
        school=chance.choice(SCHOOLS) if made else "",
        folder=folder,
        status=status,
        reason={"failed": "The zip is broken: ask the student to hand in again.",
                "document": "Only a Word file was handed in; read it by hand."}.get(status, ""),
        submitted="" if status == "missing" else moment(chance),
        late=status != "missing" and chance.random() < 0.1,
        attempts=0 if status == "missing" else chance.choice([1, 1, 1, 2, 3]),
        portfolio=f"p{number:011}" if made else "",
        language="nl" if made else "",
        documents=tuple(f"{folder}/portfolio.{kind}" for kind in ("html", "pdf", "docx")) if made else (),
        failed_formats={"pdf": "The PDF could not be made."} if made and chance.random() < 0.02 else {},
        assignments=tuple(part(a.id, status, chance) for a in course.assignments) if made else (),
        findings={"block": chance.choice([0, 0, 0, 1]), "warn": chance.choice([0, 0, 2]), "attention": 1}
        if made and chance.random() < 0.3 else {},
        counts=counts(chance) if status in {"complete", "started"} else {},
    )  # fmt: skip


def moment(chance):
    return f"2026-11-{chance.randint(1, 21):02}T{chance.randint(8, 23):02}:05:00"


def part(id, status, chance):
    complete = status == "complete" or (status == "started" and chance.random() < 0.5)
    begun = status != "empty"
    return AssignmentRow(
        id=id,
        complete=complete,
        missing=0 if complete else chance.randint(1, 4),
        words=chance.randint(80, 900) if begun else 0,
        date=f"2026-10-{chance.randint(1, 31):02}" if begun else "",
        level=chance.choice(LEVELS) if complete else "",
        signed_off=complete and chance.random() < 0.5,
        comments=chance.choice([0, 0, 1, 3]) if begun else 0,
    )


def counts(chance):
    contacts = chance.sample(CONTACTS, 3)
    return {
        "contact_types": dict.fromkeys(contacts, 1),
        "blocks": {block: chance.randint(1, 3) for block in BLOCKS if chance.random() < 0.7},
        "judgements": {f"{chance.choice(['lower', 'depends', 'higher'])}/{likely}": 1
                       for likely in chance.sample(["lower", "depends", "higher", ""], 2)},
        "kinds_of_talk": {kind: chance.randint(1, 4) for kind in TALK if chance.random() < 0.5},
    }  # fmt: skip


HOSTILE = (
    "=cmd|' /C calc'!A0", "+31 6 12345678", "- item", "@SUM(1)", "\t=1+1", "\u200b=HYPERLINK(\"https://x.nl\")",
    "Jan;=1+1", "＝1+1", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]> &amp; <w/>",
    "{{ 7*7 }} {% raw %}", "\x1b[31mrood\x07", "\u202eneer\u2067", "_x0041_", "\ufffe\uffff", "\ud800",
    "نور بن علي", "regel\nregel", "</script><script>alert(2)</script>", "x" * 40_000,
)  # fmt: skip


def hostile(course):
    """Give a row for every text that means harm, with it in every field that holds text."""
    plain = cohort(course, len(HOSTILE), seed=5)
    return [
        replace(
            row, name=text, number=text, key=text, school=text, reason=text, portfolio=text,
            submitted=text, folder=f"student-{number}", failed_formats={"pdf": text},
            documents=(f"student-{number}/portfolio.html", f"//evil.example/{number}", "javascript:alert(1)"),
            counts={theme: {text: 1} for theme in ("contact_types", "blocks", "judgements", "kinds_of_talk")},
            assignments=tuple(replace(each, date=text) for each in row.assignments),
        )
        for number, (row, text) in enumerate(zip(plain, HOSTILE, strict=True))
    ]  # fmt: skip
