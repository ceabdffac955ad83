"""What is not there is never judged, and what is there is never taken for absent."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

import pytest

from awsconform.conformance.absence import nonsense
from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.wire.requests import encode
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.paths import has_other_paths
from faulty.breaking import instead
from faulty.fault import in_process
from faulty.wire import always

JSON, HTML, XML = (
    ("Content-Type", f"{kind}") for kind in ("application/json", "text/html", "text/xml")
)
LACKING = "deadline.GetFarm"
MADE_UP = re.compile(r"[./][A-Za-z][a-z]{15}$|/[a-z]{16} $")
DEADLINE = ("deadline.ListFarms", "deadline.GetFarm", "deadline.CreateFarm")

# What an implementation may have for whatever it does not know; {path} is the request's.
UNKNOWN = {
    "a page of a crash": (500, HTML, "<title>500 Internal Server Error</title>"),
    "a typed fault that names it": (500, JSON, '{"__type": "InternalError", "message": "{path}?"}'),
    "a page of a router": (404, HTML, "<title>404 Not Found</title>"),
    "an untyped refusal": (400, JSON, '{"message": "what is {path}?"}'),
    "a refusal of its own": (400, JSON, '{"__type": "OddThing", "message": "{path} is odd"}'),
    "a success": (200, JSON, "{}"),
    "a success of nothing": (200, JSON, ""),
    "another service's answer": (200, XML, "<Listing><Name>x</Name></Listing>"),
}


def lacking(status: int, kind: tuple[str, str], body: str) -> Any:
    """The emulator without one operation, which gets what all unknown ones get."""

    class Lacking(Emulator):
        unknown: list[str]

        def __init__(self) -> None:
            super().__init__()
            self.unknown = []

        def answer(self, incoming: Incoming) -> Answer:
            route = self.router.find(
                incoming.method, incoming.path, incoming.header("X-Amz-Target")
            )
            if route is None or route.contract.id == LACKING:
                return self.finish(None, self.lost(incoming))
            return super().answer(incoming)

        def lost(self, incoming: Incoming) -> Answer:
            asked = f"{incoming.path} {incoming.header('X-Amz-Target') or ''}"
            if MADE_UP.search(asked):
                self.unknown.append(asked)
            text = body.replace("{path}", incoming.path)
            return Answer(status, [kind], text.encode())

    return Lacking()


def judged(application: Any, *operations: str, examples: int = 0, seed: int = 0) -> Run:
    contracts = catalog.select(operations)
    return run(contracts, in_process(application, "x"), RunOptions(seed=seed, examples=examples))


def verdicts(made: Run, operation: str) -> Counter[Verdict]:
    [result] = [each for each in made.results if each.contract.id == operation]
    return Counter(each.verdict for each in result.outcomes)


@pytest.mark.parametrize("known", UNKNOWN)
def test_what_gets_the_answer_of_nonsense_is_not_there(known: str) -> None:
    made = judged(lacking(*UNKNOWN[known]), *DEADLINE)
    assert set(verdicts(made, LACKING)) == {Verdict.UNIMPLEMENTED}
    for operation in DEADLINE:
        if operation != LACKING:
            assert verdicts(made, operation)[Verdict.CONFORMS]
            assert not verdicts(made, operation)[Verdict.UNIMPLEMENTED]


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (200, [HTML], "200 with a page of text/html"),
        (404, [HTML], "404 with a page of text/html"),
        (302, [HTML, ("Location", "/login")], "302, redirected to /login"),
    ],
)
def test_what_no_api_answers_is_called_what_it_is(
    status: int, headers: list[tuple[str, str]], said: str
) -> None:
    class Site(Emulator):
        def answer(self, incoming: Incoming) -> Answer:
            return self.finish(None, Answer(status, headers, b"<!DOCTYPE html><title>x</title>"))

    outcomes = judged(Site(), LACKING).outcomes
    reasons = {each.reason for each in outcomes if each.verdict is Verdict.UNIMPLEMENTED}
    assert reasons
    assert all(reason.startswith(said) for reason in reasons), reasons


@pytest.mark.parametrize("known", UNKNOWN)
def test_little_is_sent_to_what_is_not_there(known: str) -> None:
    made = judged(lacking(*UNKNOWN[known]), LACKING, examples=20)
    [result] = made.results
    assert result.requests < 25


def test_a_mock_that_answers_whatever_is_asked_stands_for_the_operation_it_answers() -> None:
    def edge(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"CacheTTL": "PT5M"}']

    registered, deployed = (
        f"sagemaker-edge.{name}" for name in ("GetDeviceRegistration", "GetDeployments")
    )
    assert verdicts(judged(edge, registered), registered)[Verdict.CONFORMS]
    assert set(verdicts(judged(edge, deployed), deployed)) == {Verdict.UNIMPLEMENTED}


@pytest.mark.parametrize(
    "application",
    [
        always(500, HTML, b"<title>500</title>"),
        always(404, JSON, b'{"message": "Not Found"}'),
        always(400, JSON, b'{"__type": "OddThing", "message": "no"}'),
        always(200, JSON, b"{}"),
    ],
    ids=["crash", "untyped", "typed", "success"],
)
def test_an_operation_that_always_says_the_same_is_there_if_nonsense_gets_something_else(
    application: Any,
) -> None:
    made = judged(instead(LACKING, application)(), LACKING)
    found = verdicts(made, LACKING)
    assert found[Verdict.VIOLATES]
    assert not found[Verdict.UNIMPLEMENTED]


@pytest.mark.parametrize("code", ["AccessDeniedException", "ThrottlingException", "ExpiredToken"])
def test_who_is_refused_everything_learns_nothing_of_what_is_there(code: str) -> None:
    body = f'{{"__type": "{code}", "message": "no"}}'.encode()
    made = judged(always(403, JSON, body), *DEADLINE)
    for operation in DEADLINE:
        found = verdicts(made, operation)
        assert found[Verdict.INCONCLUSIVE]
        assert not found[Verdict.UNIMPLEMENTED]


def test_the_same_nonsense_is_asked_for_once() -> None:
    application = lacking(404, JSON, '{"message": "no"}')
    names = ("DescribeInferenceScheduler", "ListInferenceSchedulers", "StopInferenceScheduler")
    judged(application, *(f"lookoutequipment.{name}" for name in names))
    assert len(application.unknown) == 1
    again = lacking(404, JSON, '{"message": "no"}')
    judged(again, "deadline.ListFarms", "deadline.CreateFarm")
    assert len(again.unknown) == 2, "one for each method"


def test_a_service_has_one_finding_for_what_it_answers_to_nonsense() -> None:
    names = ("DescribeInferenceScheduler", "ListInferenceSchedulers", "StopInferenceScheduler")
    wanted = [f"lookoutequipment.{name}" for name in names]
    made = judged(lacking(500, JSON, '{"message": "oh"}'), *wanted, *DEADLINE)
    unknown = [each for each in made.outcomes if each.clause.kind == "unknown-operation"]
    found = [each.clause.operation for each in unknown if each.verdict is Verdict.VIOLATES]
    assert sorted(each.partition(".")[0] for each in found) == ["deadline", "lookoutequipment"]
    others = [each for each in unknown if each.verdict is Verdict.UNEXERCISED]
    assert len(others) == 3
    assert all(each.clause.apart for each in others), "they count in no number"


@pytest.mark.parametrize(
    "operation",
    [
        "kms.ListKeys",
        "iam.ListUsers",
        "ec2.DescribeVpcs",
        "route53.GetHostedZone",
        "lambda.GetFunction",
        "lambda.ListFunctions",
        "s3control.GetAccessPoint",
        "arc-region-switch.ListPlans",
        "deadline.GetSessionsStatisticsAggregation",
    ],
)
def test_nonsense_asks_for_nothing_that_exists(operation: str) -> None:
    [contract] = catalog.select([operation])
    asked = [made(contract, seed) for seed in range(3)]
    assert len({(request.path, request.headers, request.body) for request in asked}) == 3
    for request in asked:
        assert request.method == contract.method
        assert contract.operation not in str(request)
        assert "nonsense" not in str(request)


def made(contract: Contract, seed: int) -> Any:
    nothing = nonsense(contract, random.Random(seed))
    assert nothing is not None
    return encode(*nothing)


def test_nonsense_stays_in_the_neighbourhood_of_the_operation() -> None:
    [contract] = catalog.select(["lambda.GetFunctionCodeSigningConfig"])
    assert contract.uri == "/2020-06-30/functions/{FunctionName}/code-signing-config"
    path = made(contract, 1).path.split("/")
    assert path[:3] == ["", "2020-06-30", "functions"]
    assert path[3:] != ["{FunctionName}", "code-signing-config"]
    assert len(path) == 5


def test_there_is_no_nonsense_where_every_path_names_a_thing() -> None:
    for name in ("ListBuckets", "GetBucketTagging", "GetObject", "PutObject"):
        contract = catalog.load("s3", name)
        assert nonsense(contract, random.Random(0)) is None
        assert not has_other_paths(contract)
