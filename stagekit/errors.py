"""The errors people meet, each with its exit code: a mistake in the call, or located problems in input."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place of an input file.

    `file` and `line` (from 1) say where, `path` names the place as `visie.quotes[2].page`,
    `message` is a sentence that ends with what to do.
    """

    message: str
    path: str = ""
    file: Path | None = None
    line: int | None = None

    def where(self) -> str:
        """Give `file:line: path`, as far as known."""
        place = "" if self.file is None else str(self.file)
        if self.line is not None:
            place += f":{self.line}"
        return ": ".join(part for part in (place, self.path) if part)


class StageKitError(Exception):
    """What a person can mend; everything else that is raised is a bug of ours."""

    exit_code = 2


class UserError(StageKitError):
    """The call or a refusal: one sentence, and the next step."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class InvalidInput(StageKitError):
    """An input file that cannot be used: every problem found, each with its place."""

    def __init__(self, problems: "list[Problem] | tuple[Problem, ...]") -> None:
        super().__init__("; ".join(f"{problem.where()}: {problem.message}" for problem in problems))
        self.problems = tuple(problems)
