"""The first question: in which language. Apart, so that it comes before anything else is imported."""

from stagekit.i18n import LANGUAGES, N_, translate
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt, Prompter

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}


def in_each_language(message: str, between: str) -> str:
    """Give a message, marked by `N_`, in every language: for whoever cannot read the present one."""
    return between.join(dict.fromkeys(translate(language, message) for language in LANGUAGES))


def language_prompt(current: str) -> Prompt:
    """Give the question in which language, put in each of them."""
    return Prompt(
        kind=Kind.MENU,
        title=in_each_language(N_("Language"), " · "),
        text=in_each_language(N_("Choose your language."), " "),
        options=[Option(name, LANGUAGE_NAMES[name]) for name in LANGUAGES],
        initial=current,
        moves=(Move.STOP,),
    )


def choose_language(prompter: Prompter, current: str) -> str | None:
    """Ask the language before there is a session; None where the person stops."""
    try:
        reply = prompter.ask(language_prompt(current))
    except (KeyboardInterrupt, EOFError):
        return None
    if isinstance(reply, Given):
        return str(reply.value)
    return None if reply in {Move.STOP, Move.INTERRUPT} else current
