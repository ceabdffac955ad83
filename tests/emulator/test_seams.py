"""An emulator can be broken in one place at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.deadline import Aggregation, Deadline, Farm
from awsconform.conformance.emulator.message import Answer
from awsconform.conformance.emulator.pages import Bookmark, Paged, Pager
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure
from emulator.calling import HEARTBEAT, Wire

FARMS = "/2023-10-12/farms"


def test_validation_can_be_loosened() -> None:
    class Loose(Emulator):
        def validate(self, contract: Contract, request: Any) -> list[Failure]:
            found = super().validate(contract, request)
            return [failure for failure in found if failure.keyword != "maxLength"]

    wire = Wire(Loose())
    assert wire.rest("POST", FARMS, {"displayName": "x" * 101}).status == 200
    assert wire.rest("POST", FARMS, {"displayName": ""}).status == 400


def test_a_timestamps_form_can_be_loosened() -> None:
    class Loose(Emulator):
        def decode(self, *args: Any) -> Any:
            return super().decode(*args)[0], []

    body = HEARTBEAT | {"AgentMetrics": [{"Timestamp": "2026-01-01T00:00:00Z"}]}
    assert Wire(Loose()).rest("POST", "/SendHeartbeat", body).status == 200


def test_a_response_can_be_changed_before_it_is_encoded() -> None:
    class Wrong(Emulator):
        def invoke(self, contract: Contract, request: Any) -> Any:
            return super().invoke(contract, request) | {"extra": [None, {"a": 1}]}

    assert Wire(Wrong()).rest("GET", FARMS).json["extra"] == [None, {"a": 1}]


def test_a_value_that_does_not_fit_its_shape_is_sent_as_it_is() -> None:
    class Wrong(Emulator):
        def invoke(self, contract: Contract, request: Any) -> Any:
            return {"CreatedAt": "yesterday", "UpdatedAt": [1], "DataInputConfiguration": 1}

    reply = Wire(Wrong()).target("DescribeInferenceScheduler", {"InferenceSchedulerName": "a"})
    assert reply.json == {"CreatedAt": "yesterday", "UpdatedAt": [1], "DataInputConfiguration": 1}


def test_the_finished_answer_can_be_changed() -> None:
    class Wrong(Emulator):
        def finish(self, contract: Contract | None, answer: Answer) -> Answer:
            return super().finish(contract, answer)._replace(status=201, body=b"{}x")

    reply = Wire(Wrong()).rest("GET", FARMS)
    assert (reply.status, reply.body) == (201, b"{}x")


def test_the_rules_of_paging_can_be_broken() -> None:
    class Endless(Pager):
        lifetime = 60.0

        def size(self, paged: Paged, request: Any) -> int:
            return 2

        def fits(self, bookmark: Bookmark, paged: Paged, request: Any) -> bool:
            return True

        def text(self) -> str:
            return "string"

    class Wrong(Emulator):
        pager_type = Endless

    emulator = Wrong()
    wire = Wire(emulator)
    for n in range(5):
        wire.farm(str(n))
    page = wire.rest("GET", FARMS, query="maxResults=1").json
    assert (len(page["farms"]), page["nextToken"]) == (2, "string")
    assert wire.rest("GET", FARMS, query="nextToken=string").status == 200
    emulator.clock.advance(60)
    assert wire.rest("GET", FARMS, query="nextToken=string").status == 400


def test_the_behaviour_of_a_service_can_be_broken() -> None:
    class Forever(Deadline):
        lifetime = float("inf")
        polls_in_progress = 0

        def check_throttling(self, farm: Farm) -> None:
            return None

        def status(self, aggregation: Aggregation) -> str:
            return super().status(aggregation).lower()

    class Wrong(Emulator):
        service_types: ClassVar = {**Emulator.service_types, "deadline": Forever}

    emulator = Wrong()
    wire = Wire(emulator)
    farm = wire.farm()
    first = wire.start(farm).json["aggregationId"]
    assert wire.start(farm).status == 200
    emulator.clock.advance(10_000)
    assert wire.statistics(farm, first).json["status"] == "completed"
