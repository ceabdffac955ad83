"""The hints that are kept speak of operations, members and resources that there are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from awsconform.specs.catalog import load, operations
from awsconform.specs.contract import Contract
from awsconform.specs.hints import DATA, Hint, Origin, Resource, hints_of

SERVICES = sorted(file.parent.name for file in Path(DATA).glob("*/hints.json"))
MADE = sorted((service, name) for service in SERVICES for name in hints_of(service).resources)
ASKED = sorted((service, name) for service in SERVICES for name in hints_of(service).operations)


def resource_of(service: str, name: str) -> Resource:
    return hints_of(service).resources[name]


def contract_of(service: str, operation: str) -> Contract:
    of, _, name = operation.rpartition(".")
    return load(of or service, name)


def leads_somewhere(contract: Contract, origin: Origin) -> bool:
    """Whether a value's origin is a place of the contract; entries of maps have any name."""
    part, *steps = origin
    paths: list[tuple[str, ...]] = [()]
    for step in steps:
        names = ("*",) if isinstance(step, int) else (step, "@value")
        paths = [
            (*path, name)
            for path in paths
            for name in names
            if contract.place(str(part), (*path, name)) is not None
        ]
    return bool(paths)


def unknown_members(contract: Contract, places: Iterable[str]) -> list[str]:
    members = contract.members("request")
    return [place for place in places if place.split("/")[0] not in members]


@pytest.mark.parametrize(("service", "name"), MADE)
def test_a_resource_is_made_and_removed_by_operations_there_are(service: str, name: str) -> None:
    resource = resource_of(service, name)
    if not resource.create:
        return
    contract = contract_of(service, resource.create)
    assert set(resource.delete) | set(resource.then) <= set(operations(service))
    places = (*resource.values, *resource.binds, *resource.unique)
    assert unknown_members(contract, places) == []
    lost = [
        value for value, origin in resource.gives.items() if not leads_somewhere(contract, origin)
    ]
    assert lost == []
    if resource.wait is not None:
        asked = contract_of(service, resource.wait.operation)
        assert leads_somewhere(asked, ("response", *resource.wait.member))


@pytest.mark.parametrize(("service", "name"), ASKED)
def test_a_hint_is_of_an_operation_and_its_members(service: str, name: str) -> None:
    hint: Hint = hints_of(service).of(name)
    contract = contract_of(service, name)
    groups = (member for group in hint.either for member in group)
    named = (*hint.values, *hint.binds, *hint.omit, *hint.unique, *groups)
    assert unknown_members(contract, named) == []
    assert set(hint.observe) <= set(operations(service))
