"""The child process that renders someone else's template: a job as JSON in, the text or what failed out.

It runs `stagekit.report.render.foreign`'s jobs only. Whatever happens, it writes one JSON document.
"""

import json
import re
import sys
from collections.abc import Callable
from typing import Any

MAX_REPEATED = 10_000_000
"""Length that a repetition (`"a" * n`) may have, for systems that cannot limit memory."""


def main() -> None:
    """Render a template of text."""
    serve(render)


def serve(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Read a job from standard input, do it within its limits, write the answer to standard output."""
    job = json.loads(sys.stdin.buffer.read())
    _limit(job["memory"], job["seconds"])
    try:
        answer = work(job)
    except MemoryError:
        answer = {"error": "memory"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit(memory: int, seconds: int) -> None:
    """Bound memory and time, and allow no file to be written, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            continue  # macOS refuses some


def render(job: dict[str, Any]) -> dict[str, Any]:
    """Give `{"text": …}`, or `{"error": …, "line": …, "name": …}`."""
    return guarded(_rendered, job, job["source"])


def guarded(
    work: Callable[[dict[str, Any]], dict[str, Any]], job: dict[str, Any], source: str = ""
) -> dict[str, Any]:
    """Do `work`, and give what it raises as an answer that repeats nothing but words of the template."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    try:
        return work(job)
    except TemplateSyntaxError as error:
        return {"error": "syntax", "line": error.lineno, "name": _shortened(error.message or "")}
    except (TemplateNotFound, TypeError) as error:
        missing_loader = isinstance(error, TemplateNotFound) or "no loader" in str(error)
        return {"error": "include" if missing_loader else "other", "line": _line(error)}
    except UndefinedError as error:
        return {"error": "undefined", "line": _line(error), "name": _name(str(error), source)}
    except (SecurityError, OverflowError) as error:
        return {"error": "forbidden", "line": _line(error)}
    except TemplateError as error:
        return {"error": "other", "line": _line(error)}
    except MemoryError:
        return {"error": "memory"}
    except RecursionError:
        return {"error": "other"}
    except Exception as error:  # what a template raises may hold the student's words
        return {"error": "other", "line": _line(error)}


def _rendered(job: dict[str, Any]) -> dict[str, Any]:
    template = bounded_environment(markup=job["markup"]).from_string(job["source"])
    pieces: list[str] = []
    size = 0
    for piece in template.generate(job["data"]):
        size += len(piece.encode(errors="replace"))
        if size > job["max_output"]:
            return {"error": "output"}
        pieces.append(piece)
    return {"text": "".join(pieces).encode(errors="replace").decode()}


def bounded_environment(*, markup: bool, **settings: Any) -> Any:
    """Give a sandboxed environment in which nothing is endless but loops."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Bounded(ImmutableSandboxedEnvironment):
        """Refuses the two operators that make much out of little."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "**" and (abs(left) > 1_000 or abs(right) > 100):
                raise SecurityError("power")
            for sequence, times in ((left, right), (right, left)):
                if (
                    hasattr(sequence, "__len__")
                    and isinstance(times, int)
                    and len(sequence) * times > MAX_REPEATED
                ):
                    raise SecurityError("repetition")
            return super().call_binop(context, operator, left, right)

    settings = {"undefined": StrictUndefined, "keep_trailing_newline": True} | settings
    environment = Bounded(autoescape=markup, trim_blocks=True, lstrip_blocks=True, **settings)
    del environment.globals["lipsum"], environment.filters["random"]  # the same input gives the same bytes
    return environment


def _line(error: BaseException) -> int | None:
    """Give the template's line, which Jinja writes into the traceback."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _name(message: str, source: str) -> str:
    """Give the name an error is about if the template has it; values are not repeated."""
    names = re.findall(r"'([A-Za-z_][A-Za-z0-9_]{0,60})'", message)
    return next((name for name in reversed(names) if re.search(rf"\b{name}\b", source)), "")


def _shortened(message: str) -> str:
    """Give Jinja's own words on a syntax error; it has seen nothing but the template."""
    return " ".join(message.split()).rstrip(".")[:200]
