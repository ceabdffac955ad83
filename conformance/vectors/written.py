"""Response vectors for servers: what our writer of answers makes of the value."""

from __future__ import annotations

from awsconform.conformance.vectors.cases import ResponseVector
from awsconform.conformance.vectors.comparing import (
    CARRIED,
    MEDIA,
    same_answer,
    same_body,
    same_header,
)
from awsconform.conformance.vectors.logical import to_logical
from awsconform.conformance.vectors.showing import shown
from awsconform.conformance.vectors.verdicts import NotApplicable
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.responding import write
from awsconform.specs.protocols import XML


def differences(vector: ResponseVector) -> list[str]:
    """How the answer we write differs from the published one.

    Raises:
        NotApplicable: the case is for clients only.
    """
    contract = vector.contract
    assert contract is not None
    if vector.applies_to == "client":
        raise NotApplicable("stated for clients, which do not write answers")
    code = None
    if vector.code is not None:
        code = next(
            (each.code for each in contract.errors.values() if each.shape == vector.code),
            vector.code,
        )
    shape = contract.part_shape(code or "response")
    value = vector.params
    if shape is not None:
        value = to_logical(contract, {"$ref": f"#/$defs/{shape}"}, vector.params)
    try:
        made = write(contract, value, code=code)
    except NotExpressible as error:
        return [f"not expressible: {error.message}"]
    expected = vector.response
    found = []
    if made.status != expected.status:
        found.append(f"status: {expected.status} expected, got {made.status}")
    for name, text in expected.headers:
        actual = made.header(name)
        if name.lower() in CARRIED or (actual is not None and same_header(name, text, actual)):
            continue
        found.append(f"header {name}: {text!r} expected, got {actual!r}")
    found += [
        f"header {name}: must be absent, got {made.header(name)!r}"
        for name in vector.absent_headers
        if made.header(name) is not None
    ]
    if vector.has_body and not _same_body(vector, made.body):
        found.append(f"body: {shown(expected.body)} expected, got {shown(made.body)}")
    return found


def _same_body(vector: ResponseVector, made: bytes) -> bool:
    whole = vector.protocol == "rest-xml" and vector.code is None
    if vector.protocol in XML and not whole and vector.response.body:
        return same_answer(vector.response.body, made)
    return same_body(vector.media or MEDIA[vector.protocol], vector.response.body, made)
