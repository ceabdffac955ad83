from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer
from awsconform.conformance.emulator.serving import start
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from emulator.calling import Wire

EPOCHS = ("CreatedAt", "UpdatedAt")


class Watched(Emulator):
    """Holds every answer against the contract, by its bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[Any] = []

    def finish(self, contract: Contract | None, answer: Answer) -> Answer:
        answer = super().finish(contract, answer)
        headers = {name.lower(): value for name, value in answer.headers}
        body = json.loads(answer.body)
        kind = headers.get("x-amzn-errortype") or body.get("__type", "#").partition("#")[2]
        part = kind or "response"
        if contract is not None and (part == "response" or part in contract.errors):
            value = {key: value for key, value in body.items() if key != "__type"}
            for name in EPOCHS:
                if name in value:
                    assert isinstance(value[name], int | float)
                    value[name] = "2026-01-01T00:00:00Z"
            self.wrong += [(contract.id, part, each) for each in failures(contract, part, value)]
            stated = contract.status if part == "response" else contract.errors[part].status
            if answer.status != stated:
                self.wrong.append((contract.id, part, answer.status))
            unknown = set(value) - {place.path[0] for place in contract.places(part)[1:]}
            self.wrong += [(contract.id, part, name) for name in unknown]
        return answer


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    watched = Watched()
    yield watched
    assert not watched.wrong


@pytest.fixture
def wire(emulator: Emulator) -> Wire:
    return Wire(emulator)


@pytest.fixture(scope="session")
def sdk() -> Any:
    return boto3.Session("AKIDEXAMPLE", "example", region_name="us-east-1")


@pytest.fixture
def connect(emulator: Emulator, sdk: Any) -> Iterator[Any]:
    """Makes boto3 clients of the emulator, served."""
    config = Config(inject_host_prefix=False, retries={"total_max_attempts": 1})
    clients: list[Any] = []
    with start(emulator) as url:

        def client(service: str) -> Any:
            clients.append(sdk.client(service, endpoint_url=url, config=config))
            return clients[-1]

        yield client
        for each in clients:
            each.close()


@pytest.fixture
def deadline(connect: Any) -> Any:
    return connect("deadline")


@pytest.fixture
def lookout(connect: Any) -> Any:
    return connect("lookoutequipment")


@pytest.fixture
def edge(connect: Any) -> Any:
    return connect("sagemaker-edge")
