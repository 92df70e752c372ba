"""Cohorts made up on the spot: believable ones, and ones that mean harm."""

import random

from stagekit.cohort.model import AssignmentRow, Row

FIRST = ("Noor", "Jan", "Fatima", "Sem", "Zoë", "Willemijn", "Ömer", "Anne-Fleur", "Daan", "Li")
LAST = ("Bakker", "de Vries", "van den Berg", "Yılmaz", "El Amrani", "Jansen-Smit", "Wong", "Óskarsdóttir")
SCHOOLS = ("De Regenboog", "OBS 't Palet", "Het Kompas")
CONTACTS = ("nieuwsbrief", "tienminutengesprek", "huisbezoek", "hulpouder", "thuisopdracht", "other")
BLOCKS = ("thuisbetrokkenheid", "ouderparticipatie", "communicatie")
TALK = ("advice", "sharing", "grumbling", "laughing")
LEVELS = ("", "not_yet", "sufficient", "strong")


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
        submitted="" if status == "missing" else f"2026-11-{chance.randint(1, 21):02}T{chance.randint(8, 23):02}:05:00",
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
