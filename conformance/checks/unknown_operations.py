"""The check of what is answered to an operation that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.conformance.checks.requests import BROKEN
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause

_NOT_SUPPORTED = 501


def unknown_operation(clause: Clause, evidence: Evidence) -> Outcome:
    """An operation that cannot exist gets a client's error: no fault, no success.

    AWS's own services differ in what they say, some without a type, so any 4xx will do. A 501 is
    honest, though no client's error: nothing is said of it.
    """

    def words() -> Iterator[Word]:
        for each in evidence.observed:
            if each.purpose is not Purpose.PROBE or each.contract.id == evidence.contract.id:
                continue
            status = each.answer.status if each.answer is not None else None
            if each.reaction is Reaction.ACCEPTED:
                yield violates(each, "accepted", f"answered with {each.describe()}")
            elif status == _NOT_SUPPORTED:
                yield silent(each, "said to be not implemented")
            elif status is not None and 400 <= status < 500:
                fault = each.reaction is Reaction.SERVER_FAULT
                yield violates(each, "server fault", each.describe()) if fault else conforms(each)
            elif each.reaction in BROKEN:
                yield violates(each, each.reaction.value, each.describe())
            else:
                yield silent(each, f"{each.reaction.value}: {each.describe()}")

    return conclude(
        clause,
        words(),
        expected="a 4xx, since there is no such operation",
        unexercised="no operation that cannot exist was asked for",
    )
