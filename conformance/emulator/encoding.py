"""Answers from logical JSON to the wire, successes and errors, per protocol."""

from __future__ import annotations

import json
from typing import Any

from awsconform.conformance.emulator.message import Answer
from awsconform.conformance.emulator.nodes import BODY, Node
from awsconform.conformance.emulator.refusals import Refusal
from awsconform.conformance.emulator.timestamps import to_http_date, to_number
from awsconform.specs.contract import Contract

REST = "application/json"
FRAMEWORK = "com.amazon.coral.service"
Headers = list[tuple[str, str]]
dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def content_type(contract: Contract) -> str:
    """The content type of an operation's answers."""
    if contract.protocol == "json":
        return f"application/x-amz-json-{contract.aws['jsonVersion']}"
    return REST


def success(contract: Contract, top: Node, response: dict[str, Any]) -> Answer:
    """A response; its body is `{}` where the operation has no output."""
    body, headers, status = _split(top, response)
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.insert(0, ("Content-Type", content_type(contract)))
    return Answer(contract.status if status is None else status, headers, to_bytes(body))


def declared_error(contract: Contract, top: Node, refusal: Refusal) -> Answer:
    """An error the contract declares; `top` is its shape."""
    known = {member.name for member in top.members}
    value = {
        "Message" if "Message" in known else "message": refusal.message,
        **{name: each for name, each in refusal.members.items() if name in known},
    }
    body, headers, _ = _split(top, value)
    status = contract.errors[refusal.code].status
    space = f"com.amazonaws.{contract.service.replace('-', '')}"
    return _error(content_type(contract), status, space, refusal.code, body, headers)


def framework_error(kind: str, refusal: Refusal) -> Answer:
    """An error that no contract declares, in the form that the content type `kind` goes with."""
    return _error(kind, refusal.status, FRAMEWORK, refusal.code, {"message": refusal.message}, [])


def to_bytes(body: Any) -> bytes:
    """JSON as bytes, without needless space."""
    return dump(body).encode("utf-8", "replace")


def _error(
    kind: str, status: int, space: str, code: str, body: dict[str, Any], headers: Headers
) -> Answer:
    headers = [("Content-Type", kind), *headers]
    if kind == REST:
        headers.append(("X-Amzn-Errortype", code))
    else:
        # JSON 1.0 gives the absolute id of the shape, 1.1 its name alone.
        name = f"{space}#{code}" if kind.endswith("1.0") else code
        body = {"__type": name, **body}
    return Answer(status, headers, to_bytes(body))


def _split(top: Node, value: dict[str, Any]) -> tuple[dict[str, Any], Headers, int | None]:
    """The body, the headers and the status of a value whose members travel in all three."""
    if not top.elsewhere or not isinstance(value, dict):
        return _write(top, value), [], None
    headers: Headers = []
    status = None
    rest = dict(value)
    for member in top.elsewhere:
        each = rest.pop(member.name, None)
        if each is None:
            continue
        if member.location == "statusCode":
            status = int(each)
        else:
            text = str(_write(member.node, each))
            headers.append((member.wire_name, text if isinstance(each, str) else text.lower()))
    return _write(top, rest), headers, status


def _write(node: Node, value: Any) -> Any:
    """A value of the body; what does not fit its shape goes out as it is."""
    if not node.is_converted:
        return value
    if node.kind == "structure" and isinstance(value, dict):
        known = {member.name: member for member in node.members if member.location == BODY}
        return {
            known[name].wire_name if name in known else name: (
                _write(known[name].node, each) if name in known else each
            )
            for name, each in value.items()
        }
    if node.item is not None and isinstance(value, list):
        return [_write(node.item, item) for item in value]
    if node.item is not None and isinstance(value, dict):
        return {key: _write(node.item, each) for key, each in value.items()}
    if node.kind == "timestamp" and isinstance(value, str):
        return _timestamp(node, value)
    return value


def _timestamp(node: Node, text: str) -> Any:
    try:
        if node.timestamp == "unixTimestamp":
            return to_number(text)
        return to_http_date(text) if node.timestamp == "rfc822" else text
    except ValueError:
        return text
