"""Contracts to generate from: the committed ones, and others drawn from the installed botocore."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from botocore.session import get_session

from awsconform.errors import ModelError
from awsconform.specs.catalog import select
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract

OTHERS = 40
# Of larger requests there are few, and they would take most of the time.
MOST_PLACES = 250


@pytest.fixture(scope="session")
def committed() -> list[Contract]:
    return select([])


@pytest.fixture(scope="session")
def others() -> list[Contract]:
    chosen: list[Contract] = []
    for contract in _drawn(random.Random(20261121)):
        if len(contract.places("request")) <= MOST_PLACES:
            chosen.append(contract)
        if len(chosen) == OTHERS:
            break
    return chosen


def _drawn(source: random.Random) -> Iterator[Contract]:
    loader = get_session().get_component("data_loader")
    services = loader.list_available_services("service-2")
    while True:
        service = source.choice(services)
        operations = sorted(loader.load_service_model(service, "service-2")["operations"])
        try:
            yield Contract(compile_contract(service, source.choice(operations)))
        except ModelError:
            continue


@pytest.fixture(scope="session")
def contracts(committed: list[Contract], others: list[Contract]) -> list[Contract]:
    return [*committed, *others]
