"""`stagekit export`: a folder for each student, only what changed is made, nothing of others is touched."""

import json
import os
import shutil
from pathlib import Path

import pytest

from stagekit.api.exporting import ExportOptions, export_cohort
from stagekit.api.portfolios import open_portfolio
from tests.functional.cohort.cohorts import cohort, contents, documents, small, whole


@pytest.fixture
def three(tmp_path):
    return cohort(tmp_path / "in", {"a": small("Anna Smit"), "b": small("Bas Pool"), "c": whole("Cem Kaya")})


def export(stagekit, *arguments, ok=True):
    return json.loads(stagekit("export", *arguments, "--json", "-j", "1", ok=ok).out)


def test_every_student_has_a_folder_and_a_row(stagekit, three, tmp_path):
    found = export(stagekit, three, "-o", "out", "-f", "html", "-f", "md")
    assert [row["name"] for row in found["rows"]] == ["Anna Smit", "Bas Pool", "Cem Kaya"]
    assert [row["status"] for row in found["rows"]] == ["started", "started", "complete"]
    for row in found["rows"]:
        assert row["documents"] == [f"{row['folder']}/portfolio.html", f"{row['folder']}/portfolio.md"]
        assert row["name"] in (tmp_path / "out" / row["documents"][0]).read_text(encoding="utf-8")
    assert (tmp_path / "out" / "overview.html").is_file()


def test_a_document_is_what_render_makes_of_it(stagekit, tmp_path, real):
    stagekit("render", real, "-f", "md", "--for", "lecturer", "-o", tmp_path / "alone")
    stagekit("export", real, "-o", "out", "-f", "md")
    (made,) = (tmp_path / "out").glob("*/portfolio.md")
    assert made.read_bytes() == (tmp_path / "alone" / "portfolio-lecturer.md").read_bytes()


def test_what_did_not_change_is_not_made_again(stagekit, three, tmp_path):
    export(stagekit, three, "-o", "out")
    before = {name: file.stat().st_mtime_ns for name, file in documents(tmp_path / "out").items()}
    (three / "b.yaml").write_text(small("Bas Pool", text="Heel anders."), encoding="utf-8")
    found = export(stagekit, three, "-o", "out")
    after = {name: file.stat().st_mtime_ns for name, file in documents(tmp_path / "out").items()}
    assert (found["made"], found["kept"]) == (1, 2)
    assert {name for name in after if after[name] != before[name]} == {"bas-pool"}
    assert "Heel anders." in documents(tmp_path / "out")["bas-pool"].read_text(encoding="utf-8")


def test_what_cannot_be_used_takes_nothing_off_the_count_of_what_stayed(stagekit, three):
    (three / "d.zip").write_bytes(b"PK\3\4 no zip")
    (three / "e.docx").write_bytes(b"PK\3\4")
    first = export(stagekit, three, "-o", "out", ok=False)
    again = export(stagekit, three, "-o", "out", ok=False)
    assert (first["made"], first["kept"]) == (3, 0)
    assert (again["made"], again["kept"]) == (0, 3)


def test_a_file_in_place_of_the_folder_is_named(stagekit, three, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    told = stagekit("export", three, "-o", "out", ok=False)
    assert told.code == 2
    assert "a file, not a folder" in told.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("formerly", [False, True])
def test_an_export_of_nothing_leaves_nothing_behind(stagekit, tmp_path, formerly):
    (tmp_path / "in").mkdir()
    if formerly:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    assert stagekit("export", "in", "-o", "out", ok=False).code == 2
    if formerly:
        assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.txt"]
    else:
        assert not (tmp_path / "out").exists()


def test_an_export_of_nothing_takes_nothing_off_a_former_one(stagekit, three, tmp_path):
    export(stagekit, three, "-o", "out")
    before = contents(tmp_path / "out")
    (tmp_path / "nothing").mkdir()
    assert stagekit("export", "nothing", "-o", "out", ok=False).code == 2
    assert contents(tmp_path / "out") == before


def test_a_name_nobody_can_see_is_no_name(stagekit, tmp_path):
    cohort(tmp_path / "in", {"anna": small('"\\u200b\\u200d"'), "bas": small("Bas Pool")})
    assert [row["name"] for row in export(stagekit, "in", "-o", "out")["rows"]] == ["anna", "Bas Pool"]


def test_too_much_text_makes_no_pdf_and_says_so(stagekit, tmp_path):
    long = [small("Anna Lang", text="De moeder vertelde. " * 11_000), small("Bas Kort")]
    cohort(tmp_path / "in", {str(number): text for number, text in enumerate(long)})
    first, second = export(stagekit, "in", "-o", "out", "-f", "pdf", "-f", "html", ok=False)["rows"]
    assert "200000" in first["failed_formats"]["pdf"]
    assert [Path(document).name for document in first["documents"]] == ["portfolio.html"]
    assert [Path(document).name for document in second["documents"]] == ["portfolio.html", "portfolio.pdf"]


def test_findings_are_counted_as_check_does_also_in_answers_to_feedback(stagekit, tmp_path, real):
    file = tmp_path / "f.json"
    portfolio = open_portfolio(real, remember=False).portfolio.identity.id
    said = {"stagekit_feedback": 1, "portfolio": portfolio, "reviewer": {"name": "M. Bos"}}
    said["assignments"] = {"visie": {"comment": "Bel eens."}}
    file.write_text(json.dumps(said), encoding="utf-8")
    stagekit("review", real, "--import", file)
    (taken,) = (real / "feedback").glob("*.yaml")
    text = taken.read_text(encoding="utf-8")
    before = export(stagekit, real, "-o", "out")["rows"][0]["findings"].get("block", 0)
    taken.write_text(text.replace("reply:", "reply: Dat doe ik op 06 12345678."), encoding="utf-8")
    after = export(stagekit, real, "-o", "out")["rows"][0]["findings"]
    found = json.loads(stagekit("check", real, "--json", ok=False).out)["findings"]
    assert after["block"] == before + 1
    assert after["block"] == sum(finding["weight"] == "block" for finding in found)


def test_changed_bit_by_bit_it_equals_a_clean_run(stagekit, three, tmp_path):
    export(stagekit, three, "-o", "out")
    (three / "b.yaml").write_text(small("Bas Pool", text="Anders."), encoding="utf-8")
    (three / "d.yaml").write_text(small("Dide Bos"), encoding="utf-8")
    export(stagekit, three, "-o", "out")
    export(stagekit, three, "-o", "clean")
    assert contents(tmp_path / "out") == contents(tmp_path / "clean")


def test_formats_add_up_until_the_content_changes(stagekit, three, tmp_path):
    out = tmp_path / "out"
    export(stagekit, three, "-o", "out", "-f", "md")
    found = export(stagekit, three, "-o", "out", "-f", "txt")
    assert len(found["rows"][0]["documents"]) == 2
    (three / "a.yaml").write_text(small("Anna Smit", text="Nieuw."), encoding="utf-8")
    found = export(stagekit, three, "-o", "out", "-f", "txt")
    anna = out / found["rows"][0]["folder"]
    assert [file.name for file in anna.iterdir()] == ["portfolio.txt"]
    assert len(found["rows"][1]["documents"]) == 2


def test_a_document_that_is_gone_is_made_again(stagekit, three, tmp_path):
    export(stagekit, three, "-o", "out")
    documents(tmp_path / "out")["anna-smit"].unlink()
    assert export(stagekit, three, "-o", "out")["made"] == 1
    assert len(documents(tmp_path / "out")) == 3


def test_who_is_gone_is_named_and_not_removed(stagekit, three, tmp_path):
    folder = export(stagekit, three, "-o", "out")["rows"][0]["folder"]
    (three / "a.yaml").unlink()
    found = export(stagekit, three, "-o", "out")
    assert found["gone"] == [folder]
    assert len(found["rows"]) == 2
    assert (tmp_path / "out" / folder / "portfolio.html").is_file()


def test_files_of_others_are_never_touched(stagekit, three, tmp_path):
    out = tmp_path / "out"
    folder = export(stagekit, three, "-o", "probe")["rows"][0]["folder"]
    (out / folder).mkdir(parents=True)
    for name in ("portfolio.html", "notes.txt"):
        (out / folder / name).write_text("of the lecturer", encoding="utf-8")
    (out / "overview.csv").write_text("of the lecturer", encoding="utf-8")
    result = stagekit("export", three, "-o", "out", "-f", "html", "-f", "md", "--lang", "en", ok=False)
    assert result.code == 1
    assert "“portfolio.html” is there already and StageKit did not make it" in " ".join(result.err.split())
    assert "overview.csv" in result.err
    for name in (f"{folder}/portfolio.html", f"{folder}/notes.txt", "overview.csv"):
        assert (out / name).read_text(encoding="utf-8") == "of the lecturer"
    assert (out / folder / "portfolio.md").is_file()
    forced = stagekit("export", three, "-o", "out", "-f", "html", "--force", ok=False)
    assert forced.code == 1
    assert (out / folder / "portfolio.html").read_text(encoding="utf-8") == "of the lecturer"


def test_a_document_somebody_wrote_in_is_left_until_forced(stagekit, three, tmp_path):
    export(stagekit, three, "-o", "out", "-f", "md")
    document = documents(tmp_path / "out")["anna-smit"]
    document.write_text("my remarks", encoding="utf-8")
    assert export(stagekit, three, "-o", "out", "-f", "md")["made"] == 0
    (three / "a.yaml").write_text(small("Anna Smit", text="Nieuw."), encoding="utf-8")
    found = export(stagekit, three, "-o", "out", "-f", "md", ok=False)
    assert "--force" in found["rows"][0]["failed_formats"]["md"]
    assert found["rows"][0]["documents"] == []
    assert document.read_text(encoding="utf-8") == "my remarks"
    export(stagekit, three, "-o", "out", "-f", "md", "--force")
    assert "Nieuw." in document.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_no_link_below_the_folder_is_followed(stagekit, three, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = export(stagekit, three, "-o", "probe")["rows"][0]["folder"]
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")  # the lecturer's own
    (tmp_path / "out" / folder).symlink_to(elsewhere)
    found = export(stagekit, three, "-o", "out", ok=False)
    assert [row["status"] for row in found["rows"]] == ["failed", "started", "complete"]
    assert list(elsewhere.iterdir()) == []
    shutil.rmtree(tmp_path / "real" / ".stagekit-export")
    (tmp_path / "real" / ".stagekit-export").symlink_to(elsewhere)
    assert stagekit("export", three, "-o", "out", ok=False).code == 2
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("out", ["in/out", "in", "."])
def test_a_folder_within_the_other_is_refused(stagekit, three, out):
    before = contents(three)
    assert stagekit("export", three, "-o", out, ok=False).code == 2
    assert contents(three) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["in"],
        ["in", "-o", "out", "-f", "odt"],
        ["in", "-o", "out", "--for", "parent"],
        ["in", "-o", "out", "-j", "0"],
        ["in", "-o", "out", "--roster", "none.csv"],
        ["nothing", "-o", "out"],
        ["empty", "-o", "out"],
    ],
)
def test_a_wrong_call_ends_with_2(stagekit, three, tmp_path, arguments):
    (tmp_path / "empty").mkdir()
    result = stagekit("export", *arguments, ok=False)
    assert result.code == 2
    assert result.out == ""
    assert result.err


def test_a_broken_submission_is_a_row_and_the_exit_code_tells(stagekit, three, tmp_path):
    (three / "d.yaml").write_text("visie: [broken", encoding="utf-8")
    (three / "e.docx").write_bytes(b"PK not really")
    result = stagekit("export", three, "-o", "out", "--lang", "en", ok=False)
    assert result.code == 1
    assert "could not be used" in result.out
    assert "only a Word or PDF file" in result.out
    assert len(documents(tmp_path / "out")) == 3


def test_a_damaged_memory_is_no_reason_to_overwrite(stagekit, three, tmp_path):
    export(stagekit, three, "-o", "out")
    for record in (tmp_path / "out" / ".stagekit-export" / "students").iterdir():
        record.write_text('{"stagekit_export": 1, "folder": "../../x", "files": {}}', encoding="utf-8")
    (three / "a.yaml").write_text(small("Anna Smit", text="Nieuw."), encoding="utf-8")
    found = export(stagekit, three, "-o", "out", ok=False)
    assert "html" in found["rows"][0]["failed_formats"]
    assert [row["failed_formats"] for row in found["rows"][1:]] == [{}, {}]  # the same bytes are no loss
    assert not (tmp_path / "x").exists()


def test_the_roster_names_who_is_missing(stagekit, three, tmp_path):
    roster = "Naam;Studentnummer\nSmit, Anna;77\nBas Pool;88\nCem Kaya;99\nIris Weg;11\n"
    (tmp_path / "class.csv").write_text(roster, encoding="utf-8")
    found = export(stagekit, three, "-o", "out", "--roster", "class.csv")
    assert [(row["name"], row["status"]) for row in found["rows"]][-1] == ("Iris Weg", "missing")
    assert len(found["rows"]) == 4


def test_the_same_by_processes_as_by_a_loop(three, tmp_path, monkeypatch):
    monkeypatch.setattr("stagekit.cohort.pool.WORTH_FORK", 0)
    for number in range(20):
        (three / f"s{number}.yaml").write_text(small(f"Student N{number:02}x"), encoding="utf-8")
    calls = []
    options = {"formats": ("md",)}
    many = export_cohort([three], tmp_path / "many", ExportOptions(**options, jobs=2),
                         progress=lambda done, total: calls.append((done, total)))  # fmt: skip
    one = export_cohort([three], tmp_path / "one", ExportOptions(**options, jobs=1))
    assert many.rows == one.rows
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert calls == [(done, 23) for done in range(24)]
