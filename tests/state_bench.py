"""A target of a few lines of Python, and a session that speaks to it, for tests of set-up."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from awsconform.conformance.evidence import Evidence, Observed, observe
from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Intent, Purpose, Trouble
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.pool import Pool
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.wire.responding import write
from awsconform.generators.choices import RandomChoices
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Hints, parse

INTENT = Intent(Purpose.SETUP)
Answer = dict[str, Any] | str | Trouble
Service = Callable[[str, dict[str, Any]], Answer]


def contract(name: str) -> Contract:
    """The contract of `service.Operation`."""
    return catalog.load(*name.split("."))


def answered(of: Contract, request: dict[str, Any], answer: Answer) -> Observed:
    """An exchange: the request, and a value, an error's code or a trouble as the answer."""
    case = Case(of.id, INTENT, request)
    if isinstance(answer, Trouble):
        return observe(of, Exchange(case, None, None, trouble=answer, detail="told so"))
    response: HTTPResponse
    if isinstance(answer, str):
        response = write(of, {"message": "no"}, code=answer)
    else:
        response = write(of, answer)
    return observe(of, Exchange(case, None, response))


def knowing(**documents: dict[str, Any]) -> Knowledge:
    """Nothing but what is stated here is known, `iam={…}`; `_` stands for `-` in services."""
    own: dict[str, Hints] = {}
    for service, document in documents.items():
        entries = {
            group: {name: {**entry, "alone": True} for name, entry in stated.items()}
            for group, stated in document.items()
        }
        own[service.replace("_", "-")] = parse(entries, "hints.json")
    return Knowledge(own.get)


class Bench:
    """A session whose target is a function; `sent` are the operations it was asked for."""

    def __init__(
        self, name: str, service: Service, knowledge: Knowledge | None = None, *, seed: int = 0
    ) -> None:
        self.contract = contract(name)
        self.service = service
        self.knowledge = knowledge or Knowledge()
        self.pool = Pool()
        self.evidence = Evidence(self.contract)
        self.choices = RandomChoices(random.Random(seed))
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.resources = Resources(self, self.contract, self.knowledge, self.pool)

    @property
    def operations(self) -> list[str]:
        """The names of what was sent."""
        return [operation for operation, _ in self.sent]

    def selects(self, clause_id: str) -> bool:
        """Everything is wanted."""
        return True

    def spares(self, clause_id: str) -> bool:
        """Nothing is spared."""
        return False

    def send(self, contract: Contract, case: Case, *, keep: bool = True) -> Observed:
        """Asks the service; the pool learns from it as in a run."""
        self.sent.append((contract.operation, case.value))
        answer = self.service(contract.operation, case.value)
        observed = answered(contract, case.value, answer)
        self.resources.learn(observed)
        return observed

    def advance(self, seconds: float) -> bool:
        """There is no clock."""
        return False

    def wait(self, seconds: float) -> bool:
        """Time passes at once."""
        return True
