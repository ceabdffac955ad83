"""What botocore knows of an operation, and what its parser makes of a response."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import HeadersDict
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import ResponseParserFactory
from botocore.session import get_session

from awsconform.conformance.exchange import HTTPResponse
from awsconform.specs.contract import Contract
from awsconform.specs.protocols import theirs
from awsconform.specs.streams import stream_member


@functools.lru_cache(maxsize=4)
def service_model(service: str) -> ServiceModel:
    """botocore's model of a service."""
    loader = get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def operation_model(contract: Contract) -> OperationModel:
    """botocore's model of a contract's operation."""
    return service_model(contract.service).operation_model(contract.operation)


def event_stream(contract: Contract) -> str | None:
    """The member of an operation's output that is a stream of events."""
    return stream_member(contract, contract.output_shape)


def parsed(
    contract: Contract, response: HTTPResponse, shape: Shape | None, *, timestamps: bool = True
) -> dict[str, Any]:
    """What botocore's parser makes of a response, or of an error where `shape` is one's.

    A stream of events is read to its end. Without `timestamps` they are left as they came, which
    takes a fraction of the time.
    """
    factory = ResponseParserFactory()
    if not timestamps:
        factory.set_parser_defaults(timestamp_parser=lambda text: text)
    # Typed as if a response always had a shape.
    parser: Any = factory.create_parser(theirs(contract.protocol))
    stream = event_stream(contract) if shape is operation_model(contract).output_shape else None
    raw = {
        "status_code": response.status,
        "headers": HeadersDict(dict(response.headers)),
        "body": response.body if stream is None else _Arriving(response.body),
        "context": {"operation_name": contract.operation},
    }
    found: dict[str, Any] = parser.parse(raw, shape)
    found.pop("ResponseMetadata", None)
    if stream is not None:
        found[stream] = list(found[stream])
    return found


class _Arriving:
    """A body as botocore reads events from: in pieces, which need not end where messages do."""

    _PIECE = 1000

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        """The pieces."""
        for start in range(0, len(self._body), self._PIECE):
            yield self._body[start : start + self._PIECE]

    def close(self) -> None:
        """There is nothing to close."""


def parsed_code(contract: Contract, response: HTTPResponse) -> str | None:
    """The code botocore's parser finds in an error."""
    code: str | None = parsed(contract, response, None).get("Error", {}).get("Code")
    return code
