"""What would be done to judge the operations of a service: the graph, told as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from awsconform.specs.hints import Hint, Hints, hints_of, overlay
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.producing.chains import Step, chain, clean_up
from awsconform.specs.producing.inferring import graph_of, inferred_of


@dataclass(frozen=True)
class OperationPlan:
    """What one operation needs: the steps of its set-up and of its clean-up, in order.

    `made_up` are places of the request that have to name something which nobody is known to make.
    `stated` are the keys of its hint that somebody wrote.
    """

    operation: str
    hint: Hint
    set_up: tuple[Step, ...]
    owned: tuple[Step, ...]
    clean_up: tuple[str, ...]
    made_up: tuple[str, ...]
    stated: tuple[str, ...]


@dataclass(frozen=True)
class ServicePlan:
    """The resources of a service, who needs and who lists them, and the plans of operations.

    `needed_by` and `listed_by` name operations by resource.
    """

    service: str
    hints: Hints
    needed_by: dict[str, tuple[str, ...]]
    listed_by: dict[str, tuple[str, ...]]
    operations: tuple[OperationPlan, ...]


class Planner:
    """Plans the operations of the services of some models.

    `own` gives what a user wrote for a service, which is laid over all else.
    """

    def __init__(
        self, models: ModelFolders, own: Callable[[str], Hints | None] = lambda service: None
    ) -> None:
        self._models = models
        self._own = own
        self._hints: dict[str, Hints] = {}

    def hints(self, service: str) -> Hints:
        """What is inferred of a service, with what is written and the user's own laid over it.

        Raises:
            ModelError: the model is damaged.
            ContractError: what is written cannot be read.
        """
        if service not in self._hints:
            below = inferred_of(service, self._models)
            written = overlay(below, hints_of(service))
            own = self._own(service)
            self._hints[service] = written if own is None else overlay(written, own)
        return self._hints[service]

    def plan(self, service: str, operations: Iterable[str]) -> ServicePlan:
        """The plan of some of a service's operations, and of its resources as a whole.

        Raises:
            ModelError: the model is damaged.
            ContractError: what is written cannot be read.
        """
        hints = self.hints(service)
        needed: dict[str, list[str]] = {name: [] for name in hints.resources}
        listed: dict[str, list[str]] = {name: [] for name in hints.resources}
        for operation, hint in sorted(hints.operations.items()):
            for name in hint.needs:
                needed.setdefault(name, []).append(operation)
            if hint.owns is not None:
                listed.setdefault(hint.owns, []).append(operation)
        return ServicePlan(
            service,
            hints,
            {name: tuple(each) for name, each in needed.items()},
            {name: tuple(each) for name, each in listed.items()},
            tuple(self._plan(service, each) for each in operations),
        )

    def _plan(self, service: str, operation: str) -> OperationPlan:
        hint = self.hints(service).of(operation)
        steps = chain(service, hint.needs, self.hints)
        items = chain(service, (hint.owns,) if hint.owns else (), self.hints)
        owned = [step for step in items if step not in steps]
        return OperationPlan(
            operation,
            hint,
            tuple(steps),
            tuple(owned),
            tuple(clean_up([*steps, *owned])),
            self._made_up(service, operation, hint),
            tuple(sorted(self.hints(service).stated.get(f"operations/{operation}", ()))),
        )

    def _made_up(self, service: str, operation: str, hint: Hint) -> tuple[str, ...]:
        graph = graph_of(service, self._models)
        model = graph.service.operations.get(operation) if graph else None
        if graph is None or model is None:
            return ()
        said = {*hint.binds, *hint.values}
        given = {name for step in chain(service, hint.needs, self.hints) for name in step.gives}
        places = [
            "/".join(spot.path)
            for spot, meaning in graph.uses(model)
            if spot.required and graph.value_name(meaning) is None
        ]
        return tuple(each for each in places if each not in said and each not in given)
