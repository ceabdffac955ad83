"""What botocore's model says of an operation, in the terms of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from awsconform.specs.auditing.facts import Fact

if TYPE_CHECKING:
    from botocore.model import OperationModel

# botocore's stubs know no shape as precisely as its attributes are used here.
Shape = Any


@dataclass(frozen=True)
class Terms:
    """The words of a page format, where they are not the model's.

    `types` has the words for the model's types that the format calls otherwise. `tells_union`
    says of a union (botocore's shape) whether a page would say that it is one. `map_or_structure`
    is the word for a map that recurs, where a page cannot tell it from a structure;
    `marks_recursive` says whether a member whose shape recurs is marked as required where it is.
    `request_name` is how the page writes the name of a member of the request itself.
    """

    types: Mapping[str, str] = field(default_factory=dict)
    tells_union: Callable[[Shape], bool] = lambda shape: True
    map_or_structure: str = "map"
    marks_recursive: bool = True
    request_name: Callable[[str], str] = str


def facts_of_operation(operation: OperationModel, terms: Terms) -> Iterator[tuple[Fact, object]]:
    """Every fact of an operation, in the order of the model, each shape once on every path."""
    streaming = (operation.get_streaming_input(), operation.get_streaming_output())
    walker = _Walker(terms, frozenset(id(shape) for shape in streaming if shape is not None))
    request, response = operation.input_shape, operation.output_shape
    yield Fact("response", "response"), response is not None
    if request is not None:
        yield from walker.members(request, "request", (request.name,), terms.request_name)
    if response is not None:
        yield from walker.members(response, "response", (response.name,), str)
    for error in operation.error_shapes:
        yield Fact("error", f"errors/{error.name}"), True


@dataclass(frozen=True)
class _Walker:
    """Goes down the shapes of one operation; `streaming` are the ids of its streaming shapes."""

    terms: Terms
    streaming: frozenset[int]

    def members(
        self, shape: Shape, path: str, around: tuple[str, ...], naming: Callable[[str], str]
    ) -> Iterator[tuple[Fact, object]]:
        """The members of a structure; `around` are the names of the shapes it lies in."""
        for name, member in shape.members.items():
            below = f"{path}/{naming(name)}"
            yield Fact("member", below), True
            marked = member.name not in around or self.terms.marks_recursive
            if name in shape.required_members and marked:
                yield Fact("required", below), True
            yield from self.value(member, below, around)

    def value(
        self, shape: Shape, path: str, around: tuple[str, ...]
    ) -> Iterator[tuple[Fact, object]]:
        """The facts of whatever is at a path, and below it."""
        kind = self.terms.types.get(shape.type_name, shape.type_name)
        recurs = shape.name in around
        if getattr(shape, "is_document_type", False) or _is_json_in_header(shape):
            kind = "document"
        elif recurs and kind == "map":
            kind = self.terms.map_or_structure
        yield Fact("type", path), kind
        if recurs:
            yield Fact("recursive", path), True
            return
        if id(shape) in self.streaming:
            yield Fact("streaming", path), True
        around = (*around, shape.name)
        match kind:
            case "structure":
                if getattr(shape, "is_tagged_union", False) and self.terms.tells_union(shape):
                    yield Fact("union", path), True
                if shape.serialization.get("eventstream"):
                    yield Fact("eventstream", path), True
                yield from self.members(shape, path, around, str)
            case "list":
                yield from self.value(shape.member, f"{path}/*", around)
            case "map":
                yield from self.value(shape.key, f"{path}/@key", around)
                yield from self.value(shape.value, f"{path}/@value", around)
            case "string" if shape.metadata.get("enum"):
                yield Fact("enum", path), tuple(shape.metadata["enum"])


def _is_json_in_header(shape: Shape) -> bool:
    """Whether a string holds JSON in a header, which botocore converts."""
    from botocore.utils import is_json_value_header

    return bool(is_json_value_header(shape))
