"""Feedback from nodes: what a feedback file and a round in the portfolio have in common, read strictly."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar, cast, get_args

from stagekit.i18n import _
from stagekit.model.decode import NodePath, Problems, did_you_mean, shorten
from stagekit.model.feedback import (
    OVERALL,
    AnswerFeedback,
    AssignmentFeedback,
    Feedback,
    FeedbackLevel,
    Reply,
    Reviewer,
)
from stagekit.model.node import Mapping, Node, Scalar, is_empty
from stagekit.model.text import refused_characters
from stagekit.model.values import NO, YES

MAX_COMMENT = 20_000
"""Characters of one comment: a long talk on paper is about 3000."""
MAX_NAME = 120
MAX_PROBLEMS = 60
"""Unknown keys that are told; looking for what was meant takes its time."""
MAX_ASSIGNMENTS, MAX_ANSWERS = 60, 300
_PORTFOLIO = re.compile(r"[a-z0-9]{8,40}")
_SEEN = re.compile(r"[0-9a-f]{16}")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_ANSWERED = ("reply", "done")

Form = Literal["file", "round"]
Part = TypeVar("Part")


@dataclass(slots=True)
class Reading:
    """One document being read.

    `form` is `file` for what a reviewer sends: typed as JSON is, unknown keys are problems. In a `round` all
    is text, `reply` and `done` stand beside each point, and keys that a person added are in `unknown`.
    """

    problems: Problems
    form: Form
    replies: dict[str, Reply] = field(default_factory=dict)
    unknown: list[tuple[int, NodePath, str]] = field(default_factory=list)

    def feedback(self, root: Mapping) -> Feedback | None:
        """Read the whole; None without a portfolio's id. What is wrong is a problem and left out."""
        head = ("stagekit_feedback",) if self.form == "file" else ("schema",)
        self.keys(root, (), (*head, "portfolio", "reviewer", OVERALL, "assignments"))
        portfolio = self.matching(root, (), "portfolio", _PORTFOLIO, _("an id of a portfolio"))
        if portfolio is None and not self.problems.found:
            self.problems.add(root.line, (), _("The key “{key}” is missing; add it.", key="portfolio"))
        reviewer = self.reviewer(root)
        overall = self.overall(root)
        assignments = self.assignments(root)
        if portfolio is None:
            return None
        return Feedback(portfolio=portfolio, reviewer=reviewer, overall=overall, assignments=assignments)

    def reviewer(self, root: Mapping) -> Reviewer:
        """Read who gave it, and when."""
        node, path = self.mapping(root, (), "reviewer"), ("reviewer",)
        self.keys(node, path, ("name", "show_name", "date"))
        name = self.text(node, path, "name", MAX_NAME)
        return Reviewer(
            name=" ".join(name.split()) if name else None,
            show_name=self.yes_no(node, path, "show_name"),
            date=self.day(node, path, "date"),
        )

    def overall(self, root: Mapping) -> str | None:
        """Read the word on the whole portfolio: a text in a file, with the student's reply in a round."""
        if self.form == "file":
            return self.text(root, (), OVERALL, MAX_COMMENT)
        node = self.mapping(root, (), OVERALL)
        self.keys(node, (OVERALL,), ("comment",), answered=True)
        self.reply(node, (OVERALL,), OVERALL)
        return self.text(node, (OVERALL,), "comment", MAX_COMMENT)

    def assignments(self, root: Mapping) -> dict[str, AssignmentFeedback]:
        """Read what is said of each assignment."""
        return self.each(root, (), "assignments", MAX_ASSIGNMENTS, self.assignment)

    def assignment(self, node: Mapping, path: NodePath) -> AssignmentFeedback:
        """Read what is said of one assignment, and of its answers."""
        self.keys(node, path, ("level", "comment", "signed_off", "seen", "answers"), answered=True)
        self.reply(node, path, str(path[-1]))
        return AssignmentFeedback(
            level=self.level(node, path),
            comment=self.text(node, path, "comment", MAX_COMMENT),
            signed_off=self.yes_no(node, path, "signed_off"),
            seen=self.matching(node, path, "seen", _SEEN, _("a mark of 16 signs")),
            answers=self.each(node, path, "answers", MAX_ANSWERS, self.answer),
        )

    def answer(self, node: Mapping, path: NodePath) -> AnswerFeedback:
        """Read what is said of one answer."""
        self.keys(node, path, ("comment", "seen"), answered=True)
        self.reply(node, path, f"{path[1]}.{path[-1]}")
        return AnswerFeedback(
            comment=self.text(node, path, "comment", MAX_COMMENT),
            seen=self.matching(node, path, "seen", _SEEN, _("a mark of 16 signs")),
        )

    def reply(self, node: Mapping, path: NodePath, point: str) -> None:
        """Note what the student did with a point."""
        if self.form == "round":
            text = self.text(node, path, "reply", MAX_COMMENT)
            reply = Reply(text=text, done=self.yes_no(node, path, "done"))
            if reply != Reply():
                self.replies[point] = reply

    def level(self, node: Mapping, path: NodePath) -> FeedbackLevel | None:
        """Read a judgement."""
        found = self.text(node, path, "level", MAX_NAME)
        allowed = get_args(FeedbackLevel)
        if found is None or found in allowed:
            return cast(FeedbackLevel | None, found)
        message = _("“{text}” is not one of: {choices}.", text=shorten(found), choices=", ".join(allowed))
        self.problems.add(node.line_of("level"), (*path, "level"), message + did_you_mean(found, allowed))
        return None

    def text(self, node: Mapping, path: NodePath, key: str, limit: int) -> str | None:
        """Read a text; None where it says nothing."""
        child = node.entries.get(key)
        if child is None or self.says_nothing(child):
            return None
        if not isinstance(child, Scalar) or (self.form == "file" and child.plain):
            self.problems.add(node.line_of(key), (*path, key), _("A text is expected here."))
            return None
        found = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", child.text).strip()
        if len(found) > limit:
            message = _("This text is too long: {count} characters; at most {limit} fit.",
                        count=len(found), limit=limit)  # fmt: skip
            self.problems.add(node.line_of(key), (*path, key), message)
            return None
        if refused := refused_characters(found):
            message = _("The character {name} cannot be used; remove it.", name=refused[0].name)
            self.problems.add(node.line_of(key), (*path, key), message)
            return None
        return found or None

    def matching(
        self, node: Mapping, path: NodePath, key: str, pattern: re.Pattern[str], what: str
    ) -> str | None:
        """Read a text of one form."""
        found = self.text(node, path, key, MAX_NAME)
        if found is None or pattern.fullmatch(found):
            return found
        message = _("“{text}” is not {what}.", text=shorten(found), what=what)
        self.problems.add(node.line_of(key), (*path, key), message)
        return None

    def day(self, node: Mapping, path: NodePath, key: str) -> str | None:
        """Read a day that exists."""
        found = self.text(node, path, key, MAX_NAME)
        if found is None:
            return None
        try:
            if re.fullmatch(r"[12]\d{3}-\d{2}-\d{2}", found, re.ASCII):
                return date.fromisoformat(found).isoformat()
        except ValueError:
            pass
        message = _("A date is expected here, written as 2026-10-06.")
        self.problems.add(node.line_of(key), (*path, key), message)
        return None

    def yes_no(self, node: Mapping, path: NodePath, key: str) -> bool:
        """Read true or false; a person may write yes or no in a round."""
        child = node.entries.get(key)
        if child is None or self.says_nothing(child):
            return False
        word = child.text.strip().lower() if isinstance(child, Scalar) else ""
        if self.form == "round" and word in YES | NO:
            return word in YES
        if isinstance(child, Scalar) and child.plain and word in {"true", "false"}:
            return word == "true"
        self.problems.add(node.line_of(key), (*path, key), _("Write true or false here."))
        return False

    def says_nothing(self, node: Node) -> bool:
        """Tell whether a value stands for none: null in a file, an empty place in a round."""
        return is_empty(node) and (self.form == "round" or isinstance(node, Scalar))

    def mapping(self, node: Mapping, path: NodePath, key: str) -> Mapping:
        """Give the mapping at `key`, an empty one where there is none."""
        child = node.entries.get(key)
        if isinstance(child, Mapping):
            return child
        if child is not None and not self.says_nothing(child):
            message = _("A group of keys is expected here, not a text or a list.")
            self.problems.add(node.line_of(key), (*path, key), message)
        return Mapping(line=node.line_of(key))

    def each(
        self, node: Mapping, path: NodePath, key: str, limit: int, read: Callable[[Mapping, NodePath], Part]
    ) -> dict[str, Part]:
        """Read what stands at each id below `key`."""
        found: dict[str, Part] = {}
        group = self.mapping(node, path, key)
        if len(group.entries) > limit:
            message = _("There are {count} keys here; at most {limit} fit.",
                        count=len(group.entries), limit=limit)  # fmt: skip
            self.problems.add(node.line_of(key), (*path, key), message)
            return found
        for id_ in group.entries:
            here = (*path, key, id_)
            if _ID.fullmatch(id_) is None:
                what = _("a name of an assignment or question")
                message = _("“{text}” is not {what}.", text=shorten(id_), what=what)
                self.problems.add(group.line_of(id_), here[:-1], message)
                continue
            found[id_] = read(self.mapping(group, here[:-1], id_), here)
        return found

    def keys(self, node: Mapping, path: NodePath, known: tuple[str, ...], *, answered: bool = False) -> None:
        """Note keys that are not known here."""
        if answered and self.form == "round":
            known += _ANSWERED
        for key in node.entries:
            if key in known:
                continue
            if self.form == "round":
                self.unknown.append((node.line_of(key), path, key))
            elif len(self.problems.found) < MAX_PROBLEMS:
                message = _("Unknown key “{key}”.", key=shorten(key)) + did_you_mean(key, known)
                self.problems.add(node.line_of(key), (*path, shorten(key)), message)
