"""What botocore makes of an answer, in logical JSON."""

from __future__ import annotations

import functools
import io
from typing import Any

from botocore.awsrequest import HeadersDict
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.session import get_session

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.targets.client_values import from_client
from awsconform.specs.contract import Contract
from awsconform.specs.protocols import theirs

LIMIT = 10**7


@functools.cache
def service_model(service: str) -> ServiceModel:
    loader = get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model(service, "service-2"), service)


def reading(contract: Contract, response: HTTPResponse, code: str | None = None) -> Any:
    """The members botocore reads: of the response, or of the error with its shape's name.

    None where botocore leaves the body to its caller.
    """
    model = service_model(contract.service)
    operation = model.operation_model(contract.operation)
    if operation.has_streaming_output and not operation.has_event_stream_output:
        return None
    parser = create_parser(theirs(contract.protocol))
    body: Any = response.body
    if operation.has_event_stream_output and code is None:
        body = _Raw(response.body)
    given = {
        "status_code": response.status,
        "headers": HeadersDict(dict(response.headers)),
        "body": body,
        "context": {"operation_name": contract.operation},
    }
    parsed = parser.parse(given, operation.output_shape)
    if code is not None:
        shape = model.shape_for_error_code(parsed["Error"]["Code"])
        parsed = parser.parse(given, shape)
        parsed.pop("Error", None)
        parsed["the shape"] = shape.name
    parsed.pop("ResponseMetadata", None)
    return from_client(parsed, LIMIT)


class _Raw(io.BytesIO):
    def stream(self) -> Any:
        """The bytes in pieces, in the way of urllib3."""
        while piece := self.read(7):
            yield piece
