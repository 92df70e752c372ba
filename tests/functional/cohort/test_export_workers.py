"""Whoever does the work, and whatever ends it: a crash loses one submission, a kill loses nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from stagekit.api.exporting import ExportOptions, export_cohort
from stagekit.report.render.formats import FORMATS
from tests.functional.cohort.cohorts import cohort, contents, documents, numbered, small

STAGEKIT = str(Path(sys.executable).with_name("stagekit"))
MD = ExportOptions(formats=("md",), jobs=2)
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by fork and signals")


@pytest.fixture
def many(tmp_path):
    return cohort(tmp_path / "in", numbered(30))


@pytest.fixture
def at_once(monkeypatch):
    """Processes for however little there is to do."""
    monkeypatch.setattr("stagekit.cohort.pool.WORTH_FORK", 0)


@pytest.fixture
def clean(many, tmp_path):
    export_cohort([many], tmp_path / "clean", ExportOptions(formats=("md",), jobs=1))
    return contents(tmp_path / "clean")


def dying(report):
    """Render, except for some students whose document ends the process."""
    name = str(report.cover)
    if "Nummer013" in name or "Nummer027" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"made"


@needs_fork
def test_a_process_that_dies_loses_one_submission(many, tmp_path, at_once, monkeypatch):
    monkeypatch.setitem(FORMATS, "md", dying)
    result = export_cohort([many], tmp_path / "out", MD)
    assert [row.name for row in result.failed] == ["student 013", "student 027"]
    assert all("-j 1" in row.reason for row in result.failed)
    assert len(documents(tmp_path / "out")) == 28
    monkeypatch.undo()
    again = export_cohort([many], tmp_path / "out", MD)
    assert (again.made, again.failed) == (2, ())


@needs_fork
def test_an_executor_that_breaks_is_done_without(many, tmp_path, monkeypatch):
    monkeypatch.setitem(FORMATS, "md", dying)
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as executor:
        result = export_cohort([many], tmp_path / "out", MD, executor=executor)
    assert len(result.failed) == 2
    assert len(documents(tmp_path / "out")) == 28


def test_a_panic_that_is_no_exception_fails_one_format(many, tmp_path, monkeypatch):
    class Panic(BaseException):
        pass

    def panicking(_report):
        raise Panic("what somebody wrote")

    monkeypatch.setitem(FORMATS, "pdf", panicking)
    result = export_cohort([many], tmp_path / "out", ExportOptions(formats=("pdf", "md"), jobs=1))
    assert len(result.failed) == 30
    assert "Panic" in result.failed[0].failed_formats["pdf"]
    assert "somebody wrote" not in str(result.rows)
    assert len(documents(tmp_path / "out")) == 30


def test_threads_do_it_too(many, tmp_path, clean):
    with ThreadPoolExecutor(2) as executor:
        export_cohort([many], tmp_path / "out", MD, executor=executor)
    assert contents(tmp_path / "out") == clean


def test_two_dask_workers_do_it_too(many, tmp_path, clean):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, scheduler_port=0
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        export_cohort([many], tmp_path / "out", MD, executor=client.get_executor())
    assert contents(tmp_path / "out") == clean


def command(folder, out, *more):
    return [STAGEKIT, "export", str(folder), "-o", str(out), "-f", "md", "-j", "2", "--lang", "nl", *more]


def run_and_kill(arguments, delay):
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def kill_and_go_on(folder, tmp_path, times, seed):
    """Kill an export at random moments, start it again each time, and compare with a run in peace."""
    dice = random.Random(seed)
    begin = time.perf_counter()
    subprocess.run(command(folder, tmp_path / "clean"), check=True, capture_output=True)
    longest = time.perf_counter() - begin
    delays = [dice.uniform(0.1, longest) for _time in range(times)]
    ended = [run_and_kill(command(folder, tmp_path / "out"), delay) for delay in delays]
    assert -signal.SIGKILL in ended
    subprocess.run(command(folder, tmp_path / "out"), check=True, capture_output=True)
    assert contents(tmp_path / "out") == contents(tmp_path / "clean")


@needs_fork
def test_killed_a_few_times_it_ends_the_same(tmp_path):
    kill_and_go_on(cohort(tmp_path / "in", numbered(24)), tmp_path, 2, seed=1)


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_killed_ten_times_it_ends_the_same(tmp_path, seed):
    kill_and_go_on(cohort(tmp_path / "in", numbered(400)), tmp_path, 10, seed=seed)


@needs_fork
def test_ctrl_c_ends_with_130_and_what_was_made_stays(tmp_path):
    folder = cohort(tmp_path / "in", numbered(90))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}  # also in the background
    process = subprocess.Popen(command(folder, tmp_path / "out"), **pipes, **heard, start_new_session=True)
    end = time.monotonic() + 60
    while len(list((tmp_path / "out").glob("*/portfolio.md"))) < 5 and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to the workers as well
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err.decode()
    assert len(err.decode().splitlines()) == 1
    assert not list((tmp_path / "out" / ".stagekit-export" / "tmp").iterdir())
    again = subprocess.run(command(folder, tmp_path / "out", "--json"), check=True, capture_output=True)
    found = json.loads(again.stdout)
    assert found["kept"] >= 5
    assert found["kept"] + found["made"] == 90


@needs_fork
def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    folder = cohort(tmp_path / "in", numbered(300))
    process = subprocess.Popen(command(folder, tmp_path / "out"), stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (workers := children(process.pid)) and time.monotonic() < end:
        time.sleep(0.005)
    process.kill()
    process.wait()
    end = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers
    assert not any(map(alive, workers))


def children(pid):
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_submission_that_is_added_is_all_that_is_made(many, tmp_path):
    export_cohort([many], tmp_path / "out", MD)
    (many / "new.yaml").write_text(small("Nieuwe Student"), encoding="utf-8")
    result = export_cohort([many], tmp_path / "out", MD)
    assert (result.made, result.kept) == (1, 30)
