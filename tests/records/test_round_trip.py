"""A record comes to the report document that the run itself has."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.conformance.achieving import Achievement
from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Parsed,
    Purpose,
    Trouble,
    View,
)
from awsconform.conformance.outcomes import Finding, Outcome
from awsconform.conformance.records.format import record_schema
from awsconform.conformance.records.reading import document_of, read_document, read_record
from awsconform.conformance.records.restoring import restored
from awsconform.conformance.reports.document import report_schema
from awsconform.conformance.reports.exchange_documents import exchange_document
from awsconform.conformance.running import Run, RunOptions
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.secrets import Secrets
from awsconform.specs import catalog
from records.recorded import (
    contracts_of,
    lax,
    record_results,
    record_run,
    reported,
    without_date,
)
from reports.hand_made import CREATE, LIST
from reports.hand_made import run as hand_made


class Mock:
    """A client that answers by itself, and not as documented."""

    def list_farms(self, **_: Any) -> dict[str, Any]:
        return {"farms": [{"farmId": 3}], "description": "secret description", "nextToken": 5}

    def create_farm(self, **_: Any) -> dict[str, Any]:
        from botocore.exceptions import ClientError

        error = {"Code": "Weird", "Message": "so it is"}
        metadata = {"HTTPStatusCode": 400}
        raise ClientError({"Error": error, "ResponseMetadata": metadata}, "CreateFarm")


def client() -> Target:
    from awsconform.conformance.targets.client import ClientTarget

    return ClientTarget(Mock(), name="client:package.module:Mock")


@cache
def _validator() -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(record_schema(), format_checker=checker)


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("ascii").splitlines():
        yield json.loads(line)


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (lambda: open_target("emulator:"), ["deadline.ListFarms", "deadline.DeleteFarm"]),
        (lax, ["deadline.ListFarms", "deadline.CreateFarm"]),
        (client, ["deadline.ListFarms", "deadline.CreateFarm"]),
        (lambda: open_target("moto:"), ["sqs.CreateQueue", "sqs.ListQueues"]),
    ],
    ids=["emulator", "lax", "client", "moto"],
)
def test_a_record_comes_to_the_report_of_its_run(tmp_path: Path, made: Any, names: Any) -> None:
    path = tmp_path / "record.jsonl"
    target = made()
    done = record_run(path, contracts_of(names), target, RunOptions(seed=3, examples=1))
    record = read_record(path)
    assert not record.cut
    assert len(record.exchanges) == sum(result.requests for result in done.results)
    assert without_date(document_of(record)) == reported(done)
    assert read_document(path) == document_of(record)
    jsonschema.Draft202012Validator(report_schema()).validate(document_of(record))
    for line in lines_of(path):
        _validator().validate(line)


texts = st.text(max_size=20)
headers = st.lists(
    st.tuples(st.sampled_from(["X-A", "Content-Type", "Set-Cookie", "x-api-key"]), texts),
    max_size=3,
).map(tuple)
bodies = st.one_of(
    st.binary(max_size=40),
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"\xff" * 70_000, b"\xc3\xa9" * 70_000, b"0123456789" * 200]),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
objects = st.one_of(
    st.dictionaries(texts, values, max_size=3), st.just({"displayName": "long " * 1_000})
)
intents = st.builds(
    Intent,
    st.sampled_from(Purpose),
    st.one_of(st.none(), texts),
    texts,
    st.one_of(st.none(), texts),
    drawn=st.booleans(),
)
requests = st.builds(
    HTTPRequest, st.sampled_from(["GET", "POST"]), st.just("/2023-10-12/farms"), headers, bodies
)
responses = st.builds(HTTPResponse, st.sampled_from([200, 400, 500]), headers, bodies)
exchanges = st.builds(
    Exchange,
    st.builds(
        Case, st.sampled_from([LIST.id, CREATE.id]), intents, objects, st.one_of(st.none(), bodies)
    ),
    st.one_of(st.none(), requests),
    st.one_of(st.none(), responses),
    st.sampled_from(View),
    st.one_of(st.none(), st.sampled_from(Trouble)),
    texts,
    st.one_of(st.none(), st.builds(Parsed, objects, st.one_of(st.none(), texts), st.just(200))),
)


counts = st.integers(0, 10**6)
achievements = st.builds(
    Achievement, st.booleans(), counts, st.one_of(st.none(), counts), st.booleans(), st.booleans()
)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A run of two operations, one of them with findings of any exchanges."""
    shown = draw(st.lists(exchanges, min_size=1, max_size=3))
    base = hand_made(LIST, violated="#minimum", shown=shown[0])
    [result] = base.results

    def drawn(outcome: Outcome) -> Outcome:
        findings = tuple(
            Finding(
                outcome.clause,
                draw(texts),
                draw(texts),
                draw(texts),
                draw(st.sampled_from(shown)),
                draw(st.one_of(st.none(), st.sampled_from(shown))),
                tuple(draw(st.lists(st.sampled_from(shown), max_size=2))),
                draw(st.booleans()),
            )
            for _ in outcome.findings
        )
        alone = draw(st.booleans())
        return replace(outcome, findings=findings, reason=draw(texts), drawn=alone)

    changed = replace(
        result,
        outcomes=tuple(drawn(each) for each in result.outcomes),
        achievement=draw(achievements),
        requests=draw(counts),
        trouble=draw(st.one_of(st.none(), texts)),
        left=tuple(draw(st.lists(texts, max_size=3))),
        seconds=draw(st.floats(0, 1e6)),
    )
    [other] = hand_made(CREATE).results
    return replace(base, results=(changed, other))


@settings(max_examples=25)
@given(runs())
def test_so_does_one_of_any_findings(made: Run) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        record_results(path, made)
        assert without_date(read_document(path)) == reported(made)
        for line in lines_of(path):
            _validator().validate(line)


@settings(max_examples=25)
@given(exchanges)
def test_an_exchange_is_restored_but_for_what_is_hidden_or_cut(exchange: Exchange) -> None:
    made = hand_made(LIST, violated="maxResults#minimum", shown=exchange)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        record_results(path, made)
        record = read_record(path)
        again = restored(record, 1)
    known = Secrets([exchange])
    plain = exchange_document(exchange, known)
    assert again.case.intent == exchange.case.intent
    assert again.case.intent.drawn == exchange.case.intent.drawn
    if exchange.case.body is not None:
        assert again.case.body == known.content(exchange.case.body)
    if '"cut": true' not in json.dumps(plain):
        assert exchange_document(again, Secrets()) == json.loads(json.dumps(plain))


def test_operations_are_in_the_order_they_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    names = ["deadline.DeleteFarm", "deadline.GetFarm"]
    made = record_run(path, contracts_of(names), open_target("emulator:"), RunOptions(examples=0))
    record = read_record(path)
    assert list(record.operations) == ["deadline.GetFarm", "deadline.DeleteFarm"], "as judged"
    assert [each["id"] for each in document_of(record)["operations"]] == names
    assert [result.contract.id for result in made.results] == names


def test_bodies_are_written_once_and_long_ones_compressed(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    record_run(path, contracts_of(["deadline.ListFarms"]), lax(), RunOptions(seed=1, examples=1))
    record = read_record(path)
    lines = list(lines_of(path))
    kinds = [line["kind"] for line in lines]
    assert kinds.count("body") == len(record.bodies) < kinds.count("exchange")
    assert any("zlib" in body for body in record.bodies.values())


def test_says_for_which_operation_a_request_was_sent(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    contracts = catalog.select(["deadline.GetFarm"])
    record_run(path, contracts, open_target("emulator:"), RunOptions(examples=0))
    record = read_record(path)
    asked = {line["operation"] for line in record.exchanges.values()}
    assert {line["sentFor"] for line in record.exchanges.values()} == {"deadline.GetFarm"}
    assert {"deadline.GetFarm", "deadline.CreateFarm"} <= asked
    assert list(record.exchanges) == list(range(1, len(record.exchanges) + 1))
