"""Changes made to a real model are found at every place, as another walk over it says."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from botocore.docs.bcdoc.restdoc import DocumentStructure
from botocore.docs.client import ClientDocumenter
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.specs.drift.changes import Drift
from awsconform.specs.drift.comparing import drift
from awsconform.specs.drift.model_sources import ModelSource
from awsconform.specs.drift.operations import compared
from awsconform.specs.models import compile_contract
from awsconform.specs.pages import extract
from drift.gardening import Models

SERVICES = ("deadline", "sqs", "dynamodb", "connectcases")


@functools.cache
def model_of(service: str) -> Any:
    loader = botocore.session.Session().get_component("data_loader")
    return loader.load_service_model(service, "service-2")


def shapes_with(key: str) -> list[tuple[str, str]]:
    """Service and name of every shape some operation uses that states something."""
    return sorted(
        (service, name)
        for service in SERVICES
        for name in {shape for _, shape in everywhere(service)}
        if model_of(service)["shapes"][name].get(key)
    )


@functools.cache
def everywhere(service: str) -> list[tuple[str, str]]:
    """Every place of a service's operations with its shape, walked over the model itself."""
    model = model_of(service)
    found: list[tuple[str, str]] = []
    for name, operation in model["operations"].items():
        parts = {key: operation[key]["shape"] for key in ("input", "output") if key in operation}
        tops = [({"input": "request", "output": "response"}[key], parts[key]) for key in parts]
        for error in operation.get("errors", []):
            stated = model["shapes"][error["shape"]].get("error", {})
            tops.append((f"errors/{stated.get('code', error['shape'])}", error["shape"]))
        for part, shape in tops:
            found += _walk(model["shapes"], shape, f"{service}.{name}/{part}", ())
    return found


def _walk(shapes: Any, name: str, at: str, around: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield at, name
    shape = shapes[name]
    if name in around or shape.get("document"):
        return
    around = (*around, name)
    for member, each in shape.get("members", {}).items():
        yield from _walk(shapes, each["shape"], f"{at}/{member}", around)
    for key, segment in (("member", "*"), ("key", "@key"), ("value", "@value")):
        if key in shape:
            yield from _walk(shapes, shape[key]["shape"], f"{at}/{segment}", around)


def drift_after(service: str, name: str, **facts: Any) -> Drift:
    """The drift after one shape of a service states other facts."""
    old = model_of(service)
    new = {**old, "shapes": {**old["shapes"], name: {**old["shapes"][name], **facts}}}
    sources = [ModelSource("", Models({service: each})) for each in (old, new)]
    return drift(*sources)


def places(found: Drift) -> set[str]:
    return {place for change in found.changes for place in change.places}


@settings(max_examples=25)
@given(st.data())
def test_a_lost_value_shows_wherever_its_shape_is_used(data: st.DataObject) -> None:
    service, name = data.draw(st.sampled_from(shapes_with("enum")))
    values = model_of(service)["shapes"][name]["enum"]
    lost = data.draw(st.sampled_from(values))
    found = drift_after(service, name, enum=[value for value in values if value != lost])
    assert places(found) == {f"{at}#enum" for at, shape in everywhere(service) if shape == name}
    assert {(each.found.kind, each.found.before) for each in found.changes} == {
        ("enum-value-lost", lost)
    }


@settings(max_examples=15)
@given(st.data())
def test_a_dropped_requirement_shows_wherever_its_structure_is_used(data: st.DataObject) -> None:
    service, name = data.draw(st.sampled_from(shapes_with("required")))
    required = model_of(service)["shapes"][name]["required"]
    lost = data.draw(st.sampled_from(required))
    found = drift_after(service, name, required=[each for each in required if each != lost])
    whole = {f"{at}/{lost}#required" for at, shape in everywhere(service) if shape == name}
    assert places(found) <= whole
    # Below a place that is inside itself the first one speaks.
    repeated = whole - places(found)
    assert all(any(at.startswith(each.rpartition("/")[0]) for each in places(found))
               for at in repeated)  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_a_model_does_not_differ_from_itself_under_other_names(service: str) -> None:
    old = model_of(service)
    new = copy.deepcopy(old)
    new["shapes"] = {f"New{name}": shape for name, shape in new["shapes"].items()}
    references = [
        member
        for shape in new["shapes"].values()
        for member in (
            *shape.get("members", {}).values(),
            *(shape[key] for key in ("member", "key", "value") if key in shape),
        )
    ]
    for operation in new["operations"].values():
        references += [operation[key] for key in ("input", "output") if key in operation]
        # An error's name is its code.
        for error in operation.get("errors", []):
            name = error["shape"]
            new["shapes"][name] = new["shapes"][f"New{name}"]
    for reference in references:
        reference["shape"] = f"New{reference['shape']}"
    sources = [ModelSource("", Models({service: each})) for each in (old, new)]
    assert drift(*sources).changes == []


@pytest.mark.parametrize(
    ("service", "operations"),
    [
        ("deadline", ("GetSessionsStatisticsAggregation", "CreateFleet", "SearchJobs")),
        ("lambda", ("CreateFunction", "Invoke", "InvokeWithResponseStream")),
        ("sqs", ("SendMessage", "ReceiveMessage")),
        ("dynamodb", ("PutItem", "Scan")),
        ("s3", ("PutBucketLogging", "PutObject")),
        ("glacier", ("DescribeVault",)),
        ("iam", ("ListInstanceProfilesForRole",)),
        ("lex-runtime", ("PostContent",)),
        ("lexv2-runtime", ("RecognizeText",)),
        ("arc-region-switch", ("UpdatePlan",)),
        ("rds-data", ("ExecuteStatement",)),
    ],
)
def test_a_page_made_from_a_model_does_not_differ_from_it(
    service: str, operations: tuple[str, ...], tmp_path: Path
) -> None:
    client: Any = botocore.session.Session().create_client(
        service, region_name="eu-central-1", aws_access_key_id="no", aws_secret_access_key="no"
    )
    for operation in operations:
        method = xform_name(operation)
        document = DocumentStructure(method, target="html")
        documenter = ClientDocumenter(client, str(tmp_path))
        documenter._add_client_method(document, method, getattr(client, method))
        page = extract(document.flush_structure(), name=operation).document
        contract = compile_contract(service, operation)
        assert list(compared(page, contract)) == []
        assert list(compared(contract, page)) == []
