"""Word documents as a user makes them, and as another office program reads them."""

import subprocess

from stagekit import resources
from stagekit.report.render import word_package
from tests.unit.report.render.docx import headings, parts, words

SIX = resources.templates_dir() / "word" / "six-cells.docx"


def test_render_docx(stagekit, real):
    stagekit("render", real, "-f", "docx")
    document = (real / "portfolio.docx").read_bytes()
    assert (1, "1. Visie") in headings(document)
    assert any("#maatwerk" in text for text in words(document))


def test_a_form_of_ones_own(stagekit, real):
    stagekit("render", real, "--template", SIX)
    assert any(
        "Noor van den Berg" in text for text in words((real / "portfolio-six-cells.docx").read_bytes())
    )


def test_a_wrong_name_in_a_form_is_said_with_the_right_one(stagekit, real, tmp_path, english):
    data = parts(SIX.read_bytes())
    data["word/document.xml"] = data["word/document.xml"].replace(b"visie.summary", b"visie.sumary")
    form = tmp_path / "form.docx"
    form.write_bytes(word_package.write(data))
    result = stagekit("render", real, "--template", form, ok=False)
    assert result.code == 2
    assert "visie.sumary" in result.err
    assert "visie.summary" in result.err
    assert not (real / "portfolio-form.docx").exists()


def test_another_office_program_loses_nothing(stagekit, real, needs, tmp_path):
    needs("soffice", "pdftotext")
    stagekit("render", real, "-f", "docx")
    shown = converted(real / "portfolio.docx", tmp_path)
    everything = "".join(shown.split())
    for text in words((real / "portfolio.docx").read_bytes()):
        for word in text.split():
            assert word in everything, word
    for word in ("teamkamer", "thuisbetrokkenheid", "tienminutengesprek"):
        assert word in shown, f"{word} was broken"


def converted(file, folder) -> str:
    """Give the words of the PDF that LibreOffice makes, laid out as on the page."""
    office = ["soffice", f"-env:UserInstallation=file://{folder / 'office'}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", str(folder), str(file)], check=True,
                   capture_output=True, timeout=120)  # fmt: skip
    pdf = folder / f"{file.stem}.pdf"
    command = ["pdftotext", "-layout", str(pdf), "-"]
    shown = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return shown.stdout.decode()
