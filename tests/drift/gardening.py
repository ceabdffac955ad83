"""A small service, models of it that were changed in one respect, and sources made of them."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from awsconform.specs.drift.changes import Change, Drift
from awsconform.specs.drift.comparing import drift
from awsconform.specs.drift.model_sources import ModelSource

Model = dict[str, Any]
Mutation = Callable[[Model, Model], None]


def _structure(*required: str, **members: Any) -> Model:
    named = {
        name: {"shape": member} if isinstance(member, str) else member
        for name, member in members.items()
    }
    return {"type": "structure", "required": list(required), "members": named}


# The request, the response and the error all hold a Tree, so what changes in it shows on each side.
MODEL: Model = {
    "metadata": {
        "apiVersion": "2020-01-01",
        "endpointPrefix": "gardening",
        "protocol": "rest-json",
        "protocols": ["rest-json"],
        "serviceId": "Gardening",
        "signatureVersion": "v4",
        "targetPrefix": "Gardening",
        "jsonVersion": "1.1",
    },
    "operations": {
        "PlantTree": {
            "name": "PlantTree",
            "http": {"method": "POST", "requestUri": "/gardens/{garden}/trees"},
            "input": {"shape": "PlantTreeRequest"},
            "output": {"shape": "PlantTreeResponse"},
            "errors": [{"shape": "GardenFull"}],
        },
        "CountTrees": {
            "name": "CountTrees",
            "http": {"method": "GET", "requestUri": "/trees"},
            "input": {"shape": "CountTreesRequest"},
        },
    },
    "shapes": {
        "PlantTreeRequest": _structure(
            "Garden",
            Garden={"shape": "Text", "location": "uri", "locationName": "garden"},
            Tree="Tree",
        ),
        "PlantTreeResponse": _structure(Tree="Tree"),
        "GardenFull": {
            **_structure(Tree="Tree", message="Text"),
            "error": {"httpStatusCode": 409, "senderFault": True},
            "exception": True,
        },
        "CountTreesRequest": _structure(Owner="Text"),
        "Tree": _structure(
            "Kind",
            Kind="Kind",
            Height="Height",
            Label="Label",
            Roots="Roots",
            Notes="Notes",
            Use="Use",
            Planted={"shape": "When"},
            Picture="Picture",
            Twin="Tree",
        ),
        "Kind": {"type": "string", "enum": ["OAK", "ELM"]},
        "Height": {"type": "integer", "min": 1, "max": 100},
        "Label": {"type": "string", "min": 1, "max": 10, "pattern": "[a-z]+"},
        "Roots": {"type": "list", "member": {"shape": "Text"}, "max": 5},
        "Notes": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}, "max": 5},
        "Use": _structure(Wood="Text", Shade="Text"),
        "When": {"type": "timestamp"},
        "Picture": {"type": "blob", "max": 10},
        "Text": {"type": "string"},
    },
}
PAGINATORS: Model = {
    "PlantTree": {"input_token": "Garden", "output_token": "Tree", "result_key": "Tree"}
}


class Models:
    """Models by service, for a source."""

    def __init__(self, models: dict[str, Model], paginators: Model | None = None) -> None:
        self._models = models
        self._paginators = paginators or {}

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self._models)

    def model(self, service: str) -> Model | None:
        return self._models.get(service)

    def paginators(self, service: str) -> Model:
        return self._paginators


def source_of(
    model: Model, paginators: Model | None = None, *, name: str = "a model"
) -> ModelSource:
    return ModelSource(name, Models({"gardening": model}, paginators))


def mutated(mutate: Mutation) -> tuple[Model, Model]:
    """The model and its paginators after a change."""
    model, paginators = copy.deepcopy(MODEL), copy.deepcopy(PAGINATORS)
    mutate(model, paginators)
    return model, paginators


def drift_of(old: tuple[Model, Model], new: tuple[Model, Model]) -> Drift:
    return drift(source_of(*old), source_of(*new))


def changes_of(mutate: Mutation) -> list[Change]:
    return drift_of((MODEL, PAGINATORS), mutated(mutate)).changes


def write_models(folder: Path, model: Model) -> Path:
    """The model in botocore's layout."""
    file = folder / "gardening" / "2020-01-01" / "service-2.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(model), encoding="utf-8")
    return folder


def write_wheel(path: Path, model: Model, paginators: Model | None = None) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        version = "botocore/data/gardening/2020-01-01"
        archive.writestr(f"{version}/service-2.json", json.dumps(model))
        archive.writestr("botocore/data/gardening/2019-01-01/service-2.json", "{}")
        archive.writestr("botocore/__init__.py", "")
        if paginators is not None:
            stated = json.dumps({"pagination": paginators})
            archive.writestr(f"{version}/paginators-1.json", stated)
    return path
