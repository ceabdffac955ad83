"""Which clauses of a contract a run judges."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from awsconform.conformance.planning.reach import out_of_reach
from awsconform.generators.violations import unprovokable
from awsconform.specs.clauses import Clause, clauses
from awsconform.specs.contract import Contract

if TYPE_CHECKING:
    from awsconform.conformance.running import RunOptions


def judged_clauses(contract: Contract, options: RunOptions) -> list[Clause]:
    """The clauses of a contract a run judges, with why some cannot be brought up by any client."""
    chosen = [clause for clause in clauses(contract) if options.takes(clause)]
    unreached = out_of_reach(contract)
    if unreached is not None:
        return [replace(clause, apart=unreached) for clause in chosen]
    reasons = dict(unprovokable(contract))
    for token in contract.pagination.input_token if contract.pagination else ():
        for kind in ("minLength", "maxLength"):
            reasons[f"{contract.id}/request/{token}#{kind}.accepted"] = (
                "tokens are made by the target"
            )
    return [replace(clause, apart=reasons.get(clause.id, clause.apart)) for clause in chosen]
