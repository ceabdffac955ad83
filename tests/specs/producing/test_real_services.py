"""What is inferred of services as AWS has them: sound everywhere, right where others know it."""

from __future__ import annotations

import glob
import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from awsconform.specs import catalog, installed
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Hint, Hints, Resource
from awsconform.specs.producing import hints_for, inferred
from awsconform.specs.producing.foreign import ANYWHERE
from awsconform.specs.producing.graph import Graph
from awsconform.specs.producing.inferring import graph_of, inferred_of
from awsconform.specs.producing.recipes import recipes
from awsconform.specs.producing.service_model import ServiceModel
from awsconform.specs.producing.words import key, words

# All of the wire forms, all of the habits of naming, and the largest.
SERVICES = (
    *("sqs", "dynamodb", "kinesis", "kms", "secretsmanager", "logs", "events", "iam", "ssm", "s3"),
    *("lambda", "stepfunctions", "sns", "cloudwatch", "deadline", "glue", "quicksight"),
)
# Resources of boto3 by service, and the share of their identifiers that have to be found.
BOTO3_SERVICES = ("cloudformation", "ec2", "glacier", "iam", "s3", "sns", "sqs", "dynamodb")


def hints(service: str) -> Hints:
    return inferred_of(service, installed.models())


def loaded(service: str, operation: str) -> Contract:
    return catalog.load(service, operation)


@pytest.mark.parametrize("service", [*SERVICES, "ec2"])
def test_everything_that_is_named_is_there(service: str) -> None:
    found = hints(service)
    operations = set(catalog.operations(service))
    assert found.operations.keys() <= operations
    for name, resource in found.resources.items():
        assert resource.name == name
        assert {resource.create, *resource.delete} <= operations
        _are_known(found, resource.needs)
    for hint in found.operations.values():
        _are_known(found, hint.needs)
        assert set(hint.observe) <= operations
        assert hint.owns is None or hint.owns in found.resources


def _are_known(found: Hints, names: tuple[str, ...]) -> None:
    assert {name for name in names if ":" not in name} <= found.resources.keys()


@pytest.mark.parametrize("service", [*SERVICES, "ec2"])
def test_chains_end(service: str) -> None:
    found = hints(service)

    def follow(name: str, above: tuple[str, ...]) -> None:
        assert name not in above
        for each in found.resources[name].needs:
            if ":" not in each:
                follow(each, (*above, name))

    for name in found.resources:
        follow(name, ())


@pytest.mark.parametrize("service", ["sqs", "kms", "events", "lambda", "iam"])
def test_values_and_places_are_in_the_contracts(service: str) -> None:
    found = hints(service)
    for resource in found.resources.values():
        contract = loaded(service, resource.create)
        for origin in resource.gives.values():
            path = tuple("*" if isinstance(step, int) else step for step in origin[1:])
            assert contract.place(str(origin[0]), path) is not None, (resource.name, origin)
        _has_places(contract, resource)
    for operation, hint in found.operations.items():
        _has_places(loaded(service, operation), hint)


def _has_places(contract: Contract, entry: Resource | Hint) -> None:
    for place in (*entry.binds, *entry.unique, *entry.values):
        assert contract.place("request", tuple(place.split("/"))) is not None, (contract.id, place)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_bound_is_given_by_what_is_needed(service: str) -> None:
    found = hints(service)

    def given(names: tuple[str, ...]) -> set[str]:
        some: set[str] = set()
        for name in names:
            if ":" not in name:
                resource = found.resources[name]
                some |= {*resource.gives, *given(resource.needs)}
        return some

    for operation, hint in found.operations.items():
        own = {value for value in hint.binds.values() if ":" not in value}
        assert own <= given(hint.needs), operation
        foreign = {value.partition(".")[0] for value in hint.binds.values() if ":" in value}
        assert foreign <= set(hint.needs), operation


def test_the_same_is_inferred_each_time() -> None:
    models = installed.models()
    model = models.model("lambda")
    assert model is not None
    turned = model | {"operations": dict(reversed(model["operations"].items()))}
    again = recipes(Graph(ServiceModel("lambda", turned, models.paginators("lambda"))))
    assert again == hints("lambda")


def test_the_values_of_other_services_are_given_there() -> None:
    wanted = {stated for kinds in ANYWHERE.values() for stated in kinds.values()}
    for stated in sorted(wanted):
        resource, _, value = stated.partition(".")
        service, _, name = resource.partition(":")
        contract = loaded(service, catalog.operations(service)[0])
        assert value in hints_for(contract).resources[name].gives, stated
        assert value in inferred(contract).resources[name].gives, stated


@pytest.mark.parametrize("service", BOTO3_SERVICES)
def test_makes_what_boto3_makes_by_the_same_operations(service: str) -> None:
    graph = graph_of(service)
    assert graph is not None
    making = _makers(_boto3_resources(service))
    # boto3 calls an access key a pair, and has two names for objects.
    missing = {
        name: operations
        for name, operations in making.items()
        if (made := graph.made.get(key(words(name)))) is None
        or made.operation.name not in operations
    }
    assert missing.keys() <= {"AccessKeyPair"}
    assert len(making) > len(missing)


def _boto3_resources(service: str) -> dict[str, Any]:
    folder = Path(boto3.__file__).parent / "data" / service
    newest = sorted(glob.glob(str(folder / "*" / "resources-1.json")))[-1]
    document: dict[str, Any] = json.loads(Path(newest).read_text(encoding="utf-8"))
    return document


_MAKING = ("Create", "Put", "Run", "Register", "Upload", "Initiate")


def _makers(document: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for owner in (document["service"], *document["resources"].values()):
        for each in owner.get("actions", {}).values():
            operation = each["request"]["operation"]
            made = each.get("resource", {}).get("type")
            if made in document["resources"] and operation.startswith(_MAKING):
                found.setdefault(made, set()).add(operation)
    return found


@pytest.mark.parametrize("service", ["sqs", "sns", "cloudformation", "dynamodb"])
def test_requests_that_act_on_boto3_resources_need_them(service: str) -> None:
    found = hints(service)
    graph = graph_of(service)
    assert graph is not None
    document = _boto3_resources(service)
    making = _makers(document)
    for name, resource in document["resources"].items():
        own = next(
            (each for each in found.resources.values() if each.create in making.get(name, ())), None
        )
        if own is None:
            continue
        for each in resource.get("actions", {}).values():
            request = each["request"]
            operation = request["operation"]
            asked = {each["target"] for each in request.get("params", ()) if _names(each)}
            if operation in making[name] or not asked & graph.service.operations[operation].needed:
                continue
            closure = _closure(found, found.of(operation).needs)
            assert own.name in closure, (name, operation)


def _names(parameter: dict[str, Any]) -> bool:
    """Whether a parameter is filled from what the resource is called."""
    return parameter["source"] == "identifier"


def _closure(found: Hints, names: tuple[str, ...]) -> set[str]:
    some = {name for name in names if ":" not in name}
    for name in list(some):
        some |= _closure(found, found.resources[name].needs)
    return some


def test_most_required_identifiers_have_a_maker() -> None:
    known = unknown = 0
    for service in SERVICES:
        graph = graph_of(service)
        assert graph is not None
        for operation in graph.service.operations.values():
            for spot, meaning in graph.uses(operation):
                if spot.required and not graph.says_account(operation, spot):
                    made = graph.value_name(meaning) is not None
                    known, unknown = known + made, unknown + (not made)
    assert known > 15 * unknown


def test_infers_what_was_written_by_hand() -> None:
    found = hints("deadline")
    farm = found.resources["farm"]
    assert (farm.create, farm.gives) == ("CreateFarm", {"farmId": ("response", "farmId")})
    assert farm.delete == ("DeleteFarm",)
    aggregation = found.resources["sessions-statistics-aggregation"]
    assert aggregation.create == "StartSessionsStatisticsAggregation"
    assert aggregation.gives == {"aggregationId": ("response", "aggregationId")}
    assert aggregation.needs == ("farm",)
    assert found.of("GetSessionsStatisticsAggregation").needs == (aggregation.name,)
    assert (found.of("ListFarms").owns, found.of("ListFarms").observe) == ("farm", ("ListFarms",))
    assert found.of("DeleteFarm") == Hint(needs=("farm",), fresh=True, observe=("ListFarms",))


def test_what_is_written_is_laid_over_what_is_inferred() -> None:
    contract = loaded("deadline", "GetFarm")
    both = hints_for(contract)
    aggregation = both.resources["sessions-statistics-aggregation"]
    assert aggregation.written
    assert aggregation.wait is not None
    assert both.resources["farm"].written
    assert not both.resources["worker"].written
    assert both.of("GetSessionsStatisticsAggregation").needs == (aggregation.name,)
    assert both.of("GetWorker") == inferred(contract).of("GetWorker")
