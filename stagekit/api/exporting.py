"""A cohort from a script: `export_cohort` as the command line calls it, with any executor there is."""

import os
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from stagekit.api.rendering import checked_formats
from stagekit.cohort.export import CohortResult, ExportOptions, Progress
from stagekit.cohort.model import Limits, Row

__all__ = ["CohortResult", "ExportOptions", "Limits", "Row", "as_json", "export_cohort"]

DEFAULT_FORMATS = ("html",)


def export_cohort(
    sources: Sequence[Path | str],
    out: Path | str,
    options: ExportOptions | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> CohortResult:
    """Make every portfolio among `sources`, folders, zips or files, in `out`, and the overview.

    Without `executor` the work is done in this process, or in several where that is sooner; any
    `concurrent.futures.Executor` whose workers see the same folders does it otherwise. `progress` is called
    with how many of how many are made. Raises UserError where the call is wrong or nothing was handed in;
    what is wrong with one submission is in its row.
    """
    from dataclasses import replace

    from stagekit.cohort.export import export_cohort as export

    options = options or ExportOptions()
    options = replace(options, formats=checked_formats(options.formats or DEFAULT_FORMATS))
    # Absolute, for what goes back to the students is looked for from whatever folder that is done in.
    found = [Path(os.path.abspath(source)) for source in sources]  # noqa: PTH100 - links stay as they are
    return export(found, Path(out), options, executor, progress)


def as_json(result: CohortResult) -> dict[str, Any]:
    """Give the document `export --json` prints; paths as they are on this computer."""
    from stagekit.cohort.state import row_as_json

    problems = (f"{each.message} {each.next_step}".strip() for each in result.problems)
    return {
        "out": str(result.out),
        "overview": [str(file) for file in result.overview],
        "key": str(result.key_file) if result.key_file else None,
        "made": result.made,
        "kept": result.kept,
        "failed": len(result.failed),
        "gone": list(result.gone),
        "notices": [*result.notices, *problems],
        "rows": [row_as_json(row) for row in result.rows],
    }
