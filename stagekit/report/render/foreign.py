"""Someone else's Jinja template, rendered in a process of its own with limits.

The sandbox keeps a template from reaching files and internals; it cannot keep one from running for ever
or filling the memory. So the child gets the report as data, and is stopped when it takes too much.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.report.model import Report

SECONDS = 5.0
MEMORY = 512_000_000
"""Bytes of address space the child may use, where the system can limit it."""
MAX_OUTPUT = 10_000_000
"""Bytes a rendered template may have."""
MAX_TEMPLATE = 1_000_000

_BOOT = (
    "import json,sys;"
    "sys.path[:]=json.loads(sys.stdin.buffer.readline());"
    "from stagekit.report.render import {module};"
    "{module}.main()"
)


def render_foreign(report: Report, template: Path) -> str:
    """Render `report` by the Jinja template in that file.

    What a template can use is described at `stagekit.report.render.data`. A template whose name ends in
    `.html`, `.htm`, `.xml` or one of these and `.j2` gets its values escaped for HTML. Raises UserError or
    InvalidInput, with file and line where known; never with anything the student typed.
    """
    from stagekit.report.render.data import report_data

    job = {
        "source": _read(template),
        "data": report_data(report),
        "markup": template.name.lower().removesuffix(".j2").endswith((".html", ".htm", ".xml")),
        "memory": MEMORY,
        "seconds": int(SECONDS) + 1,
        "max_output": MAX_OUTPUT,
    }
    answer = run_limited("sandbox", job)
    if "text" in answer:
        return str(answer["text"])
    message = sentence(str(answer["error"]), str(answer.get("name", "")))
    raise InvalidInput([Problem(message, file=template, line=answer.get("line"))])


def _read(template: Path) -> str:
    next_step = _("Give a Jinja template: a text file in UTF-8 of at most 1 MB.")
    try:
        with template.open("rb") as file:
            data = file.read(MAX_TEMPLATE + 1)
        if len(data) <= MAX_TEMPLATE:
            return data.decode("utf-8-sig")
    except OSError:
        raise UserError(_("The template {file} cannot be read.", file=template), next_step) from None
    except UnicodeDecodeError:
        pass
    raise UserError(_("The template {file} is not a text file of that size.", file=template), next_step)


def run_limited(module: str, job: dict[str, Any]) -> dict[str, Any]:
    """Have `module`, one of this package, do a job in a process with limits; gives its answer."""
    stdin = json.dumps(sys.path).encode() + b"\n" + json.dumps(job).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter; no user text is among the arguments
            [sys.executable, "-I", "-c", _BOOT.format(module=module)],
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        return {"error": "time"}
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return {"error": "memory"}
    return answer if isinstance(answer, dict) else {"error": "other"}


def _environment() -> dict[str, str]:
    """Give the child nothing of ours but what Windows needs to start a program."""
    import os

    return {name: os.environ[name] for name in ("SYSTEMROOT", "SystemRoot", "WINDIR") if name in os.environ}


def sentence(error: str, name: str) -> str:
    """Say what is wrong with a template, and what to do."""
    match error:
        case "syntax":
            return _("This is not right as Jinja: {detail}. Mend this line.", detail=name or "?")
        case "undefined":
            return _("“{name}” is not something a template can use here; check the name.", name=name or "?")
        case "include":
            return _("A template stands by itself: it cannot include, import or extend another. "
                     "Put all of it in one file.")  # fmt: skip
        case "forbidden":
            return _("This is not allowed in a template; use only values, filters, conditions and loops.")
        case "time":
            return _("The template takes too long; look for a loop that goes on and on.")
        case "memory":
            return _(
                "The template uses too much memory; look for a loop or a repetition that makes too much."
            )
        case "output":
            return _("The template makes more than 10 MB; look for a loop that makes too much.")
        case _:
            return _("The template cannot be worked out here; check what this line does with its values.")
