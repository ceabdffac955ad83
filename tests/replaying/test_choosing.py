"""Which findings a word means, and which requests of theirs can be sent again."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.records.checking import wrong_in_report
from awsconform.conformance.replaying.chosen import named
from awsconform.conformance.replaying.replays import Result
from awsconform.errors import UsageError
from faulty.catalog import faults
from faulty.fault import Fault, in_process, tried
from faulty.replayed import chosen_of, document_of, replays, right

NAMELESS = "deadline.CreateFarm: request/displayName is not held to its required"


@cache
def fault() -> Fault:
    return next(each for each in faults() if str(each) == NAMELESS)


@cache
def made() -> dict[str, Any]:
    return document_of(tried(fault()))


@pytest.fixture
def document() -> dict[str, Any]:
    """The report of a target that takes farms without a name; the smallest request is in it."""
    return copy.deepcopy(made())


def finding_in(document: dict[str, Any]) -> dict[str, Any]:
    finding: dict[str, Any] = named(document, None)[0].finding
    return finding


def test_the_report_with_courses_fits_its_schema(document: dict[str, Any]) -> None:
    assert wrong_in_report(document) is None
    assert finding_in(document)["course"]["steps"][-1]["sent"] == "request"


def test_a_finding_is_named_in_several_ways(document: dict[str, Any]) -> None:
    [finding] = named(document, None)
    whole = finding.fingerprint
    for name in (whole, whole[:4], finding.clause["id"], "deadline.CreateFarm"):
        assert [each.fingerprint for each in named(document, name)] == [whole]


def test_a_beginning_of_several_is_no_name(document: dict[str, Any]) -> None:
    clause = next(c for c in document["operations"][0]["clauses"] if c["findings"])
    clause["findings"].append({**clause["findings"][0], "fingerprint": "0" * 12})
    clause["findings"].append({**clause["findings"][0], "fingerprint": "0" * 11 + "1"})
    with pytest.raises(UsageError, match="the beginning of 2 fingerprints") as raised:
        named(document, "00")
    assert raised.value.hint is not None
    assert "000000000001" in raised.value.hint


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("deadline.CreateFarm/request/displayName#require", "displayName#required"),
        ("CreateFarm", "deadline.CreateFarm"),
        ("zzz", "the report has 1 findings"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_near(
    document: dict[str, Any], name: str, near: str
) -> None:
    with pytest.raises(UsageError, match="no finding is called") as raised:
        named(document, name)
    assert near in str(raised.value.hint)


def replayed(document: dict[str, Any]) -> tuple[Result, str]:
    with right(fault()) as target:
        [made] = replays(target, document).of(chosen_of(fault(), document))
    return made.result, made.reason


def test_a_body_that_is_not_there_as_a_whole_is_not_sent(document: dict[str, Any]) -> None:
    finding_in(document)["request"]["body"] = {"text": "{", "length": 2_000_000, "cut": True}
    result, reason = replayed(document)
    assert result is Result.NOT_JUDGED
    assert "2000000 bytes" in reason


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda request: request["headers"].append(["X-Own", "[hidden]"]), "--header"),
        (lambda request: request.update(path="/?token=[hidden]"), "the path"),
        (lambda request: request.update(body={"text": '{"a":"[hidden]"}'}), "the body"),
    ],
)
def test_a_secret_that_is_hidden_is_not_made_up(
    document: dict[str, Any], change: Any, told: str
) -> None:
    change(finding_in(document)["request"])
    result, reason = replayed(document)
    assert result is Result.NOT_JUDGED
    assert told in reason


def test_a_signature_is_made_anew(document: dict[str, Any]) -> None:
    finding_in(document)["request"]["headers"].append(["Authorization", "[hidden]"])
    assert replayed(document)[0] is Result.FIXED


def test_a_clause_that_is_unknown_here_is_not_judged(document: dict[str, Any]) -> None:
    clause = next(c for c in document["operations"][0]["clauses"] if c["findings"])
    clause["id"] = "deadline.CreateFarm/request/gone#required"
    assert replayed(document)[0] is Result.NOT_JUDGED


def test_another_finding_of_the_clause_is_told_with_both(document: dict[str, Any]) -> None:
    finding_in(document)["fingerprint"] = "0" * 12
    with fault().target() as target:
        [made] = replays(target, document).of(chosen_of(fault(), document))
    assert made.result is Result.DIFFERENT
    assert [each.observation for each in made.findings] == ["accepted"]


def test_a_report_without_courses_is_replayed_by_what_it_shows(document: dict[str, Any]) -> None:
    del finding_in(document)["course"], document["operations"][0]["sent"]
    assert wrong_in_report(document) is None
    with fault().target() as target:
        [made] = replays(target, document).of(chosen_of(fault(), document))
    assert made.result is Result.STILL_FAILING
    # Nothing stands beside it that tells a rejection from that of every request.
    assert replayed(document)[0] is Result.NOT_JUDGED


def test_what_was_made_is_removed_again() -> None:
    fault = next(e for e in faults() if str(e) == "deadline.GetFarm: there is no request id")
    document = document_of(tried(fault))
    emulator: Any = Emulator()
    [first, *_] = replays(in_process(emulator, "right"), document).of(chosen_of(fault, document))
    assert first.result is Result.FIXED
    assert [each.exchange.case.operation for each in first.sent][:1] == ["deadline.CreateFarm"]
    assert emulator.services["deadline"].farms == {}
