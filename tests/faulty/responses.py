"""Successes that are not as documented: members missing, null, of other types, out of range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from awsconform.conformance.emulator.timestamps import seconds_of, text_of
from awsconform.specs.clauses import stated_keywords
from awsconform.specs.contract import Contract, Place
from faulty.breaking import succeeding
from faulty.fault import CONTRACTS, Fault
from faulty.places import ABSENT, Change, changed, put

MISTYPED: dict[str, Any] = {
    "string": 7,
    "integer": "seven",
    "long": "seven",
    "float": "much",
    "double": "much",
    "list": "many",
    "structure": "some",
    "timestamp": True,
}


def faults() -> Iterator[Fault]:
    """Every required member and every enumeration, and of the rest the first place in a service."""
    once: set[tuple[str, str]] = set()

    def first(contract: Contract, kind: str) -> bool:
        seen = (contract.service, kind) in once
        once.add((contract.service, kind))
        return not seen

    for contract in CONTRACTS.values():
        places = contract.places("response")
        yield from _strays(contract)
        for place in places[1:]:
            if place.required:
                yield _fault(contract, place, "required", "is missing", put(place.text, ABSENT))
                yield _fault(contract, place, "required", "is null", put(place.text, None))
            if place.required or first(contract, f"type {place.kind}"):
                wrong = put(place.text, MISTYPED[place.kind])
                yield _fault(contract, place, "type", "is of another type", wrong)
            if place.kind == "timestamp":
                yield _fault(contract, place, "timestamp", "is in another form", _other_form(place))
            for kind, value in stated_keywords(place):
                if kind == "minLength" and value == 1 and not place.required:
                    # AWS itself answers an empty text for what is absent.
                    continue
                if kind == "enum" or first(contract, kind):
                    wrong = _at(place, lambda old, kind=kind, value=value: broken(old, kind, value))
                    yield _fault(contract, place, kind, f"breaks {kind}", wrong)
            if "enum" in place.schema and first(contract, "small letters"):
                lower = _at(place, str.lower)
                yield _fault(contract, place, "enum", "is in small letters", lower)


def broken(old: Any, keyword: str, bound: Any) -> Any:
    """A value beyond one keyword, made from one within it."""
    match keyword:
        case "enum":
            return f"NOT_{old}"
        case "minLength":
            return old[: bound - 1]
        case "maxLength":
            return old + old[-1] * (bound + 1 - len(old)) if old else "x" * (bound + 1)
        case "pattern":
            return "é" + old[1:]
        case "minimum":
            return bound - 1
        case "maximum":
            return bound + 1
    raise ValueError(keyword)


def _strays(contract: Contract) -> Iterator[Fault]:
    """A member nobody documents: in the response, and in the innermost structure."""
    structures = [place for place in contract.places("response") if place.kind == "structure"]
    for place in {each.path: each for each in (structures[:1] + structures[-1:])}.values():
        stray = _at(place, lambda old: {**old, "Stray": "seen"})
        yield _fault(contract, place, "members", "has a stray member", stray)


def _other_form(place: Place) -> Change:
    if place.aws.get("timestampFormat") == "unixTimestamp":
        return _at(place, text_of)
    return _at(place, seconds_of)


def _at(place: Place, change: Change) -> Change:
    return lambda value: changed(value, place.path, change)


def _fault(contract: Contract, place: Place, kind: str, wrong: str, change: Change) -> Fault:
    text = "/".join(("response", *place.path))
    also = _also(contract, place)
    if kind in ("minLength", "maxLength") and "pattern" in place.schema:
        also += (f"{text}#pattern",)
    build = succeeding(contract.id, change)
    return Fault(contract.id, f"{text} {wrong}", build, (f"{text}#{kind}",), also)


def _also(contract: Contract, place: Place) -> tuple[str, ...]:
    """Clauses of other families that read the member too."""
    pages = contract.pagination
    if pages and place.text in pages.output_token:
        return ("pagination/*", f"request/{place.text}#accepted")
    if pages and place.text.removesuffix("/*") in pages.result:
        return ("pagination/*#complete",)
    states = [rule["member"] for rule in contract.rules("error-while")]
    return (f"behaviour/{place.text}#documented-values",) if place.text in states else ()
