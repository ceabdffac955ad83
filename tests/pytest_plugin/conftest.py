"""pytest runs inside of tests: of the suite itself, and of test files that use the decorator."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

# Loaded by a test and not as a plugin, it would have inner runs warn of that.
pytest.register_assert_rewrite("awsconform.pytest_plugin")

# Inner runs forget what they import, so what they need is loaded here once.
for module in ("enforcing", "scheduling", "summary"):
    importlib.import_module(f"awsconform.conformance.suite.{module}")

INSTALLED = any(each.value == "awsconform.pytest_plugin" for each in entry_points(group="pytest11"))
PLUGIN = [] if INSTALLED else ["-p", "awsconform.pytest_plugin"]

Run = Callable[..., pytest.RunResult]

# An implementation with one fault: it answers errors of reads with status 500.
# (GetDeviceRegistration needs nothing that an answer gave, so its requests are the same each time.)
FAULTY = """
    from awsconform.conformance.emulator.application import Emulator

    class Faulty:
        def __init__(self):
            self.emulator = Emulator()
            self.clock = self.emulator.clock
            self.requests = []

        def __call__(self, environ, start_response):
            self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
            def answer(status, headers):
                read = environ["REQUEST_METHOD"] == "GET" or environ["PATH_INFO"].startswith("/Get")
                if read and status.startswith("4"):
                    status = "500 Oh"
                return start_response(status, headers)
            return self.emulator(environ, answer)

    app = Faulty()
"""


@pytest.fixture
def plugin() -> list[str]:
    """The arguments that load the plugin, none where it is installed."""
    return PLUGIN


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Runs pytest with the plugin, in this process."""

    def run_inside(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(*PLUGIN, "-p", "no:xdist", *arguments)

    return run_inside


@pytest.fixture
def run_apart(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pytest with the plugin in a process of its own, which can import the test's files."""
    paths = [str(pytester.path), os.environ.get("PYTHONPATH", "")]
    # These tests may run on a worker of pytest-xdist themselves.
    for name in [name for name in os.environ if name.startswith("PYTEST_XDIST")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in paths if path))

    def run_outside(*arguments: str) -> pytest.RunResult:
        return pytester.run(sys.executable, "-m", "pytest", *PLUGIN, *arguments)

    return run_outside


@pytest.fixture
def faulty(pytester: pytest.Pytester) -> Path:
    """The module `strange_farm` beside the test files, with the application `app`."""
    pytester.syspathinsert()
    return pytester.makepyfile(strange_farm=FAULTY)
