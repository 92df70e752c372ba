"""Someone else's Word template, filled in by a process with limits."""

import base64
from pathlib import Path
from typing import Any

from stagekit.errors import InvalidInput, Problem, UserError
from stagekit.i18n import _
from stagekit.model.course import Course
from stagekit.report.model import Report
from stagekit.report.render import foreign
from stagekit.report.render.word_package import MAX_FILE


def render_docx_template(report: Report, course: Course, template: Path) -> bytes:
    """Fill in the .docx with the answers of `report`; what it can use is described at `word_names`.

    Raises UserError or InvalidInput that says what is wrong with the template and what to do; never with
    anything the student typed.
    """
    from stagekit.report.render.word import properties_of
    from stagekit.report.render.word_names import known_names, template_data

    job = {
        "docx": base64.b64encode(_read(template)).decode(),
        "data": template_data(report, course),
        "names": known_names(course),
        "properties": properties_of(report),
        "memory": foreign.MEMORY,
        "seconds": int(foreign.SECONDS) + 1,
        "max_output": foreign.MAX_OUTPUT,
    }
    answer = foreign.run_limited("word_sandbox", job)
    if "docx" in answer:
        return base64.b64decode(str(answer["docx"]))
    raise InvalidInput([Problem(_sentence(answer), file=template)])


def _read(template: Path) -> bytes:
    next_step = _("Give a Word file that ends in .docx, of at most 10 MB.")
    if template.suffix.lower() in (".docm", ".dotm"):
        raise UserError(
            _("{file} is a Word file with macros, and macros are never run.", file=template.name),
            _("Save it in Word as “Word document (.docx)” and give that file."),
        )
    if template.suffix.lower() not in (".docx", ".dotx"):
        raise UserError(_("{file} is not a Word template.", file=template.name), next_step)
    try:
        with template.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError:
        raise UserError(_("The template {file} cannot be read.", file=template), next_step) from None
    if len(data) > MAX_FILE:
        raise UserError(_("The template {file} is larger than 10 MB.", file=template), next_step)
    return data


def _sentence(answer: dict[str, Any]) -> str:
    """Say what is wrong with the template, and what to do."""
    name, near = str(answer.get("name") or ""), str(answer.get("near") or "")
    match str(answer["error"]):
        case "unknown" if near:
            return _("“{name}” is not something a template can use; did you mean “{near}”?",
                     name=name, near=near)  # fmt: skip
        case "zip" | "xml" | "word":
            return _("This is not a readable Word document. Open it in Word and save it anew as .docx.")
        case "large":
            return _("This Word file is too large. Take out pictures that are not needed, and save it anew.")
        case "macros":
            return _("This file holds macros, and macros are never run. Save it as “Word document (.docx)”.")
        case "embedded":
            return _("This file holds an embedded object or control. Take it out, or paste it as a picture.")
        case "external":
            return _("This Word file fetches something from elsewhere ({target}). "
                     "Put pictures into the document itself, and link to web addresses only.",
                     target=name[:100] or "?")  # fmt: skip
        case "field":
            return _("This file holds a field that may not be used: {name}. Replace it by ordinary text.",
                     name=name[:40])  # fmt: skip
        case "place":
            return _("A placeholder stands where no text can be put, such as in a field or a picture's "
                     "description. Put it into ordinary text.")  # fmt: skip
        case "nesting":
            return _("A {{% for %}} or {{% if %}} begins in one paragraph or cell and ends in another. "
                     "Give each of them a paragraph, or a row, of its own.")  # fmt: skip
        case error:
            return foreign.sentence("undefined" if error == "unknown" else error, name)
