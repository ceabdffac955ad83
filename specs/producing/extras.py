"""Identifiers that no noun leads to, found by where they come out of: `UploadId`, `ShardIterator`.

A request's required member that nobody is known to make, and a response's of the same name and
shape: who answers with it makes it. Where that only reads, reading is what brings it about.
"""

from __future__ import annotations

from collections import defaultdict

from awsconform.specs.places import ITEM, KEY, VALUE
from awsconform.specs.producing.makers import Made, Value, is_failure
from awsconform.specs.producing.meaning import is_identifier, lacks
from awsconform.specs.producing.new_names import is_new
from awsconform.specs.producing.nouns import noun_of
from awsconform.specs.producing.referring import Referring
from awsconform.specs.producing.service_model import OperationModel, ServiceModel, Spot
from awsconform.specs.producing.verbs import Role
from awsconform.specs.producing.words import WHOLE, is_account, is_plural, key, named, words

_ORDER = (Role.CREATE, Role.LIST, Role.READ, Role.CHANGE)

Extras = dict[str, dict[str, Value]]


def extras(service: ServiceModel, made: dict[str, Made], referring: Referring) -> Extras:
    """The values that resources give beside their own, by the keys of the resources.

    What only reading gives becomes a resource of its own: `made` and what `referring` knows grow.
    """
    found = keys_of_settings(service, made, referring)
    wanted = _wanted(service, referring)
    sources = _sources(service, set(wanted), frozenset(made))
    for (name, shape), askers in sorted(wanted.items()):
        usable = [
            (operation, spot)
            for operation, spot in sources.get((name, shape), ())
            if operation.name not in askers and not _made_by(operation, made, askers)
        ]
        if not usable:
            continue
        usable.sort(key=lambda each: _plainness(*each))
        making = [each for each in usable if each[0].action.role is Role.CREATE]
        for operation, spot in making or usable[:1]:
            owner = _owner(operation, made)
            told = named(spot.name)
            if owner is None and told.kind != WHOLE and told.key not in made:
                # It is the thing's own identifier, and only the operation's name hid it.
                value = Value(told.kind, "response", spot)
                made[told.key] = Made(told.words, operation, {told.kind: value})
                continue
            owner = owner or _new(operation, spot, made)
            if spot.name not in found[owner]:
                found[owner][spot.name] = Value(WHOLE, "response", spot)
                referring.extras.setdefault((name, shape), []).append((owner, spot.name))
    return found


def keys_of_settings(service: ServiceModel, made: dict[str, Made], referring: Referring) -> Extras:
    """What tells the settings of one thing apart: the StatementId of AddPermission.

    What removes them requires a member that what makes them has as well.
    """
    found: Extras = defaultdict(dict)
    asking: dict[str, set[str]] = defaultdict(set)
    for operation in service.operations.values():
        if operation.action.role is Role.LIST:
            for name, spot in operation.members.items():
                if spot.required:
                    asking[name].add(operation.name)
    for operation in service.operations.values():
        known = made.get(key(noun_of(operation))) or made.get(key(operation.action.whole))
        if known is None or operation.action.role is not Role.DELETE:
            continue
        for name, spot in operation.members.items():
            given = known.operation.members.get(name)
            if given is None or not spot.required or given.shape != spot.shape:
                continue
            # What others are told as well is what the setting belongs to.
            if asking[name] - {known.operation.name} or is_account(name):
                continue
            if named(name).key == "resource":
                continue
            meaning = referring.meaning(operation, spot)
            if meaning is None or (meaning.resource is None and meaning.elsewhere is None):
                found[known.key][name] = Value(WHOLE, "request", given)
                referring.keys_of_settings.add((known.key, name))
    return found


def _owner(operation: OperationModel, made: dict[str, Made]) -> str | None:
    """The key of the resource that an operation makes, None where it makes none."""
    return next((each.key for each in made.values() if each.operation is operation), None)


def _new(operation: OperationModel, spot: Spot, made: dict[str, Made]) -> str:
    """The key of a new resource that gives a value."""
    noun = named(spot.name).words
    if key(noun) in made:
        noun = (*noun, "value")
    made[key(noun)] = Made(noun, operation, {})
    return key(noun)


def _wanted(service: ServiceModel, referring: Referring) -> dict[tuple[str, str], set[str]]:
    """Required members that nobody is known to make, with the operations that ask for them."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for operation in service.operations.values():
        for spot in operation.request:
            if not (spot.required and (spot.top or spot.in_list) and is_identifier(spot.name)):
                continue
            if is_new(operation, spot, referring.made):
                continue
            known = referring.meaning(operation, spot)
            told = named(spot.name)
            if told.key in ("", "resource") or is_account(spot.name):
                continue
            if lacks(known, referring.made):
                found[spot.name.lower(), spot.shape].add(operation.name)
    return found


def _sources(
    service: ServiceModel, wanted: set[tuple[str, str]], made: frozenset[str]
) -> dict[tuple[str, str], list[tuple[OperationModel, Spot]]]:
    """Where responses have what is wanted, those of operations that do not ask for it."""
    found: dict[tuple[str, str], list[tuple[OperationModel, Spot]]] = defaultdict(list)
    for operation in service.operations.values():
        if operation.action.role not in _ORDER:
            continue
        done = operation.action
        listing = done.role is not Role.READ or is_plural(done.noun[-1] if done.noun else "")
        # What a response only repeats does not come out of it.
        asked = {spot.name.lower() for spot in operation.request if spot.required or spot.top}
        for spot in operation.response:
            name = spot.name.lower()
            if name in asked or KEY in spot.path or VALUE in spot.path:
                continue
            if (name, spot.shape) not in wanted or is_failure(spot):
                continue
            if not _is_near(spot, operation):
                continue
            if listing or done.key in (named(name).key, key(words(spot.name)), *made):
                found[name, spot.shape].append((operation, spot))
    return found


def _made_by(operation: OperationModel, made: dict[str, Made], askers: set[str]) -> bool:
    """Whether what an operation reads is made by one that asks: a circle."""
    known = made.get(operation.action.key)
    return known is not None and known.operation.name in askers


def _is_near(spot: Spot, operation: OperationModel) -> bool:
    """Whether a value is right in a response, in the items of its list or in its one structure."""
    if len(spot.path) == 2:
        return operation.action.role is Role.CREATE
    return len(spot.path) == 1 or (len(spot.path) == 3 and spot.path[1] == ITEM)


def _plainness(operation: OperationModel, spot: Spot) -> tuple[int, bool, int, int, str]:
    rank = _ORDER.index(operation.action.role)
    unlike = key(named(spot.name).words) not in (operation.action.key, key(operation.action.whole))
    return rank, unlike, len(spot.path), len(operation.needed), operation.name
