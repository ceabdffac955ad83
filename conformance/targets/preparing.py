"""Cases to requests that are ready to be sent, and to what of them may be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.wire.redaction import redact_request
from awsconform.conformance.wire.requests import encode
from awsconform.conformance.wire.signing import Credentials, sign
from awsconform.specs.contract import Contract

# A request has one length, its body's; a case may state another where the model binds a member to
# the header, and a server would wait for what never comes.
_LENGTHS = ("content-length", "transfer-encoding")


@dataclass(frozen=True)
class Prepared:
    """A request as it is sent, and the same without secrets."""

    request: HTTPRequest
    shown: HTTPRequest


def encoded(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case, unsigned, with no length but its body's.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    request = encode(contract, case)
    kept = tuple(each for each in request.headers if each[0].lower() not in _LENGTHS)
    return request.with_headers(kept)


def signed(
    contract: Contract,
    request: HTTPRequest,
    *,
    origin: str,
    region: str,
    credentials: Credentials,
    base: str = "",
) -> Prepared:
    """A request, signed as the contract's operation wants it.

    `origin` is scheme, host and port, `base` the path everything is below.
    """
    stated = contract.aws["signing"]
    made = sign(
        replace(request, path=f"{base}{request.path}"),
        origin=origin,
        region=region,
        service=stated["name"],
        credentials=credentials,
        version=stated["version"],
    )
    return Prepared(made, redact_request(made))
