"""Consent asked as small questions, one at a time."""

from stagekit.i18n import LANGUAGES, N_, translate
from stagekit.model import course as c
from stagekit.model.text import Text


def both(message: str, /, **values: object) -> Text:
    """Give a message of the interface, marked by `N_`, as a text in every language."""
    return Text({language: translate(language, message, **values) for language in LANGUAGES})


def consent_questions(question: c.ConsentQuestion) -> tuple[c.Question, ...]:
    """Give the questions that make up one consent answer, by the names of its parts, in order."""
    informed = c.YesNoQuestion(
        id="informed",
        type="yes_no",
        need=question.need,
        why=question.why,
        follow_ups=question.follow_ups,
        label=both(N_("Consent: told")),
        prompt=both(N_("Did you say what you will use this conversation for?")),
    )
    form = c.ChoiceQuestion(
        id="form",
        type="choice",
        need=question.need,
        label=both(N_("Consent: how")),
        prompt=both(N_("How did you agree on this?")),
        choices=(
            c.Choice(id="spoken", label=both(N_("spoken"))),
            c.Choice(id="written", label=both(N_("written"))),
        ),
    )
    day = c.DateQuestion(
        id="date",
        type="date",
        need=question.need,
        default="today",
        label=both(N_("Consent: day")),
        prompt=both(N_("On which day did you ask it?")),
    )
    read_back = c.YesNoQuestion(
        id="read_back",
        type="yes_no",
        label=both(N_("Consent: read back")),
        prompt=both(N_("Did this person hear or read what you wrote down?")),
        why=both(N_("You may also do this later, and come back here then.")),
    )
    return (informed, form, day, _may_use(question), read_back)


def _may_use(question: c.ConsentQuestion) -> c.Question:
    return c.ChoiceQuestion(
        id="may_use",
        type="choice",
        need=question.need,
        why=question.why,
        follow_ups=question.follow_ups,
        label=both(N_("Consent: use")),
        prompt=both(N_("What may you do with what this person tells you?")),
        choices=(
            c.Choice(id="yes", label=both(N_("use it")), hint=both(N_("I may write down what was said."))),
            c.Choice(
                id="paraphrased",
                label=both(N_("only in my own words")),
                hint=both(N_("I may tell what it was about, without quotes.")),
            ),
            c.Choice(
                id="no",
                label=both(N_("not use it")),
                hint=both(N_("The conversation stays out of every document, and it still counts.")),
            ),
        ),
    )
