"""Hints that users write: laid over what is known, and refused with the place that is wrong."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.own_hints import parsed, read, together
from awsconform.errors import AwsconformError
from awsconform.specs import catalog
from awsconform.specs.hints import DATA

SEND = catalog.load("sqs", "SendMessage")


def wrong(document: Any) -> tuple[str, str, str | None]:
    """The pointer, the message and the hint of what is refused."""
    with pytest.raises(AwsconformError) as raised:
        parsed(document, "mine.json")
    location = raised.value.location
    assert raised.value.exit_code == 2
    assert location is not None
    assert location.file == "mine.json"
    return location.pointer or "", raised.value.message, raised.value.hint


def test_what_a_user_states_is_laid_over_what_is_known() -> None:
    before = Knowledge().hints(SEND)
    own = parsed({"sqs": {"operations": {"SendMessage": {"omit": ["DelaySeconds"]}}}}, "mine.json")
    after = Knowledge(own.get).hints(SEND)
    assert after.of("SendMessage").omit == ("DelaySeconds",)
    assert after.of("SendMessage").needs == before.of("SendMessage").needs != ()
    assert after.of("SendMessage").written
    assert after.of("ReceiveMessage") == before.of("ReceiveMessage")
    assert after.resources == before.resources


def test_of_several_documents_the_last_states_what_holds() -> None:
    documents = [
        {"operations": {"SendMessage": {"omit": [name]}}} for name in ("DelaySeconds", "x")
    ]
    documents[1] = {"operations": {"SendMessage": {"omit": ["MessageGroupId"]}}}
    hints = together("sqs", documents, "hook")
    assert hints is not None
    assert hints.of("SendMessage").omit == ("MessageGroupId",)
    assert together("sqs", [], "hook") is None


@pytest.mark.parametrize("key", ["values", "binds"])
def test_a_value_that_nothing_gives_is_refused_with_the_one_that_was_meant(key: str) -> None:
    name = "${QueueUlr}" if key == "values" else "QueueUlr"
    document = {"sqs": {"operations": {"SendMessage": {key: {"QueueUrl": name}}}}}
    pointer, message, hint = wrong(document)
    assert pointer == f"/sqs/operations/SendMessage/{key}/QueueUrl"
    assert "'QueueUlr'" in message
    assert hint is not None
    assert "QueueUrl" in hint
    right = name.replace("Ulr", "Url")
    parsed({"sqs": {"operations": {"SendMessage": {key: {"QueueUrl": right}}}}}, "mine.json")


@pytest.mark.parametrize("name", ["unique", "account", "region", "now", "later.millis", "QueueUrl"])
def test_values_that_something_gives_are_taken(name: str) -> None:
    values = {"MessageBody": f"for ${{{name}}}"}
    parsed({"sqs": {"operations": {"SendMessage": {"values": values}}}}, "mine.json")


@pytest.mark.parametrize(
    ("stated", "pointer"),
    [
        ([], "/sqs"),
        ({"resource": {}}, "/sqs/resource"),
        ({"resources": []}, "/sqs/resources"),
        ({"operations": {"SendMesage": {}}}, "/sqs/operations/SendMesage"),
        ({"operations": {"SendMessage": {"need": []}}}, "/sqs/operations/SendMessage/need"),
        (
            {"operations": {"SendMessage": {"needs": ["cue"]}}},
            "/sqs/operations/SendMessage/needs",
        ),
        ({"operations": {"ListQueues": {"owns": "cue"}}}, "/sqs/operations/ListQueues/owns"),
        ({"operations": {"SendMessage": {"omit": ["Delay"]}}}, "/sqs/operations/SendMessage/omit"),
        (
            {"operations": {"SendMessage": {"values": {"Body": "b"}}}},
            "/sqs/operations/SendMessage/values",
        ),
        (
            {"operations": {"SendMessage": {"either": [["QueueUrl", "QueueName"]]}}},
            "/sqs/operations/SendMessage/either",
        ),
        (
            {"operations": {"SendMessageBatch": {"binds": {"Entries/*/Ident": "X"}}}},
            "/sqs/operations/SendMessageBatch/binds",
        ),
        ({"resources": {"thing": {"gives": {}}}}, "/sqs/resources/thing"),
        ({"resources": {"thing": {"create": "CreateQueue"}}}, "/sqs/resources/thing"),
        ({"resources": {"queue": {"create": "MakeQueue"}}}, "/sqs/resources/queue/create"),
        ({"resources": {"queue": {"delete": ["iam.DropRole"]}}}, "/sqs/resources/queue/delete"),
        ({"resources": {"queue": {"unique": ["Name"]}}}, "/sqs/resources/queue/unique"),
        (
            {"operations": {"SendMessage": {"observe": ["Nope"]}}},
            "/sqs/operations/SendMessage/observe",
        ),
        (
            {"operations": {"SendMessage": {"observe": ["nosvc.ListQueues"]}}},
            "/sqs/operations/SendMessage/observe",
        ),
        (
            {"operations": {"SendMessage": {"needs": ["nosvc:thing"]}}},
            "/sqs/operations/SendMessage/needs",
        ),
        (
            {"operations": {"SendMessage": {"needs": ["iam:rolle"]}}},
            "/sqs/operations/SendMessage/needs",
        ),
        ({"operations": {"ListQueues": {"owns": ["queue"]}}}, "/sqs/operations/ListQueues/owns"),
        ({"operations": {"ListQueues": {"count": -3}}}, "/sqs/operations/ListQueues/count"),
        ({"operations": {"ListQueues": {"count": "7"}}}, "/sqs/operations/ListQueues/count"),
        (
            {"operations": {"SendMessage": {"binds": {"QueueUrl": 5}}}},
            "/sqs/operations/SendMessage/binds",
        ),
        (
            {"resources": {"queue": {"gives": {"QueueUrl": ["response", "Nope"]}}}},
            "/sqs/resources/queue/gives/QueueUrl",
        ),
        (
            {"resources": {"queue": {"gives": {"QueueUrl": ["response"]}}}},
            "/sqs/resources/queue/gives/QueueUrl",
        ),
        (
            {"resources": {"queue": {"gives": {"a/b": ["request", "QueueName", "x"]}}}},
            "/sqs/resources/queue/gives/a~1b",
        ),
        (
            {
                "resources": {
                    "queue": {
                        "wait": {
                            "operation": "GetQueueAttributes",
                            "member": ["State"],
                            "whileIn": ["x"],
                        }
                    }
                }
            },
            "/sqs/resources/queue/wait/member",
        ),
        ({"resources": {"queue": {"needs": ["queue"]}}}, "/sqs/resources/queue/needs"),
        (
            {"resources": {"queue": {"needs": ["sqs:queue"]}}},
            "/sqs/resources/queue/needs",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(stated: Any, pointer: str) -> None:
    assert wrong({"sqs": stated})[0] == pointer


def test_the_name_that_was_meant_is_told() -> None:
    _, message, hint = wrong({"sqs": {"operations": {"SendMesage": {}}}})
    assert "SendMesage" in message
    assert hint is not None
    assert "SendMessage" in hint
    assert wrong({"sqz": {}})[2] is not None


VALUE = "/sqs/operations/SendMessage/values"


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"MessageBody": 5}, "/MessageBody"),
        ({"MessageBody": None}, "/MessageBody"),
        ({"MessageBody": {"$zip": "x"}}, "/MessageBody/$zip"),
        ({"MessageBody": {"$zip": {"file": 5}}}, "/MessageBody/$zip"),
        ({"MessageBody": {"$base64": 5}}, "/MessageBody/$base64"),
        ({"MessageBody": {"$base64": "${now.seconds}"}}, "/MessageBody/$base64"),
        ({"MessageBody": {"$base64": "\ud800"}}, "/MessageBody/$base64"),
        ({"MessageBody": "${now.seconds}"}, "/MessageBody"),
        ({"DelaySeconds": "${unique}"}, "/DelaySeconds"),
        ({"DelaySeconds": "in ${seconds}"}, "/DelaySeconds"),
        ({"MessageAttributes": {"a": {"DataType": 5}}}, "/MessageAttributes/a/DataType"),
        ({"MessageAttributes": {"a": {"StringValue": "x"}}}, "/MessageAttributes/a/DataType"),
        ({"MessageAttributes/@value/BinaryListValues/*": 5},
         "/MessageAttributes~1@value~1BinaryListValues~1*"),
        ({"MessageAttributes/@key": 5}, "/MessageAttributes~1@key"),
        ({"MessageBody": functools.reduce(lambda inner, _: [inner], range(900), "x")},
         "/MessageBody" + "/0" * 65),
    ],
)  # fmt: skip
def test_a_value_that_its_member_does_not_take_is_refused(values: Any, pointer: str) -> None:
    assert wrong({"sqs": {"operations": {"SendMessage": {"values": values}}}})[0] == VALUE + pointer


@pytest.mark.parametrize(
    "values",
    [
        {"MessageBody": "${QueueName} at ${now}"},
        {"MessageBody": {"$json": {"a": 5, "b": ["${unique}"]}}},
        {"MessageBody": {"$base64": {"$json": {"a": "${QueueUrl}"}}}},
        {"DelaySeconds": "${QueueUrl}"},
        {"DelaySeconds": 5},
        {"MessageAttributes": {"a": {"DataType": "${QueueUrl}", "StringValue": "${unique}"}}},
        {"MessageAttributes/@key": "${unique}"},
        {"MessageAttributes/@value/DataType": "String"},
    ],
)
def test_what_only_live_values_decide_is_left_open(values: Any) -> None:
    assert parsed({"sqs": {"operations": {"SendMessage": {"values": values}}}}, "mine.json")


def test_a_resource_that_needs_itself_by_others_is_refused_with_the_way() -> None:
    document = {
        "sqs": {"resources": {"queue": {"needs": ["iam:role"]}}},
        "iam": {"resources": {"role": {"needs": ["user"]}, "user": {"needs": ["sqs:queue"]}}},
    }
    pointer, message, _ = wrong(document)
    assert pointer == "/sqs/resources/queue/needs"
    assert message == "queue needs itself: queue → iam:role → user → queue"


def test_what_is_written_of_another_service_can_be_needed() -> None:
    thing = {"create": "CreateUser", "gives": {"Thing": ["response", "User", "Arn"]}}
    sending = {"operations": {"SendMessage": {"needs": ["iam:thing"]}}}
    own = parsed({"sqs": sending, "iam": {"resources": {"thing": thing}}}, "mine.json")
    assert own["sqs"].of("SendMessage").needs == ("iam:thing",)
    others = {"iam": own["iam"]}
    assert together("sqs", [sending], "hook", others.get) == own["sqs"]


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ({"operations": {"SendMessage": {"observe": ["ListQueue"]}}}, "ListQueues"),
        ({"operations": {"SendMessage": {"needs": ["qeue"]}}}, "queue"),
        ({"operations": {"SendMessage": {"needs": ["imm:role"]}}}, "iam"),
        ({"resources": {"queue": {"gives": {"Q": ["response", "QueueURI"]}}}}, "QueueUrl"),
    ],
)
def test_what_was_meant_by_a_misspelt_name_is_told(stated: Any, meant: str) -> None:
    hint = wrong({"sqs": stated})[2]
    assert hint is not None
    assert meant in hint


@pytest.mark.parametrize("service", sorted(path.parent.name for path in DATA.glob("*/hints.json")))
def test_the_committed_hints_would_be_accepted_from_a_user(service: str) -> None:
    document = json.loads((DATA / service / "hints.json").read_text(encoding="utf-8"))
    assert parsed({service: document}, "mine.json")


def test_a_file_that_is_too_deep_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("[" * 100_000, encoding="ascii")
    with pytest.raises(AwsconformError) as raised:
        read(file)
    assert raised.value.location is not None
    assert raised.value.location.file == str(file)


@pytest.mark.parametrize(
    ("text", "location"),
    [("{\n!", "mine.json:2"), ("[]", "mine.json"), ('{"sqs": {"operations": 1}}', "#/sqs")],
)
def test_a_file_is_refused_with_the_line_or_the_place(
    tmp_path: Path, text: str, location: str
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AwsconformError) as raised:
        read(file)
    assert location in str(raised.value.location)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AwsconformError):
        read(file)


def test_a_file_gives_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    document = {"sqs": {"operations": {"SendMessage": {"fresh": True}}}}
    file.write_text(json.dumps(document), encoding="utf-8")
    assert read(file).hints(SEND).of("SendMessage").fresh
