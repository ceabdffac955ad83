"""`--emulators`: implementations by others are started and judged; `tox -e emulators` does it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from awsconform.conformance.targets.locator import Options
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.errors import TargetError
from emulators.goals import EXTENTS, OVERALL, Extent
from emulators.install import folders
from emulators.known_findings import KNOWN
from emulators.measuring import Numbers, kept, missed, table

OPTIONS = Options(timeout=20.0, start_timeout=90.0)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("emulators")
    group.addoption("--emulators", choices=tuple(EXTENTS), help="Start and judge emulators.")
    group.addoption(
        "--emulators-results",
        type=Path,
        default=Path("emulators-results"),
        help="The folder the numbers are written to.",
    )
    group.addoption(
        "--emulators-programs", type=Path, help="The folder install.py installed them in."
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--emulators") and not hasattr(config, "workerinput"):
        shutil.rmtree(config.getoption("--emulators-results"), ignore_errors=True)
    where: Path | None = config.getoption("--emulators-programs")
    if where is not None:
        added = [str(folder) for folder in folders(where.resolve())]
        os.environ["PATH"] = os.pathsep.join([*added, os.environ.get("PATH", "")])


@pytest.fixture(scope="session")
def extent(request: pytest.FixtureRequest) -> Extent:
    return EXTENTS[request.config.getoption("--emulators")]


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.config.getoption("--emulators-results")
    return folder


@pytest.fixture
def implementation(request: pytest.FixtureRequest) -> Iterator[StartedTarget]:
    """A started server, of the implementation the test is parametrized with."""
    try:
        target = StartedTarget(request.param, options=OPTIONS)
    except TargetError as error:
        pytest.skip(f"{error.message}; {error.hint}")
    try:
        yield target
    finally:
        target.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = metafunc.config.getoption("--emulators")
    names = metafunc.fixturenames
    if "service" in names:
        pairs = [
            (name, service)
            for name, services in (EXTENTS[chosen].services.items() if chosen else ())
            for service in services
        ]
        metafunc.parametrize(
            ("implementation", "service"),
            pairs,
            indirect=["implementation"],
            ids=["-".join(pair) for pair in pairs],
        )
    elif "known" in names:
        known = [each for each in KNOWN if chosen in each.extents]
        metafunc.parametrize(
            ("implementation", "known"),
            [(each.implementation, each) for each in known],
            indirect=["implementation"],
            ids=[each.name for each in known],
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a session whose numbers, all taken together, do not reach the goals."""
    if hasattr(session.config, "workerinput"):
        return
    if session.exitstatus == pytest.ExitCode.OK and _missed(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    numbers = _numbers(config)
    if not numbers:
        return
    path: Path = config.getoption("--emulators-results") / "table.md"
    text = table(numbers)
    path.write_text(text, encoding="utf-8")
    terminalreporter.section(f"emulators ({path})")
    terminalreporter.write(text)
    for line in _missed(config):
        terminalreporter.write_line(line, red=True)


def _numbers(config: pytest.Config) -> list[Numbers]:
    folder: Path = config.getoption("--emulators-results")
    return kept(folder) if config.getoption("--emulators") and folder.is_dir() else []


def _missed(config: pytest.Config) -> list[str]:
    numbers = _numbers(config)
    return missed(numbers, OVERALL[config.getoption("--emulators")]) if numbers else []
