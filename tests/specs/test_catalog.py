"""Finding operations by name, in the installed models or in others."""

from __future__ import annotations

from pathlib import Path

import pytest
from botocore import xform_name
from hypothesis import given
from hypothesis import strategies as st

from awsconform.errors import ModelError, UsageError
from awsconform.specs import catalog
from awsconform.specs.catalog import of_folder
from awsconform.specs.models import compile_contract
from awsconform.specs.nearest import nearest
from model_miniatures import thing_model, write_model

OPERATIONS = {name: () for name in catalog.operations("sqs")}


@pytest.fixture
def things(tmp_path: Path) -> catalog.Catalog:
    write_model(tmp_path, "things", thing_model())
    cbor = thing_model(
        protocol="smithy-rpc-v2-cbor",
        protocols=["smithy-rpc-v2-cbor", "json", "query", "carrier-pigeon"],
        targetPrefix="Stuff",
        serviceId="Stuff",
    )
    write_model(tmp_path, "stuff", cbor)
    return of_folder(tmp_path)


def test_every_service_and_operation_of_botocore_is_in_the_catalog() -> None:
    found = catalog.default()
    assert len(found.services) > 400
    assert {"ec2", "s3", "iam", "sqs", "deadline"} <= set(found.services)
    for name in ("ec2.DescribeInstances", "s3.PutObject", "iam.ListUsers", "sdb.Select"):
        (contract,) = catalog.select([name])
        assert contract.id == name


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("SQS", "sqs"),
        ("Lambda", "lambda"),
        ("DynamoDB", "dynamodb"),
        ("CloudWatch Logs", "logs"),
        ("Amazon Elastic Compute Cloud", "ec2"),
        ("aws-lambda", "lambda"),
        ("monitoring", "cloudwatch"),
        ("lamda", "lambda"),
    ],
)
def test_a_service_is_found_by_what_else_it_is_called(asked: str, meant: str) -> None:
    with pytest.raises(UsageError, match="no service is called") as caught:
        catalog.operations(asked)
    hint = str(caught.value.hint)
    assert hint.startswith("did you mean ")
    assert meant in hint.removeprefix("did you mean ").rstrip("?").split(", ")


@given(
    name=st.sampled_from(sorted(OPERATIONS)),
    form=st.sampled_from([str.lower, str.upper, str.swapcase]),
    between=st.sampled_from(["-", "_", " ", ""]),
)
def test_an_operation_is_found_in_any_letter_case_and_as_the_cli_calls_it(
    name: str, form: object, between: str
) -> None:
    assert callable(form)
    asked = form(xform_name(name, between) if between else name)
    assert nearest(asked, OPERATIONS) == [name]


@given(name=st.sampled_from(sorted(OPERATIONS)), data=st.data())
def test_an_operation_is_found_with_a_letter_amiss(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    asked = name[:at] + data.draw(st.sampled_from(["", "x"])) + name[at + 1 :]
    if asked.lower() not in {other.lower() for other in OPERATIONS}:
        assert name in nearest(asked, OPERATIONS)


def test_what_is_like_nothing_is_near_to_nothing() -> None:
    assert nearest("zzzzqqqq", OPERATIONS) == []
    assert nearest("", OPERATIONS) == []
    assert nearest("-", OPERATIONS) == []


def test_the_hint_for_an_operation_is_what_can_be_asked_for() -> None:
    with pytest.raises(UsageError) as caught:
        catalog.load("sqs", "sendmessage")
    assert caught.value.hint == "did you mean sqs.SendMessage?"


def test_a_contract_is_of_the_protocol_asked_for(things: catalog.Catalog) -> None:
    made = {
        protocol: things.load("stuff", "GetThing", protocol=protocol)
        for protocol in (None, "json", "rpc-v2-cbor", "query")
    }
    assert {key: contract.protocol for key, contract in made.items()} == {
        None: "json",
        "json": "json",
        "rpc-v2-cbor": "rpc-v2-cbor",
        "query": "query",
    }
    assert made["query"].aws["protocols"] == ["json", "rpc-v2-cbor", "query"]
    botocores = things.load("stuff", "GetThing", protocol="smithy-rpc-v2-cbor")
    assert botocores.document == made["rpc-v2-cbor"].document


@pytest.mark.parametrize(
    ("protocol", "message"),
    [("ec2", "stuff does not speak ec2"), ("carrier-pigeon", "no supported protocol")],
)
def test_a_protocol_that_is_not_spoken_is_an_error(
    protocol: str, message: str, things: catalog.Catalog
) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        things.load("stuff", "GetThing", protocol=protocol)
    assert caught.value.hint


def test_a_committed_contract_is_of_its_own_protocol_alone() -> None:
    assert catalog.load("deadline", "GetFarm", protocol="rest-json").aws["documents"].keys()
    with pytest.raises(ModelError, match="deadline does not speak json"):
        catalog.load("deadline", "GetFarm", protocol="json")


def test_a_folder_of_models_replaces_the_installed_and_the_committed(tmp_path: Path) -> None:
    write_model(tmp_path, "deadline", thing_model())
    found = of_folder(tmp_path)
    assert found.services == ["deadline"]
    assert found.operations("deadline") == ["GetThing", "ListThings"]
    assert [contract.operation for contract in found.select(["deadline"])] == [
        "GetThing",
        "ListThings",
    ]
    with pytest.raises(UsageError, match="no service is called 'sqs'"):
        found.load("sqs", "SendMessage")
    with pytest.raises(UsageError, match="no operation is named"):
        found.select([])
    with pytest.raises(ModelError, match="have no service"):
        compile_contract("sqs", "SendMessage", models=found.models)
    assert "GetFarm" in catalog.operations("deadline")


def test_the_folder_may_be_the_data_of_a_botocore() -> None:
    import botocore

    package = Path(botocore.__path__[0])
    found = of_folder(package / "data")
    assert found.load("sqs", "SendMessage").document == catalog.load("sqs", "SendMessage").document
    committed = catalog.load("deadline", "GetFarm").aws["documents"]["model"]
    model = found.load("deadline", "GetFarm").aws["documents"]["model"]
    assert model["botocore"] == botocore.__version__
    assert (model["date"], committed["date"] is None) == (None, False)


def test_of_a_service_with_committed_contracts_these_are_selected() -> None:
    chosen = {contract.operation for contract in catalog.select(["deadline", "deadline.GetQueue"])}
    assert chosen == {*catalog.default().committed_operations("deadline"), "GetQueue"}


def test_a_damaged_model_does_not_hide_the_name_of_another(tmp_path: Path) -> None:
    write_model(tmp_path, "things", thing_model())
    write_model(tmp_path, "broken", [])
    with pytest.raises(UsageError) as caught:
        of_folder(tmp_path).operations("Thing Store")
    assert caught.value.hint == "did you mean things?"


def test_a_contract_that_was_changed_does_not_change_others(things: catalog.Catalog) -> None:
    one = things.load("things", "GetThing")
    one.definitions["Thing"]["type"] = "changed"
    assert things.load("things", "ListThings").definitions["Thing"]["type"] == "object"
