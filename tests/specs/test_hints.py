"""Hints: what is written is read whole, laid over what is inferred, refused where it is wrong."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from awsconform.errors import ContractError
from awsconform.specs import catalog
from awsconform.specs.hints import DATA, Hint, Hints, Resource, hints_of, overlay, parse

QUEUE = {"create": "CreateQueue", "gives": {"QueueUrl": ["response", "QueueUrl"]}}


def test_reads_every_key_of_a_resource() -> None:
    stated = {
        **QUEUE,
        "needs": ["iam:role"],
        "binds": {"Attributes/Role": "iam:role.Arn"},
        "unique": ["QueueName"],
        "then": ["TagQueue"],
        "delete": ["DeleteQueue"],
        "values": {"Attributes": {"$json": {"a": 1}}},
        "wait": {"operation": "GetQueue", "member": ["Queue", "State"], "whileIn": ["PENDING"]},
    }
    read = parse({"resources": {"queue": stated}}, "hints.json").resources["queue"]
    unset = Resource("queue", "", {})
    assert read.wait is not None
    assert read.wait.member == ("Queue", "State")
    assert [
        each.name
        for each in fields(Resource)
        if getattr(read, each.name) == getattr(unset, each.name)
    ] == ["name"]


def test_reads_every_key_of_an_operation() -> None:
    stated = {
        "needs": ["queue"],
        "binds": {"Entries/*/Id": "Id"},
        "values": {"Body": "${unique}"},
        "omit": ["A"],
        "either": [["B", "C"]],
        "fresh": True,
        "unique": ["Name"],
        "owns": "queue",
        "count": 3,
        "observe": ["ListQueues"],
        "ignore": ["Date"],
    }
    read = parse({"operations": {"SendMessage": stated}}, "hints.json").of("SendMessage")
    assert read.either == (("B", "C"),)
    assert not [
        each.name for each in fields(Hint) if getattr(read, each.name) == getattr(Hint(), each.name)
    ]


@pytest.mark.parametrize("service", sorted(path.parent.name for path in DATA.glob("*/hints.json")))
def test_what_is_written_names_operations_and_resources_that_exist(service: str) -> None:
    hints = hints_of(service)
    operations = set(catalog.operations(service))
    assert set(hints.operations) <= operations
    for resource in hints.resources.values():
        called = {resource.create, *resource.then, *resource.delete} - {""}
        assert {name for name in called if "." not in name} <= operations
    for hint in hints.operations.values():
        assert set(hint.observe) <= operations


def test_an_entry_above_replaces_only_what_it_states() -> None:
    below = Hints(
        {"queue": Resource("queue", "CreateQueue", {"Url": ("response", "Url")}, delete=("Drop",))},
        {"Send": Hint(needs=("queue",), observe=("List",))},
    )
    above = parse(
        {
            "resources": {"queue": {"values": {"Name": "a"}}},
            "operations": {"Send": {"observe": []}, "List": {"owns": "queue"}},
        },
        "hints.json",
    )
    together = overlay(below, above)
    queue = together.resources["queue"]
    assert (queue.create, queue.delete, queue.values) == ("CreateQueue", ("Drop",), {"Name": "a"})
    assert queue.written
    assert together.of("Send") == Hint(needs=("queue",), observe=(), written=True)
    assert together.of("List").owns == "queue"


def test_an_entry_that_stands_alone_keeps_nothing_of_what_is_below() -> None:
    below = Hints({}, {"Send": Hint(needs=("queue",), observe=("List",))})
    above = parse({"operations": {"Send": {"alone": True, "unique": ["Name"]}}}, "hints.json")
    assert overlay(below, above).of("Send") == Hint(unique=("Name",), written=True)


def test_what_lies_on_top_of_two_wins() -> None:
    first = parse({"operations": {"Send": {"count": 1, "fresh": True}}}, "first")
    second = parse({"operations": {"Send": {"count": 2}}}, "second")
    together = overlay(overlay(Hints(), first), second)
    assert (together.of("Send").count, together.of("Send").fresh) == (2, True)


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], "/"),
        ({"resource": {}}, "/resource"),
        ({"resources": []}, "/resources"),
        ({"operations": {"Send": []}}, "/operations/Send"),
        ({"operations": {"Send": {"need": ["queue"]}}}, "/operations/Send/need"),
        ({"operations": {"Send": {"needs": "queue"}}}, "/operations/Send"),
        ({"operations": {"Send": {"needs": [1]}}}, "/operations/Send"),
        ({"operations": {"Send": {"count": "many"}}}, "/operations/Send/count"),
        ({"operations": {"Send": {"values": "x"}}}, "/operations/Send/values"),
        ({"operations": {"Send": {"either": [["A", 5]]}}}, "/operations/Send"),
        (
            {"resources": {"queue": {**QUEUE, "gives": {"Url": ["response", {}]}}}},
            "/resources/queue",
        ),
        (
            {
                "resources": {
                    "queue": {
                        **QUEUE,
                        "wait": {"operation": "Get", "member": "State", "whileIn": "Pending"},
                    }
                }
            },
            "/resources/queue",
        ),
        (
            {"resources": {"queue": {**QUEUE, "gives": {"Url": ["answer", "Url"]}}}},
            "/resources/queue",
        ),
        ({"resources": {"queue": {**QUEUE, "gives": {"Url": []}}}}, "/resources/queue"),
        ({"resources": {"queue": {**QUEUE, "wait": {"operation": "Get"}}}}, "/resources/queue"),
        ({"resources": {"queue": {**QUEUE, "values": [1]}}}, "/resources/queue/values"),
    ],
    ids=lambda each: each if isinstance(each, str) else json.dumps(each)[:40],
)
def test_refuses_what_is_no_hint_and_says_where(document: Any, pointer: str) -> None:
    with pytest.raises(ContractError) as refused:
        parse(document, "my-hints.json")
    location = refused.value.location
    assert location is not None
    assert (location.file, location.pointer) == ("my-hints.json", pointer)
