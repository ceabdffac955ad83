"""The suite proves itself: each implementation broken on purpose is found, the right one is not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.series import OperationSeries
from awsconform.specs.contract import Contract
from faulty import protocols
from faulty.__main__ import main
from faulty.catalog import faults, kinds_proven, kinds_stated, sample
from faulty.fault import CONTRACTS, EXAMPLES, Fault, in_process, tried
from faulty.stateless import Stateless
from faulty.wire import PAGE, always, beginning_nothing, breaking_off, crashing

HTML = ("Content-Type", "text/html")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fault" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-fault")
        metafunc.parametrize("fault", faults() if every else sample(), ids=str)


def test_finds_the_fault_by_its_clauses_and_by_no_others(fault: Fault) -> None:
    trial = tried(fault)
    assert (trial.missed, trial.unrelated, trial.failed) == ([], [], [])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("operation", CONTRACTS)
def test_finds_nothing_in_the_emulator_as_it_is(operation: str, seed: int) -> None:
    options = RunOptions(seed=seed, examples=EXAMPLES)
    result = OperationSeries(in_process(Emulator(), operation)).judge(CONTRACTS[operation], options)
    wrong = [each for each in result.outcomes if each.verdict in (Verdict.VIOLATES, Verdict.ERROR)]
    assert [(str(each.clause), each.reason) for each in wrong] == []
    assert result.trouble is None


@pytest.mark.parametrize("contract", protocols.CONTRACTS, ids=lambda contract: contract.id)
def test_finds_nothing_in_answers_made_of_the_contract_alone(contract: Contract) -> None:
    result = OperationSeries(Stateless(contract)).judge(contract, RunOptions(examples=EXAMPLES))
    wrong = [each for each in result.outcomes if each.verdict in (Verdict.VIOLATES, Verdict.ERROR)]
    assert [(str(each.clause), each.reason) for each in wrong] == []
    assert Verdict.CONFORMS in {each.verdict for each in result.outcomes}


@pytest.mark.parametrize(
    "application",
    [always(500, HTML, PAGE), always(404, HTML, PAGE), crashing, breaking_off, beginning_nothing],
    ids=["500", "404", "exception", "broken off", "no answer"],
)
def test_passes_nothing_where_everything_crashes_alike(application: Any) -> None:
    made = run(
        list(CONTRACTS.values()), in_process(application, "crashing"), RunOptions(examples=1)
    )
    assert Verdict.CONFORMS not in {outcome.verdict for outcome in made.outcomes}
    assert made.exit_code != 0


def test_every_kind_of_clause_that_can_come_up_finds_some_fault() -> None:
    assert kinds_stated() - kinds_proven() == set()
    assert kinds_proven(sample()) == kinds_proven()


def test_no_two_faults_have_one_name() -> None:
    names = Counter(str(fault) for fault in faults())
    assert [name for name, count in names.items() if count > 1] == []


def test_the_table_shows_a_fault_with_what_finds_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("deadline.GetFarm: there is no request id") == 0
    printed = capsys.readouterr().out
    assert "found     deadline.GetFarm: there is no request id" in printed
    assert "found by wire#request-id" in printed
    assert "1 faults: 1 found" in printed


def test_the_table_fails_where_there_is_no_fault() -> None:
    assert main("no fault is called this") == 1


def test_a_fault_that_is_none_is_missed() -> None:
    trial = tried(Fault("deadline.GetFarm", "all is well", Emulator, ("wire#json",)))
    assert trial.missed == ["wire#json"]


def test_a_fault_that_is_another_is_unrelated() -> None:
    fault = next(each for each in faults() if str(each).endswith("GetFarm: there is no request id"))
    other = Fault(fault.operation, "another", fault.build, ("wire#json",))
    trial = tried(other)
    assert (trial.missed, trial.unrelated) == (["wire#json"], ["wire#request-id"])
