"""The wheel, installed in an empty environment with no checkout near it, does what the clone does."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = out.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A new environment with the wheel and the packages it asks for, and nothing of the checkout."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    command = [str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return scripts / "stagekit"


def test_wheel_holds_the_data_that_git_tracks(wheel):
    """A missing folder is silently not shipped, so the lists are compared."""
    listing = ["git", "ls-files", "assignments", "templates", "stagekit"]
    tracked = subprocess.run(
        listing, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    expected = {name if name.startswith("stagekit/") else f"stagekit/_data/{name}" for name in tracked}
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert expected <= shipped
    assert not [name for name in shipped - expected if "__pycache__" in name or name.startswith("tests")]


def test_wheel_does_the_main_job_far_from_the_checkout(installed, tmp_path):
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), "LANG": "nl_NL.UTF-8"}

    def stagekit(*arguments):
        done = subprocess.run(
            [installed, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Marnix" not in stagekit("demo", "sample")
    portfolio = (tmp_path / "sample" / "portfolio.md").read_text(encoding="utf-8")
    assert portfolio.startswith("# ")
    assert "Soorten contact" in stagekit("status", "sample")
    assert "samenwerken-met-ouders" in stagekit("course", "list")
    stagekit("render", "sample", "--lang", "en")
    assert "Kinds of contact" in (tmp_path / "sample" / "portfolio-en.md").read_text(encoding="utf-8")
    assert stagekit("--help").startswith("Gebruik:")
