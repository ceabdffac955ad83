"""What is known beside the contracts: how things are made, and which members name what exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from awsconform.specs import producing
from awsconform.specs.contract import Contract, SegmentPath
from awsconform.specs.hints import Hints, overlay
from awsconform.specs.producing import Reference


@dataclass(frozen=True)
class Knowledge:
    """The hints of all services, inferred and written, with a user's own laid over them.

    `own` gives those of a service.
    """

    own: Callable[[str], Hints | None] = lambda service: None

    def hints(self, contract: Contract) -> Hints:
        """The hints of a contract's service.

        Raises:
            AwsconformError: the model is damaged, or what is written cannot be used.
        """
        below = producing.hints_for(contract)
        above = self.own(contract.service)
        return below if above is None else overlay(below, above)

    def references(self, contract: Contract) -> Mapping[SegmentPath, Reference]:
        """The places of a request that name something which exists elsewhere.

        Raises:
            ModelError: the model is damaged.
        """
        return producing.references(contract)
