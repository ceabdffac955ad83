"""What proves who sends a raw request: Signature Version 4, made by botocore, or a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from awsconform.conformance.exchange import HTTPRequest
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from botocore.credentials import Credentials as BotocoreCredentials


@dataclass(frozen=True)
class Credentials:
    """An access key, its secret and, for temporary ones, the session token."""

    access_key: str
    secret_key: str = field(repr=False)
    token: str | None = field(default=None, repr=False)


# The key of AWS's own examples: it belongs to nobody.
FAKE = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
# Another one in each process, as tokens are.
FAKE_TOKEN = secrets.token_urlsafe(32)
_S3_VERSIONS = ("s3", "s3v4")
# What a signature replaces where a request has it already.
_MADE_BY_SIGNING = ("Date", "X-Amz-Date", "X-Amz-Content-SHA256", "X-Amz-Security-Token")


def default_credentials() -> Credentials:
    """Those botocore finds in the environment, the configuration or the instance's role.

    Raises:
        UsageError: it finds none.
    """
    from botocore.session import get_session

    found: BotocoreCredentials | None = get_session().get_credentials()
    if found is None:
        raise UsageError(
            "no AWS credentials were found",
            hint="set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        )
    frozen = found.get_frozen_credentials()
    return Credentials(str(frozen.access_key), str(frozen.secret_key), frozen.token)


def sign(
    request: HTTPRequest,
    *,
    origin: str,
    region: str,
    service: str,
    credentials: Credentials,
    version: str = "v4",
) -> HTTPRequest:
    """The request with what proves who sends it in the headers.

    `origin` is scheme, host and port (`http://localhost:5000`), `service` the signing name.
    `version` is the contract's: with `none` nothing is added, with `bearer` a token, the session's
    or a made-up one. Everything else is Signature Version 4: S3's with its header and its path as
    it is, `v4-unsigned-body` without the body. Those of the past (`v2`) and of several regions
    (`v4a`) become plain ones, which emulators read alike.
    """
    if version == "none":
        return request
    if version == "bearer":
        token = credentials.token or FAKE_TOKEN
        return replace(request, headers=(*request.headers, ("Authorization", f"Bearer {token}")))
    from botocore.auth import S3SigV4Auth, SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials as BotocoreCredentials

    path, _, query = request.path.partition("?")
    url = f"{origin}{path}?{query}" if query else f"{origin}{path}"
    signed = AWSRequest(
        method=request.method, url=url, data=request.body, headers=dict(request.headers)
    )
    signed.context["payload_signing_enabled"] = version != "v4-unsigned-body"
    keys = BotocoreCredentials(credentials.access_key, credentials.secret_key, credentials.token)
    signer = S3SigV4Auth if version in _S3_VERSIONS else SigV4Auth
    signer(keys, service, region).add_auth(signed)
    made = {name.lower() for name in _MADE_BY_SIGNING}
    kept = tuple(
        (name, value)
        for name, value in request.headers
        if name.lower() not in made or name not in signed.headers
    )
    known = {name.lower() for name, _ in kept}
    added = tuple(
        (name, value) for name, value in signed.headers.items() if name.lower() not in known
    )
    return replace(request, headers=(*kept, *added))
