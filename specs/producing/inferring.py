"""Hints and references of any service, inferred when they are first asked for."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from awsconform.errors import ModelError
from awsconform.specs import installed
from awsconform.specs.contract import Contract, Place
from awsconform.specs.hints import Hints, hints_of, overlay
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.model_form import UNEXPECTED, check_model, misformed, unexpected
from awsconform.specs.places import ITEM, KEY, VALUE, SegmentPath
from awsconform.specs.producing.graph import Graph
from awsconform.specs.producing.recipes import recipes
from awsconform.specs.producing.service_model import ServiceModel, Spot

_KEPT = 64


@dataclass(frozen=True)
class Reference:
    """That a place of a request names something which exists elsewhere.

    `resource` is what it names, `queue` or `iam:role`, and `value` the name of the value which
    that gives for it; None where nobody is known to make it, or to tell.
    """

    resource: str | None = None
    value: str | None = None


def inferred(contract: Contract) -> Hints:
    """The hints of a contract's whole service, from its model alone; empty where there is none.

    Raises:
        ModelError: the model is damaged.
    """
    return inferred_of(contract.service, installed.models())


def hints_for(contract: Contract) -> Hints:
    """What is inferred of a contract's service, with what is written laid over it.

    Raises:
        ModelError: the model is damaged.
        ContractError: what is written cannot be read.
    """
    return overlay(inferred(contract), hints_of(contract.service))


def references(contract: Contract) -> dict[SegmentPath, Reference]:
    """The places of a contract's request that name something which exists elsewhere.

    They may be required or not and lie at any depth. A place that says how something new is to be
    called is none, nor is a text, a token, or one of fixed choices.

    Raises:
        ModelError: the model is damaged.
        ContractError: what is written cannot be read.
    """
    return dict(_references(contract))


@functools.lru_cache(maxsize=1024)
def _references(contract: Contract) -> dict[SegmentPath, Reference]:
    graph = graph_of(contract.service)
    operation = graph.service.operations.get(contract.operation) if graph else None
    if graph is None or operation is None:
        return {}
    tokens = contract.pagination.input_token if contract.pagination else ()
    found: dict[SegmentPath, Reference] = {}
    for place in contract.places("request"):
        if place.kind != "string" or place.path[:1] in [(token,) for token in tokens]:
            continue
        spot = _spot(place)
        meaning = None if spot is None else graph.referring.meaning(operation, spot)
        if spot is None or meaning is None:
            continue
        if meaning.elsewhere is not None:
            found[place.path] = Reference(*meaning.elsewhere)
        elif meaning.resource is not None:
            name = graph.made[meaning.resource].name
            value = _given(contract.service, name, spot.name, graph.value_name(meaning))
            found[place.path] = Reference(name, value)
        else:
            found[place.path] = Reference()
    return found


def _given(service: str, resource: str, member: str, value: str | None) -> str | None:
    """The name of a value, where what is written of the resource has it or says others."""
    written = hints_of(service).resources.get(resource)
    if written is None or not written.gives:
        return value
    if member in written.gives or value not in written.gives:
        return member if member in written.gives else None
    return value


def _spot(place: Place) -> Spot | None:
    """A place of a contract as inference sees it, None for one that names nothing."""
    if not place.path or "enum" in place.schema or place.aws.get("idempotencyToken"):
        return None
    name = next((each for each in reversed(place.path) if each not in (ITEM, KEY, VALUE)), "")
    required, parent = True, place
    holders: list[str] = []
    while parent.parent is not None:
        required = required and (parent.required or not parent.is_member())
        parent = parent.parent
        holders.insert(0, (parent.shape or "").removeprefix("#/$defs/"))
    return Spot(
        place.path,
        name,
        (place.shape or "").removeprefix("#/$defs/"),
        required,
        place.aws.get("location") == "uri",
        str(place.schema.get("pattern", "")),
        tuple(holders),
    )


def graph_of(service: str, models: ModelFolders | None = None) -> Graph | None:
    """The graph of a service by botocore's name, None where the models do not have it.

    Raises:
        ModelError: the model is damaged.
    """
    models = models or installed.models()
    if models.file(service) is None:
        return None
    return _graph(models, service, models.checksum(service))


def inferred_of(service: str, models: ModelFolders) -> Hints:
    """The hints inferred of a service of some models; empty where they do not have it.

    Raises:
        ModelError: the model is damaged.
    """
    if models.file(service) is None:
        return Hints()
    return _recipes(models, service, models.checksum(service))


@functools.lru_cache(maxsize=_KEPT)
def _recipes(models: ModelFolders, service: str, checksum: str) -> Hints:
    return recipes(_graph(models, service, checksum))


@functools.lru_cache(maxsize=_KEPT)
def _graph(models: ModelFolders, service: str, checksum: str) -> Graph:
    model = models.model(service)
    origin = str(models.file(service))
    check_model(model, origin)
    assert model is not None
    try:
        return Graph(ServiceModel(service, model, models.paginators(service)))
    except ModelError:
        raise
    except UNEXPECTED as error:
        raise misformed(unexpected(error), origin) from None
