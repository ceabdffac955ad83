"""What boto3 would put on the wire for a call, found out without sending anything.

The request is held against the one that was recorded, so that a reproduction either sends exactly
that or says where it cannot.
"""

from __future__ import annotations

import contextlib
import functools
import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.reports.bodies import comparable
from awsconform.specs.contract import Contract

_ADDRESS = "http://127.0.0.1:1"
# What the transport and the signature add; no two clients agree on them.
TRANSPORT_HEADERS = frozenset(
    (
        "accept",
        "accept-encoding",
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "authorization",
        "connection",
        "content-length",
        "expect",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-user-agent",
        "x-amzn-query-mode",
        "x-amz-checksum-crc32",
        "x-amz-sdk-checksum-algorithm",
        "cookie",
    )
)
# boto3 sends XML without saying so.
_LEFT_OUT = frozenset((("content-type", "application/xml"), ("content-type", "text/xml")))


# Each of the clients of a finding asks for the same requests.
_KNOWN: dict[tuple[str, ...], HTTPRequest | None] = {}
_MOST_KNOWN = 64


@dataclass(frozen=True)
class Difference:
    """Where a client's request is other than the recorded one."""

    method: bool = False
    url: bool = False
    body: bool = False
    headers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.method or self.url or self.body or bool(self.headers)


def sdk_request(contract: Contract, arguments: dict[str, Any]) -> HTTPRequest | None:
    """The request boto3 makes of a call's arguments without validating them; None if it cannot."""
    asked = (contract.service, contract.api_version, contract.operation, repr(arguments))
    if asked not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[asked] = _sdk_request(contract, arguments)
    return _KNOWN[asked]


def _sdk_request(contract: Contract, arguments: dict[str, Any]) -> HTTPRequest | None:
    sent: list[HTTPRequest] = []
    # botocore's serializers fail on unfit values in a dozen ways, and its parsers on no answer.
    with contextlib.suppress(Exception):
        client = _client(contract.service, contract.api_version)
        client.sent = sent
        client.call(contract.operation, arguments)
    return sent[0] if sent else None


def passes_validation(contract: Contract, arguments: dict[str, Any]) -> bool:
    """Whether boto3 and the AWS CLI send the arguments without being told not to validate."""
    from botocore.validate import ParamValidator

    try:
        model = _client(contract.service, contract.api_version).model(contract.operation)
        if model.input_shape is None:
            return not arguments
        report = ParamValidator().validate(arguments, model.input_shape)
        return not report.has_errors()
    except Exception:  # an unhashable or otherwise absurd value is no valid one
        return False


def difference(sent: HTTPRequest, recorded: HTTPRequest, *, tokens: frozenset[str]) -> Difference:
    """Where `sent` is other than `recorded`; `tokens` are wire names of members to pass over."""
    first, second = _headers(sent, tokens), _headers(recorded, tokens)
    return Difference(
        sent.method != recorded.method,
        _address(sent.path, tokens) != _address(recorded.path, tokens),
        comparable(sent, tokens) != comparable(recorded, tokens),
        tuple(
            name
            for name in sorted(first.keys() | second.keys())
            if first.get(name) != second.get(name)
        ),
    )


def _headers(request: HTTPRequest, tokens: frozenset[str]) -> dict[str, str]:
    passed_over = TRANSPORT_HEADERS | {token.lower() for token in tokens}
    return {
        name.lower(): value
        for name, value in request.headers
        if name.lower() not in passed_over and (name.lower(), value) not in _LEFT_OUT
    }


def _address(path: str, tokens: frozenset[str]) -> tuple[list[str], list[tuple[str, str]]]:
    before, _, query = path.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    return (
        [unquote(segment) for segment in before.split("/")],
        sorted(pair for pair in pairs if pair[0] not in tokens),
    )


class _Dry:
    """A botocore client that makes its requests and sends none."""

    def __init__(self, service: str, api_version: str) -> None:
        from botocore.config import Config
        from botocore.session import Session

        # A profile of the reader's has no say in what is printed.
        session = Session(session_vars={"profile": (None, None, None, None)})
        self.client = session.create_client(
            service,
            region_name="us-east-1",
            api_version=api_version,
            endpoint_url=_ADDRESS,
            aws_access_key_id="none",
            aws_secret_access_key="none",
            config=Config(
                parameter_validation=False,
                inject_host_prefix=False,
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )
        self.sent: list[HTTPRequest] = []
        self.client.meta.events.register_first("before-send", self._keep)

    def call(self, operation: str, arguments: dict[str, Any]) -> None:
        """Makes the request of a call."""
        from botocore import xform_name
        from botocore.exceptions import ClientError

        with contextlib.suppress(ClientError):
            getattr(self.client, xform_name(operation))(**arguments)

    def model(self, operation: str) -> Any:
        """botocore's model of an operation."""
        return self.client.meta.service_model.operation_model(operation)

    def _keep(self, request: Any, **_: Any) -> Any:
        from botocore.awsrequest import AWSResponse
        from botocore.compat import HTTPHeaders

        body = request.body or b""
        headers = tuple(
            (name, value.decode("latin-1") if isinstance(value, bytes) else str(value))
            for name, value in request.headers.items()
        )
        self.sent.append(
            HTTPRequest(
                request.method,
                request.url.removeprefix(_ADDRESS),
                headers,
                body.encode() if isinstance(body, str) else bytes(body),
            )
        )
        return AWSResponse(request.url, 400, HTTPHeaders(), _Empty())


class _Empty(io.BytesIO):
    def stream(self, **_: Any) -> Any:
        """Nothing, in the way of urllib3."""
        return iter(())


@functools.lru_cache(maxsize=16)
def _client(service: str, api_version: str) -> _Dry:
    return _Dry(service, api_version)
