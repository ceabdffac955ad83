"""What a place of a request may name, and which names and shapes tell it by themselves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from awsconform.specs.producing.makers import Made
from awsconform.specs.producing.words import (
    ARN,
    ID,
    NAME,
    URL,
    WHOLE,
    named,
    weak_kind,
)

# What is called so identifies nothing that exists.
NO_REFERENCE = frozenset(
    (
        *("client", "request", "clientrequest", "external", "correlation", "trace", "idempotency"),
        *("caller", "display", "friendly", "host", "domain", "file", "first", "last", "full"),
        *("attribute", "metric", "column", "field", "header", "property", "parameter", "tag"),
        *("company", "product", "type", "algorithm", "callback", "redirect", "webhook", "logo"),
        *("clienttoken", "creatorrequest", "uniquerequest", "deduplication", "namespace"),
        *("endpoint", "region", "availabilityzone", "service", "content", "country", "language"),
    )
)
ARN_PATTERN = re.compile(r"arn[:\\(\[]", re.IGNORECASE)


@dataclass(frozen=True)
class Meaning:
    """That a place names something which exists.

    `resource` is the key of what this service makes, `elsewhere` the name of another service's
    resource and its value (`iam:role`, `RoleArn`); neither where nobody is known to make it.
    `plain` says that the name is the noun's own, without words before it. `extra` is the name of a
    value that a resource gives beside its own identifiers.
    """

    kind: str
    resource: str | None = None
    elsewhere: tuple[str, str] | None = None
    plain: bool = False
    extra: str | None = None


def main_resource(made: dict[str, Made], kind: str, known: Counter[str | None]) -> str | None:
    """The key of the resource with an identifier of a kind that most operations are about."""
    some = [each for each in made.values() if kind in each.values]
    created = [each for each in some if each.operation.action.verb == "create"] or some
    return max(sorted(each.key for each in created), key=lambda name: known[name], default=None)


def lacks(meaning: Meaning | None, made: dict[str, Made]) -> bool:
    """Whether nothing is known to give just what a place wants: a value of its own kind."""
    if meaning is None:
        return True
    if meaning.elsewhere is not None or meaning.extra is not None:
        return False
    if meaning.resource is None:
        return True
    exact = meaning.kind in made[meaning.resource].values or meaning.kind == WHOLE
    return not (exact and made[meaning.resource].values)


def is_identifier(name: str) -> bool:
    """Whether a member's name is that of something's identifier."""
    told = named(name)
    if not told.words or told.key in NO_REFERENCE or told.words[-1] in NO_REFERENCE:
        return False
    return told.kind in (ARN, ID, NAME, URL) or (len(told.words) > 1 and weak_kind(name) == ID)


def telling_shapes(made: dict[str, Made]) -> dict[str, tuple[str, str]]:
    """The shapes that identify one resource alone, with its key and the kind."""
    uses: Counter[str] = Counter()
    found: dict[str, tuple[str, str]] = {}
    for each in made.values():
        for shape in {value.spot.shape for value in each.values.values()}:
            uses[shape] += 1
    for each in made.values():
        for kind, value in each.values.items():
            shape = value.spot.shape
            told = named(shape)
            tells = told.kind in (ARN, ID, NAME, URL) and told.key
            alone = told.key == each.key or told.key not in made
            if tells and alone and uses[shape] == 1:
                found.setdefault(shape, (each.key, kind))
    return found
