"""Small services, stated by what their operations take and answer, as models in botocore's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awsconform.specs.hints import Hints
from awsconform.specs.producing.graph import Graph
from awsconform.specs.producing.recipes import recipes
from awsconform.specs.producing.service_model import ServiceModel
from model_miniatures import thing_model

# A text of a shape by its name, a structure, a list of one form, or a map of a key's and a value's.
Form = str | Mapping[str, Any] | list[Any] | tuple[Any, Any]
Parts = tuple[Mapping[str, Form], Mapping[str, Form]]


def service_model(
    operations: Mapping[str, Parts], patterns: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A model whose operations take and answer the members that are named.

    A member whose name ends in `!` is required, one that begins with `/` lies in the path.
    `patterns` are those of shapes of texts.
    """
    shapes: dict[str, Any] = {}
    stated = {}
    for name, (taken, answered) in operations.items():
        stated[name] = {
            "name": name,
            "http": {"method": "POST", "requestUri": f"/{name}"},
            "input": {"shape": _shape(shapes, f"{name}Request", taken)},
            "output": {"shape": _shape(shapes, f"{name}Response", answered)},
        }
    for shape, pattern in (patterns or {}).items():
        shapes[shape]["pattern"] = pattern
    return thing_model() | {"operations": stated, "shapes": shapes}


def graph(
    operations: Mapping[str, Parts],
    *,
    paged: tuple[str, ...] = (),
    patterns: Mapping[str, str] | None = None,
    service: str = "things",
) -> Graph:
    """The graph of a small service; the operations that are `paged` have a paginator."""
    model = service_model(operations, patterns)
    return Graph(ServiceModel(service, model, {name: _PAGINATOR for name in paged}))


def hints(
    operations: Mapping[str, Parts],
    *,
    paged: tuple[str, ...] = (),
    patterns: Mapping[str, str] | None = None,
    service: str = "things",
) -> Hints:
    """The hints inferred of a small service."""
    return recipes(graph(operations, paged=paged, patterns=patterns, service=service))


_PAGINATOR = {"input_token": "nextToken", "output_token": "nextToken", "result_key": "items"}


def _shape(shapes: dict[str, Any], name: str, form: Form) -> str:
    """Adds the shape of a form; gives its name."""
    if isinstance(form, str):
        shapes.setdefault(form, {"type": "string"})
        return form
    if isinstance(form, list):
        shapes[name] = {"type": "list", "member": {"shape": _shape(shapes, f"{name}Item", form[0])}}
    elif isinstance(form, tuple):
        shapes[name] = {
            "type": "map",
            "key": {"shape": _shape(shapes, f"{name}Key", form[0])},
            "value": {"shape": _shape(shapes, f"{name}Value", form[1])},
        }
    else:
        members = {}
        for stated, below in form.items():
            member = stated.strip("/!")
            members[member] = {"shape": _shape(shapes, f"{name}{member}", below)}
            if stated.startswith("/"):
                members[member]["location"] = "uri"
        required = [each.strip("/!") for each in form if each.endswith("!")]
        shapes[name] = {"type": "structure", "members": members, "required": required}
    return name
