"""`feedback.xlsx` in OUT: a row per student to fill in, and the rubric beside it.

What the lecturer typed is never lost: a sheet that was touched is only added to, and the former file is kept.
"""

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from stagekit import __version__
from stagekit.cohort.feedback_columns import (
    feedback_columns,
    level_words,
    member_cells,
    ordered,
    sheet_title,
)
from stagekit.cohort.feedback_members import Member, save_members
from stagekit.cohort.outfolder import OutFolder, digest, in_the_way
from stagekit.cohort.own_files import fingerprint
from stagekit.cohort.xlsx import Cell, Column, Sheet, write_workbook
from stagekit.errors import UserError
from stagekit.i18n import _, translate
from stagekit.model.course import Course, walk
from stagekit.store import atomic

FEEDBACK_SHEET = "feedback.xlsx"
_STATE = "feedback-sheet"
_FORMER = "feedback-before"


def write_feedback_sheet(
    members: Sequence[Member], course: Course, out: Path, language: str, problems: list[UserError]
) -> Path | None:
    """Write the sheet for feedback in `out`, an export's folder that the caller holds, or add to it.

    Gives the sheet, None where it could not be written: the reason goes to `problems`.
    """
    folder = OutFolder(out)
    target = folder.path / FEEDBACK_SHEET
    sheet = _Kept(folder, fingerprint((__version__, language, course, *members)))
    try:
        save_members(folder, members, keep=sheet.in_use())
        if not target.exists() and not target.is_symlink():
            sheet.write(_workbook(members, course, language, folder.scratch))
        elif not folder.has(target):
            raise in_the_way(target)
        else:
            _bring_up_to_date(sheet, members, course, language)
    except UserError as error:
        problems.append(error)
        return None
    return target


class _Kept:
    """The sheet as it stands, and what StageKit remembers of it."""

    def __init__(self, folder: OutFolder, content: str) -> None:
        self.folder = folder
        self.target = folder.path / FEEDBACK_SHEET
        self.content = content
        """Fingerprint of the students and of all else that a fresh sheet is made from."""
        self._note = folder.state / _STATE
        try:
            data = json.loads(self._note.read_bytes())
            self.ours = [str(known) for known in data["ours"]]
            """Digests of the sheet as nobody touched it: two where a kill left it open which it is."""
            self._whole = str(data["whole"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            self.ours, self._whole = [], ""

    def whole(self, present: bytes) -> bool:
        """Tell whether this very sheet was found to have all these students before."""
        return self._whole == f"{self.content} {digest(present)}"

    def in_use(self) -> bool:
        """Tell whether there is a sheet that somebody else wrote: the lecturer, filling it in."""
        if not self.folder.has(self.target):
            return False
        with atomic.explained(self.target):
            return digest(self.target.read_bytes()) not in self.ours

    def write(self, data: bytes) -> None:
        """Write the sheet as nobody touched it. It is noted first: after a kill, old and new are known."""
        self.note([*self.ours[-1:], digest(data)])
        self.folder.write(self.target, data)
        self.note([digest(data)], data)

    def note(self, ours: list[str], whole: bytes = b"") -> None:
        """Remember digests, and which sheet has all students."""
        data = {"ours": ours, "whole": f"{self.content} {digest(whole)}" if whole else ""}
        self.folder.write(self._note, json.dumps(data).encode())


def _bring_up_to_date(sheet: _Kept, members: Sequence[Member], course: Course, language: str) -> None:
    """Make a sheet that nobody touched again; add the students that one in use lacks."""
    with atomic.explained(sheet.target):
        present = sheet.target.read_bytes()
    if sheet.whole(present):
        return
    if digest(present) in sheet.ours:
        sheet.write(_workbook(members, course, language, sheet.folder.scratch))
        return
    added = _with_members(present, sheet.target, members, course)
    if added is not None:
        sheet.folder.write(sheet.folder.state / f"{_FORMER}-{digest(present)}.xlsx", present)
        sheet.folder.write(sheet.target, added)
    sheet.note(sheet.ours, added or present)


def _with_members(data: bytes, target: Path, members: Sequence[Member], course: Course) -> bytes | None:
    from stagekit.cohort.feedback_merge import with_members

    try:
        return with_members(data, target, members, course)
    except Exception:  # whatever a workbook of others makes openpyxl stumble on: it stays as it is
        raise UserError(
            _("“{file}” was changed so much that students cannot be added to it; it was left as it is.",
              file=FEEDBACK_SHEET),
            _("Move it elsewhere and export again for a new one, or see what is wrong: stagekit feedback"),
        ) from None  # fmt: skip


def _workbook(members: Sequence[Member], course: Course, language: str, scratch: Path) -> bytes:
    stream = io.BytesIO()
    columns = feedback_columns(course, language)
    titles = [each.column for each in columns]
    rows = (member_cells(each, columns, language) for each in ordered(members))
    filled = Sheet(sheet_title(language), titles, rows, room=200)
    title = f"{sheet_title(language)}: {course.title[language]}"
    write_workbook(stream, [filled, _rubric(course, language)], title, language, scratch)
    return stream.getvalue()


def _rubric(course: Course, language: str) -> Sheet:
    """Give the levels of every question that has a rubric, side by side."""
    titles = (
        Column(translate(language, "Part"), 22, wrap=True),
        Column(translate(language, "Question"), 26, wrap=True),
        *(Column(word, 44, wrap=True) for word in level_words(language)),
    )
    return Sheet(translate(language, "Levels"), titles, _rubric_rows(course, language))


def _rubric_rows(course: Course, language: str) -> Iterator[list[Cell]]:
    for assignment in course.assignments:
        for question in walk(assignment.questions):
            if question.rubric is not None:
                rubric = question.rubric
                texts = (rubric.not_yet, rubric.sufficient, rubric.strong)
                label = question.label[language]
                yield [assignment.title[language], label, *(text[language] for text in texts)]
