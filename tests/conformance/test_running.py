"""Whole runs: on the embedded emulator, on targets that lack everything, on ones that vanish."""

from __future__ import annotations

import gc
import importlib
import json
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.exchange import Case, Exchange, Purpose, Trouble, View
from awsconform.conformance.outcomes import Outcome, Verdict, score
from awsconform.conformance.results import Judgement
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.selecting import judged_clauses
from awsconform.conformance.series import OperationSeries
from awsconform.conformance.targets.locator import Options, as_target, open_target
from awsconform.errors import TargetUnreachable
from awsconform.specs import catalog
from awsconform.specs.clauses import Level
from awsconform.specs.contract import Contract

DOCUMENTED = (
    "deadline.GetSessionsStatisticsAggregation",
    "lookoutequipment.DescribeInferenceScheduler",
    "sagemaker-edge.SendHeartbeat",
)


def on(target: object, *names: str, **options: Any) -> Run:
    chosen = RunOptions(**{"seed": 11, "examples": 3, **options})
    return run(catalog.select(names), as_target(target), chosen)


def observed(*names: str, target: object = "emulator:", **options: Any) -> list[Evidence]:
    """The evidence of operations that are judged one after the other."""
    series = OperationSeries(as_target(target))
    chosen = RunOptions(**{"seed": 11, "examples": 3, **options})
    return [series.judge(contract, chosen).evidence for contract in catalog.select(names)]


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


def labels(seen: list[Evidence]) -> list[tuple[str, str | None, str]]:
    return [
        (evidence.contract.id, intent.clause, intent.label)
        for evidence in seen
        for each in evidence.observed
        for intent in [each.exchange.case.intent]
        if intent.purpose in (Purpose.VALID, Purpose.VIOLATES)
    ]


def test_other_seeds_send_other_values_for_the_same_cases() -> None:
    one = observed("sagemaker-edge", examples=0, seed=1)
    other = observed("sagemaker-edge", examples=0, seed=2)
    assert labels(one) == labels(other)
    sent = [
        [str(each.exchange.case.value) for evidence in seen for each in evidence.observed]
        for seen in (one, other)
    ]
    assert sent[0] != sent[1]


def test_the_same_seed_sends_the_same_requests() -> None:
    def sent() -> list[str]:
        return [
            json.dumps(each.exchange.case.value, sort_keys=True)
            for evidence in observed("sagemaker-edge", seed=5, examples=10)
            for each in evidence.observed
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
done = run(catalog.select([{hidden!r}]), open_target("emulator:"), RunOptions(seed=1, examples=0))
print(json.dumps([o.clause.id for o in done.outcomes if o.verdict == "violates"]), done.exit_code)
"""
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert finished.stdout.strip() == "[] 0", finished.stderr


def test_requests_of_set_up_are_counted_but_are_no_evidence() -> None:
    contract = catalog.load("deadline", "GetFarm")
    result = OperationSeries(as_target("emulator:")).judge(contract, RunOptions(examples=0))
    assert result.requests > len(result.evidence.observed)
    purposes = Counter(each.purpose for each in result.evidence.observed)
    assert Purpose.SETUP not in purposes


def test_evidence_is_let_go_once_its_operation_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    judge, seen = OperationSeries.judge, []

    def watched(*args: Any, **options: Any) -> Judgement:
        made = judge(*args, **options)
        seen.append(weakref.ref(made.evidence))
        seen.extend(weakref.ref(each) for each in made.evidence.observed)
        return made

    monkeypatch.setattr(OperationSeries, "judge", watched)
    done = on("emulator:", "deadline.GetFarm", "deadline.ListFarms", examples=0)
    gc.collect()
    assert len(seen) > 50
    assert [each() for each in seen if each() is not None] == []
    assert all(each.achievement.accepted for each in done.results)


def test_what_was_made_is_removed() -> None:
    emulator = Emulator()
    on(emulator, "deadline", examples=0)
    [left] = observed("deadline.ListFarms", target=emulator, examples=0, clauses="pagination")
    whole = left.groups(Purpose.PAGE)["whole"]
    assert len(whole[0].value["farms"]) == 7


def test_a_clause_that_cannot_be_reached_by_any_request_is_marked_before_the_run() -> None:
    contract = catalog.load("deadline", "GetSessionsStatisticsAggregation")
    reasons = {c.id: c.apart for c in judged_clauses(contract, RunOptions()) if c.apart}
    assert "path" in (reasons[f"{contract.id}/request/farmId#required"] or "")


def test_options_and_targets_are_told_apart() -> None:
    assert open_target("emulator:", options=Options()).name == "emulator:"


class Silent:
    """The emulator behind a client that gets no answer to some requests."""

    view = View.WIRE
    name = "silent:"
    advance_clock = None

    def __init__(self, *numbers: int, onwards: int = 10**9) -> None:
        self.target = open_target("emulator:")
        self.numbers = numbers
        self.onwards = onwards
        self.sent = 0

    def probe(self) -> None:
        """Nothing to find out."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        self.sent += 1
        if self.sent in self.numbers or self.sent >= self.onwards:
            return Exchange(case, None, None, trouble=Trouble.TIMEOUT, detail="no answer")
        return self.target.send(contract, case)

    def close(self) -> None:
        self.target.close()


@pytest.mark.parametrize("onwards", [12, 25, 40])
def test_a_target_that_stops_answering_is_never_green(onwards: int) -> None:
    done = on(Silent(onwards=onwards), "sagemaker-edge.GetDeployments", examples=30)
    (fault,) = [o for o in done.outcomes if o.clause.id.endswith("errors#no-server-fault")]
    assert fault.verdict is Verdict.VIOLATES
    assert done.exit_code == 1


def test_a_target_that_is_silent_now_and_then_ends_no_run() -> None:
    for numbers in ((3, 18, 19, 20), (14, 15, 16), (10, 12, 14, 16, 18, 20, 22)):
        done = on(Silent(*numbers), "sagemaker-edge.GetDeployments", examples=30)
        assert done.exit_code == 1
        assert not of(done, Verdict.ERROR)


def test_a_fault_of_bringing_up_is_an_error_of_that_operation_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("awsconform.conformance.bringing_up.send_made_up_names", broken)
    done = on("emulator:", "sagemaker-edge.GetDeployments", examples=0)
    assert {outcome.verdict for outcome in done.outcomes} == {Verdict.ERROR}
    assert done.exit_code == 3


@pytest.mark.parametrize("place", ["bringing_up.Guard", "series.excused", "series.absent"])
def test_a_bug_before_or_after_the_requests_is_an_error_of_that_operation_alone(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, _, name = place.partition(".")
    original = getattr(importlib.import_module(f"awsconform.conformance.{module}"), name)

    def broken(*arguments: Any) -> Any:
        about = {getattr(getattr(each, "contract", each), "id", None) for each in arguments}
        if "sagemaker-edge.GetDeployments" in about:
            raise ValueError("a bug")
        return original(*arguments)

    monkeypatch.setattr(f"awsconform.conformance.{place}", broken)
    names = ("sagemaker-edge.GetDeployments", "sagemaker-edge.SendHeartbeat")
    failed, other = on("emulator:", *names, examples=0).results
    assert {outcome.verdict for outcome in failed.outcomes} == {Verdict.ERROR}
    assert failed.trouble is not None
    assert "ValueError: a bug" in failed.trouble
    assert Verdict.CONFORMS in {outcome.verdict for outcome in other.outcomes}


@pytest.mark.parametrize("error", [ValueError("a bug"), TargetUnreachable("a bug")])
def test_findings_stay_where_trying_them_again_fails(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise error

    monkeypatch.setattr("awsconform.conformance.confirming._send_smallest", broken)
    done = on(stubbed("ACTIVE"), DOCUMENTED[1])
    (violated,) = of(done, Verdict.VIOLATES)
    assert violated.clause.id == f"{DOCUMENTED[1]}/response/Status#enum"
    assert not violated.findings[0].flaky
    (result,) = done.results
    told = f"its findings could not be tried again: {type(error).__name__}: a bug"
    assert result.trouble is not None
    assert result.trouble.endswith(told)
    assert done.exit_code == 1


@pytest.mark.parametrize(
    "kind",
    ["errors#status", "errors#no-server-fault", "pagination/maxResults#out-of-range-rejected"],
)
def test_a_clause_alone_rests_on_the_same_exchanges_as_among_all(kind: str) -> None:
    clause = f"deadline.ListFarms/{kind}"
    alone = on("emulator:", "deadline.ListFarms", clauses=clause)
    (outcome,) = alone.outcomes
    assert outcome.verdict is Verdict.CONFORMS
    whole = on("emulator:", "deadline.ListFarms")
    assert outcome.exchanges == next(o for o in whole.outcomes if o.clause.id == clause).exchanges


def test_a_case_has_the_same_values_alone_as_among_all() -> None:
    clause = "sagemaker-edge.SendHeartbeat/request/AgentVersion#pattern"

    def sent(**options: Any) -> list[Any]:
        [seen] = observed("sagemaker-edge.SendHeartbeat", examples=0, **options)
        return [each.exchange.case.value for each in seen.of_clause(clause)]

    assert sent(clauses=clause) == sent() != []


def test_a_web_page_for_an_invalid_request_is_no_sign_of_absence() -> None:
    class Paged(Emulator):
        """Answers every invalid request with the web server's own page."""

        def refuse(self, contract: Any, refusal: Any) -> Any:
            answer = super().refuse(contract, refusal)
            page = [("Content-Type", "text/html")]
            return answer._replace(status=404, headers=page, body=b"<h1>Not Found</h1>")

    done = on(Paged(), "sagemaker-edge.GetDeployments", examples=0)
    assert not of(done, Verdict.UNIMPLEMENTED)
    unsaid = {o.clause.id: o.reason for o in of(done, Verdict.INCONCLUSIVE)}
    missing = "sagemaker-edge.GetDeployments/request/DeviceName#required"
    assert "refused without an error type" in unsaid[missing]


def test_a_path_that_the_router_does_not_know_is_no_sign_of_absence() -> None:
    class Routed(Emulator):
        """Its router knows no path with the values of the first that reads."""

        calls = 0

        def __call__(self, environ: Any, start_response: Any) -> Any:
            self.calls += environ["REQUEST_METHOD"] == "GET"
            if environ["REQUEST_METHOD"] != "GET" or self.calls > 1:
                return super().__call__(environ, start_response)
            start_response("404 NOT FOUND", [("Content-Type", "text/html")])
            return [b"<h1>Not Found</h1>"]

    done = on(Routed(), "deadline.GetFarm", examples=0)
    assert not of(done, Verdict.UNIMPLEMENTED)
    assert of(done, Verdict.CONFORMS)
