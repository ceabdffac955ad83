"""Which operations make something, and where what they made is named.

A noun's maker is the plainest of the operations that make it: CreateQueue of queue. What it makes
is named in its response (`QueueUrl`, `KeyMetadata.KeyId`, `Role.Arn`) or, where callers choose the
name, in its request (`QueueName`, `Bucket`, the `Name` of PutRule).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from awsconform.specs.places import ITEM, KEY, VALUE
from awsconform.specs.producing.nouns import RELATING, noun_of, undecorated
from awsconform.specs.producing.service_model import OperationModel, ServiceModel, Spot
from awsconform.specs.producing.verbs import MAKING, Role
from awsconform.specs.producing.words import (
    ARN,
    ID,
    NAME,
    URL,
    WHOLE,
    hyphened,
    is_account,
    key,
    named,
    one_of,
    tails,
    weak_kind,
    words,
)

_UPSERTING = ("set", "update", "modify")
_FAILURE = re.compile(r"fail|error|unprocessed|unsuccessful|rejected|skipped", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """Something that names what was made: its kind, and where it stands in request or response."""

    kind: str
    part: str
    spot: Spot

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The part and the way in it, the first item of lists."""
        return (self.part, *(0 if each == ITEM else each for each in self.spot.path))


@dataclass(frozen=True)
class Made:
    """What an operation makes: its noun, and the values that name it by their kinds.

    `chosen` are the places of the request where the caller says how it is called.

    One without values is a setting of something else, as a bucket's policy is.
    """

    noun: tuple[str, ...]
    operation: OperationModel
    values: dict[str, Value] = field(hash=False)
    chosen: tuple[Spot, ...] = ()

    @property
    def name(self) -> str:
        """The resource's name, `event-bus`; a setting is called as its operation calls it."""
        return hyphened(one_of(self.noun) if self.values else self.noun)

    @property
    def key(self) -> str:
        """The noun as it is compared."""
        return key(self.noun)

    def best(self, kind: str) -> str | None:
        """The kind of the value that serves where one of `kind` is wanted."""
        return next((each for each in _SERVING[kind] if each in self.values), None)


# An ARN cannot be made up of a name, but does for an id where there is no other.
_SERVING = {
    ARN: (ARN,),
    URL: (URL,),
    ID: (ID, NAME, ARN),
    NAME: (NAME, ID, ARN),
    WHOLE: (NAME, ID, ARN, URL),
}


def makers(service: ServiceModel) -> dict[str, Made]:
    """What the operations of a service make, by the keys of the nouns."""
    making = [each for each in service.operations.values() if each.action.role is Role.CREATE]
    making = [each for each in making if each.action.noun]
    making += _setting(service, {key(noun_of(each)) for each in making})
    nouns = {key(noun_of(each)) for each in making}
    found: dict[str, Made] = {}
    for each in sorted(making, key=_plainness):
        noun = noun_of(each)
        if key(noun) in found:
            continue
        chosen = _first_of_kinds(each, noun, nouns)
        values = _values(each, noun, chosen)
        made = _without_names_of_others(Made(noun, each, values, tuple(chosen.values())), making)
        if not _works_on_its_own_kind(made):
            found[made.key] = made
    return found


def _setting(service: ServiceModel, made: set[str]) -> list[OperationModel]:
    """Operations that set what can be deleted, and nothing else makes: SetRepositoryPolicy."""
    deleted = {
        each.action.key
        for each in service.operations.values()
        if each.action.role is Role.DELETE and not each.action.many
    }
    return [
        each
        for each in service.operations.values()
        if each.action.verb in _UPSERTING and each.action.key in deleted - made - {""}
    ]


def _without_names_of_others(made: Made, making: list[OperationModel]) -> Made:
    """Without the Key of PutObjectTagging, which PutObject has given to the object."""
    wider = {key(made.noun[:length]) for length in range(1, len(made.noun))}
    theirs = {
        spot.name
        for other in making
        if key(noun_of(other)) in wider and other.action.verb not in RELATING
        for spot in other.request
        if spot.top and spot.required and weak_kind(spot.name) and len(words(spot.name)) == 1
    }
    values = {
        kind: value
        for kind, value in made.values.items()
        if value.part == "response" or value.spot.name not in theirs
    }
    chosen = tuple(spot for spot in made.chosen if spot.name not in theirs)
    return Made(made.noun, made.operation, values, chosen)


def _plainness(operation: OperationModel) -> tuple[bool, int, bool, int, str]:
    done = operation.action
    rank = (*MAKING, *_UPSERTING).index(done.verb)
    return done.many, rank, bool(done.beyond), len(operation.needed), operation.name


def _works_on_its_own_kind(made: Made) -> bool:
    """Whether an operation is about what exists: StartInstances needs the ids of instances."""
    done = made.operation.action
    if done.verb in ("create", "put", "register", "define", "import", "upload", "add", "tag"):
        return False
    # A name that the caller chooses is not enough to tell: RunTask has a group's.
    for spot in made.operation.request:
        told = named(spot.name)
        if spot.required and told.key == made.key and told.kind in (ID, ARN, URL, NAME):
            return not any(value.part == "response" for value in made.values.values()) or (
                told.kind in (ID, ARN)
            )
    return False


def _first_of_kinds(
    operation: OperationModel, noun: tuple[str, ...], nouns: set[str]
) -> dict[str, Spot]:
    """The names a caller chooses, one of each kind, those first that he has to choose."""
    if operation.action.verb in RELATING:
        return {}
    found: dict[str, Spot] = {}
    for kind, spot in sorted(
        _chosen(operation, noun, nouns), key=lambda each: not each[1].required
    ):
        found.setdefault(kind, spot)
    return found


def _values(
    operation: OperationModel, noun: tuple[str, ...], chosen: dict[str, Spot]
) -> dict[str, Value]:
    found = {kind: Value(kind, "request", spot) for kind, spot in chosen.items()}
    answered = sorted(operation.response, key=lambda spot: (_depth(spot), spot.path.count(ITEM)))
    for strict in (True, False):
        for spot in answered:
            given = _own_kind(spot, noun, operation, strict=strict)
            if given is not None and (given not in found or _better(found[given])):
                found[given] = Value(given, "response", spot)
    return found


def _better(known: Value) -> bool:
    """Whether what the response says is surer than what the request may leave out."""
    return known.part == "request" and not known.spot.required


def _depth(spot: Spot) -> int:
    return sum(each not in (ITEM, KEY, VALUE) for each in spot.path)


def _chosen(
    operation: OperationModel, noun: tuple[str, ...], nouns: set[str]
) -> Iterable[tuple[str, Spot]]:
    """The names a caller chooses for what is made."""
    top = [spot for spot in operation.request if spot.top]
    tailed: list[tuple[str, Spot]] = []
    heads = {key(noun[:length]) for length in range(1, len(noun))}
    for spot in top:
        told = named(spot.name)
        if told.kind in (ARN, URL) or (is_account(spot.name) and told.key != key(noun)):
            continue
        if told.key == "" or told.key == key(noun):
            if told.kind != WHOLE or operation.action.verb != "put" or _names(spot):
                yield told.kind or NAME, spot
        elif (told.kind != WHOLE or spot.required) and told.key in tails(noun)[1:]:
            # PolicyName of PutRolePolicy is its own, KeyId of GenerateDataKey a key's.
            if told.key in nouns and told.kind != NAME:
                continue
            if told.kind == WHOLE and not _names(spot):
                continue
            tailed.append((told.kind or NAME, spot))
        elif len(told.words) == 1 and told.kind == WHOLE and spot.required:
            weak = weak_kind(spot.name)
            if weak and told.key not in nouns:
                tailed.append((weak, spot))
        elif told.kind == NAME and spot.required and told.key in heads - nouns:
            # KeyName of CreateKeyPair, LayerName of PublishLayerVersion
            tailed.append((NAME, spot))
    yield from tailed
    for spot in operation.request:
        told = named(spot.name)
        # PutTargets names each of its targets, CreateTable of glue its TableInput.
        within = spot.path[0] if len(spot.path) == 2 or spot.path[1:2] == (ITEM,) else ""
        if spot.in_list and told.key == key(noun) and told.kind in (ID, NAME):
            yield told.kind, spot
        near = len(spot.path) in (2, 3) and within
        around = {key(words(within)), key(undecorated(words(within)))} if near else set()
        if key(noun) in around and told.key in ("", key(noun)) and told.kind in (ID, NAME):
            yield told.kind, spot


def _names(spot: Spot) -> bool:
    """Whether a shape is a name's or an id's, so that the text is no content."""
    return named(spot.shape).kind != WHOLE


def _own_kind(
    spot: Spot,
    noun: tuple[str, ...],
    operation: OperationModel,
    *,
    strict: bool,
) -> str | None:
    """The kind of identifier of what is made that a response has at a place, None if it is none."""
    if KEY in spot.path or VALUE in spot.path or _depth(spot) > 3:
        return None
    if is_failure(spot):
        return None
    told = named(spot.name)
    wanted = key(noun)
    # mesh/metadata/arn is the mesh's.
    around = [
        each for each in spot.around if words(each)[-1:] != ("metadata",) or len(words(each)) > 1
    ]
    if told.key == wanted and (told.kind != WHOLE or _depth(spot) == 1):
        return told.kind or NAME
    if told.kind == WHOLE:
        return None
    own = all(_is_of(each, spot, noun) for each in around) and len(around) < 3
    if told.key == "" and own:
        return told.kind
    if strict or not own:
        return None
    if told.key in tails(noun)[1:] and spot.name not in operation.members:
        return told.kind
    return None


def is_failure(spot: Spot) -> bool:
    """Whether a response has there what could not be made."""
    return any(_FAILURE.search(each) for each in spot.around)


def _is_of(member: str, spot: Spot, noun: tuple[str, ...]) -> bool:
    """Whether a structure of a response is the thing itself: `Role`, `KeyMetadata`, `Instances`."""
    shape = spot.holders[1] if len(spot.holders) == 2 else ""
    known = {key(noun), *tails(noun)[1:]}
    return any(
        key(form) in known
        for each in (member, shape)
        if each
        for form in (words(each), undecorated(words(each)))
    )
