"""Compiling every contract of a service, and proving each a valid JSON Schema (2020-12)."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from awsconform.errors import ModelError
from awsconform.specs.contract import DIALECT, Schema
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.models import ServiceCompiler, compiler_of


@dataclass(frozen=True)
class Failed:
    """An operation without a contract, or (operation None) a whole service, and why."""

    service: str
    operation: str | None
    error: str


@dataclass(frozen=True)
class CompiledService:
    """How compiling a service went; `protocol` is None where the model could not be used."""

    service: str
    protocol: str | None
    operations: int
    failed: tuple[Failed, ...]


def compile_service(
    models: ModelFolders,
    service: str,
    *,
    date: str | None = None,
    keep: Callable[[dict[str, Any]], None] | None = None,
) -> CompiledService:
    """Compiles and checks all contracts of a service; `keep` is given each that is sound.

    Nothing is raised for a model that is damaged: it is told of in `failed`.
    """
    try:
        compiler = compiler_of(service, date=date, models=models)
    except ModelError as error:
        return CompiledService(service, None, 0, (Failed(service, None, str(error)),))
    failed: list[Failed] = []
    envelopes: dict[str, Schema] = {}
    for operation in compiler.operations:
        try:
            envelopes[operation] = _envelope(compiler.contract(operation))
        except ModelError as error:
            failed.append(Failed(service, operation, str(error)))
    for operation, reason in _invalid(compiler, envelopes).items():
        failed.append(Failed(service, operation, reason))
    if keep is not None:
        without = {each.operation for each in failed}
        for operation in compiler.operations:
            if operation not in without:
                keep(compiler.contract(operation))
    number = len(compiler.operations)
    return CompiledService(service, compiler.protocol, number, tuple(failed))


def _envelope(document: dict[str, Any]) -> Schema:
    """A contract apart from its definitions, and from `aws`, which no keyword of 2020-12 is."""
    return {key: value for key, value in document.items() if key not in ("$defs", "aws")}


def _invalid(compiler: ServiceCompiler, envelopes: Mapping[str, Schema]) -> dict[str, str]:
    """The operations whose contracts are no valid schemas, and why.

    The metaschema looks at each schema in `$defs` by itself, and at what surrounds them no
    differently for what they are: a contract is valid if its envelope is and each definition is.
    So a definition is looked at once, whatever number of contracts it is in.
    """
    definitions = compiler.definitions.made
    if _is_valid(definitions) and _is_valid(envelopes):
        return {}
    wrong = {name for name, schema in definitions.items() if not _is_valid({name: schema})}
    found: dict[str, str] = {}
    for operation, envelope in envelopes.items():
        within = sorted(wrong & compiler.contract(operation)["$defs"].keys())
        if within:
            found[operation] = f"no valid JSON Schema: {', '.join(within)}"
        elif not _is_valid({operation: envelope}):
            found[operation] = "no valid JSON Schema"
    return found


def _is_valid(schemas: Mapping[str, Schema]) -> bool:
    return jsonschema_rs.meta.is_valid({"$schema": DIALECT, "$defs": schemas})


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """No garbage collection meanwhile: models are large, live long, and are no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
