"""One operation, its requests, answers and errors, written by hand for every protocol.

`suites` and `ast` put them into the two forms that test cases are published in.
"""

from __future__ import annotations

import base64
import copy
import json
from pathlib import Path
from typing import Any

REQUEST = {
    "name": "alarm",
    "count": 3,
    "when": 1700000000,
    "data": "hi",
    "tags": ["a", "b"],
}
RESPONSE = {"name": "alarm", "when": 1700000000, "tags": ["a"]}
ERROR = {"Message": "none"}
CODE = "ThingMissing"
DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
ISO = "2023-11-14T22:13:20Z"

TRAITS = {
    "json": "aws.protocols#awsJson1_1",
    "rest-json": "aws.protocols#restJson1",
    "query": "aws.protocols#awsQuery",
    "ec2": "aws.protocols#ec2Query",
    "rest-xml": "aws.protocols#restXml",
    "rpc-v2-cbor": "smithy.protocols#rpcv2Cbor",
}
PROTOCOLS = tuple(TRAITS)
BOTOCORE = {**{name: name for name in PROTOCOLS}, "rpc-v2-cbor": "smithy-rpc-v2-cbor"}
MEDIA = {
    "json": "application/json",
    "rest-json": "application/json",
    "query": "application/x-www-form-urlencoded",
    "ec2": "application/x-www-form-urlencoded",
    "rest-xml": "application/xml",
    "rpc-v2-cbor": "application/cbor",
}
ANSWERS = {**MEDIA, "query": "application/xml", "ec2": "application/xml"}

_JSON = {"Content-Type": "application/x-amz-json-1.1"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_CBOR = {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}


def _text(text: str) -> bytes:
    return bytes([0x60 | len(text)]) + text.encode()


_MOMENT = b"\xc1\x1a" + (1700000000).to_bytes(4, "big")

# Method, address, headers, body.
REQUESTS: dict[str, tuple[str, str, dict[str, str], bytes]] = {
    "json": (
        "POST",
        "/",
        {**_JSON, "X-Amz-Target": "Things.MakeThing"},
        b'{"name": "alarm", "count": 3, "when": 1700000000, "data": "aGk=", "tags": ["a", "b"]}',
    ),
    "rest-json": (
        "PUT",
        "/things/alarm?count=3",
        {"Content-Type": "application/json", "X-When": DATE},
        b'{"data": "aGk=", "tags": ["a", "b"]}',
    ),
    "query": (
        "POST",
        "/",
        _FORM,
        b"Action=MakeThing&Version=2020-01-01&name=alarm&count=3&when=2023-11-14T22%3A13%3A20Z"
        b"&data=aGk%3D&tags.member.1=a&tags.member.2=b",
    ),
    "ec2": (
        "POST",
        "/",
        _FORM,
        b"Action=MakeThing&Version=2020-01-01&Name=alarm&Count=3&When=2023-11-14T22%3A13%3A20Z"
        b"&Data=aGk%3D&Tags.1=a&Tags.2=b",
    ),
    "rest-xml": (
        "PUT",
        "/things/alarm?count=3",
        {"Content-Type": "application/xml", "X-When": DATE},
        b"<MakeThingRequest><tags><member>a</member><member>b</member></tags><data>aGk=</data>"
        b"</MakeThingRequest>",
    ),
    "rpc-v2-cbor": (
        "POST",
        "/service/Things/operation/MakeThing",
        _CBOR,
        b"\xa5" + _text("name") + _text("alarm") + _text("count") + b"\x03" + _text("when")
        + _MOMENT + _text("data") + b"\x42hi" + _text("tags") + b"\x82" + _text("a") + _text("b"),
    ),
}  # fmt: skip

_MEMBERS = f"<name>alarm</name><when>{ISO}</when><tags><member>a</member></tags>"

# Headers, body.
RESPONSES: dict[str, tuple[dict[str, str], bytes]] = {
    "json": (_JSON, b'{"name": "alarm", "when": 1700000000, "tags": ["a"]}'),
    "rest-json": (
        {"Content-Type": "application/json", "X-Name": "alarm"},
        b'{"when": 1700000000, "tags": ["a"]}',
    ),
    "query": (
        {"Content-Type": "text/xml"},
        f"<MakeThingResponse><MakeThingResult>{_MEMBERS}</MakeThingResult><ResponseMetadata>"
        "<RequestId>r</RequestId></ResponseMetadata></MakeThingResponse>".encode(),
    ),
    "ec2": (
        {"Content-Type": "text/xml"},
        f"<MakeThingResponse><requestId>r</requestId>{_MEMBERS}</MakeThingResponse>".encode(),
    ),
    "rest-xml": (
        {"Content-Type": "application/xml", "X-Name": "alarm"},
        f"<MakeThingResponse><when>{ISO}</when><tags><member>a</member></tags>"
        "</MakeThingResponse>".encode(),
    ),
    "rpc-v2-cbor": (
        _CBOR,
        b"\xa3" + _text("name") + _text("alarm") + _text("when") + _MOMENT + _text("tags")
        + b"\x81" + _text("a"),
    ),
}  # fmt: skip

_FAULT = b"<Type>Sender</Type><Code>ThingMissing</Code><Message>none</Message>"
_WRAPPED = b"<ErrorResponse><Error>" + _FAULT + b"</Error><RequestId>r</RequestId></ErrorResponse>"

ERRORS: dict[str, tuple[dict[str, str], bytes]] = {
    "json": (_JSON, b'{"__type": "ThingMissing", "Message": "none"}'),
    "rest-json": (
        {"Content-Type": "application/json", "X-Amzn-Errortype": "ThingMissing"},
        b'{"Message": "none"}',
    ),
    "query": ({"Content-Type": "text/xml"}, _WRAPPED),
    "ec2": (
        {"Content-Type": "text/xml"},
        b"<Response><Errors><Error><Code>ThingMissing</Code><Message>none</Message></Error>"
        b"</Errors><RequestID>r</RequestID></Response>",
    ),
    "rest-xml": ({"Content-Type": "application/xml"}, _WRAPPED),
    "rpc-v2-cbor": (
        _CBOR,
        b"\xa2" + _text("__type") + b"\x78\x21com.amazonaws.things#ThingMissing" + _text("Message")
        + _text("none"),
    ),
}  # fmt: skip

_SHAPES: dict[str, Any] = {
    "String": {"type": "string"},
    "Integer": {"type": "integer"},
    "Timestamp": {"type": "timestamp"},
    "Blob": {"type": "blob"},
    "Tags": {"type": "list", "member": {"shape": "String"}},
    "ThingMissing": {
        "type": "structure",
        "members": {"Message": {"shape": "String"}},
        "error": {"httpStatusCode": 404, "senderFault": True},
        "exception": True,
    },
}


def written(protocol: str, body: bytes) -> str:
    """A body as test cases hold it: binary ones in base64."""
    return base64.b64encode(body).decode() if protocol == "rpc-v2-cbor" else body.decode()


def suites(protocol: str) -> tuple[list[Any], list[Any]]:
    """The input suites and the output suites of botocore's form."""
    rest = protocol.startswith("rest")
    members = {
        "name": {"shape": "String"},
        "count": {"shape": "Integer"},
        "when": {"shape": "Timestamp"},
        "data": {"shape": "Blob"},
        "tags": {"shape": "Tags"},
    }
    given: dict[str, Any] = {
        "name": "MakeThing",
        "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": "MakeThingRequest"},
    }
    answered = {name: dict(members[name]) for name in RESPONSE}
    if rest:
        given["http"] = {"method": "PUT", "requestUri": "/things/{name}", "responseCode": 201}
        given["input"]["locationName"] = "MakeThingRequest"
        members["name"] |= {"location": "uri", "locationName": "name"}
        members["count"] |= {"location": "querystring", "locationName": "count"}
        members["when"] |= {"location": "header", "locationName": "X-When"}
        answered["name"] |= {"location": "header", "locationName": "X-Name"}
    shapes = {
        **copy.deepcopy(_SHAPES),
        "MakeThingRequest": {"type": "structure", "members": members},
        "MakeThingResponse": {"type": "structure", "members": answered},
    }
    suite = {
        "description": "Things",
        "metadata": {
            "protocol": BOTOCORE[protocol],
            "apiVersion": "2020-01-01",
            "jsonVersion": "1.1",
            "targetPrefix": "Things",
            "serviceId": "Things",
        },
        "shapes": shapes,
    }
    method, uri, headers, body = REQUESTS[protocol]
    request = {
        "id": f"{protocol}-request",
        "given": given,
        "params": REQUEST,
        "serialized": {
            "method": method,
            "uri": uri,
            "headers": headers,
            "body": written(protocol, body),
        },
    }
    answering = {**given, "output": {"shape": "MakeThingResponse"}}
    headers, body = RESPONSES[protocol]
    response = {
        "id": f"{protocol}-response",
        "given": answering,
        "result": RESPONSE,
        "response": {
            "status_code": 201 if rest else 200,
            "headers": headers,
            "body": written(protocol, body),
        },
    }
    headers, body = ERRORS[protocol]
    error = {
        "id": f"{protocol}-error",
        "given": {**answering, "errors": [{"shape": CODE}]},
        "errorCode": CODE,
        "errorMessage": "none",
        "error": ERROR,
        "response": {"status_code": 404, "headers": headers, "body": written(protocol, body)},
    }
    return (
        copy.deepcopy([{**suite, "cases": [request]}]),
        copy.deepcopy([{**suite, "cases": [response, error]}]),
    )


def ast(*protocols: str) -> dict[str, Any]:
    """A Smithy model with the cases of some protocols, which its service speaks."""

    def member(target: str, **traits: Any) -> dict[str, Any]:
        stated = {f"smithy.api#{name}": value for name, value in traits.items()}
        return {"target": target, "traits": stated}

    string, moment = "smithy.api#String", "smithy.api#Timestamp"
    requests, responses, errors = [], [], []
    for protocol in protocols:
        rest = protocol.startswith("rest")
        method, uri, headers, body = REQUESTS[protocol]
        path, _, query = uri.partition("?")
        requests.append(
            {
                "id": f"{protocol}-request",
                "protocol": TRAITS[protocol],
                "method": method,
                "uri": path,
                "queryParams": query.split("&") if query else [],
                "headers": headers,
                "body": written(protocol, body),
                "bodyMediaType": MEDIA[protocol],
                "params": REQUEST,
            }
        )
        headers, body = RESPONSES[protocol]
        responses.append(
            {
                "id": f"{protocol}-response",
                "protocol": TRAITS[protocol],
                "code": 201 if rest else 200,
                "headers": headers,
                "body": written(protocol, body),
                "bodyMediaType": ANSWERS[protocol],
                "params": RESPONSE,
            }
        )
        headers, body = ERRORS[protocol]
        errors.append(
            {
                "id": f"{protocol}-error",
                "protocol": TRAITS[protocol],
                "code": 404,
                "headers": headers,
                "body": written(protocol, body),
                "bodyMediaType": ANSWERS[protocol],
                "params": ERROR,
            }
        )
    model = {
        "smithy": "2.0",
        "shapes": {
            "own.things#Things": {
                "type": "service",
                "version": "2020-01-01",
                "operations": [{"target": "own.things#MakeThing"}],
                "traits": {
                    "aws.api#service": {"sdkId": "Things"},
                    **{TRAITS[protocol]: {} for protocol in protocols},
                },
            },
            "own.things#MakeThing": {
                "type": "operation",
                "input": {"target": "own.things#MakeThingRequest"},
                "output": {"target": "own.things#MakeThingResponse"},
                "errors": [{"target": "own.things#ThingMissing"}],
                "traits": {
                    "smithy.api#http": {"method": "PUT", "uri": "/things/{name}", "code": 201},
                    "smithy.test#httpRequestTests": requests,
                    "smithy.test#httpResponseTests": responses,
                },
            },
            "own.things#MakeThingRequest": {
                "type": "structure",
                "members": {
                    "name": member(string, httpLabel={}, required={}),
                    "count": member("smithy.api#Integer", httpQuery="count"),
                    "when": member(moment, httpHeader="X-When"),
                    "data": member("smithy.api#Blob"),
                    "tags": member("own.things#Tags"),
                },
            },
            "own.things#MakeThingResponse": {
                "type": "structure",
                "members": {
                    "name": member(string, httpHeader="X-Name"),
                    "when": member(moment),
                    "tags": member("own.things#Tags"),
                },
            },
            "own.things#ThingMissing": {
                "type": "structure",
                "members": {"Message": member(string)},
                "traits": {
                    "smithy.api#error": "client",
                    "smithy.api#httpError": 404,
                    "smithy.test#httpResponseTests": errors,
                },
            },
            "own.things#Tags": {"type": "list", "member": {"target": string}},
        },
    }
    return copy.deepcopy(model)


def write(folder: Path, name: str, content: Any) -> Path:
    """Puts a JSON file into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
