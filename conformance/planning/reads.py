"""The cheap reads of what an operation could change, the same ones every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awsconform.conformance.checks.reading import READS
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Bindings, Resources
from awsconform.generators.samples import minimal
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract
from awsconform.specs.effects import only_reads
from awsconform.specs.paging import next_tokens

PAGES = 20


class Reads:
    """Reads by `operations`, those that the hint of an operation names where it is None.

    `clause` is what they are made for; `bound` the values they ask for, those of the shared
    resources where it is None.
    """

    def __init__(
        self,
        session: Session,
        contract: Contract,
        resources: Resources,
        clause: str,
        *,
        bound: Bindings | None = None,
        operations: Sequence[str] | None = None,
    ) -> None:
        self.session = session
        self.resources = resources
        self.clause = clause
        self.bound = bound
        wanted = resources.hint.observe if operations is None else operations
        named = (companion(contract, operation) for operation in wanted)
        self.contracts = [each for each in named if only_reads(each)]
        self._requests: dict[str, dict[str, Any]] = {}

    def forget(self) -> None:
        """What is asked for is looked up anew, since it may be gone."""
        self._requests.clear()

    def first(self, contract: Contract, *, keep: bool = True, **facts: Any) -> Observed:
        """The first page of one read."""
        return self._send(contract, self.request(contract), keep, facts)

    def whole(self, contract: Contract, **facts: Any) -> list[Observed]:
        """All pages of one read, up to a bound."""
        pages = contract.pagination
        value = dict(self.request(contract))
        reads: list[Observed] = []
        for _ in range(PAGES):
            reads.append(self._send(contract, value, True, facts))
            tokens = next_tokens(contract, reads[-1].value) if pages else {}
            if not reads[-1].accepted or not tokens:
                break
            value = {**value, **tokens}
        return reads

    def request(self, contract: Contract) -> dict[str, Any]:
        """The same request every time."""
        if contract.id not in self._requests:
            bound = self.resources.bindings() if self.bound is None else self.bound
            value = minimal(contract, self.session.choices)
            self._requests[contract.id] = self.resources.prepare(contract, value, bound)
        return self._requests[contract.id]

    def _send(
        self, contract: Contract, value: dict[str, Any], keep: bool, facts: dict[str, Any]
    ) -> Observed:
        pages = contract.pagination
        ignore = [*self.resources.hint.ignore, *(pages.output_token if pages else ())]
        intent = Intent(
            Purpose.SCENARIO, self.clause, "read", group=READS, facts={"ignore": ignore, **facts}
        )
        return self.session.send(contract, Case(contract.id, intent, dict(value)), keep=keep)
