"""Signature Version 4 for raw requests, made by botocore."""

from __future__ import annotations

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
    request: HTTPRequest, *, origin: str, region: str, service: str, credentials: Credentials
) -> HTTPRequest:
    """The request with its signature in the headers.

    `origin` is scheme, host and port (`http://localhost:5000`), `service` the signing name.
    """
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials as BotocoreCredentials

    path, _, query = request.path.partition("?")
    url = f"{origin}{path}?{query}" if query else f"{origin}{path}"
    signed = AWSRequest(
        method=request.method, url=url, data=request.body, headers=dict(request.headers)
    )
    keys = BotocoreCredentials(credentials.access_key, credentials.secret_key, credentials.token)
    SigV4Auth(keys, service, region).add_auth(signed)
    added = tuple(
        (name, value)
        for name, value in signed.headers.items()
        if not any(name.lower() == known.lower() for known, _ in request.headers)
    )
    return replace(request, headers=(*request.headers, *added))
