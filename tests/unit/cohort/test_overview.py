"""The overview's files in OUT: made again only when needed, and nothing of others touched."""

import os
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from stagekit.cohort import overview_html
from stagekit.cohort.outfolder import OutFolder
from stagekit.cohort.overview import write_overview
from stagekit.errors import UserError
from stagekit.store.course_files import load_course
from tests.unit.cohort.rows import HOSTILE, cohort, hostile


@pytest.fixture(scope="module")
def course():
    return load_course()


@pytest.fixture
def write(course, tmp_path):
    def make(rows, language="en", **options):
        with OutFolder(tmp_path).held():
            return write_overview(rows, course, tmp_path, language, **options)

    return make


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(overview_html, "MAX_ON_ONE_PAGE", 20)
    monkeypatch.setattr(overview_html, "PAGE_SIZE", 10)


def test_three_files(write, course, tmp_path):
    names = [file.name for file in write(cohort(course, 9))]
    assert names == ["overview.html", "overview.csv", "overview.xlsx"]


def test_unchanged_rows_leave_the_files_alone(write, course, tmp_path):
    rows = cohort(course, 9)
    for file in write(rows):
        os.utime(file, (1, 1))
    assert {file.stat().st_mtime for file in write(rows)} == {1}
    assert {file.stat().st_mtime for file in write(rows[1:])} != {1}


def test_a_file_that_is_gone_is_made_again(write, course):
    rows = cohort(course, 9)
    write(rows)[1].unlink()
    assert write(rows)[1].exists()


def test_a_foreign_file_is_left_and_named_and_the_others_are_made(write, course, tmp_path):
    (tmp_path / "overview.csv").write_text("mine")
    problems: list[UserError] = []
    files = write(cohort(course, 9), problems=problems)
    assert (tmp_path / "overview.csv").read_text() == "mine"
    assert [file.name for file in files] == ["overview.html", "overview.xlsx"]
    assert "overview.csv" in problems[0].message
    with pytest.raises(UserError):
        write(cohort(course, 9))


def test_nor_is_one_that_the_lecturer_changed_overwritten_but_by_force(write, course, tmp_path):
    write(cohort(course, 9))
    (tmp_path / "overview.csv").write_text("my notes")
    problems: list[UserError] = []
    write(cohort(course, 8), problems=problems)
    assert (tmp_path / "overview.csv").read_text() == "my notes"
    assert problems
    write(cohort(course, 8), force=True)
    assert (tmp_path / "overview.csv").read_text() != "my notes"


def test_no_link_is_followed(write, course, tmp_path):
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.write_text("theirs")
    (tmp_path / "overview.html").symlink_to(elsewhere)
    problems: list[UserError] = []
    write(cohort(course, 3), problems=problems)
    assert elsewhere.read_text() == "theirs"
    assert problems


@pytest.mark.usefixtures("small_pages")
def test_a_large_cohort_is_an_index_of_pages(write, course, tmp_path):
    rows = cohort(course, 25)
    names = [file.name for file in write(rows)]
    assert names[:4] == ["overview.html", "overview-1.html", "overview-2.html", "overview-3.html"]
    pages = [(tmp_path / name).read_text() for name in names[1:4]]
    assert sum(page.count('<th scope="row"><bdi>') for page in pages) == 25
    index = (tmp_path / "overview.html").read_text()
    for number in range(1, 26):
        [file] = re.findall(rf'"(overview-\d\.html)","s{number}"', index)
        assert f'<tr id="s{number}"' in (tmp_path / file).read_text()


@pytest.mark.usefixtures("small_pages")
def test_pages_that_are_no_longer_needed_go(write, course, tmp_path):
    write(cohort(course, 25))
    write(cohort(course, 20))
    assert [file.name for file in sorted(tmp_path.glob("*.html"))] == ["overview.html"]


@pytest.mark.usefixtures("small_pages")
def test_no_figures_per_page_that_could_be_subtracted(write, course, tmp_path):
    write(cohort(course, 40))
    assert 'id="figures"' in (tmp_path / "overview.html").read_text()
    assert 'id="figures"' not in (tmp_path / "overview-1.html").read_text()


@pytest.mark.parametrize("pages", [False, True])
def test_hostile_rows_become_text(write, course, tmp_path, monkeypatch, pages):
    if pages:
        monkeypatch.setattr(overview_html, "MAX_ON_ONE_PAGE", 5)
    write(hostile(course))
    for file in tmp_path.glob("*.html"):
        text = file.read_text()
        body = text[text.index("<body") :]
        assert "<script>alert" not in body
        assert "<img" not in body
        assert "\x1b" not in body
        scripts = 3 if 'id="names"' in body else 2
        assert body.count("<script") == body.count("</script") == scripts
        for address in re.findall(r'<a href="([^"]*)"', body):
            assert address.startswith(("#", "./", "overview"))
            assert not unquote(address).startswith("//")


def test_every_text_can_be_looked_up(write, course, tmp_path):
    write(hostile(course))
    text = (tmp_path / "overview.html").read_text()
    assert text.count("<tr id=") == len(HOSTILE)
    assert "نور بن علي" in text


def test_twins_are_two_rows(write, course, tmp_path):
    one = cohort(course, 1)[0]
    write([one, replace(one, folder="another"), one])
    assert (tmp_path / "overview.html").read_text().count("<tr id=") == 3


def test_a_damaged_state_costs_no_file_of_anybody(write, course, tmp_path):
    write(cohort(course, 5))
    (tmp_path / ".stagekit-export" / "overview.json").write_bytes(b'{"files": [')
    problems: list[UserError] = []
    write(cohort(course, 6), problems=problems)
    assert len(problems) == 3
