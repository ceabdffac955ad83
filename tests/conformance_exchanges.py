"""Exchanges written by hand, for checks to judge without any target."""

from __future__ import annotations

import functools
import json
import random
from typing import Any

from awsconform.conformance.checks.registry import judge
from awsconform.conformance.evidence import Evidence, observe
from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPResponse,
    Intent,
    Purpose,
    Trouble,
)
from awsconform.conformance.outcomes import Outcome
from awsconform.generators.choices import RandomChoices
from awsconform.generators.samples import minimal
from awsconform.specs import catalog
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract

GET = catalog.load("deadline", "GetSessionsStatisticsAggregation")
START = catalog.load("deadline", "StartSessionsStatisticsAggregation")
LIST = catalog.load("deadline", "ListFarms")
DESCRIBE = catalog.load("lookoutequipment", "DescribeInferenceScheduler")


def ok(contract: Contract, body: Any, status: int = 200, **headers: str) -> HTTPResponse:
    """A success as the protocol wants it, with headers laid over."""
    kind = "application/x-amz-json-1.0" if contract.protocol == "json" else "application/json"
    lines = {"content-type": kind, "x-amzn-requestid": "1", **headers}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTPResponse(status, tuple(lines.items()), data)


def error(contract: Contract, code: str, status: int = 400, **members: Any) -> HTTPResponse:
    """An error as the protocol wants it."""
    if contract.protocol == "json":
        return ok(contract, {"__type": f"com.example#{code}", **members}, status)
    headers = {"x-amzn-errortype": code}
    return ok(contract, {"message": "no", **members}, status, **headers)


@functools.cache
def _least(contract: Contract) -> dict[str, Any]:
    return minimal(contract, RandomChoices(random.Random(1)))


class Story:
    """Evidence that is told step by step."""

    def __init__(self, contract: Contract) -> None:
        self.evidence = Evidence(contract)

    def tell(
        self,
        purpose: Purpose,
        answer: HTTPResponse | Trouble,
        clause: str | None = None,
        *,
        of: Contract | None = None,
        label: str = "",
        group: str | None = None,
        value: dict[str, Any] | None = None,
        drawn: bool = False,
        detail: str = "told so",
        **facts: Any,
    ) -> Story:
        """Adds an exchange; `clause` is written without the operation, `detail` is of a trouble.

        What is to be valid has all that is required, whatever `value` says.
        """
        contract = of or self.evidence.contract
        clause_id = f"{self.evidence.contract.id}/{clause}" if clause else None
        intent = Intent(purpose, clause_id, label, group, facts, drawn)
        least = _least(contract) if purpose is Purpose.VALID else {}
        case = Case(contract.id, intent, {**least, **(value or {})})
        if isinstance(answer, Trouble):
            exchange = Exchange(case, None, None, trouble=answer, detail=detail)
        else:
            exchange = Exchange(case, None, answer)
        self.evidence.add(observe(contract, exchange))
        return self

    def outcome(self, clause: str) -> Outcome:
        """What the suite makes of it; `clause` is written without the operation."""
        contract = self.evidence.contract
        wanted = f"{contract.id}/{clause}"
        return judge(next(c for c in clauses(contract) if c.id == wanted), self.evidence)

    def verdict(self, clause: str) -> str:
        """The outcome in one word."""
        return self.outcome(clause).verdict.value
