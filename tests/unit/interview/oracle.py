"""A person who knows all answers: works through an assignment and gives what a target portfolio holds."""

from stagekit.interview.consent import consent_questions
from stagekit.interview.display import breadcrumb
from stagekit.interview.fields import as_raw
from stagekit.interview.prompter import Given, Kind, Move
from stagekit.model import course as c
from stagekit.model.values import Consent

from .scripted import Scripted


class Oracle(Scripted):
    """Goes through every assignment in order by the menus, as a person would, and stops at the overview."""

    def __init__(self, course, answers, language):
        super().__init__()
        self.language = language
        self.course = course
        self.todo = [assignment.id for assignment in course.assignments]
        self.known = {}
        self.counts = {}
        self.refusals = []
        for assignment in course.assignments:
            self.learn(assignment.questions, answers[assignment.id], (assignment.id,))

    def learn(self, questions, values, place):
        for question in questions:
            value = values.get(question.id)
            here = (*place, question.id)
            key = (breadcrumb(here, self.course, self.language), question.label[self.language])
            if isinstance(question, c.RepeatQuestion):
                items = value or ()
                self.counts[key] = len(items)
                for index, item in enumerate(items):
                    self.learn(question.questions, item, (*here, index))
            elif isinstance(question, c.GroupQuestion):
                self.learn(question.questions, value or {}, here)
            elif isinstance(question, c.ConsentQuestion):
                given = value or Consent()
                parts = {part.id: getattr(given, part.id) for part in consent_questions(question)}
                if given.refused:
                    # The person says no in the end: what was told before stays in the student's own file.
                    self.refusals.append(
                        (breadcrumb((*here, "may_use"), self.course, self.language), place[-1])
                    )
                    parts["may_use"] = "yes"
                self.learn(consent_questions(question), parts, here)
            else:
                self.known[key] = value

    def ask(self, prompt):
        self.asked.append(prompt)
        self.check_shape(prompt)
        reply = Given(self.answer(prompt))
        if reply.value in {"", ()}:
            return Move.SKIP
        self.check_reply(prompt, reply.value)
        return reply

    def answer(self, prompt):
        ids = [option.id for option in prompt.options]
        crumb, title = prompt.breadcrumb.partition(" · ")[0], prompt.title
        if "keep" in ids:
            return "keep"
        if prompt.kind is Kind.MENU and "add" in ids:
            return self.listed(crumb, title, ids)
        if prompt.kind is Kind.MENU:
            return self.menu(ids, prompt)
        if self.refusing and title in self.refusing:
            self.refusing = None
            return "no"
        value = self.known[crumb, title]
        return () if value is None and prompt.kind is Kind.CHOICES else as_raw(value, self.language)

    refusing = None

    def listed(self, crumb, title, ids):
        if sum(name.startswith("item:") for name in ids) < self.counts[crumb, title]:
            return "add"
        for refusal in self.refusals:
            if refusal[0].startswith(crumb):
                self.refusals.remove(refusal)
                self.refusing = {"Toestemming: gebruik", "Consent: use"}
                return f"item:{refusal[1]}"
        return "done"

    def menu(self, ids, prompt):
        if "one" in ids:
            return "one" if self.refusing else "list"
        if self.refusing:
            return next(option.id for option in prompt.options if option.label in self.refusing)
        return self.todo.pop(0) if self.todo else "stop"
