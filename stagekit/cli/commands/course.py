"""`stagekit course`: courses as data."""

from pathlib import Path
from typing import Annotated

import typer

from stagekit.cli import console
from stagekit.cli.localised import LocalisedCommand, LocalisedGroup
from stagekit.errors import InvalidInput
from stagekit.i18n import _, active, ngettext

app = typer.Typer(
    cls=LocalisedGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help=_("For course makers: list, show and check courses."),
    context_settings={"help_option_names": ["-h", "--help"]},
)

CourseId = Annotated[str, typer.Argument(metavar=_("[COURSE]"), help=_("The id of a course."))]


@app.command("list", cls=LocalisedCommand, help=_("List the courses there are."))
def list_courses() -> None:
    """List the courses."""
    from stagekit.api.courses import courses

    for course in courses():
        count = ngettext("{count} assignment", "{count} assignments", len(course.assignments))
        console.show(f"{console.styled(course.id, 'strong')}  {course.title[active()]} ({count})")


@app.command("show", cls=LocalisedCommand, help=_("Show the assignments and questions of a course."))
def show_course(course: CourseId = "samenwerken-met-ouders") -> None:
    """Show a course."""
    from stagekit.api.courses import course_by_id
    from stagekit.cli.outline import outline

    for line in outline(course_by_id(course)):
        console.show(line)


@app.command(
    "validate",
    cls=LocalisedCommand,
    help=_("Check every file of a course; each problem with file and line."),
)
def validate_course(
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("The folder with course.yaml."))],
) -> None:
    """Check a course folder."""
    from stagekit.api.courses import validate

    found = validate(folder)
    if found.problems:
        raise InvalidInput(found.problems)
    console.show(_("This course can be used; nothing is wrong with its files."))


@app.command("schema", cls=LocalisedCommand, help=_("Print the JSON Schema of a kind of course file."))
def print_schema(
    name: Annotated[str, typer.Argument(metavar="course|assignment|reference|names|privacy")] = "assignment",
) -> None:
    """Print a schema."""
    from stagekit.api.courses import schema_text

    console.show(schema_text(name).rstrip("\n"))
