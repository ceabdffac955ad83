"""What is stated of the wire goes by the protocol, and events of a stream have clauses."""

from __future__ import annotations

import copy

import pytest

from awsconform.conformance.checks.registry import check_for
from awsconform.conformance.checks.wire import EXPECTED
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.wire.codes import TYPE_PLACES
from awsconform.specs.catalog import committed, load
from awsconform.specs.clauses import WIRE_KINDS, clauses
from awsconform.specs.contract import Contract
from awsconform.specs.protocols import PROTOCOLS

SELECT = load("s3", "SelectObjectContent")
SUBSCRIBE = load("kinesis", "SubscribeToShard")
TAIL = load("logs", "StartLiveTail")
SPOKEN = [
    ("sqs.GetQueueUrl", None, ["status", "content-type", "json", "request-id"]),
    ("lambda.ListFunctions", None, ["status", "content-type", "json", "request-id"]),
    ("iam.ListUsers", None, ["status", "content-type", "xml", "request-id"]),
    ("ec2.DescribeVpcs", None, ["status", "content-type", "xml", "request-id"]),
    ("s3.ListBuckets", None, ["status", "content-type", "xml", "request-id"]),
    (
        "cloudwatch.ListMetrics",
        "rpc-v2-cbor",
        ["status", "content-type", "cbor", "protocol-header", "request-id"],
    ),
    (
        "kinesis.SubscribeToShard",
        None,
        ["status", "content-type", "json", "eventstream", "request-id"],
    ),
]


@pytest.mark.parametrize(("name", "protocol", "kinds"), SPOKEN, ids=[each[0] for each in SPOKEN])
def test_the_wire_has_the_clauses_of_its_protocol(
    name: str, protocol: str | None, kinds: list[str]
) -> None:
    contract = load(*name.split("."), protocol=protocol)
    found = [clause for clause in clauses(contract) if clause.part == "wire"]
    assert [clause.kind for clause in found] == kinds
    for clause in found:
        assert clause.kind in EXPECTED
        assert check_for(clause) is not None
        assert not statement(contract, clause).sentence.startswith("wire of")


def test_every_protocol_has_its_words() -> None:
    assert set(WIRE_KINDS) == set(TYPE_PLACES) == set(PROTOCOLS)
    for name, protocol, _ in SPOKEN:
        contract = load(*name.split("."), protocol=protocol)
        [place] = [each for each in clauses(contract) if each.kind == "discriminator-place"]
        assert TYPE_PLACES[contract.protocol] in statement(contract, place).sentence


def test_the_clauses_of_committed_contracts_are_of_the_json_protocols() -> None:
    for name in committed():
        contract = load(*name.split("."))
        kinds = {clause.kind for clause in clauses(contract) if clause.part == "wire"}
        assert kinds == {"status", "content-type", "json", "request-id"}


def ids(contract: Contract) -> set[str]:
    return {clause.id.partition("/")[2] for clause in clauses(contract)}


def test_events_have_clauses_and_the_stream_itself_has_none() -> None:
    found = ids(SELECT)
    assert "response/Payload/Stats/Details/BytesScanned#type" in found
    assert "response/Payload/Records/Payload#type" in found
    assert "response/Payload/Progress#members" in found
    assert not any(each.startswith("response/Payload#") for each in found)


def test_no_event_is_required_of_every_event() -> None:
    found = ids(SUBSCRIBE)
    assert "response/EventStream/SubscribeToShardEvent#required" not in found
    assert "response/EventStream/SubscribeToShardEvent/Records#required" in found


def test_exceptions_of_a_stream_have_no_clauses_among_its_events() -> None:
    found = ids(TAIL)
    assert "response/responseStream/sessionStart#type" in found
    assert not any("SessionTimeoutException" in each for each in found)


def test_streams_of_bytes_have_no_clauses() -> None:
    assert not any(each.startswith("response/Body") for each in ids(load("s3", "GetObject")))


def test_a_blob_is_written_as_its_protocol_has_it() -> None:
    document = copy.deepcopy(load("kms", "Encrypt").document)
    for protocol, form in (("json", "base64"), ("rpc-v2-cbor", "a byte string")):
        document["aws"]["protocol"] = protocol
        [blob] = [
            each
            for each in clauses(Contract(copy.deepcopy(document)))
            if each.id.endswith("response/CiphertextBlob#blob")
        ]
        assert blob.facts["value"] == form
