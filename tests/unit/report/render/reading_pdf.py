"""What a PDF holds, as the programs that read PDFs tell it."""

import json
import subprocess


def run(*command: str, data: bytes = b"") -> bytes:
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert done.returncode == 0, (done.stderr + done.stdout).decode(errors="replace")
    return done.stdout


def text(pdf: bytes) -> str:
    """Give the words in reading order."""
    return run("pdftotext", "-enc", "UTF-8", "-", "-", data=pdf).decode()


def squeezed(words: str) -> str:
    """Leave out blanks, line ends and the hyphens that break words: where lines end is not the question."""
    return "".join(words.replace("\xad\n", "").split())


def info(pdf: bytes) -> dict[str, str]:
    """Give what `pdfinfo` says, by its labels."""
    lines = run("pdfinfo", "-enc", "UTF-8", "-", data=pdf).decode().splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def structure(pdf: bytes, tmp_path) -> dict:
    """Give the objects of the file as JSON, checked on the way."""
    file = tmp_path / "it.pdf"
    file.write_bytes(pdf)
    run("qpdf", "--check", str(file))
    return json.loads(run("qpdf", "--json", "--json-key=outlines", "--json-key=qpdf", str(file)))


def bookmarks(found: dict) -> list[str]:
    """List the titles of the outline, inner ones behind their parent, with a blank for each level."""

    def walk(entries, depth):
        for entry in entries:
            yield " " * depth + entry["title"]
            yield from walk(entry["kids"], depth + 1)

    return list(walk(found["outlines"], 0))


def objects(found: dict) -> list[dict]:
    """List every dictionary of the file."""

    def walk(value):
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    return list(walk(found["qpdf"]))


def plain_bytes(pdf: bytes, tmp_path) -> bytes:
    """Give the file with nothing compressed."""
    file = tmp_path / "plain.pdf"
    file.write_bytes(pdf)
    return run("qpdf", "--qdf", "--object-streams=disable", str(file), "-")
