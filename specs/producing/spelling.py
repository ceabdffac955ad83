"""How the values of resources are called: as most requests of the service call them."""

from __future__ import annotations

from collections import Counter, defaultdict

from awsconform.specs.producing.makers import Made, Value
from awsconform.specs.producing.referring import Referring
from awsconform.specs.producing.service_model import ServiceModel
from awsconform.specs.producing.words import ARN, ID, NAME, URL, named, one_of

_KIND_WORDS = {ARN: "arn", ID: "id", NAME: "name", URL: "url"}


def spellings(referring: Referring) -> dict[tuple[str, str], str]:
    """The names of the values of resources, by the key of the resource and the kind.

    It is the name that requests use, where it has the noun's own words; else that of where the
    value comes from; else one is made of noun and kind.
    """
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for operation in referring.service.operations.values():
        for name, spot in operation.members.items():
            meaning = referring.meaning(operation, spot)
            if meaning is None or meaning.resource is None or meaning.extra:
                continue
            if meaning.plain and named(name).key:
                counted[meaning.resource, meaning.kind][name] += 1
    lower = _begins_small(referring.service)
    return {
        (made.key, kind): _spelling(made, kind, value, counted.get((made.key, kind)), lower)
        for made in referring.made.values()
        for kind, value in made.values.items()
    }


def _spelling(made: Made, kind: str, value: Value, used: Counter[str] | None, lower: bool) -> str:
    own = value.spot.name
    if used:
        return max(sorted(used), key=lambda name: (used[name], name == own))
    if named(own).key:
        return own
    parts = (*one_of(made.noun), _KIND_WORDS.get(kind, "id"))
    text = "".join(word.capitalize() for word in parts)
    return text[:1].lower() + text[1:] if lower else text


def _begins_small(service: ServiceModel) -> bool:
    """Whether most members of a service begin with a small letter."""
    names = [name for operation in service.operations.values() for name in operation.members]
    return 2 * sum(name[:1].islower() for name in names) > len(names)
