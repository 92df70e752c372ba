"""`export --blind`: no student's name in any byte of OUT; the key stands beside it, and codes stay."""

import csv
import io
import json
import os
import re
import stat
import zipfile

import pytest

from stagekit.api.portfolios import open_portfolio
from tests.functional.cohort.cohorts import cohort, contents, small, whole
from tests.functional.test_no_name_leaks import plain, texts

SAYS = (
    "Ik ben Noor. NOOR van den Berg, N. van den Berg en Noors tas; mail noor.vandenberg@school.nl of kijk op "
    "https://noorvandenberg.example/noor-van-den-berg en noor_van_den_berg99, nummer 7654321, s7654321."
)
ROOS = "Roos is mijn naam. Ik, Roos Wit, vond in Roos' klas een roos. Ik ben Roos."
FORBIDDEN = re.compile(r"noor|van den berg|vandenberg|7654321|kaya|\bcem\b|iris|verweg|hoekstra|jasmijn")


@pytest.fixture
def named(tmp_path):
    folder = cohort(
        tmp_path / "in",
        {
            "Noor van den Berg": whole("Noor van den Berg", "7654321", SAYS),
            "roos": whole("Roos Wit", "7654322", ROOS),
            "Cem Kaya": "visie: [not yaml of Cem Kaya",
        },
    )
    with zipfile.ZipFile(folder / "pabo-portfolio_submissions.zip", "w") as canvas:
        canvas.writestr("hoekstrajasmijn_LATE_1204392_93_Verslag Jasmijn Hoekstra.docx", b"PK")
        canvas.writestr("bosanna_1204393_94_portfolio.yaml", b"visie: 3")
        canvas.writestr("kayacem_1204394_95_answers.yaml", small("Cem Kaya"))
    (tmp_path / "class.csv").write_text("Naam\nIris Verweg\nNoor van den Berg\n", encoding="utf-8")
    return folder


def export(stagekit, *arguments, ok=True):
    return json.loads(stagekit("export", *arguments, "--blind", "--json", "-j", "1", ok=ok).out)


def test_no_name_in_any_byte(stagekit, named, tmp_path, needs):
    needs("pdftotext", "pdfinfo")
    found = export(stagekit, named, "-o", "out", "-f", "all", "--roster", "class.csv", ok=False)
    states = sorted(row["status"] for row in found["rows"] if row["documents"])
    assert states == ["complete", "complete", "started"]
    made = contents(tmp_path / "out")
    assert sum(name.endswith(".pdf") for name in made) == 3
    assert any("Ik ben S" in data.decode() for name, data in made.items() if name.endswith(".txt"))
    for name, data in made.items():
        leaked = {each for text in texts(name, data) for each in FORBIDDEN.findall(plain(text))}
        assert leaked == set(), name
    codes = {row["name"] for row in found["rows"]}
    assert all(re.fullmatch(r"S[0-9B-Z]{6}", code) for code in codes)
    assert len(codes) == 7


def test_the_overview_has_no_id_by_which_a_zip_handed_in_is_known(stagekit, real, tmp_path):
    id = open_portfolio(real, remember=False).portfolio.identity.id
    (row,) = export(stagekit, real, "-o", "out")["rows"]
    assert row["portfolio"] == ""
    for name, data in contents(tmp_path / "out", state=False).items():
        assert not any(id[:6] in text for text in texts(name, data)), name


def test_a_name_that_is_a_word_goes_where_it_has_a_capital(stagekit, named, tmp_path):
    found = export(stagekit, named, "-o", "out", "-f", "txt", ok=False)
    made = [row["documents"][0] for row in found["rows"] if row["documents"]]
    text = "".join((tmp_path / "out" / name).read_text(encoding="utf-8") for name in made)
    assert "Roos" not in text
    assert "Wit" not in text.replace("Karin", "")
    assert "een roos" in text


def test_the_key_stands_beside_and_is_only_the_owners(stagekit, named, tmp_path):
    found = export(stagekit, named, "-o", "out", "-f", "md", ok=False)
    key = tmp_path / "out-key.csv"
    assert found["key"] == str(key)
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(key.read_text(encoding="utf-8-sig"), newline="")))
    by_name = {row["name"]: row for row in rows}
    assert by_name["Noor van den Berg"]["number"] == "7654321"
    code = by_name["Noor van den Berg"]["code"]
    (row,) = [row for row in found["rows"] if row["name"] == code]
    assert row["folder"] == code.lower()
    assert code in (tmp_path / "out" / row["documents"][0]).read_text(encoding="utf-8")


def test_codes_stay_and_nothing_is_made_again(stagekit, named, tmp_path):
    first = export(stagekit, named, "-o", "out", "-f", "md", ok=False)
    before = contents(tmp_path / "out"), (tmp_path / "out-key.csv").read_bytes()
    (named / "later.yaml").write_text(small("Later Bij"), encoding="utf-8")
    second = export(stagekit, named, "-o", "out", "-f", "md", ok=False)
    (named / "later.yaml").unlink()
    assert {row["name"] for row in first["rows"]} < {row["name"] for row in second["rows"]}
    (new,) = {row["name"] for row in second["rows"]} - {row["name"] for row in first["rows"]}
    assert "Later Bij" in (tmp_path / "out-key.csv").read_text(encoding="utf-8-sig")
    third = export(stagekit, named, "-o", "out", "-f", "md", ok=False)
    assert third["gone"] == [new.lower()]
    changed = {name for name, data in contents(tmp_path / "out").items() if before[0].get(name) != data}
    assert all(new.lower() in name for name in changed)


def test_without_its_key_it_does_not_go_on(stagekit, named, tmp_path):
    export(stagekit, named, "-o", "out", "-f", "md", ok=False)
    (tmp_path / "out-key.csv").unlink()
    assert stagekit("export", named, "-o", "out", "--blind", ok=False).code == 2


def test_names_and_codes_are_not_mixed(stagekit, named):
    export(stagekit, named, "-o", "out", "-f", "md", ok=False)
    assert stagekit("export", named, "-o", "out", "-f", "md", ok=False).code == 2
    assert stagekit("export", named, "-o", "named", "-f", "md", ok=False).code == 1
    assert stagekit("export", named, "-o", "named", "-f", "md", "--blind", ok=False).code == 2
