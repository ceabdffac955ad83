"""Names that come into being with the request they stand in, and so refer to nothing."""

from __future__ import annotations

from collections.abc import Mapping

from awsconform.specs.producing.makers import Made
from awsconform.specs.producing.meaning import NO_REFERENCE
from awsconform.specs.producing.nouns import RELATING, noun_of
from awsconform.specs.producing.service_model import OperationModel, Spot
from awsconform.specs.producing.verbs import Role
from awsconform.specs.producing.words import ARN, ID, NAME, is_account, key, named

_COPIED = ("source", "original", "from")
_AFRESH = (("target",), ("new",), ("destination",))
# What is in such a member comes into being with the request: GlobalSecondaryIndexUpdates/*/Create.
_CREATED_THERE = (("Create",), ("create",))


def names_a_part(spot: Spot) -> bool:
    """Whether a place says how a part is to be called that the request adds to what is there."""
    told = named(spot.name)
    called = told.kind == NAME and told.key not in NO_REFERENCE
    return called and spot.path[-2:-1] in _CREATED_THERE


def is_new(operation: OperationModel, spot: Spot, made: Mapping[str, Made]) -> bool:
    """Whether a place says how what the operation makes is to be called."""
    if names_a_part(spot):
        return True
    told = named(spot.name)
    if operation.action.role is Role.CHANGE and told.key == "" and told.kind == NAME:
        # UpdateDataSet is told the id of what exists, and its new name.
        return any(
            other.required and named(name).kind in (ID, ARN) and not is_account(name)
            for name, other in operation.members.items()
        )
    if operation.action.role is not Role.CREATE:
        return False
    noun = noun_of(operation)
    mine = made.get(key(noun))
    if mine is not None and mine.operation.name == operation.name:
        return any(
            value.part == "request" and value.spot.path == spot.path
            for value in mine.values.values()
        )
    if not spot.top or operation.action.verb in RELATING:
        return False
    if told.words[:1] in _AFRESH and key(told.words[1:]) in ("", key(noun)):
        return True
    copied = any(
        named(name).words[:1] in [(word,) for word in _COPIED]
        and named(name).words[1:] == told.words
        for name in operation.members
    )
    return copied or (told.kind != ARN and told.key in ("", key(noun)) and mine is None)
