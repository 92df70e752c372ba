"""The child process that fills in someone else's Word template: a job as JSON in, the .docx out.

Everything hostile is read here: the archive, its XML, the Jinja in it. `stagekit.report.render.foreign`
sets the limits.
"""

import base64
from typing import Any

from stagekit.report.render import sandbox, word_package
from stagekit.report.render.word_package import BadPackage
from stagekit.report.render.word_values import UnknownName, load, unknown_name


def main() -> None:
    """Fill in one template."""
    sandbox.serve(render)


def render(job: dict[str, Any]) -> dict[str, Any]:
    """Give `{"docx": base64}`, or `{"error": …, "name": …, "near": …}`."""
    return sandbox.guarded(_answered, job)


def _answered(job: dict[str, Any]) -> dict[str, Any]:
    try:
        return _rendered(job)
    except BadPackage as error:
        return {"error": error.reason, "name": error.name}
    except UnknownName as error:
        return {"error": "unknown", "name": error.name, "near": error.near}


def _rendered(job: dict[str, Any]) -> dict[str, Any]:
    from stagekit.report.render.word_check import checked
    from stagekit.report.render.word_fill import Filler
    from stagekit.report.render.word_mend import mended
    from stagekit.report.render.word_template import prepare

    parts = checked(word_package.read(base64.b64decode(job["docx"])))
    values = load(job["data"], job["names"])
    environment = sandbox.bounded_environment(markup=True, undefined=unknown_name(list(values)))
    template = prepare(parts, environment)
    filler = Filler(template, own_lists=False)
    context = values | {"words": filler.words, "lines": filler.lines}
    parts = dict(template.parts)
    left = job["max_output"]
    for name, compiled in template.templates.items():
        pieces: list[str] = []
        for piece in compiled.generate(context):
            left -= len(piece)
            if left < 0:
                return {"error": "output"}
            pieces.append(piece)
        try:
            root = word_package.parse("".join(pieces).encode(errors="replace"))
        except BadPackage:
            return {"error": "nesting"}
        parts[name] = word_package.serialise(mended(root))
    filler.finish(parts)
    word_package.set_core(parts, job["properties"])
    return {"docx": base64.b64encode(word_package.write(parts)).decode()}
