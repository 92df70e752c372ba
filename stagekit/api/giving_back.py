"""The lecturer's feedback, out of the sheet of an export and back to each student."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from stagekit.cohort.feedback_members import GONE, load_members, ways_back
from stagekit.cohort.feedback_packs import pack
from stagekit.cohort.feedback_pages import FORMATS, feedback_files
from stagekit.cohort.feedback_reading import read_feedback_sheet
from stagekit.cohort.feedback_sheet import FEEDBACK_SHEET
from stagekit.cohort.model import Layout
from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.own_files import OwnFiles, fingerprint
from stagekit.errors import UserError
from stagekit.i18n import _
from stagekit.model.feedback import Reviewer
from stagekit.store.course_files import load_course

PACKS = "feedback"
"""Folder in OUT for the zips."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One zip to give back to a learning environment, and how many students it is for."""

    file: Path
    layout: Layout
    students: int


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What came of it: the zips, who got nothing yet, and what is to be done by hand or went wrong."""

    zips: tuple[Returned, ...]
    students: int
    without: tuple[str, ...]
    notices: tuple[str, ...]
    problems: tuple[UserError, ...]


def give_back(
    out: Path,
    language: str,
    *,
    formats: Sequence[str] = FORMATS[:1],
    name: str | None = None,
    day: date | None = None,
    force: bool = False,
) -> GivenBack:
    """Check the sheet in `out`, the folder of an export, make a page per student and pack the pages.

    `formats` are those of the page, html or pdf; `name` is the lecturer's, shown to the students; `day` the
    date of the feedback. Raises UserError or InvalidInput, with nothing written, where there is no export or
    the sheet has a mistake.
    """
    _check_formats(formats)
    members = load_members(out)
    course = load_course()
    given = read_feedback_sheet(out / FEEDBACK_SHEET, members, course)
    if not given:
        raise UserError(
            _("There is no feedback in “{file}” yet.", file=out / FEEDBACK_SHEET),
            _("Choose a level or type a comment, save the sheet, and try again."),
        )
    reviewer = Reviewer(name=name, show_name=bool(name), date=day.isoformat() if day else None)
    feedback = {key: replace(each, reviewer=reviewer) for key, each in given.items()}
    got = [each for each in members if each.key in feedback]
    ways = ways_back(out, got)
    packed = pack(
        (each, ways.get(each.key), feedback_files(each, feedback[each.key], course, language, formats))
        for each in got
    )
    folder = OutFolder(out)
    with folder.held():
        files = OwnFiles(folder, "feedback-packs", PACKS, force=force)
        for file, each in packed.packs.items():
            files.write(file, each.zipped())
        made = files.finish(fingerprint([]))
    found = ((file, packed.packs[file.name]) for file in made)
    zips = (Returned(file, each.layout, each.students) for file, each in found)
    without = tuple(each.name for each in members if each.key not in feedback and each.status != GONE)
    return GivenBack(tuple(zips), len(got), without, packed.notices, tuple(files.problems))


def _check_formats(formats: Sequence[str]) -> None:
    for format in formats:
        if format not in FORMATS:
            raise UserError(
                _("There is no format “{format}” for feedback.", format=format[:20]),
                _("Choose html or pdf."),
            )
