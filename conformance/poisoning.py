"""Faults that an operation cannot be held to, since an earlier one broke the state of things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from awsconform.conformance.checks.requests import Fault, fault_of, faults_of_the_smallest
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.planning.guarding import Poison
from awsconform.conformance.wire.lacking import is_web_page
from awsconform.specs.contract import Contract


def excused(
    contract: Contract,
    outcomes: Iterable[Outcome],
    evidence: Evidence,
    poisoned: Mapping[str, Poison],
) -> list[Outcome]:
    """The outcomes, inconclusive where all they rest on are faults that were brought about before.

    `poisoned` are the reads that were broken when the operation's turn came. A fault is excused of
    a read that is broken itself; of another operation of the service if it is the very fault the
    broken read has, or if the smallest valid request gets it.
    """
    service = f"{contract.service}."
    near = {name: each for name, each in poisoned.items() if name.startswith(service)}
    if not near:
        return list(outcomes)
    by = near.get(contract.id, next(iter(near.values()))).by
    known = faults_of_the_smallest(evidence) | {
        each.fault for each in near.values() if not _is_general(each)
    }
    faults = {id(each.exchange): fault_of(each) for each in evidence.observed}

    def is_excused(fault: Fault | None) -> bool:
        return fault is not None and (contract.id in near or fault in known)

    def judged(outcome: Outcome) -> Outcome:
        left = tuple(
            finding
            for finding in outcome.findings
            if not is_excused(faults.get(id(finding.exchange)))
        )
        if outcome.verdict is not Verdict.VIOLATES or left == outcome.findings:
            return outcome
        if left:
            return replace(outcome, findings=left)
        reason = f"the state was broken before, by {by}: {outcome.reason}"
        return replace(outcome, verdict=Verdict.INCONCLUSIVE, reason=reason, findings=())

    return [judged(outcome) for outcome in outcomes]


def _is_general(poison: Poison) -> bool:
    """Whether any crash looks like that: a web server's page says nothing of its cause."""
    response = poison.seen.exchange.response
    return response is not None and is_web_page(response)
