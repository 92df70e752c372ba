"""A person in a test: replies by a script, and remembers everything that was asked and shown."""

from stagekit.interview.prompter import Given, Kind, Move, Prompt


class Scripted:
    """Answers each prompt with the next step of a script.

    A step is a reply, a text, a tuple of ids, or a function of the prompt that gives one of these. When the
    script ends, the person stops. Whatever a real prompter would refuse is refused here.
    """

    def __init__(self, *script):
        self.script = list(script)
        self.asked = []
        self.shown = []

    def ask(self, prompt: Prompt):
        self.asked.append(prompt)
        self.check_shape(prompt)
        step = self.script.pop(0) if self.script else Move.STOP
        if callable(step) and not isinstance(step, type):
            step = step(prompt)
        reply = step if isinstance(step, Move | Given) else Given(step)
        if isinstance(reply, Given):
            self.check_reply(prompt, reply.value)
        return reply

    def show(self, *paragraphs, style=""):
        assert style in {"", "good", "todo", "bad", "strong", "quiet"}
        assert all(isinstance(text, str) and text for text in paragraphs)
        self.shown += paragraphs

    @property
    def said(self):
        return "\n".join(self.shown)

    @staticmethod
    def check_shape(prompt):
        ids = [option.id for option in prompt.options]
        assert len(set(ids)) == len(ids)
        assert prompt.title
        assert prompt.text
        if prompt.kind is Kind.CHOICES:
            assert isinstance(prompt.initial, tuple)
            assert set(prompt.initial) <= set(ids)
        else:
            assert isinstance(prompt.initial, str)
        if prompt.kind in {Kind.CHOICE, Kind.MENU, Kind.SEARCH}:
            assert prompt.initial in {"", *ids}, (prompt.title, prompt.initial, ids)

    @staticmethod
    def check_reply(prompt, value):
        ids = {option.id for option in prompt.options}
        if prompt.kind is Kind.CHOICES:
            assert set(value) <= ids, (prompt.title, value, ids)
        elif prompt.kind in {Kind.CHOICE, Kind.MENU, Kind.SEARCH}:
            assert value in ids, (prompt.title, value, ids)
        else:
            assert isinstance(value, str), (prompt.title, value)
            assert prompt.check(value) is None, (prompt.title, value, prompt.check(value))


def keep(prompt):
    """Accept what stands in the field."""
    return Given(prompt.initial)


def typing(text, then):
    """Type `text` without finishing it, then make a move."""

    def act(prompt):
        prompt.changed(text)
        return then

    return act
