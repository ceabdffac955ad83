"""An exchange as a line, with its bodies named by their digests, and its document from there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.records.bodies import digest
from awsconform.conformance.records.format import EXCHANGE
from awsconform.conformance.reports.exchange_documents import (
    Document,
    body_document,
    body_of,
    exchange_document,
)
from awsconform.conformance.wire.secrets import Secrets

# The text of a longer value is put aside, as bodies are: it may come again and again.
LONGEST_VALUE = 2048

Put = Callable[[bytes], None]
Get = Callable[[str], bytes]


def exchange_line(
    exchange: Exchange, known: Secrets, put: Put, *, number: int, sent_for: str
) -> Document:
    """The line of an exchange without secrets; what the line names is given to `put`."""
    case = exchange.case
    document = exchange_document(exchange, known)
    step = {"group": case.intent.group, "drawn": case.intent.drawn}
    line = {
        "kind": EXCHANGE,
        "number": number,
        "sentFor": sent_for,
        **document,
        "intent": {**document["intent"], **known.value(step)},
        "malformed": None if case.body is None else _put(known.content(case.body), put),
    }
    _put_value_aside(line, put)
    for name in ("request", "response"):
        message = document[name]
        if message is not None:
            body = message["body"]
            more = {key: body[key] for key in ("length", "cut") if key in body}
            line[name] = {**message, "body": {**_put(body_of(body), put), **more}}
    if document["parsed"] is not None:
        line["parsed"] = dict(document["parsed"])
        _put_value_aside(line["parsed"], put)
    return line


def exchange_in(line: Document, get: Get) -> Document:
    """The document of the exchange in a line; `get` gives what the line names."""
    stated = ("kind", "number", "sentFor", "malformed", "valueText")
    document = {name: item for name, item in line.items() if name not in stated}
    intent = line["intent"]
    document["intent"] = {name: intent[name] for name in ("purpose", "clause", "label")}
    document["value"] = value_in(line, get)
    for name in ("request", "response"):
        message = line[name]
        if message is not None:
            named = dict(message["body"])
            content = get(named.pop("sha256"))
            body = {**body_document(content, len(content)), **named}
            document[name] = {**message, "body": body}
    parsed = line["parsed"]
    if parsed is not None:
        value = value_in(parsed, get)
        document["parsed"] = {"value": value, "code": parsed["code"], "status": parsed["status"]}
    return document


def value_in(line: Document, get: Get) -> Any:
    """The value in a line, or in what it says was parsed."""
    if "value" in line:
        return line["value"]
    return json.loads(get(line["valueText"]["sha256"]))


def _put(content: bytes, put: Put) -> Document:
    put(content)
    return {"sha256": digest(content)}


def _put_value_aside(line: Document, put: Put) -> None:
    text = json.dumps(line["value"])
    if len(text) > LONGEST_VALUE:
        del line["value"]
        line["valueText"] = _put(text.encode("ascii"), put)


def digests_in(line: Document) -> Iterator[str]:
    """The digests of all that an exchange's line names."""
    named = [line.get("valueText"), line["malformed"]]
    named += [line[name]["body"] for name in ("request", "response") if line[name] is not None]
    named += [line["parsed"].get("valueText")] if line["parsed"] is not None else []
    for content in named:
        if content is not None:
            yield content["sha256"]
