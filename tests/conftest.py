"""What every test shares: a clean environment, a language, and tools that are there or skip (never in CI)."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from stagekit import i18n

# Speed is measured by benchmarks; a busy machine is no failure.
# CI takes the same examples every time, so that it judges the change; everyone else looks for new ones.
settings.register_profile("stagekit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("stagekit")

NPM_PROGRAMS = Path(__file__).parent / "node_modules" / ".bin"
"""Where `npm install --prefix tests` puts the programs of tests/package.json."""
os.environ["PATH"] += os.pathsep + str(NPM_PROGRAMS)


def pytest_collection_modifyitems(items):
    """A real terminal on a busy machine may answer late: such a test may try again, twice at most.

    What takes longest begins first, so that no process waits for another in the end.
    """
    for item in items:
        if "terminal" in item.path.parts:
            item.add_marker(pytest.mark.flaky(reruns=2))
    items.sort(key=lambda item: not {"test_wizard_whole.py", "distribution"} & set(item.path.parts))


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; then read the diff"
    )


@pytest.fixture
def update_golden(request):
    return request.config.getoption("--update-golden")


@pytest.fixture(autouse=True)
def own_environment(tmp_path_factory, monkeypatch):
    """No test sees or changes the settings of the person who runs it."""
    monkeypatch.setenv("STAGEKIT_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
    for name in ("STAGEKIT_LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture(autouse=True)
def restored_language(monkeypatch):
    """Each test begins in Dutch, the language of last resort, and leaves none behind."""
    monkeypatch.setenv("LANGUAGE", "nl")
    i18n.activate("nl")
    yield
    i18n.activate("nl")


@pytest.fixture
def english(restored_language):
    i18n.activate("en")


@pytest.fixture
def needs():
    """Skip where a program is missing; in CI, where the run installs them, fail instead."""

    def check(*programs):
        for program in programs:
            if shutil.which(program) is None:
                message = f"{program} is not on this machine"
                if os.environ.get("CI"):
                    pytest.fail(message + ", and CI must have it")
                pytest.skip(message)

    return check
