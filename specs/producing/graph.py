"""Who makes what the operations of a service need: resources, their chains, who removes them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from awsconform.specs.places import SegmentPath
from awsconform.specs.producing.extras import extras
from awsconform.specs.producing.listing import item_keys
from awsconform.specs.producing.makers import Made, Value, makers
from awsconform.specs.producing.meaning import Meaning
from awsconform.specs.producing.nouns import RELATING, noun_of
from awsconform.specs.producing.referring import Referring
from awsconform.specs.producing.service_model import OperationModel, ServiceModel, Spot
from awsconform.specs.producing.spelling import spellings
from awsconform.specs.producing.verbs import SETTING, Role
from awsconform.specs.producing.words import (
    ARN,
    WHOLE,
    is_plural,
    key,
    named,
)


@dataclass
class Needs:
    """What one operation needs: resources by key, other services' by name, and where values go."""

    resources: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    binds: dict[str, str] = field(default_factory=dict)
    either: list[list[str]] = field(default_factory=list)


class Graph:
    """The resources of one service and how they depend on each other.

    `made` are they by key, `parents` the keys of what each needs, without cycles; `listed` the key
    of what each listing operation lists.
    """

    def __init__(self, service: ServiceModel) -> None:
        self.service = service
        self.made = makers(service)
        self.referring = Referring(service, self.made)
        self.extras = extras(service, self.made, self.referring)
        self._uses: dict[str, list[tuple[Spot, Meaning]]] = {}
        self.spellings = spellings(self.referring)
        self.listed = {
            each.name: found
            for each in service.operations.values()
            if (each.paged or self.is_listing(each)) and (found := self._listed(each))
        }
        self.parents: dict[str, list[str]] = {}
        self._order_parents()
        self._needs = {each.name: self._needed(each) for each in service.operations.values()}

    def uses(self, operation: OperationModel) -> list[tuple[Spot, Meaning]]:
        """The places of an operation's request that name what exists."""
        if operation.name not in self._uses:
            self._uses[operation.name] = [
                (spot, meaning)
                for spot in operation.request
                if (meaning := self.referring.meaning(operation, spot)) is not None
            ]
        return self._uses[operation.name]

    def needs(self, operation: str) -> Needs:
        """What an operation needs."""
        return self._needs[operation]

    def closure(self, resource: str) -> set[str]:
        """A resource and all that it needs, however deep, by key."""
        found = {resource}
        waiting = [resource]
        while waiting:
            for each in self.parents.get(waiting.pop(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found

    def value_name(self, meaning: Meaning) -> str | None:
        """The name of the given value that serves a place, None where none is given."""
        if meaning.elsewhere is not None:
            return ".".join(meaning.elsewhere)
        if meaning.resource is None:
            return None
        if meaning.extra is not None:
            return meaning.extra
        kind = self.made[meaning.resource].best(meaning.kind)
        if kind is None:
            given = sorted(self.extras.get(meaning.resource, {}))
            fitting = [name for name in given if named(name).kind == meaning.kind]
            return next(iter(fitting or (given if meaning.kind != ARN else [])), None)
        return self.spellings[meaning.resource, kind]

    def gives(self, resource: str) -> dict[str, Value]:
        """The values of a resource by their names."""
        made = self.made[resource]
        own = {self.spellings[resource, kind]: value for kind, value in made.values.items()}
        return own | self.extras.get(resource, {})

    def is_listing(self, operation: OperationModel) -> bool:
        """Whether an operation lists: by its verb, or it describes many and need not be told."""
        done = operation.action
        if done.role is Role.LIST:
            return bool(operation.lists)
        if done.role is not Role.READ or not operation.lists or done.many:
            return False
        noun = done.noun[-1] if done.noun else ""
        own = self.made.get(done.key)
        return is_plural(noun) and (own is None or bool(own.values))

    def _listed(self, operation: OperationModel) -> str | None:
        """The key of the resource whose items an operation lists."""
        for candidate in item_keys(operation):
            made = self.made.get(candidate)
            if made is not None and made.operation.action.role is Role.CREATE:
                return candidate
        return None

    def _order_parents(self) -> None:
        """What each resource needs; of a cycle the need that closes it is left out."""
        asked = {name: self._asked(made) for name, made in sorted(self.made.items())}
        done: set[str] = set()

        def visit(name: str, above: tuple[str, ...]) -> None:
            if name in done:
                return
            kept = []
            for parent in asked[name]:
                if parent == name or parent in above:
                    continue
                visit(parent, (*above, name))
                kept.append(parent)
            self.parents[name] = kept
            done.add(name)

        for name in asked:
            visit(name, ())

    def _asked(self, made: Made) -> list[str]:
        """What making a resource needs: what is required, and what it is listed under."""
        operation = made.operation
        found: list[str] = []
        for spot, meaning in self.uses(operation):
            if meaning.resource in (None, made.key) or self.value_name(meaning) is None:
                continue
            assert meaning.resource is not None
            wanted = spot.required or self._scopes(made, spot, meaning)
            if wanted and meaning.resource not in found:
                found.append(meaning.resource)
        found += [each for each in self._alternatives(operation)[0] if each not in found]
        if not made.values and not any(self.gives(each) for each in found):
            # A setting is one of something, even where that need not be said.
            found += [
                meaning.resource
                for spot, meaning in self.uses(operation)
                if spot.top and meaning.plain and meaning.resource and self.gives(meaning.resource)
            ][:1]
        if operation.action.role is not Role.CREATE:
            implied = self._implied(operation, self.listed.get(operation.name))
            found += [each for each in implied if each not in found]
        return [each for each in found if each != made.key]

    def _scopes(self, made: Made, spot: Spot, meaning: Meaning) -> bool:
        """Whether what is made lies in another resource although it need not be said.

        Both making and listing can say it: the user of an access key, the event bus of a rule.
        """
        if not (spot.top and meaning.plain and made.values):
            return False
        listing = [
            name
            for name, listed in self.listed.items()
            if listed == made.key and not self.service.operations[name].action.beyond
        ]
        return any(
            below.top and other.resource == meaning.resource and other.plain
            for name in listing
            for below, other in self.uses(self.service.operations[name])
        )

    def _alternatives(self, operation: OperationModel) -> tuple[list[str], list[list[str]]]:
        """Resources that an operation lets one name in several ways, and the members for it."""
        ways: dict[str, dict[str, str]] = defaultdict(dict)
        for spot, meaning in self.uses(operation):
            if spot.top and not spot.required and meaning.resource and meaning.plain:
                ways[meaning.resource].setdefault(meaning.kind, spot.name)
        listed = self.listed.get(operation.name)
        several = {
            name: sorted(members.values())
            for name, members in ways.items()
            if len(members) > 1 and name != listed and self.gives(name)
        }
        required = {
            meaning.resource for spot, meaning in self.uses(operation) if spot.top and spot.required
        }
        names = [name for name in several if name not in required]
        return names, [several[name] for name in names]

    def _needed(self, operation: OperationModel) -> Needs:
        needs = Needs()
        mine = self._mine(operation)
        listed = self.listed.get(operation.name)
        for spot, meaning in self.uses(operation):
            if not spot.required or self.value_name(meaning) is None:
                continue
            if meaning.elsewhere is not None:
                _add(needs.elsewhere, meaning.elsewhere[0])
            elif meaning.resource is not None and meaning.resource != mine:
                _add(needs.resources, meaning.resource)
        chosen, needs.either = self._alternatives(operation)
        for each in chosen:
            _add(needs.resources, each)
        if mine is not None:
            for each in self.parents[mine]:
                _add(needs.resources, each)
        else:
            for each in self._implied(operation, listed):
                _add(needs.resources, each)
        needs.resources = self._smallest(needs.resources)
        self._bind(operation, needs)
        return needs

    def _mine(self, operation: OperationModel) -> str | None:
        """The key of the resource that an operation makes."""
        return next(
            (each.key for each in self.made.values() if each.operation.name == operation.name), None
        )

    def _implied(self, operation: OperationModel, listed: str | None) -> list[str]:
        """What an operation is about although no required member says so."""
        done = operation.action
        optional = {
            meaning.resource
            for spot, meaning in self.uses(operation)
            if spot.top and meaning.plain and meaning.resource
        }
        if listed is not None and self.is_listing(operation):
            return [each for each in self.parents.get(listed, ()) if each in optional]
        if done.role is Role.CREATE or self.is_listing(operation):
            return []
        exact = [key(noun_of(operation)), key(done.whole)]
        for each in exact:
            made = self.made.get(each)
            if made is None:
                continue
            if made.values or self.extras.get(each) or made.operation.action.verb in SETTING:
                return [each]
        about = self.referring.about(operation)
        return [about] if about in optional and about is not None else []

    def _smallest(self, wanted: list[str]) -> list[str]:
        """Without what others need anyway, but for what settings are made of, which may fail."""
        kept = []
        for each in wanted:
            others = [name for name in wanted if name != each and self._is_sure(name)]
            if not any(each in self.closure(name) for name in others):
                kept.append(each)
        return sorted(kept, key=lambda name: (not self.gives(name), wanted.index(name)))

    def _is_sure(self, resource: str) -> bool:
        """Whether a resource is no setting, whose content may have to meet more than the model."""
        made = self.made[resource]
        return bool(made.values) and made.operation.action.verb not in ("put", *RELATING)

    def _bind(self, operation: OperationModel, needs: Needs) -> None:
        """Where the values of what is needed go, but for members that have their names."""
        known = {each for name in needs.resources for each in self.closure(name)}
        for spot, meaning in self.uses(operation):
            here = meaning.resource in known or (
                meaning.elsewhere is not None and meaning.elsewhere[0] in needs.elsewhere
            )
            value = self.value_name(meaning)
            if not here or value is None or not (spot.required or (spot.top and meaning.plain)):
                continue
            if not spot.required and not self._serves_best(operation, meaning):
                continue
            if spot.path != (value,):
                needs.binds[_text(spot.path)] = value

    def _serves_best(self, operation: OperationModel, meaning: Meaning) -> bool:
        """Whether an optional member is of a kind that is given, or none of its fellows is."""
        if meaning.resource is None or meaning.extra:
            return True
        given = self.made[meaning.resource].values
        fellows = {
            other.kind
            for spot, other in self.uses(operation)
            if spot.top and other.resource == meaning.resource and other.plain
        }
        return meaning.kind in given or meaning.kind == WHOLE or not fellows & set(given)

    def says_account(self, operation: OperationModel, spot: Spot) -> bool:
        """Whether a member says whose account is meant, and that is no resource of the service."""
        meaning = self.referring.meaning(operation, spot)
        unknown = meaning is not None and meaning.resource is None and meaning.elsewhere is None
        return unknown and named(spot.name).key in ("account", "awsaccount") and spot.top


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _text(path: SegmentPath) -> str:
    return "/".join(path)
