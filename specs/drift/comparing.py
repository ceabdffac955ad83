"""Two sources compared: service by service, so that no more than two models are held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from awsconform.errors import UsageError
from awsconform.specs.drift.changes import Drift, Found, Side
from awsconform.specs.drift.folding import folded
from awsconform.specs.drift.model_pairs import differing
from awsconform.specs.drift.model_sources import ModelSource
from awsconform.specs.drift.operations import compared
from awsconform.specs.drift.sources import DocumentSource, Source
from awsconform.specs.models import ServiceCompiler
from awsconform.specs.protocols import spoken

Document = dict[str, Any]
Operations = dict[str, list[str]]


def drift(
    old: Source,
    new: Source,
    *,
    services: Iterable[str] = (),
    progress: Callable[[str], None] = lambda service: None,
) -> Drift:
    """What changed from one source to the other, in `services` or everywhere.

    A page or a contract is compared with the same operation alone; what it does not speak of is
    neither added nor removed. `progress` is told each service.

    Raises:
        UsageError: the sources have nothing in common, or a service is in neither.
        ModelError: a model is damaged, or of a protocol that is not supported.
        ContractError: a document is damaged.
    """
    found = Drift(old.name, new.name)
    first, second = _services(old), _services(new)
    wanted = set(services)
    unknown = sorted(wanted - first - second)
    if unknown:
        raise UsageError(f"neither source has a service {unknown[0]!r}")
    names = sorted(name for name in first | second if not wanted or name in wanted)
    if not any(name in first and name in second for name in names) and not _wholes(old, new):
        raise UsageError(
            f"{old.name} and {new.name} have no operation in common",
            hint=f"one is of {', '.join(sorted(first)[:3])}, "
            f"the other of {', '.join(sorted(second)[:3])}",
        )
    for service in names:
        progress(service)
        if service in first and service in second:
            found.changes += folded(_service(old, new, service, found))
        elif service in first and _complete(new, old):
            found.changes += folded([_whole(service, "service-removed", service, None)])
        elif service in second and _complete(old, new):
            found.changes += folded([_whole(service, "service-added", None, service)])
    return found


def _services(source: Source) -> set[str]:
    if isinstance(source, ModelSource):
        return set(source.models.services)
    return set(source.operations())


def _complete(source: Source, other: Source) -> bool:
    """Whether what a source lacks of another one's is really not there."""
    return isinstance(source, ModelSource) or (source.whole and isinstance(other, DocumentSource))


def _wholes(old: Source, new: Source) -> bool:
    return old.whole and new.whole


def _whole(service: str, kind: str, before: str | None, after: str | None) -> Found:
    at = f"{service}#service"
    return Found(service, kind, Side.OPERATION, at, None, service, before, after)


def _service(old: Source, new: Source, service: str, counted: Drift) -> Iterator[Found]:
    if isinstance(old, ModelSource) and isinstance(new, ModelSource):
        yield from _models(old, new, service, counted)
        return
    first, second = _operations(old, service), _operations(new, service)
    counted.services += 1
    before, after = _documents(old, service), _documents(new, service)
    for operation in sorted({*first, *second}):
        if operation in first and operation in second:
            counted.operations += 1
            one = before(operation, None)
            other = after(operation, one)
            yield from compared(before(operation, other), other)
        elif operation in first and _complete(new, old):
            yield _operation(service, "operation-removed", operation)
        elif operation in second and _complete(old, new):
            yield _operation(service, "operation-added", operation)


def _models(old: ModelSource, new: ModelSource, service: str, counted: Drift) -> Iterator[Found]:
    first, second = old.models.model(service) or {}, new.models.model(service) or {}
    pages = old.models.paginators(service), new.models.paginators(service)
    if first == second and pages[0] == pages[1]:
        counted.same += 1
        return
    counted.services += 1
    counted.operations += len(first["operations"].keys() & second["operations"].keys())
    changed = set(differing(first, second, *pages))
    before, after = _Compiled(old, service), _Compiled(new, service)
    for operation in sorted(first["operations"].keys() | second["operations"].keys()):
        if operation not in second["operations"]:
            yield _operation(service, "operation-removed", operation)
        elif operation not in first["operations"]:
            yield _operation(service, "operation-added", operation)
        elif operation in changed:
            one = before.contract(operation)
            yield from compared(one, after.contract(operation, like=one))


def _operation(service: str, kind: str, operation: str) -> Found:
    before, after = (operation, None) if kind == "operation-removed" else (None, operation)
    at = f"{service}.{operation}#operation"
    return Found(service, kind, Side.OPERATION, at, None, operation, before, after)


def _operations(source: Source, service: str) -> list[str]:
    if isinstance(source, ModelSource):
        return sorted((source.models.model(service) or {})["operations"])
    return source.operations()[service]


class _Compiled:
    """The contracts of a model's operations, on the wire of another document where it is spoken."""

    def __init__(self, source: ModelSource, service: str) -> None:
        self._service = service
        self._model = source.models.model(service) or {}
        self._paginators = source.models.paginators(service)
        self._compilers: dict[str | None, ServiceCompiler] = {}

    def contract(self, operation: str, like: Document | None = None) -> Document:
        """The contract of an operation."""
        wanted = like["aws"].get("protocol") if like else None
        protocol = wanted if wanted in spoken(self._service, self._model["metadata"]) else None
        if protocol not in self._compilers:
            self._compilers[protocol] = ServiceCompiler(
                self._service, self._model, self._paginators, protocol=protocol
            )
        return self._compilers[protocol].contract(operation)


def _documents(source: Source, service: str) -> Callable[[str, Document | None], Document]:
    """Gives a function from an operation, and the document it is held against, to its document."""
    if isinstance(source, ModelSource):
        return _Compiled(source, service).contract
    return lambda operation, like: source.document(service, operation)
