"""A small program that asks one or more sample questions, to be driven in a terminal.

Usage: python -m tests.functional.terminal.asking FOLDER KIND… [--plain]. It writes FOLDER/replies.jsonl,
one reply a line, FOLDER/draft.txt with what `changed` got last, and FOLDER/ended when `on_end` was called.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from stagekit import i18n
from stagekit.cli.console import prepare_streams
from stagekit.cli.prompts.plain import PlainPrompter
from stagekit.cli.prompts.terminal import TerminalPrompter
from stagekit.interview.prompter import Given, Kind, Move, Option, Prompt

FORMS = """Nieuwsbrief Oudergesprek Kennismakingsgesprek Koffieochtend Inloopmoment Huisbezoek Ouderportaal
Website Informatieavond Thema-avond Medezeggenschapsraad Ouderraad Oudervereniging Rapportgesprek Startgesprek
Schoolgids Telefoontje E-mail Briefje Excursie Voorleesouder Sportdag Kerstviering Tevredenheidsonderzoek
Café_thuistaal Klankbordgroep Ouderkamer""".replace("\n", " ")


PROPOSED = "proposed"
"""A text that stands in the field as a proposal."""


def asked_for(word, changed):
    """Give the question of a word of the command line."""
    if word == PROPOSED:
        return replace(sample(Kind.TEXT, changed), initial="22-11-2026", proposed="22-11-2026")
    return sample(Kind(word), changed)


def sample(kind, changed):
    """Give a question of a kind, as the course asks them."""
    shared = {
        "kind": kind,
        "breadcrumb": "1 Vision › question 5 of 6",
        "title": "Summary",
        "text": "What does the school say on its website about working with parents?",
        "why": "If you can say it in your own words, you have understood it.",
        "need": "required",
        "help": ("What does the school want to achieve with parents?", "Who does something: the school?"),
        "changed": changed,
        "moves": tuple(move for move in Move if move is not Move.INTERRUPT),
    }
    match kind:
        case Kind.TEXT:
            return Prompt(**shared, check=lambda text: None if text.strip() else "Please type something.")
        case Kind.LONG_TEXT:
            return Prompt(**shared, aside=("A quote: \x1b[31m [bold]Samen[/bold]",), initial="First words.")
        case Kind.SEARCH:
            forms = [name.replace("_", " ") for name in FORMS.split()]
            return Prompt(**shared, options=[Option(f"c{n}", name, "a form") for n, name in enumerate(forms)])
        case _:
            options = [Option("yard", "In the school yard"), Option("door", "At the door", "with parents")]
            initial = ("door",) if kind is Kind.CHOICES else "door"
            return Prompt(**shared, options=[*options, Option("class", "In class")], initial=initial)


def main(folder, kinds, plain):
    """Ask, and write down what came of it."""
    prepare_streams()
    i18n.activate("en")
    replies = (folder / "replies.jsonl").open("a", encoding="utf-8")

    def changed(text):
        (folder / "draft.txt").write_text(text, encoding="utf-8")

    prompter = (PlainPrompter if plain else TerminalPrompter)(folder / "copies", (folder / "ended").touch)
    with prompter:
        for kind in kinds:
            reply = prompter.ask(asked_for(kind, changed))
            answer = reply.value if isinstance(reply, Given) else {"move": reply}
            replies.write(json.dumps(answer) + "\n")
            replies.flush()
            prompter.show("Saved.", style="good")
        prompter.show("All asked.")


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]), [word for word in words[1:] if word != "--plain"], "--plain" in words)
