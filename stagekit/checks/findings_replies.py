"""What the student's answers to feedback may give away: they are handed in with the rest."""

from collections.abc import Iterable, Iterator

from stagekit.checks.consent import Reader, mentor_sees
from stagekit.checks.findings import Checker, Finding
from stagekit.i18n import LANGUAGES, N_, translate
from stagekit.model.feedback import OVERALL, Round
from stagekit.model.text import Text

_LABEL = N_("your answer to feedback")


def reply_findings(checker: Checker, rounds: Iterable[Round], reader: Reader) -> Iterator[Finding]:
    """Give the findings in the replies that `reader` may read, in order of the rounds.

    The path of each is `feedback` and the round; what is about the whole portfolio has no assignment of
    the course.
    """
    label = Text({language: translate(language, _LABEL) for language in LANGUAGES})
    for taken in rounds:
        for point, reply in taken.replies.items():
            name = point.partition(".")[0]
            assignment = checker.course.assignment(name)
            hidden = assignment is not None and not mentor_sees(checker.course, checker.portfolio, assignment)
            if not reply.text or (reader is Reader.MENTOR and hidden):
                continue
            yield from checker.findings_in(
                reply.text,
                name if assignment is not None else OVERALL,
                ("feedback", taken.id),
                ((label, None),),
                file=f"feedback/{taken.id}.yaml",
            )
