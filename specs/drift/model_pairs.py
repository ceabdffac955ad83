"""Which operations of two models of a service differ, found without compiling them.

Documentation changes with every release and is no part of a contract; most operations are equal
without it.
"""

from __future__ import annotations

from typing import Any

Model = dict[str, Any]

_SAID_BESIDES = frozenset({"documentation", "documentationUrl", "examples", "name"})
_REFERENCES = ("member", "key", "value")
# What of a service's metadata shows in its contracts.
_METADATA = (
    "apiVersion",
    "endpointPrefix",
    "protocol",
    "protocols",
    "jsonVersion",
    "targetPrefix",
    "xmlNamespace",
    "signingName",
    "signatureVersion",
    "auth",
    "awsQueryCompatible",
)


def differing(old: Model, new: Model, old_paginators: Model, new_paginators: Model) -> list[str]:
    """The operations both models have and that may differ, in alphabetical order."""
    both = sorted(old["operations"].keys() & new["operations"].keys())
    if any(old["metadata"].get(name) != new["metadata"].get(name) for name in _METADATA):
        return both
    shapes = _differing_shapes(old["shapes"], new["shapes"])
    return [
        name
        for name in both
        if old_paginators.get(name) != new_paginators.get(name)
        or _operation(old["operations"][name]) != _operation(new["operations"][name])
        or not shapes.isdisjoint(_top(new["operations"][name]))
    ]


def _operation(stated: Model) -> Model:
    facts = {key: value for key, value in stated.items() if key not in _SAID_BESIDES}
    for key in ("input", "output"):
        if key in facts:
            facts[key] = _bare(facts[key])
    facts["errors"] = [_bare(error) for error in stated.get("errors", ())]
    return facts


def _top(stated: Model) -> set[str]:
    shapes = [stated[key]["shape"] for key in ("input", "output") if key in stated]
    return {*shapes, *(error["shape"] for error in stated.get("errors", ()))}


def _differing_shapes(old: Model, new: Model) -> set[str]:
    """The shapes that differ, and all that lead to one that does."""
    differ = {name for name in new if name not in old or _shape(old[name]) != _shape(new[name])}
    led: dict[str, list[str]] = {}
    for name, shape in new.items():
        for target in _references(shape):
            led.setdefault(target, []).append(name)
    waiting = list(differ)
    while waiting:
        for name in led.get(waiting.pop(), ()):
            if name not in differ:
                differ.add(name)
                waiting.append(name)
    return differ


def _shape(stated: Model) -> Model:
    facts = {key: value for key, value in stated.items() if key not in _SAID_BESIDES}
    if "members" in facts:
        facts["members"] = {name: _bare(each) for name, each in facts["members"].items()}
    for key in _REFERENCES:
        if key in facts:
            facts[key] = _bare(facts[key])
    return facts


def _bare(reference: Model) -> Model:
    return {key: value for key, value in reference.items() if key not in _SAID_BESIDES}


def _references(stated: Model) -> list[str]:
    members = [member["shape"] for member in stated.get("members", {}).values()]
    return members + [stated[key]["shape"] for key in _REFERENCES if key in stated]
