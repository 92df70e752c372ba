"""Any bytes as a course or `--answers` file: an answer or a refusal of ours, soon, in little memory."""

import contextlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings

from stagekit import resources
from stagekit.errors import StageKitError
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import DEFAULT_COURSE, load_course, load_course_folder
from tests.unit.store.test_any_bytes import BOMBS, DATA

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def course_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / DEFAULT_COURSE
    shutil.copytree(resources.assignments_dir() / DEFAULT_COURSE, folder)
    return folder


def course_seconds(folder, name, data):
    file = folder / name
    before = file.read_bytes()
    file.write_bytes(data)
    start = time.process_time()
    try:
        with contextlib.suppress(StageKitError):
            load_course_folder(folder)
        return time.process_time() - start
    finally:
        file.write_bytes(before)


def answers_seconds(file, data):
    file.write_bytes(data)
    course = load_course()
    start = time.process_time()
    with contextlib.suppress(StageKitError):
        read_answers(file, course)
    return time.process_time() - start


@given(DATA)
@settings(max_examples=150, deadline=None)
def test_any_bytes_as_answers_input(tmp_path_factory, data):
    assert answers_seconds(tmp_path_factory.getbasetemp() / "any.yaml", data) < 2


@pytest.mark.parametrize(
    "name", ["course.yaml", "1-visie.yaml", "references/lenses.yaml", "references/names.yaml"]
)
@given(data=DATA)
@settings(max_examples=15, deadline=None)
def test_any_bytes_as_a_course_file(course_folder, name, data):
    assert course_seconds(course_folder, name, data) < 2


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_within_two_seconds(course_folder, tmp_path, name):
    assert answers_seconds(tmp_path / "bomb.yaml", BOMBS[name]) < 2
    assert course_seconds(course_folder, "1-visie.yaml", BOMBS[name]) < 2


MEMORY = """
import contextlib, os, re, sys
from pathlib import Path
from stagekit.errors import StageKitError
from stagekit.store.answers_input import read_answers
from stagekit.store.course_files import load_course, load_course_folder
from tests.unit.store.conftest import ANSWERS, make_course, make_identity
from stagekit.store.portfolio_folder import PortfolioFolder
from tests.unit.store.test_any_bytes import BOMBS
small = make_course()
course = load_course()
for name in BOMBS:
    data = BOMBS[name]
    place = Path(sys.argv[1]) / str(len(name)) / name.replace(" ", "-")
    place.mkdir(parents=True)
    store = PortfolioFolder(place / "p"); store.create(small, make_identity(), ANSWERS)
    (place / "a.yaml").write_bytes(data)
    (store.path / "answers" / "1-visie.yaml").write_bytes(data)
    if os.fork():
        assert os.wait()[1] == 0
        continue
    for call in (lambda: read_answers(place / "a.yaml", course), lambda: store.load(small)):
        with contextlib.suppress(StageKitError):
            call()
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], name, flush=True)
    os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_bombs_take_less_than_300_megabytes(tmp_path):
    """Each in a process of its own, a child of one that has loaded everything."""
    command = [sys.executable, "-c", MEMORY, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    peaks = {name: int(size) for size, name in (line.split(" ", 1) for line in done.stdout.splitlines())}
    assert set(peaks) == set(BOMBS)
    assert {name: size for name, size in peaks.items() if size >= 300_000} == {}
