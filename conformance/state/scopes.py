"""Where names of resources and operations are meant: the services whose hints are known."""

from __future__ import annotations

from dataclasses import dataclass

from awsconform.conformance.state.knowledge import Knowledge
from awsconform.errors import AwsconformError
from awsconform.specs import catalog
from awsconform.specs.companions import companion
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Hints, Resource


class SetupFailed(Exception):
    """A resource could not be made; the text is the chain of what was refused."""


class NothingGiven(SetupFailed):
    """The request that makes a resource was accepted, but nothing came of it."""


@dataclass(frozen=True)
class Scope:
    """A service: any contract of it, and its hints."""

    contract: Contract
    hints: Hints

    def operation(self, name: str) -> Contract:
        """The contract of an operation, `CreateRole` within iam or `iam.CreateRole` anywhere.

        Raises:
            SetupFailed: there is none.
        """
        try:
            return companion(self.contract, name)
        except AwsconformError as error:
            raise SetupFailed(error.message) from None

    def made_by(self, operation: str) -> list[Resource]:
        """The resources that an operation of the service makes."""
        return [each for each in self.hints.resources.values() if each.create == operation]


class Scopes:
    """The scopes of one operation's run, that of its own service first."""

    def __init__(self, contract: Contract, knowledge: Knowledge) -> None:
        self.own = Scope(contract, knowledge.hints(contract))
        self._knowledge = knowledge
        self._by_service = {contract.service: self.own}

    def of(self, service: str) -> Scope:
        """The scope of a service.

        Raises:
            SetupFailed: no such service is known, or its hints cannot be used.
        """
        if service not in self._by_service:
            try:
                contract = catalog.load(service, catalog.operations(service)[0])
                self._by_service[service] = Scope(contract, self._knowledge.hints(contract))
            except AwsconformError as error:
                raise SetupFailed(error.message) from None
        return self._by_service[service]

    def known(self, contract: Contract) -> Scope | None:
        """The scope of a contract's service, None where it has none."""
        try:
            return self.of(contract.service)
        except SetupFailed:
            return None

    def made_by(self, contract: Contract) -> list[Resource]:
        """The resources that an operation makes, its own service's and others'."""
        if self.known(contract) is None:
            return []
        return [
            each
            for service, scope in self._by_service.items()
            for each in scope.hints.resources.values()
            if (each.create == contract.operation and service == contract.service)
            or each.create == contract.id
        ]

    def find(self, name: str) -> tuple[Scope, Resource]:
        """A resource by its name, `queue` in the own service or `sqs:queue`.

        Raises:
            SetupFailed: nobody knows how to make it.
        """
        service, _, noun = name.rpartition(":")
        scope = self.of(service) if service else self.own
        if noun not in scope.hints.resources:
            raise SetupFailed(f"nothing says how to make {name}")
        return scope, scope.hints.resources[noun]

    def full(self, scope: Scope, name: str) -> str:
        """The name of a resource as the own service calls it."""
        elsewhere = scope is not self.own and ":" not in name
        return f"{scope.contract.service}:{name}" if elsewhere else name
