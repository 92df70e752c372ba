"""One short file per command, imported only when that command runs; this table is what `--help` lists."""

from stagekit.i18n import N_

COMMANDS: dict[str, str] = {
    "start": N_("Begin your portfolio, or go on where you were."),
    "note": N_("Keep an observation, in ten seconds."),
    "sheet": N_("Make a form to print, for a talk or an observation."),
    "status": N_("What is done and what is missing, per assignment."),
    "check": N_("What is missing, and what may give somebody away."),
    "render": N_("Make the portfolio as a document."),
    "submit": N_("Make one zip to hand in, without anyone's name."),
    "review": N_("Give feedback beside the student, or take in the file a mentor sent."),
    "clean": N_("Remove what should not outlive the assessment: names, raw notes, drafts, history."),
    "export": N_("Make every portfolio of a cohort, and an overview."),
    "feedback": N_("Pack your feedback for the students as the download came."),
    "demo": N_("Make a complete sample portfolio, to look around in."),
    "doctor": N_("Look whether everything works on this computer, with a remedy for what does not."),
    "course": N_("For course makers: list, show and check courses."),
}
"""Name of the command, and of its module here, to the line `--help` shows."""
