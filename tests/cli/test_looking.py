"""`list`, `show` and `explain`."""

from __future__ import annotations

import json

import pytest

from awsconform.specs import catalog
from awsconform.specs.clauses import clauses
from cli.calling import Call


def test_lists_services_with_committed_contracts_first_and_then_all_others(call: Call) -> None:
    ended = call("list")
    assert ended.code == 0
    heading, *rows, _, total = ended.out.splitlines()
    assert heading.split() == ["service", "operations", "protocols", "contracts"]
    names = [row.split()[0] for row in rows]
    first = sorted({name.split(".")[0] for name in catalog.committed()})
    assert names == [*first, *(name for name in catalog.default().services if name not in first)]
    by_name = dict(zip(names, rows, strict=True))
    assert "6 committed" in by_name["deadline"]
    assert "json, rpc-v2-cbor, query" in by_name["cloudwatch"]
    operations = sum(int(row.split()[1].replace(",", "")) for row in rows)
    assert total == f"{len(names):,} services, {operations:,} operations"


@pytest.mark.parametrize("service", ["sagemaker-edge", "sqs", "sdb"])
def test_lists_each_operation_with_its_clauses_documents_and_protocol(
    service: str, call: Call
) -> None:
    lines = [line.split() for line in call("list", service).out.splitlines()]
    shown = {words[0]: words for words in lines if words}
    for operation in catalog.operations(service):
        contract = catalog.load(service, operation)
        words = shown[operation]
        assert words[1] == str(len(clauses(contract)))
        assert contract.protocol in words
        assert ("page," in words) is ("page" in contract.aws["documents"])


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["list", "deadlne"], "deadline"),
        (["show", "deadline.GetFrm"], "GetFarm"),
        (["show", "ec2.describeinstances"], "ec2.DescribeInstances?"),
        (["show", "ec2.describe-instances"], "ec2.DescribeInstances?"),
        (["run", "DynamoDB"], "dynamodb?"),
        (["list", "CloudWatch Logs"], "logs?"),
        (["list", "zzzzqqqq"], "`awsconform list` names them all"),
        (["show", "deadline"], "awsconform list deadline"),
        (["explain", "deadline.GetFarm/request/farmId#patern"], "request/farmId#pattern"),
        (["explain", "deadlin.GetFarm"], "deadline"),
    ],
)
def test_an_unknown_name_gets_the_nearest_one(words: list[str], hint: str, call: Call) -> None:
    ended = call(*words)
    assert ended.code == 2
    assert hint in ended.err.splitlines()[-1]


@pytest.mark.parametrize("name", [*catalog.committed(), "sqs.SendMessage", "dynamodb.PutItem"])
def test_shows_every_member_error_and_rule(name: str, call: Call) -> None:
    contract = catalog.load(*name.split(".", 1))
    out = call("show", name).out
    for part in ("request", "response"):
        for place in contract.places(part)[1:]:
            assert place.path[-1] in out
    for error in contract.errors.values():
        assert f"{error.status}  {error.code}" in out
    for rule in contract.aws["rules"]:
        assert f"{rule['rule']}:" in out
    assert f"{contract.method} {contract.uri}" in out


def test_shows_where_page_and_model_differ(call: Call) -> None:
    out = call("show", "deadline.GetSessionsStatisticsAggregation").out
    assert "usageType enum: the model is kept" in out
    assert "page (boto3-text" in out


def test_shows_the_document_itself(call: Call) -> None:
    contract = catalog.load("deadline", "GetFarm")
    assert json.loads(call("show", "deadline.GetFarm", "--json").out) == contract.document


def test_explains_each_clause_of_an_operation(call: Call) -> None:
    contract = catalog.load("deadline", "ListFarms")
    named = call("explain", "deadline.ListFarms").out.splitlines()
    assert len(named) == len(clauses(contract))
    for line in named:
        level, clause = line.split()
        ended = call("explain", clause)
        assert ended.code == 0
        assert ended.out.startswith(f"{clause}\n")
        for field in ("states", f"level          {level}", "sources"):
            assert f"\n  {field}" in ended.out
        apart = "\n  apart" in ended.out
        told = f"awsconform run deadline.ListFarms --target TARGET -k '{clause}'"
        assert (told in ended.out) is not apart
