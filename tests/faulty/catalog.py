"""All faults, and the kinds of clauses they prove."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from awsconform.conformance.running import RunOptions
from awsconform.conformance.selecting import judged_clauses
from awsconform.specs.clauses import Clause
from faulty import (
    behaviours,
    errors,
    listing,
    paging,
    protocols,
    requests,
    responses,
    servers,
    state,
    unknown,
    wire,
)
from faulty.fault import CONTRACTS, Fault

Kind = tuple[str, str]

FEW = 2


@functools.cache
def faults() -> tuple[Fault, ...]:
    """Every fault there is, the same ones in the same order on every machine."""
    modules = (
        requests,
        responses,
        paging,
        listing,
        behaviours,
        errors,
        wire,
        servers,
        protocols,
        unknown,
        state,
    )
    return tuple(fault for module in modules for fault in module.faults())


def kinds_stated() -> set[Kind]:
    """Part and kind of every clause of the committed contracts that a client can bring up."""
    return {(clause.part, clause.kind) for clause in _clauses().values() if clause.apart is None}


def kinds_proven(some: Iterable[Fault] | None = None) -> set[Kind]:
    """Part and kind of every clause that has to find some fault."""
    return {kind for fault in (faults() if some is None else some) for kind in _kinds(fault)}


@functools.cache
def sample() -> tuple[Fault, ...]:
    """A few of the faults: every kind of clause finds those of two operations, if there are two."""
    operations: dict[Kind, set[str]] = {}
    kept = []
    for fault in faults():
        found = [operations.setdefault(kind, set()) for kind in _kinds(fault)]
        if any(len(each) < FEW and fault.operation not in each for each in found):
            kept.append(fault)
            for each in found:
                each.add(fault.operation)
    return tuple(kept)


def _kinds(fault: Fault) -> set[Kind]:
    expected = (_clauses()[f"{fault.operation}/{clause}"] for clause in fault.expects)
    return {(clause.part, clause.kind) for clause in expected}


@functools.cache
def _clauses() -> dict[str, Clause]:
    """The clauses that are judged, by id."""
    return {
        clause.id: clause
        for contract in (*CONTRACTS.values(), *protocols.CONTRACTS, *listing.CONTRACTS)
        for clause in judged_clauses(contract, RunOptions())
    }
