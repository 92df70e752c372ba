"""A student who knows all answers and works through the whole wizard, with what happens on the way."""

from stagekit.i18n import translate
from stagekit.interview.consent import consent_questions
from stagekit.interview.display import breadcrumb
from stagekit.interview.fields import as_raw, kind_of, options_of
from stagekit.interview.places import value_at
from stagekit.interview.prompter import Kind, Move
from stagekit.model import course as c
from stagekit.model.values import Consent

GIVE_UP = 1500
"""Questions after which something goes round in circles."""


class Student:
    """Answers whatever is asked until all is answered, then stops.

    `events` are done once, when their place is first asked: each gets the student and what is seen, and
    gives what is seen after.
    """

    def __init__(self, course, target, language, hands, events):
        self.course = course
        self.target = target
        self.language = language
        self.hands = hands
        self.events = events
        self.known = {}
        self.lists = {}
        self.refusals = []
        self.answered = set()
        self.interrupted = set()
        self.begun = ""
        for assignment in course.assignments:
            self.learn(assignment.questions, target.answers[assignment.id], (assignment.id,))
        hands.crumbs = {crumb for crumb, _label in self.known if "›" in crumb}

    def say(self, message):
        """Give a message of the interface in the student's language, up to what is filled in."""
        return translate(self.language, message).partition("{")[0].strip()

    def key(self, place, question):
        return breadcrumb(place, self.course, self.language), question.label[self.language]

    def learn(self, questions, values, place):
        for question in questions:
            value, here = values.get(question.id), (*place, question.id)
            if isinstance(question, c.RepeatQuestion):
                self.lists[self.key(here, question)] = (here, len(value or ()))
                for index, item in enumerate(value or ()):
                    self.learn(question.questions, item, (*here, index))
            elif isinstance(question, c.GroupQuestion):
                self.learn(question.questions, value or {}, here)
            elif isinstance(question, c.ConsentQuestion):
                given = value or Consent()
                parts = {part.id: getattr(given, part.id) for part in consent_questions(question)}
                if given.refused:
                    # This person says no in the end: what was told before stays in the student's own file.
                    self.refusals.append(here)
                    parts["may_use"] = "yes"
                self.learn(consent_questions(question), parts, here)
            else:
                self.known[self.key(here, question)] = (here, question, value)

    def work(self):
        """Go through everything; gives the exit code."""
        self.hands.start()
        seen = self.hands.page()
        for _count in range(GIVE_UP):
            if not self.act(seen):
                return self.hands.over()
            seen = self.hands.page()
        raise AssertionError(f"no end to it\n{seen.text}")

    def act(self, seen):
        """Do what belongs to what is seen; False at the end."""
        key = (seen.crumb, seen.label)
        if key in self.known:
            self.ask(seen, *self.known[key])
        elif key in self.lists:
            self.list(self.happens(seen, self.lists[key][0]), *self.lists[key])
        elif seen.crumb == self.say("Who and where"):
            self.identity(seen)
        elif self.is_overview(seen):
            return self.overview(self.interrupt(seen, "overview"))
        elif self.say("Choose your language.") in seen.text:
            self.hands.choose({"nl": "Nederlands", "en": "English"}[self.language])
        elif self.say("Keep mine: {mine}") in seen.text:
            self.interrupt(seen, "compare")
            self.hands.choose(self.say("Keep mine: {mine}"))
        else:
            assert seen.find(self.say("Go on")) == "1", f"unknown\n{seen.text}"
            self.hands.choose(self.say("Go on"))
        return True

    def is_overview(self, seen):
        title = self.course.title[self.language]
        return not seen.crumb and any(line.strip() == title for line in seen.text.splitlines())

    def identity(self, seen):
        who = self.target.identity
        values = [who.student.name, who.student.number, who.school.name, who.school.place,
                  who.school.group, who.mentor.name]  # fmt: skip
        if seen.number == 2:
            self.went_back(seen, values[0], Kind.TEXT)
        self.hands.give(Kind.TEXT, (), values[seen.number - 1])

    def overview(self, seen):
        """Go to the first part where something is still to be answered, or stop."""
        for assignment in self.course.assignments:
            if self.open_in(assignment.id):
                self.hands.choose(assignment.title[self.language])
                return True
        self.hands.choose(self.say("Stop for today"))
        return False

    def open_in(self, assignment_id):
        return any(
            place[0] == assignment_id and value not in (None, ()) and place not in self.answered
            for place, _question, value in self.known.values()
        ) or any(place[0] == assignment_id for place in self.refusals)  # fmt: skip

    def ask(self, seen, place, question, value):
        kind = kind_of(question, self.course)
        self.begun = ""
        seen = self.happens(self.interrupt(seen, kind), place)
        if seen is None:
            return
        if (seen.crumb, seen.label) != self.key(place, question):
            self.act(seen)
            return
        if place in self.answered:
            self.hands.keep(kind)
            return
        self.answered.add(place)
        if value in (None, ()):
            self.hands.move(Move.SKIP)
        else:
            options = options_of(question, self.course, self.language)
            self.hands.give(kind, options, as_raw(value, self.language), self.begun)

    def happens(self, seen, place):
        """Let what belongs to this place happen, once."""
        event = self.events.get(place)
        if event is None or self.not_yet(place):
            return seen
        del self.events[place]
        return event(self, seen, place)

    def not_yet(self, place):
        """Tell whether a list is not full yet: what happens to a list happens when it is."""
        for where, count in self.lists.values():
            if where == place:
                return self.items_in(where) < count
        return False

    def items_in(self, place):
        """Count the items of a list that were begun."""
        size = len(place)
        return len({known[size] for known in self.answered if known[:size] == place and len(known) > size})

    def list(self, seen, place, count):
        seen = self.interrupt(seen, "list")
        if self.items_in(place) < count:
            self.hands.choose(self.say("Add: {item}"))
        elif self.refusals and self.refusals[0][: len(place)] == place:
            self.refuse(self.refusals.pop(0))
        else:
            self.hands.choose(self.say("Go on to the next question"))

    def refuse(self, place):
        """Change one answer of one item: this person said no."""
        label = self.say("Consent: use")
        self.hands.choose_number(place[2] + 1)
        self.hands.page()
        self.hands.choose(self.say("Change one answer"))
        self.hands.page()
        self.hands.choose(label)
        seen = self.hands.page()
        assert seen.label == label, seen.text
        _place, question, _value = self.known[seen.crumb, label]
        self.hands.give(Kind.CHOICE, options_of(question, self.course, self.language), "no")
        self.hands.page()
        self.hands.choose(self.say("Back to the list"))

    # What happens on the way

    def interrupt(self, seen, what):
        """Press Ctrl-C and Ctrl-D, once at every kind of prompt, and go on there."""
        if what in self.interrupted:
            return seen
        self.interrupted.add(what)
        before = (seen.crumb, seen.label)
        for key in ("ctrl c", "ctrl d"):
            self.hands.type(key)
            asked = self.hands.page()
            assert self.say("Stop for a moment?") in asked.text
            self.hands.choose(self.say("Go on here"))
            seen = self.hands.page()
            assert (seen.crumb, seen.label) == before
        return seen

    def went_back(self, seen, answer, kind):
        """Go back one question, see the answer there, and return."""
        self.hands.move(Move.BACK)
        assert answer in self.hands.page().text
        self.hands.keep(kind)
        again = self.hands.page()
        assert (again.crumb, again.label) == (seen.crumb, seen.label)
        return again

    def value(self, place):
        return value_at(self.target.answers[place[0]], place[1:])
