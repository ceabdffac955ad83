"""What a service model states of an operation as a whole: errors, pages, signature, binding.

Rules on error codes, namespaces and signatures are those of Smithy's `aws.protocols` and `auth`
traits as botocore applies them.
"""

from __future__ import annotations

from typing import Any

from awsconform.specs.contract import Schema
from awsconform.specs.model_shapes import SOURCE, namespace
from awsconform.specs.paging_habits import FLAGS, LIMITS, inferred_tokens
from awsconform.specs.protocols import CBOR, JSON

# Signing names whose versions botocore makes special to S3 (`botocore.handlers`).
_S3_SIGNING_NAMES = ("s3", "s3-outposts", "s3-object-lambda", "s3express")


def errors_of(stated: dict[str, Any], shapes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The errors an operation declares, by their code on the wire."""
    found: dict[str, dict[str, Any]] = {}
    for reference in stated.get("errors", []):
        name = reference["shape"]
        shape = {**shapes.get(name, {}), **reference}
        code = str(shape.get("error", {}).get("code", name))
        found.setdefault(code, _error(shape, name))
    return found


def _error(shape: dict[str, Any], name: str) -> dict[str, Any]:
    trait = shape.get("error", {})
    # Some models mark their internal errors as nobody's fault; name and status say whose it is.
    server = bool(
        shape.get("fault")
        or trait.get("fault")
        or name.startswith("Internal")
        or trait.get("httpStatusCode", 400) >= 500
    )
    return {
        "shape": name,
        "status": trait.get("httpStatusCode", 500 if server else 400),
        "fault": "server" if server else "sender",
        "sources": [SOURCE],
    }


def protocol_facts(protocol: str, stated: dict[str, Any], model: dict[str, Any]) -> dict[str, Any]:
    """What only some protocols have a meaning for."""
    metadata = model["metadata"]
    facts: dict[str, Any] = {}
    if protocol in JSON:
        facts["jsonVersion"] = metadata.get("jsonVersion", "1.1")
    if protocol in (*JSON, *CBOR):
        facts["targetPrefix"] = metadata.get("targetPrefix")
        if "awsQueryCompatible" in metadata:
            facts["queryCompatible"] = True
        return facts
    reference = stated.get("input", {})
    given = {**model["shapes"].get(reference.get("shape"), {}), **reference}
    facts["xmlNamespace"] = namespace(given.get("xmlNamespace") or metadata.get("xmlNamespace"))
    if protocol == "rest-xml":
        facts["inputName"] = given.get("locationName")
    if protocol == "query":
        facts["resultWrapper"] = stated.get("output", {}).get("resultWrapper")
    return facts


def signing(stated: dict[str, Any], metadata: dict[str, Any]) -> dict[str, str]:
    """How a request is signed: as the operation states, else as its service does."""
    version = _auth(stated) or stated.get("authtype") or _auth(metadata)
    version = str(version or metadata.get("signatureVersion", "v4"))
    name = str(metadata.get("signingName", metadata["endpointPrefix"]))
    if version == "v4" and stated.get("unsignedPayload"):
        version = "v4-unsigned-body"
    elif version in ("v4", "v4a") and name in _S3_SIGNING_NAMES:
        version = f"s3{version}"
    return {"name": name, "version": version}


def _auth(stated: dict[str, Any]) -> str | None:
    """The signature version of the first `auth` trait that botocore has a signer for."""
    if not stated.get("auth"):
        return None
    from botocore.auth import resolve_auth_type
    from botocore.exceptions import BotoCoreError

    try:
        return str(resolve_auth_type(stated["auth"]))
    except BotoCoreError:
        return None


def checksum(stated: dict[str, Any]) -> dict[str, Any]:
    """The checksum a request has to carry or may carry, as `{"checksum": …}`; else empty."""
    trait = stated.get("httpChecksum", {})
    required = stated.get("httpChecksumRequired") or trait.get("requestChecksumRequired")
    member = trait.get("requestAlgorithmMember")
    if not required and member is None:
        return {}
    return {"checksum": {"required": bool(required), "algorithmMember": member}}


def pagination(
    stated: dict[str, Any] | None,
    definitions: dict[str, Schema],
    input_shape: str | None,
    output_shape: str | None,
) -> dict[str, Any] | None:
    """How the operation pages: as its paginator states, else as its members let expect."""
    if stated is None:
        return _inferred_pagination(definitions, input_shape, output_shape)
    return {
        "inputToken": _listed(stated["input_token"]),
        "outputToken": _listed(stated["output_token"]),
        "limit": stated.get("limit_key"),
        "result": _listed(stated["result_key"]) if "result_key" in stated else [],
        "moreResults": stated.get("more_results"),
        "sources": [SOURCE],
    }


def _inferred_pagination(
    definitions: dict[str, Schema], input_shape: str | None, output_shape: str | None
) -> dict[str, Any] | None:
    """Pagination of an operation that has a token on both sides but no paginator in botocore."""
    taken = definitions.get(input_shape or "", {}).get("properties", {})
    given = definitions.get(output_shape or "", {}).get("properties", {})
    tokens = inferred_tokens(tuple(taken), tuple(given))
    if not tokens:
        return None
    lists = [
        name
        for name, member in given.items()
        if definitions[member["$ref"].removeprefix("#/$defs/")].get("type") == "array"
    ]
    return {
        "inputToken": [sent for sent, _ in tokens],
        "outputToken": [got for _, got in tokens],
        "limit": next((name for name in LIMITS if name in taken), None),
        "result": lists if len(lists) == 1 else [],
        "moreResults": next((name for name in FLAGS if name in given), None),
        "sources": ["inferred"],
    }


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
