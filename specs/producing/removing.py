"""Which operations remove what was made."""

from __future__ import annotations

from awsconform.specs.producing.graph import Graph
from awsconform.specs.producing.nouns import noun_of
from awsconform.specs.producing.verbs import DELETING, Role
from awsconform.specs.producing.words import key


def removers(graph: Graph, resource: str) -> list[str]:
    """The operations that remove a resource, the plainest first."""
    known = graph.closure(resource)
    found = []
    for operation in graph.service.operations.values():
        done = operation.action
        if done.role is not Role.DELETE or done.many:
            continue
        if resource not in (done.key, key(done.whole), key(noun_of(operation))):
            continue
        asked = {
            meaning.resource or meaning.elsewhere
            for spot, meaning in graph.uses(operation)
            if spot.required
        }
        if asked <= known:
            rank = DELETING.index(done.verb) if done.verb in DELETING else 0
            found.append((rank, len(operation.needed), operation.name))
    return [name for _, _, name in sorted(found)]
