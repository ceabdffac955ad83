"""Cases to requests that are ready to be sent, and to what of them may be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.targets.options import BeforeSend
from awsconform.conformance.wire.redaction import (
    HIDDEN,
    SECRET_HEADERS,
    hidden_values,
    redact_request,
    redact_text,
)
from awsconform.conformance.wire.requests import encode
from awsconform.conformance.wire.signing import Credentials, sign
from awsconform.specs.contract import Contract

# A request has one length, its body's; a case may state another where the model binds a member to
# the header, and a server would wait for what never comes.
_LENGTHS = ("content-length", "transfer-encoding")
_SECRET_NAME = re.compile(
    r"(?i)auth|cookie|credential|key|pass(word|wd|phrase)|secret|session|token"
)
# One label: a dot in a bucket's name is not covered by certificates.
_HOST_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", re.ASCII)


@dataclass(frozen=True)
class Prepared:
    """A request as it is sent, and the same without secrets."""

    request: HTTPRequest
    shown: HTTPRequest

    @property
    def secrets(self) -> frozenset[str]:
        """What is sent and not shown, and may be repeated in the answer."""
        return hidden_values(self.request, self.shown)


def encoded(contract: Contract, case: Case) -> HTTPRequest:
    """The request of a case, unsigned, with no length but its body's.

    Raises:
        NotExpressible: a value has no wire form at its place.
    """
    request = encode(contract, case) if case.recorded is None else case.recorded
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
    headers: tuple[tuple[str, str], ...] = (),
) -> Prepared:
    """A request, signed as the contract's operation wants it.

    `origin` is scheme, host and port, `base` the path everything is below. `headers` are the
    user's own, which stand for those of the same name.
    """
    stated = contract.aws["signing"]
    made = sign(
        replace(with_own_headers(request, headers), path=f"{base}{request.path}"),
        origin=origin,
        region=region,
        service=stated["name"],
        credentials=credentials,
        version=stated["version"],
    )
    return Prepared(made, without_secrets(made, headers))


def completed(prepared: Prepared, before_send: BeforeSend | None) -> Prepared:
    """A request with the headers that the user's own function adds to it at last.

    Raises:
        AwsconformError: the function fails, or gives what can be no headers.
    """
    if before_send is None:
        return prepared
    added = before_send(prepared.request)
    told = tuple((name, HIDDEN if is_secret(name) else redact_text(text)) for name, text in added)
    return Prepared(
        with_own_headers(prepared.request, added), with_own_headers(prepared.shown, told)
    )


def without_secrets(request: HTTPRequest, headers: tuple[tuple[str, str], ...]) -> HTTPRequest:
    """A request that may be shown: what is secret by its name is hidden in the user's headers."""
    secret = {name.lower() for name, _ in headers if is_secret(name)}
    shown = redact_request(request)
    return shown.with_headers(
        tuple((name, HIDDEN if name.lower() in secret else told) for name, told in shown.headers)
    )


def with_own_headers(request: HTTPRequest, headers: tuple[tuple[str, str], ...]) -> HTTPRequest:
    """A request with the user's headers in the place of its own of the same name."""
    stated = {name.lower() for name, _ in headers}
    kept = tuple(each for each in request.headers if each[0].lower() not in stated)
    return request.with_headers((*kept, *headers))


def is_secret(name: str) -> bool:
    """Whether a header of this name may hold what nobody else is to see."""
    return name.lower() in SECRET_HEADERS or _SECRET_NAME.search(name) is not None


def on_virtual_host(
    contract: Contract, request: HTTPRequest, value: dict[str, Any], origin: str
) -> tuple[HTTPRequest, str]:
    """A request to S3 with the bucket in the host's name, and the origin to sign it for.

    As the SDKs do it, only a bucket whose name is a host's; all other requests stay as they are.
    """
    bucket = value.get("Bucket")
    named = contract.service == "s3" and re.match(r"/\{Bucket\}(?=[/?]|$)", contract.uri)
    if not named or not isinstance(bucket, str) or not _HOST_NAME.fullmatch(bucket):
        return request, origin
    rest = request.path.removeprefix(f"/{bucket}")
    path = rest if rest.startswith("/") else f"/{rest}"
    scheme, _, host = origin.partition("://")
    own = f"{bucket}.{host}"
    made = replace(request, path=path, headers=(("Host", own), *request.headers))
    return made, f"{scheme}://{own}"
