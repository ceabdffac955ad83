"""What a place of a request means: something new, or something that exists elsewhere and which.

Decided by names first, then by shapes. `FarmId` is of a farm; `Id` and `Name` are of what the
operation is about; a `JobId` is of the kind of job that the operation is about; what is only
qualified (`SourceQueueArn`) is still of a queue.
"""

from __future__ import annotations

from collections import Counter

from awsconform.specs.places import KEY, VALUE
from awsconform.specs.producing.foreign import foreign
from awsconform.specs.producing.makers import Made
from awsconform.specs.producing.meaning import (
    ARN_PATTERN,
    NO_REFERENCE,
    Meaning,
    lacks,
    main_resource,
    telling_shapes,
)
from awsconform.specs.producing.new_names import is_new
from awsconform.specs.producing.nouns import RELATING, noun_of, undecorated
from awsconform.specs.producing.service_model import OperationModel, ServiceModel, Spot
from awsconform.specs.producing.verbs import Role
from awsconform.specs.producing.words import (
    ARN,
    ID,
    NAME,
    URL,
    WHOLE,
    Named,
    is_account,
    is_participle,
    key,
    named,
    singular,
    tails,
    weak_kind,
    words,
)

# What is called so holds the thing itself rather than its name.
_CONTENTS = frozenset(
    ("policy", "message", "comment", "event", "document", "template", "certificate", "version")
)
_OF_ANYTHING = frozenset(("tag", "untag", "policy"))


class Referring:
    """Says what the places of a service's requests mean, given what its operations make."""

    def __init__(self, service: ServiceModel, made: dict[str, Made]) -> None:
        self.service = service
        self.made = made
        self._by_shape = telling_shapes(made)
        self._about: dict[str, str | None] = {}
        self.extras: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._answered = {
            spot.name.lower()
            for operation in service.operations.values()
            for spot in operation.response
        }
        self.keys_of_settings: set[tuple[str, str]] = set()
        known = Counter(map(self.about, service.operations.values()))
        self.any_of = {kind: main_resource(made, kind, known) for kind in (ARN, ID)}

    def about(self, operation: OperationModel) -> str | None:
        """The key of what an operation is about, by its name: the longest noun in it."""
        if operation.name not in self._about:
            self._about[operation.name] = self._found_about(operation)
        return self._about[operation.name]

    def _found_about(self, operation: OperationModel) -> str | None:
        done = operation.action
        exact = key(noun_of(operation))
        if exact in self.made:
            return exact
        bare = done.noun
        while bare and is_participle(bare[0]):
            bare = bare[1:]
        for noun in (done.noun, bare, done.beyond):
            for length in range(len(noun), 0, -1):
                for start in range(len(noun) - length + 1):
                    here = key(noun[start : start + length])
                    if here in self.made:
                        return here
        return None

    def meaning(self, operation: OperationModel, spot: Spot) -> Meaning | None:
        """What a place of an operation's request names, None where it names nothing that exists."""
        shape = _shape_name(spot)
        told = named(spot.name)
        if spot.path[-1] in (KEY, VALUE):
            # Of a map's texts only the shape of a key tells.
            return self._by_exact_shape(spot) if spot.path[-1] == KEY else None
        if is_new(operation, spot, self.made):
            return None
        found = self._by_noun(operation, spot, told, shape) or self._by_shape_alone(spot, told)
        if lacks(found, self.made):
            found = self._extra(operation, spot) or found
        if found is not None and self._is_made_by(operation, found):
            found = None if operation.action.verb not in RELATING else self._unknown(spot, told)
            return found
        return found or self._any_resource(operation, spot, told) or self._unknown(spot, told)

    def _is_made_by(self, operation: OperationModel, meaning: Meaning) -> bool:
        """Whether an operation would name what only it makes."""
        if meaning.resource is None or operation.action.role is not Role.CREATE:
            return False
        return self.made[meaning.resource].operation is operation

    def _any_resource(self, operation: OperationModel, spot: Spot, told: Named) -> Meaning | None:
        """`ResourceArn` of tags and policies may be any resource's; the service's main one does."""
        about = {operation.action.verb, *map(singular, operation.action.whole)}
        if not about & _OF_ANYTHING:
            return None
        single = spot.top or spot.in_list
        if told.key not in ("resource", "") or not single or not (spot.required or spot.uri):
            return None
        kind = told.kind
        if kind == WHOLE:
            kind = ARN if ARN_PATTERN.search(spot.pattern) or spot.top else ID
        known = self.any_of.get(kind)
        return Meaning(kind, known) if known else None

    def _extra(self, operation: OperationModel, spot: Spot) -> Meaning | None:
        if operation.action.role is Role.CREATE and self._makes(operation):
            return self._extra_of_others(operation, spot)
        for about in (key(noun_of(operation)), key(operation.action.whole)):
            if (about, spot.name) in self.keys_of_settings and spot.top:
                return Meaning(WHOLE, about, plain=True, extra=spot.name)
        return self._extra_of_others(operation, spot)

    def _makes(self, operation: OperationModel) -> bool:
        """Whether an operation is the maker of what it is named after."""
        mine = self.made.get(key(noun_of(operation)))
        return mine is not None and mine.operation.name == operation.name

    def _extra_of_others(self, operation: OperationModel, spot: Spot) -> Meaning | None:
        known = self.extras.get((spot.name.lower(), spot.shape))
        if not known:
            return None
        whole = "".join(operation.action.whole)
        nearer = [each for each in known if whole.startswith(each[0])]
        owner, name = (nearer or known)[0]
        return Meaning(WHOLE, owner, plain=True, extra=name)

    def _by_noun(
        self, operation: OperationModel, spot: Spot, told: Named, shape: Named | None
    ) -> Meaning | None:
        kind = told.kind
        own = self._own_name(operation, spot)
        if own is not None:
            return own
        if shape is not None and (kind == WHOLE or (kind == ID and shape.kind == ARN)):
            kind = shape.kind or kind
        if told.key == "":
            return self._nameless(operation, spot, kind, shape)
        if told.key in self.made:
            if kind == WHOLE and not self._is_plain_whole(spot, told, shape):
                return None
            return Meaning(kind, told.key, plain=True)
        elsewhere = foreign(told, shape, self.service.service)
        if elsewhere is not None:
            resource, value = elsewhere
            if ":" in resource:
                return Meaning(kind, elsewhere=(resource, value))
            local = key(tuple(resource.split("-")))
            return Meaning(kind, local) if local in self.made else None
        about = self.about(operation)
        if about is not None and kind != WHOLE:
            mine = self.made[about]
            if told.key in tails(mine.noun) and mine.values:
                return Meaning(kind, about, plain=True)
        if kind == WHOLE:
            return None
        for tail in tails(told.words)[1:]:
            if tail in self.made and self.made[tail].values and (kind in (ARN, ID) or spot.uri):
                return Meaning(kind, tail)
        return self._longer(told, kind)

    def _own_name(self, operation: OperationModel, spot: Spot) -> Meaning | None:
        """By the very name that making what the operation is about has: PolicyName, Key."""
        if not spot.top:
            return None
        noun = noun_of(operation)
        wider = [key(noun[:length]) for length in range(len(noun), 0, -1)]
        for about in (*wider, self.about(operation)):
            if about is None or about not in self.made:
                continue
            for kind, value in self.made[about].values.items():
                if value.spot.name == spot.name and named(spot.name).key:
                    return Meaning(kind, about, plain=True)
        return None

    def _longer(self, told: Named, kind: str) -> Meaning | None:
        """What is named so although its noun is longer: an AlarmName is a metric alarm's.

        Of several, the one that is made with the least.
        """
        named_so = [
            each
            for each in self.made.values()
            if any(named(value.spot.name).key == told.key for value in each.values.values())
        ]
        if named_so:
            least = min(named_so, key=lambda each: (len(each.operation.needed), each.key))
            return Meaning(kind, least.key, plain=True)
        if kind not in (ARN, ID) or told.words[-1:] == ("account",):
            return None
        longer = [
            each.key
            for each in self.made.values()
            if each.values and told.key in tails(each.noun)[1:]
        ]
        return Meaning(kind, longer[0]) if len(longer) == 1 else None

    def _nameless(
        self, operation: OperationModel, spot: Spot, kind: str, shape: Named | None
    ) -> Meaning | None:
        """What `Id`, `Name` or `Arn` alone is of: what its shape says, else the operation."""
        if shape is not None and shape.kind == kind and shape.key in self.made:
            return Meaning(kind, shape.key, plain=True)
        if spot.top or spot.in_list:
            about = self.about(operation)
            return Meaning(kind, about, plain=True) if about else None
        if kind == WHOLE or (operation.action.role is Role.CREATE and kind != ARN):
            return None
        around = key(undecorated(words(spot.around[-1]))) if spot.around else ""
        if around in self.made and around != key(noun_of(operation)):
            return Meaning(kind, around)
        return None

    def _is_plain_whole(self, spot: Spot, told: Named, shape: Named | None) -> bool:
        """Whether a text called as a resource is (`Rule`, `Bucket`) names it.

        Deeper in a request it rather says what kind or content something has.
        """
        if shape is not None and shape.kind != WHOLE and told.key in tails(shape.words):
            return True
        mine = self.made[told.key]
        named_so = {value.spot.name.lower() for value in mine.values.values()}
        # ECS has `cluster` and `taskDefinition` where others add Name or Arn.
        bare = mine.operation.action.verb in ("create", "register") and told.key not in _CONTENTS
        return spot.top and (spot.name.lower() in named_so or (bare and bool(mine.values)))

    def _by_exact_shape(self, spot: Spot) -> Meaning | None:
        known = self._by_shape.get(spot.shape)
        return Meaning(known[1], known[0]) if known else None

    def _by_shape_alone(self, spot: Spot, told: Named) -> Meaning | None:
        """By a shape that only one resource's identifier has."""
        shape = named(spot.shape)
        if shape.kind in (ARN, ID) and shape.key in self.made and shape.kind == told.kind:
            return Meaning(shape.kind, shape.key)
        known = self._by_exact_shape(spot)
        if known is None:
            return None
        if told.kind != WHOLE or spot.uri or weak_kind(spot.name):
            return known
        return None

    def _unknown(self, spot: Spot, told: Named) -> Meaning | None:
        """What nobody is known to make, and still exists elsewhere as its name says."""
        if told.key in NO_REFERENCE or (told.words and told.words[-1] in NO_REFERENCE):
            return None
        if told.kind == ARN or ARN_PATTERN.search(spot.pattern):
            return Meaning(ARN)
        if is_account(spot.name):
            return Meaning(told.kind)
        # What no response ever has is not an identifier that AWS gives: a message's group.
        if told.kind == ID and (spot.uri or (told.key and spot.name.lower() in self._answered)):
            return Meaning(ID)
        if told.kind == NAME and spot.uri:
            return Meaning(NAME)
        if told.kind == URL:
            return None
        return Meaning(told.kind) if spot.uri else None


def _shape_name(spot: Spot) -> Named | None:
    """A shape's name where it may tell more than the member's."""
    return named(spot.shape) if spot.shape and spot.shape.lower() != "string" else None
