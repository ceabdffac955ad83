"""Every place of a part is found once, and shapes that are met again are not opened for ever."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.conformance.wire.protocols import protocol
from awsconform.conformance.wire.responding import write
from awsconform.errors import ModelError
from awsconform.generators import responses
from awsconform.generators.choices import RandomChoices
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.places import ITEM, KEY, MOST_OPEN, VALUE, Places, dense

NAMES = "ABCDE"
LARGE = "quicksight.CreateDashboard", "securityhub.BatchImportFindings", "lexv2-models.UpdateIntent"


def reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Shapes that refer to one another in any way, recursion included."""

    def shape() -> dict[str, Any]:
        kind = draw(st.sampled_from(["structure", "structure", "list", "map", "string"]))
        below = reference(draw(st.sampled_from(NAMES)))
        match kind:
            case "structure":
                members = draw(st.dictionaries(st.sampled_from("xyz"), st.sampled_from(NAMES)))
                made = {name: reference(target) for name, target in members.items()}
                return {"type": "object", "properties": made, "aws": {"type": "structure"}}
            case "list":
                return {"type": "array", "items": below, "aws": {"type": "list"}}
            case "map":
                return {
                    "type": "object",
                    "propertyNames": reference("E"),
                    "additionalProperties": below,
                    "aws": {"type": "map"},
                }
        return {"type": "string", "aws": {"type": "string"}}

    found = {name: shape() for name in NAMES}
    return found | {"E": {"type": "string", "aws": {"type": "string"}}}


def contract_of(shapes: dict[str, Any]) -> Contract:
    contract = catalog.load("deadline", "GetFarm")
    document = {**contract.document, "$defs": shapes | contract.definitions}
    return Contract({**document, "aws": {**contract.aws, "input": "A", "output": "A"}})


def places_of(shapes: dict[str, Any], most: int) -> Places:
    return Places(reference("A"), contract_of(shapes).resolve, most=most)


def opened_by_hand(shapes: dict[str, Any], name: str, around: tuple[str, ...] = ()) -> int:
    """The number of places where every shape is opened everywhere but inside itself."""
    if name in around:
        return 1
    below = [name.rpartition("/")[2] for name in targets(shapes[name])]
    return 1 + sum(opened_by_hand(shapes, each, (*around, name)) for each in below)


def targets(shape: dict[str, Any]) -> list[str]:
    found = [*shape.get("properties", {}).values()]
    found += [shape[key] for key in ("items", "propertyNames", "additionalProperties")
              if key in shape]  # fmt: skip
    return [each["$ref"] for each in found]


@settings(max_examples=70)
@given(definitions())
def test_opens_everything_where_there_is_room(shapes: dict[str, Any]) -> None:
    count = opened_by_hand(shapes, "A")
    if count <= MOST_OPEN:
        assert len(places_of(shapes, MOST_OPEN).by_path) == count


@settings(max_examples=70)
@given(definitions(), st.integers(0, 60))
def test_is_never_larger_than_the_limit_and_the_shapes_together(
    shapes: dict[str, Any], most: int
) -> None:
    found = places_of(shapes, most)
    largest = max(len(targets(shape)) for shape in shapes.values())
    assert len(found.by_path) <= most + 1 + largest + sum(len(targets(s)) for s in shapes.values())


@settings(max_examples=70)
@given(definitions(), st.integers(0, 60))
def test_opens_each_shape_it_meets_somewhere(shapes: dict[str, Any], most: int) -> None:
    found = places_of(shapes, most)
    opened = {place.parent.shape for place in found.by_path.values() if place.parent}
    met = {place.shape for place in found.by_path.values()}
    assert {f"#/$defs/{name}" for name, shape in shapes.items() if targets(shape)} & met == opened


@settings(max_examples=70)
@given(definitions(), st.integers(0, 60))
def test_goes_on_at_a_place_of_the_same_shape_that_is_opened(
    shapes: dict[str, Any], most: int
) -> None:
    found = places_of(shapes, most)
    for path, onward in found.onward.items():
        assert found.by_path[path].shape == found.by_path[onward].shape
        assert onward not in found.onward
        assert not any(other[: len(path)] == path for other in found.by_path if other != path)


@settings(max_examples=70)
@given(definitions(), st.integers(0, 60), st.data())
def test_every_pointer_leads_to_a_place_of_its_own_schema(
    shapes: dict[str, Any], most: int, data: st.DataObject
) -> None:
    found = places_of(shapes, most)
    contract = contract_of(shapes)
    name, pointer = "A", ()
    for _ in range(data.draw(st.integers(0, 8))):
        shape = shapes[name]
        ways = {segment: below for segment, below in ways_down(shape).items()}
        if not ways:
            break
        segment = data.draw(st.sampled_from(list(ways)))
        name = ways[segment]
        pointer = (*pointer, segment)
        place = found.by_path[found.generalise(pointer)]
        assert place.schema == contract.resolve(reference(name))


def ways_down(shape: dict[str, Any]) -> dict[str | int, str]:
    ways: dict[str | int, str] = dict(shape.get("properties", {}))
    if "items" in shape:
        ways[3] = shape["items"]
    if "additionalProperties" in shape:
        ways["any key"] = shape["additionalProperties"]
    return {step: str(below["$ref"]).rpartition("/")[2] for step, below in ways.items()}


def test_places_come_from_the_outside_in_and_in_the_schemas_order() -> None:
    contract = catalog.load("deadline", "StartSessionsStatisticsAggregation")
    paths = [place.path for place in contract.places("request")]
    assert paths[0] == ()
    assert all(path[:-1] in paths[: paths.index(path)] for path in paths[1:])
    tops = [path[0] for path in paths if len(path) == 1]
    shape = contract.definitions[contract.input_shape or ""]
    assert tops == list(shape["properties"])


@pytest.mark.parametrize("name", LARGE)
def test_a_large_request_opens_every_shape_and_not_much_more(name: str) -> None:
    contract = catalog.load(*name.split("."))
    shapes = {place.shape for place in contract.places("request")}
    reached, waiting = set(), [f"#/$defs/{contract.input_shape}"]
    while waiting:
        shape = waiting.pop()
        if shape not in reached:
            reached.add(shape)
            waiting += [str(dense(each).get("$ref")) for each in members(contract, shape)]
    assert shapes == reached
    assert len(contract.places("request")) < MOST_OPEN + sum(
        len(members(contract, shape)) for shape in reached
    )


def members(contract: Contract, shape: str) -> list[Any]:
    schema = contract.definitions[shape.removeprefix("#/$defs/")]
    found = [*schema.get("properties", {}).values()]
    return found + [
        schema[key]
        for key in ("items", "propertyNames", "additionalProperties")
        if isinstance(schema.get(key), dict)
    ]


def pointers(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [at, *(each for step, item in below for each in pointers(item, (*at, step)))]


AGREEING = (
    "lexv2-models.DescribeIntent", "dynamodb.GetItem", "wafv2.GetWebACL", "emr.DescribeCluster",
    "quicksight.DescribeDashboardDefinition", "medialive.DescribeChannel", "ec2.DescribeInstances",
    "iam.GetRole", "s3.GetBucketLifecycleConfiguration", "cloudwatch.GetMetricData",
    "route53.GetHostedZone", "deadline.GetSessionsStatisticsAggregation",
)  # fmt: skip


@pytest.mark.parametrize("name", AGREEING)
def test_what_readers_find_present_are_places_of_the_contract(name: str) -> None:
    """The reader of the wire, `generalise` and `places` have the same paths."""
    try:
        contract = catalog.load(*name.split(".", 1))
    except ModelError:
        pytest.skip("the installed botocore has no such operation")
    known = {place.path: place for place in contract.places("response")}
    made = list(responses.labelled(contract, RandomChoices(random.Random(1))))
    for each in made[:60]:
        answer = protocol(contract).read(contract, write(contract, each.value))
        expected = {contract.generalise("response", pointer) for pointer in pointers(each.value)}
        expected |= {(*path[:-1], KEY) for path in expected if path[-1:] == (VALUE,)}
        assert answer.present <= known.keys()
        apart = {
            path
            for path, place in known.items()
            # What is in a document has no place; the status is there whatever it is.
            if place.kind == "document" or place.aws.get("location") == "statusCode"
        }
        assert answer.present - apart == {
            path for path in expected if not any(path[: len(each)] == each for each in apart)
        }


def test_item_key_and_value_are_no_members() -> None:
    contract = catalog.load("deadline", "StartSessionsStatisticsAggregation")
    for place in contract.places("request"):
        if place.path:
            assert place.is_member() is (place.path[-1] not in (ITEM, KEY, VALUE))
