"""Small cohorts to export, and what can be seen of a folder."""

from pathlib import Path

from tests.functional.conftest import REAL_ANSWERS

SMALL = """\
portfolio:
  language: nl
  student: {{name: {name}, number: "{number}"}}
visie:
  summary: {text}
"""


def small(name="Jan de Vries", number="0301234", text="Samen."):
    """Give the answers file of a student who has hardly begun: quick to make."""
    return SMALL.format(name=name, number=number, text=text)


def whole(name, number="0301234", says=""):
    """Give the answers file of a student who is done; `says` is the first answer of the reflection."""
    text = REAL_ANSWERS.read_text(encoding="utf-8")
    text = text.replace("Noor van den Berg", name).replace("0123456", number)
    first = "  impressed: Dat één vraag een heel gesprek kan kantelen.\n"
    assert first in text
    return text.replace(first, f"  impressed: >-\n    {says}\n") if says else text


def cohort(folder: Path, files):
    """Write answers files, name to text."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def numbered(count):
    """Give the answers files of so many students."""
    names = (f"{number:03}" for number in range(count))
    return {f"student {name}": small(f"Student Nummer{name}", f"0300{name}") for name in names}


def contents(folder: Path, *, state=True):
    """Give every file below a folder with its bytes, except the lock."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "lock" and (state or ".stagekit-export" not in file.parts)
    }


def documents(folder: Path):
    """Give the documents of the students by the student's name in the folder's."""
    return {file.parent.name.rpartition("-")[0]: file for file in folder.glob("*/portfolio.*")}
