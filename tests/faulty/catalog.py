"""All faults, and the kinds of clauses they prove."""

from __future__ import annotations

import functools

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


def kinds_proven() -> set[Kind]:
    """Part and kind of every clause that has to find some fault."""
    expected = (
        _clauses()[f"{fault.operation}/{clause}"] for fault in faults() for clause in fault.expects
    )
    return {(clause.part, clause.kind) for clause in expected}


@functools.cache
def _clauses() -> dict[str, Clause]:
    """The clauses that are judged, by id."""
    return {
        clause.id: clause
        for contract in (*CONTRACTS.values(), *protocols.CONTRACTS, *listing.CONTRACTS)
        for clause in judged_clauses(contract, RunOptions())
    }
