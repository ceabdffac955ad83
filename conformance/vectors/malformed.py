"""Malformed-request vectors: what is published as wrong must be a violation of ours.

The raw request is read against the contract, and the clauses it breaks are named. The vector
passes if it breaks any, if each has a violation that we send, and if what is broken goes with the
published error: the form of the request for a SerializationException, a constraint at the published
places for a ValidationException.
"""

from __future__ import annotations

from awsconform.conformance.vectors.cases import MalformedVector
from awsconform.conformance.vectors.raw_requests import MALFORMED, RawRequest, breaches
from awsconform.conformance.vectors.verdicts import NotApplicable
from awsconform.generators.violations import plan

READ = ("json", "rest-json")
# What a server finds while it reads; all else it finds once it has read.
_FORMS = frozenset(("type", "union", MALFORMED))


def differences(vector: MalformedVector) -> list[str]:
    """Why no violation of ours is what is published; empty if there is one.

    Raises:
        NotApplicable: requests of the protocol are not read here.
    """
    contract = vector.contract
    assert contract is not None
    if vector.protocol not in READ:
        raise NotApplicable(f"raw requests of {vector.protocol} are not read")
    request = RawRequest(vector.method, vector.path, vector.headers, vector.body)
    found = breaches(contract, request)
    if not found:
        return [f"{vector.status} {vector.code} expected, we see nothing wrong"]
    sent = {planned.clause for planned in plan(contract)[0]}
    told = [
        f"{clause} is broken ({breach.message}), which no violation of ours does"
        for breach in found
        if (clause := breach.clause(contract)) not in sent
    ]
    kinds = {breach.kind for breach in found}
    if vector.code == "SerializationException" and not kinds & _FORMS:
        told.append(f"{vector.code} expected, what we see broken is {', '.join(sorted(kinds))}")
    if vector.code == "ValidationException":
        told += _elsewhere(vector, [_text(breach.pointer) for breach in found])
    return told


def _elsewhere(vector: MalformedVector, pointers: list[str]) -> list[str]:
    if vector.paths is None or set(vector.paths) == set(pointers):
        return []
    return [f"broken at {', '.join(vector.paths)}, we say at {', '.join(sorted(pointers))}"]


def _text(pointer: tuple[str | int, ...]) -> str:
    return "".join(f"/{segment}" for segment in pointer)
