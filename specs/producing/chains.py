"""What has to be called before an operation, in order, and what afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from awsconform.specs.hints import Hints, Resource

HintsOf = Callable[[str], Hints]


@dataclass(frozen=True)
class Step:
    """One resource that is made on the way: `sqs:queue`, by the operation `sqs.CreateQueue`.

    `then` are operations called after it, `delete` those that remove it. `made` is None where
    nothing says how the resource is made; then the chain cannot be followed.
    """

    resource: str
    made: str | None
    gives: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    written: bool = False


def chain(service: str, needs: Iterable[str], hints: HintsOf) -> list[Step]:
    """The resources that are made for what is needed, each once, what others need before them.

    `needs` are names of a service's resources, or of another's: `iam:role`. `hints` gives the hints
    of a service.
    """
    steps: dict[tuple[str, str], Step] = {}
    around: set[tuple[str, str]] = set()

    def follow(home: str, name: str) -> None:
        owner, _, noun = name.rpartition(":")
        here = (owner or home, noun)
        if here in steps or here in around:
            return
        around.add(here)
        resource = hints(here[0]).resources.get(noun)
        for each in resource.needs if resource else ():
            follow(here[0], each)
        steps[here] = _step(*here, resource)

    for name in needs:
        follow(service, name)
    return list(steps.values())


def clean_up(steps: Iterable[Step]) -> list[str]:
    """The operations that remove what was made, the last first."""
    return [operation for step in reversed(list(steps)) for operation in step.delete]


def _step(service: str, noun: str, resource: Resource | None) -> Step:
    if resource is None:
        return Step(f"{service}:{noun}", None)

    def full(operation: str) -> str:
        return operation if "." in operation else f"{service}.{operation}"

    return Step(
        f"{service}:{noun}",
        full(resource.create),
        tuple(resource.gives),
        tuple(map(full, resource.then)),
        tuple(map(full, resource.delete)),
        resource.written,
    )
