"""Whole runs: on the embedded emulator, on targets that lack everything, on ones that vanish."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome, Verdict, score
from awsconform.conformance.running import Run, RunOptions, judged_clauses, run
from awsconform.conformance.targets.locator import Options, as_target, open_target
from awsconform.errors import TargetUnreachable
from awsconform.specs import catalog
from awsconform.specs.clauses import Level

DOCUMENTED = (
    "deadline.GetSessionsStatisticsAggregation",
    "lookoutequipment.DescribeInferenceScheduler",
    "sagemaker-edge.SendHeartbeat",
)


def on(target: object, *names: str, **options: Any) -> Run:
    chosen = RunOptions(**{"seed": 11, "examples": 3, **options})
    return run(catalog.select(names), as_target(target), chosen)


def of(done: Run, verdict: Verdict) -> list[Outcome]:
    return [outcome for outcome in done.outcomes if outcome.verdict is verdict]


@pytest.fixture(scope="module")
def clean() -> Run:
    return on("emulator:")


def test_the_embedded_emulator_has_no_finding(clean: Run) -> None:
    assert not of(clean, Verdict.VIOLATES)
    assert not of(clean, Verdict.ERROR)
    assert clean.exit_code == 0
    assert len(clean.results) >= 14


def test_every_provokable_must_clause_of_the_documented_operations_is_judged(clean: Run) -> None:
    unjudged = [
        outcome.clause.id
        for result in clean.results
        if result.contract.id in DOCUMENTED
        for outcome in result.outcomes
        if outcome.clause.level is Level.MUST
        and not outcome.clause.apart
        and outcome.verdict is not Verdict.CONFORMS
    ]
    assert unjudged == []


def test_clauses_that_stand_apart_say_why_and_are_in_neither_number(clean: Run) -> None:
    result = next(each for each in clean.results if each.contract.id == DOCUMENTED[0])
    apart = [outcome for outcome in result.outcomes if outcome.clause.apart]
    assert apart
    assert all(outcome.reason == outcome.clause.apart for outcome in apart)
    numbers = score(result.outcomes)
    assert numbers.apart + numbers.clauses == len(result.outcomes)


def labels(done: Run) -> list[tuple[str, str | None, str]]:
    return [
        (result.contract.id, intent.clause, intent.label)
        for result in done.results
        for each in result.evidence.observed
        for intent in [each.exchange.case.intent]
        if intent.purpose in (Purpose.VALID, Purpose.VIOLATES)
    ]


def test_other_seeds_send_other_values_for_the_same_cases() -> None:
    one = on("emulator:", "sagemaker-edge", examples=0, seed=1)
    other = on("emulator:", "sagemaker-edge", examples=0, seed=2)
    assert labels(one) == labels(other)
    sent = [
        [
            str(each.exchange.case.value)
            for result in done.results
            for each in result.evidence.observed
        ]
        for done in (one, other)
    ]
    assert sent[0] != sent[1]


def test_the_same_seed_sends_the_same_requests() -> None:
    def sent() -> list[str]:
        done = on("emulator:", "sagemaker-edge", seed=5, examples=10)
        return [
            json.dumps(each.exchange.case.value, sort_keys=True)
            for result in done.results
            for each in result.evidence.observed
        ]

    assert sent() == sent()


def test_only_the_clauses_asked_for_are_judged() -> None:
    done = on("emulator:", DOCUMENTED[0], clauses="usageType#enum", levels=(Level.MUST,))
    assert [outcome.clause.id for outcome in done.outcomes] == [
        f"{DOCUMENTED[0]}/response/statistics/*/usageType#enum"
    ]
    assert done.exit_code == 0


def test_a_target_without_the_operations_is_never_green() -> None:
    def application(environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("501 Not Implemented", [("Content-Type", "text/plain")])
        return [b"not yet"]

    done = on(application)
    assert {outcome.verdict for outcome in done.outcomes} == {Verdict.UNIMPLEMENTED}
    assert done.exit_code == 3
    assert sum(result.requests for result in done.results) < 60


def test_nothing_listening_is_an_error_of_its_own() -> None:
    with pytest.raises(TargetUnreachable) as raised:
        on("http://127.0.0.1:9", DOCUMENTED[2])
    assert raised.value.exit_code == 3


def stubbed(status: str, times: int = 1) -> Any:
    client = boto3.client(
        "lookoutequipment",
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    stubber = Stubber(client)
    for _ in range(times):
        stubber.add_response("describe_inference_scheduler", {"Status": status})
    stubber.activate()
    return client


def test_a_stubbed_answer_outside_the_enum_is_a_violation_of_that_clause() -> None:
    done = on(stubbed("ACTIVE"), DOCUMENTED[1])
    (violated,) = of(done, Verdict.VIOLATES)
    assert violated.clause.id == f"{DOCUMENTED[1]}/response/Status#enum"
    assert "ACTIVE" in violated.findings[0].observed
    assert done.exit_code == 1


def test_the_corrected_stub_conforms() -> None:
    done = on(stubbed("RUNNING"), DOCUMENTED[1])
    enum = next(o for o in done.outcomes if o.clause.id == f"{DOCUMENTED[1]}/response/Status#enum")
    assert enum.verdict is Verdict.CONFORMS
    assert enum.view is not None
    assert enum.view.value == "sdk"
    assert done.exit_code == 0


def test_a_finding_of_fuzzing_is_shrunk_and_does_not_hide_another() -> None:
    class Fussy(Emulator):
        """Fails on two things that no labelled case brings up."""

        def invoke(self, contract: Any, request: Any) -> Any:
            response = super().invoke(contract, request)
            if contract.operation == "GetDeployments":
                name = request["DeviceName"]
                if len(name) > 9:
                    response["Deployments"][0]["Type"] = "Robot"
                if len(request["DeviceFleetName"]) > 9:
                    response["Deployments"][0]["FailureHandlingPolicy"] = "PANIC"
            return response

    done = on(Fussy(), "sagemaker-edge.GetDeployments", clauses="response", examples=60)
    violated = {outcome.clause.path[-1]: outcome for outcome in of(done, Verdict.VIOLATES)}
    assert set(violated) == {"Type", "FailureHandlingPolicy"}


@pytest.mark.parametrize("hidden", ["lookoutequipment", "deadline", "sagemaker-edge"])
def test_a_service_that_vanished_from_botocore_is_judged_from_its_contract(hidden: str) -> None:
    script = f"""
import botocore.loaders as loaders
listed = loaders.Loader.list_available_services
loaded = loaders.Loader.load_service_model
def without(self, *args, **kwargs):
    return [name for name in listed(self, *args, **kwargs) if name != {hidden!r}]
def refusing(self, service, *args, **kwargs):
    if service == {hidden!r}:
        raise loaders.UnknownServiceError(service_name=service, known_service_names="others")
    return loaded(self, service, *args, **kwargs)
loaders.Loader.list_available_services = without
loaders.Loader.load_service_model = refusing
import json
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import open_target
from awsconform.specs import catalog
done = run(catalog.select([{hidden!r}]), open_target("emulator:"), RunOptions(seed=1, examples=2))
print(json.dumps([o.clause.id for o in done.outcomes if o.verdict == "violates"]), done.exit_code)
"""
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert finished.stdout.strip() == "[] 0", finished.stderr


def test_requests_of_set_up_are_counted_but_are_no_evidence(clean: Run) -> None:
    result = next(each for each in clean.results if each.contract.id == "deadline.GetFarm")
    assert result.requests > len(result.evidence.observed)
    purposes = Counter(each.purpose for each in result.evidence.observed)
    assert Purpose.SETUP not in purposes


def test_what_was_made_is_removed() -> None:
    emulator = Emulator()
    on(emulator, "deadline", examples=0)
    left = on(emulator, "deadline.ListFarms", examples=0, clauses="pagination")
    whole = left.results[0].evidence.groups(Purpose.PAGE)["whole"]
    assert len(whole[0].value["farms"]) == 7


def test_a_clause_that_cannot_be_reached_by_any_request_is_marked_before_the_run() -> None:
    contract = catalog.load("deadline", "GetSessionsStatisticsAggregation")
    reasons = {c.id: c.apart for c in judged_clauses(contract, RunOptions()) if c.apart}
    assert "path" in (reasons[f"{contract.id}/request/farmId#required"] or "")


def test_options_and_targets_are_told_apart() -> None:
    assert open_target("emulator:", options=Options()).name == "emulator:"
