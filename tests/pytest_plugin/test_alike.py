"""The same outcomes, and the same requests, however the suite is run."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.suite.scheduling import group_of
from awsconform.conformance.targets.locator import open_target
from awsconform.pytest_plugin import pytest_cmdline_main
from awsconform.specs import catalog
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract

Run = Callable[..., pytest.RunResult]

SUITE = ["--pyargs", "awsconform.conformance.suite"]
NAMES = ("deadline.GetFarm", "deadline.DeleteFarm", "sagemaker-edge.GetDeployments")

# Writes what each item came to, and the worker it ran on, as lines of JSON.
RECORDER = """
    import json, os

    def pytest_runtest_logreport(report):
        if "PYTEST_XDIST_WORKER" in os.environ:
            return
        stated = dict(report.user_properties)
        if report.when == "teardown" and "awsconform.clause" in stated:
            worker = report.node.gateway.id if hasattr(report, "node") else "main"
            line = [stated["awsconform.clause"], stated["awsconform.verdict"], worker]
            with open("recorded.jsonl", "a") as file:
                file.write(json.dumps(line) + "\\n")
"""

# A target that notes what it is sent.
NOTING = """
    import hashlib, json
    from awsconform import open_target

    class Noting:
        def __init__(self):
            self.target = open_target("wsgi:strange_farm:app")
            self.name, self.view = "noting", self.target.view
            self.advance_clock = self.target.advance_clock
        def send(self, contract, case):
            with open("sent.txt", "a") as file:
                line = json.dumps([case.operation, case.value, str(case.body)], sort_keys=True)
                file.write(hashlib.sha256(line.encode()).hexdigest() + "\\n")
            return self.target.send(contract, case)
        def close(self): ...

    def make():
        return Noting()
"""

# A target that answers the first requests and no others.
SILENT = """
    from awsconform import open_target
    from awsconform.conformance.exchange import Exchange, Trouble

    class Silent:
        def __init__(self):
            self.target = open_target("emulator:")
            self.name, self.view, self.advance_clock = "silent", self.target.view, None
            self.asked = 0
        def send(self, contract, case):
            self.asked += 1
            if self.asked > 5:
                return Exchange(case, None, None, trouble=Trouble.TIMEOUT)
            return self.target.send(contract, case)
        def close(self): ...
"""


def recorded(folder: Path) -> Iterator[tuple[str, str, str]]:
    for line in (folder / "recorded.jsonl").read_text(encoding="utf-8").splitlines():
        clause, verdict, worker = json.loads(line)
        yield clause, verdict, worker


def in_one_run(*names: str, seed: int, examples: int, target: str) -> dict[str, str]:
    options = RunOptions(seed=seed, examples=examples)
    opened = open_target(target)
    outcomes = run(catalog.select(names), opened, options).outcomes
    opened.close()
    return {each.clause.id: told(each) for each in outcomes}


def told(outcome: Outcome) -> str:
    """What an item notes of an outcome."""
    apart = outcome.clause.apart and outcome.verdict not in ("conforms", "violates")
    return "apart" if apart else outcome.verdict.value


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("target", ["emulator:", "wsgi:strange_farm:app"])
@pytest.mark.parametrize("distributed", [False, True])
def test_outcomes_are_those_of_one_run_over_all_operations(
    pytester: pytest.Pytester, run_apart: Run, target: str, distributed: bool
) -> None:
    if distributed:
        pytest.importorskip("xdist")
    pytester.makepyfile(recorder=RECORDER)
    run_apart(
        *SUITE,
        "-p",
        "recorder",
        f"--awsconform-services={','.join(NAMES)}",
        f"--awsconform-target={target}",
        "--awsconform-seed=7",
        "--awsconform-examples=3",
        "--tb=no",
        *(["-n", "2"] if distributed else []),
    )
    came = list(recorded(pytester.path))
    assert {clause: verdict for clause, verdict, _ in came} == in_one_run(
        *NAMES, seed=7, examples=3, target=target
    )
    if distributed:
        workers: dict[str, set[str]] = {}
        for clause, _, worker in came:
            workers.setdefault(clause.partition(".")[0], set()).add(worker)
        assert {len(each) for each in workers.values()} == {1}
        assert {worker for each in workers.values() for worker in each} == {"gw0", "gw1"}


@pytest.mark.usefixtures("faulty")
def test_pytest_and_hypothesis_profiles_change_no_request_and_print_nothing(
    pytester: pytest.Pytester, run_apart: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(noting=NOTING)
    pytester.makepyfile(
        test_it="""
        import awsconform, noting, pytest

        @pytest.fixture(scope="session")
        def target():
            return noting.make()

        @awsconform.clauses("sagemaker-edge.GetDeviceRegistration", seed=11, examples=10)
        def test_contract(): ...
        """
    )
    monkeypatch.setenv("CI", "true")
    result = run_apart("-s", "--hypothesis-seed=4", "--hypothesis-verbosity=debug", "--tb=short")
    assert result.parseoutcomes()["failed"] > 0
    text = result.stdout.str() + result.stderr.str()
    for noise in ("Falsifying", "Trying example", "reproduce_failure", "HypothesisWarning"):
        assert noise not in text

    contract = catalog.load("sagemaker-edge", "GetDeviceRegistration")
    sent: list[str] = []
    target = open_target("wsgi:strange_farm:app")
    send = target.send

    def noted(contract: Contract, case: Case) -> Exchange:
        line = json.dumps([case.operation, case.value, str(case.body)], sort_keys=True)
        sent.append(hashlib.sha256(line.encode()).hexdigest())
        return send(contract, case)

    monkeypatch.setattr(target, "send", noted)
    run([contract], target, RunOptions(seed=11, examples=10))
    assert sent == (pytester.path / "sent.txt").read_text(encoding="utf-8").splitlines()


def test_items_of_a_service_are_one_group() -> None:
    for contract in catalog.select([]):
        nodes = [f"a/test_it.py::test_it[{each.id}]" for each in clauses(contract)]
        assert {group_of(each) for each in nodes} == {f"a/test_it.py::test_it[{contract.service}"}


def test_items_of_different_targets_are_different_groups() -> None:
    clause = "sagemaker-edge.SendHeartbeat/request#accepted"
    groups = {group_of(f"t.py::test_it[{kind}-{clause}]") for kind in ("http://a.b/", "moto")}
    assert len(groups) == 2


@pytest.mark.parametrize(
    "nodeid", ["t.py::test_it", "t.py::test_it[a.b]", "t.py::test_it[a/request/b]", "a.b/wire#json"]
)
def test_other_items_are_in_no_group(nodeid: str) -> None:
    assert group_of(nodeid) is None


@pytest.mark.parametrize(
    ("arguments", "way"),
    [
        ([*SUITE, "-n", "2"], "loadgroup"),
        ([*SUITE, "-n", "2", "--dist", "loadfile"], "loadfile"),
        ([*SUITE, "-n", "0"], "no"),
        (["-n", "2"], "no"),
    ],
)
def test_distributes_by_operation_unless_told_otherwise(
    pytester: pytest.Pytester, plugin: list[str], arguments: list[str], way: str
) -> None:
    pytest.importorskip("xdist")
    config = pytester.parseconfig(*plugin, "-p", "xdist", *arguments)
    next(pytest_cmdline_main(config))
    assert config.option.dist == way


def test_an_unreachable_target_ends_a_distributed_session(run_apart: Run) -> None:
    pytest.importorskip("xdist")
    nobody = "--awsconform-target=http://127.0.0.1:1"
    result = run_apart(*SUITE, "-n", "2", nobody, "--awsconform-services=deadline.GetFarm")
    assert result.ret == 3
    text = result.stdout.str() + result.stderr.str()
    assert text.count("nothing answers at http://127.0.0.1:1") == 1
    assert "INTERNALERROR" not in text


def test_a_target_that_falls_silent_is_given_up_as_in_one_run(
    pytester: pytest.Pytester, run_apart: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"sagemaker-edge.{each}" for each in ("GetDeployments", "GetDeviceRegistration")]
    names.append("deadline.CreateFarm")
    pytester.makepyfile(recorder=RECORDER)
    pytester.makepyfile(silent=SILENT)
    pytester.makepyfile(
        test_it=f"""
        import awsconform, pytest, silent

        @pytest.fixture(scope="session")
        def target():
            return silent.Silent()

        @awsconform.clauses(*{names}, seed=1, examples=0)
        def test_contract(): ...
        """
    )
    result = run_apart("-p", "recorder", "--tb=no", "-rs")
    result.stdout.fnmatch_lines(["*unexercised: the target stopped answering at an earlier op*"])
    monkeypatch.syspath_prepend(pytester.path)
    target = importlib.import_module("silent").Silent()
    outcomes = run(catalog.select(names), target, RunOptions(seed=1, examples=0)).outcomes
    came = {clause: verdict for clause, verdict, _ in recorded(pytester.path)}
    assert came == {each.clause.id: told(each) for each in outcomes}
