"""For each kind of change a way to bring it about, and the kind that undoing it is."""

from __future__ import annotations

from dataclasses import dataclass

from drift.gardening import Model, Mutation


@dataclass(frozen=True)
class Case:
    """A change, the keyword it shows with, and what the way back is."""

    kind: str
    keyword: str
    undone: str
    mutate: Mutation


CASES: list[Case] = []


def _case(kind: str, keyword: str, undone: str) -> object:
    def add(mutate: Mutation) -> Mutation:
        CASES.append(Case(kind, keyword, undone, mutate))
        return mutate

    return add


def _shape(kind: str, keyword: str, undone: str, shape: str, **facts: object) -> None:
    """A change of facts of one shape; None takes a fact away."""

    def mutate(model: Model, paginators: Model) -> None:
        stated = model["shapes"][shape]
        for name, value in facts.items():
            if value is None:
                del stated[name]
            else:
                stated[name] = value

    CASES.append(Case(kind, keyword, undone, mutate))


def _member(kind: str, keyword: str, undone: str, **traits: object) -> None:
    """A change of what the Tree says of one of its members."""

    def mutate(model: Model, paginators: Model) -> None:
        model["shapes"]["Tree"]["members"]["Planted"].update(traits)

    CASES.append(Case(kind, keyword, undone, mutate))


def _operation(kind: str, keyword: str, undone: str, **facts: object) -> None:
    """A change of facts of the operation."""

    def mutate(model: Model, paginators: Model) -> None:
        model["operations"]["PlantTree"].update(facts)

    CASES.append(Case(kind, keyword, undone, mutate))


def _metadata(kind: str, keyword: str, undone: str, **facts: object) -> None:
    def mutate(model: Model, paginators: Model) -> None:
        model["metadata"].update(facts)

    CASES.append(Case(kind, keyword, undone, mutate))


_shape("enum-value-gained", "enum", "enum-value-lost", "Kind", enum=["OAK", "YEW", "ELM"])
_shape("enum-value-lost", "enum", "enum-value-gained", "Kind", enum=["ELM"])
_shape("enum-gained", "enum", "enum-dropped", "Label", enum=["a", "b"])
_shape("enum-dropped", "enum", "enum-gained", "Kind", enum=None)
_shape("required-gained", "required", "required-dropped", "Tree", required=["Kind", "Height"])
_shape("required-dropped", "required", "required-gained", "Tree", required=[])
_shape("bound-widened", "maximum", "bound-narrowed", "Height", max=101)
_shape("bound-widened", "minimum", "bound-narrowed", "Height", min=0)
_shape("bound-widened", "minLength", "bound-narrowed", "Label", min=None)
_shape("bound-widened", "maxItems", "bound-narrowed", "Roots", max=None)
_shape("bound-widened", "maxLength", "bound-narrowed", "Picture", max=11)
_shape("bound-narrowed", "maxLength", "bound-widened", "Label", max=9)
_shape("bound-narrowed", "minLength", "bound-widened", "Picture", min=2)
_shape("bound-narrowed", "minProperties", "bound-widened", "Notes", min=1)
_shape("pattern-gained", "pattern", "pattern-dropped", "Kind", pattern="[A-Z]+")
_shape("pattern-dropped", "pattern", "pattern-gained", "Label", pattern=None)
_shape("pattern-changed", "pattern", "pattern-changed", "Label", pattern="[a-y]+")
_shape("type-changed", "type", "type-changed", "When", type="string")
_shape("type-widened", "type", "type-narrowed", "Height", type="long")
_shape("type-narrowed", "type", "type-widened", "Height", type="short")
_shape("union-gained", "union", "union-dropped", "Use", union=True)
_shape("sparse-gained", "sparse", "sparse-dropped", "Roots", sparse=True)
_shape("sensitive-gained", "sensitive", "sensitive-lost", "Label", sensitive=True)
_member("binding-changed", "binding", "binding-changed", locationName="planted")
_member("stream-changed", "stream", "stream-changed", streaming=True)
_member("timestamp-format-changed", "timestamp", "timestamp-format-changed",
        timestampFormat="iso8601")  # fmt: skip
_member("idempotency-token-gained", "idempotencyToken", "idempotency-token-lost",
        idempotencyToken=True)  # fmt: skip
_member("deprecated", "deprecated", "undeprecated", deprecated=True)
_operation("http-changed", "method", "http-changed",
           http={"method": "PUT", "requestUri": "/gardens/{garden}/trees"})  # fmt: skip
_operation("http-changed", "uri", "http-changed",
           http={"method": "POST", "requestUri": "/parks/{garden}/trees"})  # fmt: skip
_operation("success-status-changed", "status", "success-status-changed",
           http={"method": "POST", "requestUri": "/gardens/{garden}/trees",
                 "responseCode": 201})  # fmt: skip
_operation("host-prefix-changed", "hostPrefix", "host-prefix-changed",
           endpoint={"hostPrefix": "green."})  # fmt: skip
_operation("deprecated", "deprecated", "undeprecated", deprecated=True, deprecatedSince="2021")
_operation("error-removed", "error", "error-added", errors=[])
_operation("wire-changed", "checksum", "wire-changed", httpChecksumRequired=True)
_metadata("endpoint-changed", "endpointPrefix", "endpoint-changed", endpointPrefix="garden",
          signingName="gardening")  # fmt: skip
_metadata("signing-changed", "signing-name", "signing-changed", signingName="garden")
_metadata("api-version-changed", "apiVersion", "api-version-changed", apiVersion="2021-01-01")
_metadata("protocol-changed", "protocol", "protocol-replaced", protocols=["json", "rest-json"])
_metadata("protocol-replaced", "protocol", "protocol-replaced", protocols=["json"], protocol="json")
_metadata("protocol-gained", "protocols", "protocol-lost", protocols=["rest-json", "query"])


@_case("member-added", "member", "member-removed")
def _(model: Model, paginators: Model) -> None:
    model["shapes"]["Tree"]["members"]["Age"] = {"shape": "Height"}


@_case("required-member-added", "member", "required-member-removed")
def _(model: Model, paginators: Model) -> None:
    model["shapes"]["Tree"]["members"]["Age"] = {"shape": "Height"}
    model["shapes"]["Tree"]["required"].append("Age")


@_case("error-status-changed", "status", "error-status-changed")
def _(model: Model, paginators: Model) -> None:
    model["shapes"]["GardenFull"]["error"]["httpStatusCode"] = 429


@_case("error-fault-changed", "fault", "error-fault-changed")
def _(model: Model, paginators: Model) -> None:
    model["shapes"]["GardenFull"]["fault"] = True


@_case("operation-added", "operation", "operation-removed")
def _(model: Model, paginators: Model) -> None:
    model["operations"]["FellTree"] = model["operations"]["CountTrees"]


@_case("pagination-dropped", "declared", "pagination-gained")
def _(model: Model, paginators: Model) -> None:
    del paginators["PlantTree"]


@_case("pagination-changed", "outputToken", "pagination-changed")
def _(model: Model, paginators: Model) -> None:
    paginators["PlantTree"]["output_token"] = "Other"
