"""The pytest plugin: options, markers, fixtures, and the hooks that make a clause an item.

Every run of pytest pays for what is imported here, so all that is large is imported where a clause
is met: neither contracts, nor Hypothesis, nor botocore come in before.
"""

from __future__ import annotations

import argparse
import math
import secrets
from collections.abc import Generator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsconform.conformance.suite import hookspecs
from awsconform.conformance.suite.recording import NAME, Recording, recording_in
from awsconform.conformance.suite.reporting import DEFAULTS, Reporting
from awsconform.conformance.suite.tally import NOTED, NOTES, OF_A_CLAUSE, VERDICT
from awsconform.errors import AwsconformError
from awsconform.pytest_configuration import settle

if TYPE_CHECKING:
    from awsconform.conformance.outcomes import Outcome
    from awsconform.conformance.suite.gating import SessionGate
    from awsconform.conformance.suite.settings import Subject

SUITE = "awsconform.conformance.suite"
SUITE_FILE = Path(__file__).parent / "conformance" / "suite" / "test_clauses.py"
SEEDS = 2**32
LEVELS = {"must": "binds", "should": "is recommended", "may": "is optional"}
# The target as it was named, which may be by its name in a file; for workers of pytest-xdist too.
NAMED: pytest.StashKey[str] = pytest.StashKey()
NAMED_THERE = "awsconform_named"
FAILURE: pytest.StashKey[str] = pytest.StashKey()


class Violation(pytest.fail.Exception):  # type: ignore[name-defined, misc]
    """A clause is violated: what alone is expected of an item whose findings are known."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options; those that say what is judged are defaults of `awsconform.clauses`."""
    group = parser.getgroup("awsconform", "conformance to the contracts that AWS documents")

    def option(name: str, text: str, **more: Any) -> None:
        dest = f"awsconform_{name.replace('-', '_')}"
        default = DEFAULTS.get(name)
        shown = f"{text} (default: {default})" if default is not None else text
        group.addoption(f"--awsconform-{name}", dest=dest, help=shown, default=None, **more)

    option(
        "target",
        f"the implementation `--pyargs {SUITE}` judges: emulator:, moto:, http://host:port, "
        "wsgi:package.module:app or client:package.module:factory",
        metavar="TARGET",
    )
    option(
        "config",
        "take from this file what no option says (default: the nearest awsconform.toml, or "
        "pyproject.toml with [tool.awsconform], from here or from the rootdir upward)",
        metavar="FILE",
    )
    option("no-config", "take nothing from a file", action="store_true")
    option("services", "service or service.Operation, several with commas", metavar="NAMES")
    option("protocol", "which of a service's protocols is spoken", metavar="NAME")
    option("level", "the weakest level that is judged", choices=list(LEVELS))
    option("clauses", "a part of the clause ids that are judged, or a glob", metavar="PATTERN")
    option(
        "baseline",
        "what is known of the target: known findings are expected to fail, and the seed is taken",
        metavar="FILE",
    )
    option("allow-fixed", "the baseline may have findings that are fixed", action="store_true")
    option("allow-vanished", "clauses of the baseline may not be judged", action="store_true")
    option("seed", "decides every drawn value; a new one is drawn without", type=int, metavar="N")
    option("examples", "requests drawn in each round of fuzzing", type=_count, metavar="N")
    option("timeout", "how long one answer may take", type=_seconds, metavar="SECONDS")
    option("region", "what requests are signed for", metavar="REGION")
    option("ca-bundle", "certificates to verify https:// with", metavar="FILE")
    option("no-verify", "certificates of https:// are not verified", action="store_true")
    option("account-credentials", "requests are signed with your own", action="store_true")
    option("allow-aws", "real AWS may be contacted, to read", action="store_true")
    option("allow-writes", "and it may be changed as well", action="store_true")
    option(
        "record",
        f"write down in this file what `--pyargs {SUITE}` sends and what comes of it",
        metavar="FILE",
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Makes known what a `conftest.py` may tell the plugin."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Registers the markers, and settles the seed for all processes."""
    for level, meaning in LEVELS.items():
        config.addinivalue_line("markers", f"{level}: the clause {meaning}, by its documents")
    config.addinivalue_line(
        "markers",
        "awsconform(*names, level, seed, examples, k): an item for each clause; "
        "made by the decorator awsconform.clauses",
    )
    # Before a test goes to another folder, in workers too.
    gate = _gate(config)
    from_controller: dict[str, Any] | None = getattr(config, "workerinput", None)
    try:
        config.stash[NAMED] = settle(config, (from_controller or {}).get(NAMED_THERE))
    except AwsconformError as error:
        raise _usage_error(error) from None
    if from_controller is not None:
        config.option.awsconform_seed = from_controller["awsconform_seed"]
        return
    if config.option.awsconform_seed is None:
        drawn = secrets.randbelow(SEEDS)
        known = gate.known.own.run if gate is not None else None
        config.option.awsconform_seed = drawn if known is None else known.seed
    config.pluginmanager.register(Reporting(config, gate), "awsconform-reporting")
    record: str | None = config.getoption("awsconform_record")
    if record is not None:
        config.pluginmanager.register(Recording(config.invocation_params.dir / record), NAME)


def _gate(config: pytest.Config) -> SessionGate | None:
    """What holds the session against the baseline that is named, None without one."""
    if config.option.awsconform_baseline is None:
        return None
    from awsconform.conformance.suite.gating import SessionGate, known_to

    try:
        known = known_to(config)
    except AwsconformError as error:
        raise _usage_error(error) from None
    return SessionGate(config, known) if known is not None else None


def _usage_error(error: AwsconformError) -> pytest.UsageError:
    from awsconform.conformance.suite.settings import told

    return pytest.UsageError(told(error))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hands the seed to a worker of pytest-xdist."""
    node.workerinput["awsconform_seed"] = node.config.getoption("awsconform_seed")
    node.workerinput[NAMED_THERE] = node.config.stash[NAMED]


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, Any, Any]:
    """Has the suite's own items distributed by operation, unless another way is asked for."""
    option = config.option
    distributed = getattr(option, "numprocesses", None) and option.dist == "no"
    if distributed and not option.distload and _runs_the_suite(config):
        option.dist = "loadgroup"
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Any:
    """Keeps an operation's items together where items are kept together at all."""
    if config.getoption("dist") != "loadgroup":
        return None
    from awsconform.conformance.suite.scheduling import scheduler_by_service

    return scheduler_by_service(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Finds out early what is wrong with the options, without contacting anything."""
    config = session.config
    recording = recording_in(config)
    runs_the_suite = _runs_the_suite(config) and not hasattr(config, "workerinput")
    if not runs_the_suite and recording is None:
        return
    from awsconform.conformance.suite.settings import check

    try:
        if recording is not None:
            recording.check(config, runs_the_suite=runs_the_suite)
        check(config)
    except AwsconformError as error:
        raise _usage_error(error) from None


def pytest_report_header(config: pytest.Config) -> str | None:
    """Names what makes a run of the suite the same again."""
    if not _runs_the_suite(config):
        return None
    versions = ", ".join(f"{name} {_version(name)}" for name in ("awsconform", "botocore"))
    target, seed = (config.getoption(f"awsconform_{name}") for name in ("target", "seed"))
    return f"{versions}, target: {target}, seed: {seed}"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collects the suite's file where the user's `python_files` leave it out."""
    if file_path != SUITE_FILE or parent.session.isinitpath(file_path):
        return None
    if any(file_path.match(pattern) for pattern in parent.config.getini("python_files")):
        return None
    module: pytest.Module = pytest.Module.from_parent(parent, path=file_path)
    return module


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Makes one item a clause."""
    mark = metafunc.definition.get_closest_marker("awsconform")
    if mark is None:
        return
    from awsconform.conformance.suite.settings import subjects, told

    try:
        found = subjects(mark, metafunc.config)
    except AwsconformError as error:
        raise pytest.Collector.CollectError(told(error)) from None
    metafunc.parametrize(
        "_awsconform_clause",
        [
            pytest.param(
                each,
                id=each.clause.id,
                marks=getattr(pytest.mark, each.clause.level.value.lower()),
            )
            for each in found
        ],
        indirect=True,
    )


@pytest.fixture
def _awsconform_clause(request: pytest.FixtureRequest) -> Subject:
    subject: Subject = request.param
    return subject


@pytest.fixture
def _awsconform_outcome(
    request: pytest.FixtureRequest, _awsconform_clause: Subject, target: object
) -> Outcome:
    from awsconform.conformance.suite.enforcing import enforce

    assert isinstance(request.node, pytest.Function)
    enforced = enforce(request.node, _awsconform_clause, target)
    if enforced.failure is not None:
        request.node.stash[FAILURE] = enforced.failure
    if enforced.expected is not None:
        expected = pytest.mark.xfail(reason=enforced.expected, strict=True, raises=Violation)
        request.node.add_marker(expected, append=False)
    return enforced.outcome


@pytest.fixture
def outcome(_awsconform_outcome: Outcome) -> Outcome:
    """The outcome of the item's clause, of a function decorated with `awsconform.clauses`."""
    return _awsconform_outcome


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Fails an item whose clause is violated, before the function's body runs."""
    failure = item.stash.get(FAILURE, None)
    if failure is not None:
        raise Violation(failure, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Says of a clause that was not judged where its test is, and not where the suite skips it."""
    report = yield
    if "_awsconform_clause" in getattr(item, "fixturenames", ()):
        setattr(report, OF_A_CLAUSE, True)
    if NOTES in item.stash:
        setattr(report, NOTED, item.stash[NOTES])
    ours = any(name == VERDICT for name, _ in item.user_properties)
    if ours and call.when == "setup" and isinstance(report.longrepr, tuple):
        path, line, _ = item.reportinfo()
        report.longrepr = (str(path), (line or 0) + 1, report.longrepr[2])
    return report


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 on")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


def _runs_the_suite(config: pytest.Config) -> bool:
    return any(argument.startswith(SUITE) for argument in config.args)


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"
