"""`feedback.xlsx` in OUT: a row per student to fill in, and the rubric beside it.

What the lecturer typed is never lost: a sheet that was touched is only added to, and the former file is kept.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from stagekit.cohort.feedback_columns import (
    feedback_columns,
    level_words,
    member_cells,
    ordered,
    sheet_title,
)
from stagekit.cohort.feedback_members import Member, save_members
from stagekit.cohort.outfolder import OutFolder, digest, in_the_way
from stagekit.cohort.xlsx import Cell, Column, Sheet, write_workbook
from stagekit.errors import StageKitError, UserError
from stagekit.i18n import _, translate
from stagekit.model.course import Course, walk

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
    try:
        save_members(folder, members)
        if not target.exists() and not target.is_symlink():
            _write(folder, _workbook(members, course, language))
        elif not folder.has(target):
            raise in_the_way(target)
        else:
            _bring_up_to_date(folder, members, course, language)
    except UserError as error:
        problems.append(error)
        return None
    return target


def _write(folder: OutFolder, data: bytes) -> None:
    """Write the sheet as nobody touched it. It is noted first: after a kill, old and new are both known."""
    note = folder.state / _STATE
    folder.write(note, "\n".join([*_as_written(folder)[-1:], digest(data)]).encode())
    folder.write(folder.path / FEEDBACK_SHEET, data)
    folder.write(note, digest(data).encode())


def _bring_up_to_date(folder: OutFolder, members: Sequence[Member], course: Course, language: str) -> None:
    """Make a sheet that nobody touched again; add the students that one in use lacks."""
    target = folder.path / FEEDBACK_SHEET
    present = target.read_bytes()
    written = _as_written(folder)
    if digest(present) in written:
        fresh = _workbook(members, course, language)
        if fresh != present or written != [digest(present)]:
            _write(folder, fresh)
        return
    from stagekit.cohort.feedback_merge import with_members

    try:
        added = with_members(present, target, members, course)
    except StageKitError:
        raise UserError(
            _("“{file}” was changed so much that students cannot be added to it; it was left as it is.",
              file=FEEDBACK_SHEET),
            _("Move it elsewhere and export again for a new one, or see what is wrong: stagekit feedback"),
        ) from None  # fmt: skip
    if added is not None:
        folder.write(folder.state / f"{_FORMER}-{digest(present)}.xlsx", present)
        folder.write(target, added)


def _as_written(folder: OutFolder) -> list[str]:
    """Give the digests of the sheet as StageKit wrote it: one, or two where it was killed meanwhile."""
    try:
        return (folder.state / _STATE).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _workbook(members: Sequence[Member], course: Course, language: str) -> bytes:
    stream = io.BytesIO()
    columns = feedback_columns(course, language)
    titles = [each.column for each in columns]
    rows = (member_cells(each, columns, language) for each in ordered(members))
    filled = Sheet(sheet_title(language), titles, rows, room=200)
    title = f"{sheet_title(language)}: {course.title[language]}"
    write_workbook(stream, [filled, _rubric(course, language)], title, language)
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
