"""The graph in the words of hints: a resource for each thing that is made, a hint an operation."""

from __future__ import annotations

from awsconform.specs.hints import Hint, Hints, Resource
from awsconform.specs.producing.graph import Graph
from awsconform.specs.producing.makers import Made
from awsconform.specs.producing.new_names import names_a_part
from awsconform.specs.producing.removing import removers
from awsconform.specs.producing.service_model import OperationModel
from awsconform.specs.producing.verbs import Role

# How many items a page walk wants.
OWNED = 7
_READS = ("describe", "get", "head", "list")


def recipes(graph: Graph) -> Hints:
    """What is inferred of a service: its resources that anything needs, and every operation."""
    reads = _Reads(graph)
    operations = {name: _hint(graph, reads, each) for name, each in _sorted(graph)}
    names = {made.name: made for made in graph.made.values()}
    wanted = {name for hint in operations.values() for name in (*hint.needs, hint.owns) if name}
    wanted |= {
        made.name for made in graph.made.values() if made.values and removers(graph, made.key)
    }
    kept: set[str] = set()
    for name in wanted:
        if name in names:
            kept |= graph.closure(names[name].key)
    resources = [_resource(graph, graph.made[key]) for key in sorted(kept)]
    return Hints({each.name: each for each in resources}, operations)


def _sorted(graph: Graph) -> list[tuple[str, OperationModel]]:
    return sorted(graph.service.operations.items())


def _resource(graph: Graph, made: Made) -> Resource:
    needs = graph.needs(made.operation.name)
    gives = graph.gives(made.key)
    return Resource(
        made.name,
        made.operation.name,
        {name: value.steps for name, value in sorted(gives.items())},
        needs=(*(graph.made[each].name for each in graph.parents[made.key]), *needs.elsewhere),
        binds=dict(sorted(needs.binds.items())),
        unique=_unique(graph, made),
        values=_values(made.operation, graph),
        delete=tuple(removers(graph, made.key)[:1]),
    )


def _unique(graph: Graph, made: Made) -> tuple[str, ...]:
    """The places of the request that must not repeat: the names of what is made."""
    values = graph.gives(made.key).values()
    chosen = [*made.chosen, *(value.spot for value in values if value.part == "request")]
    return tuple(sorted({"/".join(spot.path) for spot in chosen}))


def _parts(operation: OperationModel) -> tuple[str, ...]:
    """The names of the parts that a request adds to what is there."""
    return tuple("/".join(spot.path) for spot in operation.request if names_a_part(spot))


def _values(operation: OperationModel, graph: Graph) -> dict[str, str]:
    """The account that the caller has, where a request has to say it."""
    return {
        name: "${account}"
        for name, spot in operation.members.items()
        if spot.required and graph.says_account(operation, spot)
    }


def _hint(graph: Graph, reads: _Reads, operation: OperationModel) -> Hint:
    needs = graph.needs(operation.name)
    mine = next(
        (made for made in graph.made.values() if made.operation.name == operation.name), None
    )
    owned = _owned(graph, operation)
    making = operation.action.role is Role.CREATE
    ending = operation.action.role in (Role.DELETE, Role.END)
    starting = operation.action.verb == "start" and mine is None
    return Hint(
        needs=(*(graph.made[each].name for each in needs.resources), *needs.elsewhere),
        binds=dict(sorted(needs.binds.items())),
        values=_values(operation, graph),
        either=tuple(map(tuple, needs.either)),
        fresh=ending or starting or (making and _only_once(mine)),
        unique=(*(_unique(graph, mine) if mine and making else ()), *_parts(operation)),
        owns=owned.name if owned else None,
        count=OWNED if owned else 0,
        observe=reads.after(operation),
    )


def _only_once(made: Made | None) -> bool:
    """Whether something can be made once only for each thing it belongs to."""
    return made is not None and not made.values and made.operation.action.verb == "create"


def _owned(graph: Graph, operation: OperationModel) -> Made | None:
    """What a listing operation lists, where making it makes the list longer."""
    listed = graph.listed.get(operation.name)
    if listed is None:
        return None
    made = graph.made[listed]
    above = graph.closure(listed) - {listed}
    for spot, meaning in graph.uses(operation):
        if spot.required and (meaning.resource is None or meaning.resource not in above):
            return None
    return made if made.values else None


class _Reads:
    """The cheap reads of a service: which show a resource, and which list it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._single: dict[str, list[str]] = {}
        self._listing: dict[str, list[str]] = {}
        for name, operation in _sorted(graph):
            done = operation.action
            if name in graph.listed and graph.is_listing(operation):
                self._listing.setdefault(graph.listed[name], []).append(name)
            elif done.role is Role.READ and not done.beyond and not done.many:
                self._single.setdefault(done.key, []).append(name)
        for kept in (self._single, self._listing):
            for names in kept.values():
                names.sort(key=self._effort)

    def after(self, operation: OperationModel) -> tuple[str, ...]:
        """The operations that show what this one could change."""
        done, graph = operation.action, self.graph
        if done.role in (Role.READ, Role.LIST):
            return (operation.name,)
        about = graph.referring.about(operation)
        near = [each for each in (done.key, about, *graph.needs(operation.name).resources) if each]
        known: set[str] = set()
        for each in graph.needs(operation.name).resources:
            known |= graph.closure(each)
        gone = done.role in (Role.DELETE, Role.CREATE)
        for each in near:
            groups = (self._listing, self._single) if gone else (self._single, self._listing)
            for group in groups:
                for name in group.get(each, ()):
                    if self._possible(name, known - {about} if gone else known):
                        return (name,)
        return ()

    def _possible(self, name: str, known: set[str]) -> bool:
        """Whether everything that a read has to be told is known."""
        needs = self.graph.needs(name)
        return not needs.elsewhere and set(needs.resources) <= known

    def _effort(self, name: str) -> tuple[int, bool, int, str]:
        done = self.graph.service.operations[name]
        rank = _READS.index(done.action.verb) if done.action.verb in _READS else len(_READS)
        return len(done.needed), bool(done.action.beyond), rank, name
