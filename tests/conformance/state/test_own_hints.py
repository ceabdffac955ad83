"""Hints that users write: laid over what is known, and refused with the place that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.own_hints import parsed, read, together
from awsconform.errors import AwsconformError
from awsconform.specs import catalog

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
