"""Answers wrong in the way of one protocol, for the protocols the emulator does not speak."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.targets.target import Target
from awsconform.specs.catalog import load
from awsconform.specs.contract import ITEM, Contract
from faulty.errors import CODE, DISCRIMINATOR
from faulty.fault import Fault
from faulty.places import changed
from faulty.stateless import Stateless
from faulty.wire import ACCEPTED, CONTENT_TYPE, REQUEST_ID, STATUS

XML, CBOR, HEADER, EVENTS = (
    f"wire#{kind}" for kind in ("xml", "cbor", "protocol-header", "eventstream")
)
QUERY = load("iam", "GetLoginProfile")
EC2 = load("ec2", "DescribeVpcAttribute")
REST_XML = load("route53", "GetHostedZone")
S3 = load("s3", "GetObjectTagging")
RPC_CBOR = load("cloudwatch", "GetMetricStream", protocol="rpc-v2-cbor")
STREAMS = (load("logs", "StartLiveTail"), load("s3", "SelectObjectContent"))
BYTES = load("iam", "GetCredentialReport")
CONTRACTS = (QUERY, EC2, REST_XML, S3, RPC_CBOR, *STREAMS, BYTES)

Answering = Callable[[HTTPResponse], HTTPResponse]
# Without a body to read, nothing can be said of what is in it.
UNREAD = (ACCEPTED, "request/*accepted", "request#unknown-member")


def faults() -> Iterator[Fault]:
    for contract in (QUERY, EC2, REST_XML, S3, RPC_CBOR, *STREAMS):
        yield from _of_any(contract)
    for contract in (QUERY, EC2, REST_XML, S3):
        yield from _of_xml(contract)
    yield from _of_cbor(RPC_CBOR)
    for contract in STREAMS:
        yield from _of_frames(contract)
    yield from _of_values()


def _fault(
    contract: Contract, name: str, *expects: str, also: tuple[str, ...] = (), **broken: Any
) -> Fault:
    def build() -> Target:
        return Stateless(contract, **broken)

    return Fault(contract.id, name, build, expects, also, serve=_in_process, stated_by=contract)


def _in_process(build: Callable[[], Target]) -> AbstractContextManager[Target]:
    return nullcontext(build())


def _of_any(contract: Contract) -> Iterator[Fault]:
    """What every protocol has."""
    typed = with_header("Content-Type", "text/plain")
    yield _fault(contract, "answers are plain text", CONTENT_TYPE, answers=typed, also=UNREAD)
    yield _fault(
        contract, "a success is a 201", STATUS, answers=lambda answer: replace(answer, status=201)
    )
    yield _fault(contract, "there is no request id", REQUEST_ID, answers=_anonymous)
    yield _fault(contract, "what is invalid has an undeclared code", CODE, code="Strange")
    yield _fault(contract, "errors have no type", DISCRIMINATOR, errors=_untyped)


def _of_xml(contract: Contract) -> Iterator[Fault]:
    for name, change in (
        ("cut off", lambda body: body[:-3]),
        ("followed by more", lambda body: body + b"<More/>"),
        ("not UTF-8", lambda body: body.replace(b"</", b"\xff</", 1)),
        ("JSON", lambda body: b"{}"),
        ("one with entities", lambda body: b'<!DOCTYPE a [<!ENTITY b "c">]>' + body),
    ):
        yield _fault(contract, f"the body is {name}", XML, answers=_body(change), also=UNREAD)
    other = _body(lambda body: b"<Other/>")
    touched = (*UNREAD, "response/*#required", REQUEST_ID)
    yield _fault(contract, "the body is another document", XML, answers=other, also=touched)
    ends = rb"(</\w+Result>)" if contract is QUERY else rb"(</\w+>\s*)$"
    stray = _body(lambda body: re.sub(ends, rb"<Stray/>\1", body))
    yield _fault(contract, "there is a stray element", "response#members", answers=stray)


def _of_cbor(contract: Contract) -> Iterator[Fault]:
    for name, change in (
        ("cut off", lambda body: body[:-1]),
        ("followed by more", lambda body: body + b"\xa0"),
        ("JSON", lambda body: b"{}"),
        ("an array", lambda body: b"\x81" + body),
    ):
        yield _fault(contract, f"the body is {name}", CBOR, answers=_body(change), also=UNREAD)
    for value in (None, "rpc-v1-cbor"):
        named = with_header("smithy-protocol", value)
        yield _fault(contract, f"the protocol is called {value}", HEADER, answers=named,
                     also=UNREAD)  # fmt: skip


def _of_values() -> Iterator[Fault]:
    """What the emulator's answers have not: bounds on lists, and bytes in a body."""
    contract, _ = STREAMS
    # An empty list stands for an absent one, in answers of AWS too, but where one is required.
    servers = ("DelegationSet", "NameServers")
    streams = ("responseStream", ITEM, "sessionStart", "logStreamNamePrefixes")
    for stated_by, kind, path, items in (
        (REST_XML, "minItems", servers, []),
        (contract, "maxItems", streams, ["prefix"] * 101),
    ):
        changing = partial(changed, path=path, change=lambda old, items=items: items)
        place = "/".join(each for each in path if each != ITEM)
        yield _fault(stated_by, f"{place} breaks {kind}", f"response/{place}#{kind}",
                     value=changing)  # fmt: skip
    broken = _body(lambda body: body.replace(b"<Content>", b"<Content>!"))
    yield _fault(BYTES, "bytes are no base64", "response/Content#blob", answers=broken)


def _of_frames(contract: Contract) -> Iterator[Fault]:
    for name, change in (
        ("is cut off", lambda body: body[:-1]),
        ("has a wrong checksum", lambda body: body[:-1] + bytes([body[-1] ^ 1])),
        (
            "has a wrong length",
            lambda body: bytes([body[0], body[1], body[2], body[3] ^ 1]) + body[4:],
        ),
        ("is JSON", lambda body: b"{}"),
    ):
        yield _fault(contract, f"the stream {name}", EVENTS, answers=_body(change), also=UNREAD)


def with_header(name: str, value: str | None) -> Answering:
    """The answer with another value of a header, None for without it."""

    def change(answer: HTTPResponse) -> HTTPResponse:
        rest = tuple(each for each in answer.headers if each[0].lower() != name.lower())
        return replace(answer, headers=rest if value is None else (*rest, (name, value)))

    return change


def _body(change: Callable[[bytes], bytes]) -> Answering:
    return lambda answer: replace(answer, body=change(answer.body))


def _anonymous(answer: HTTPResponse) -> HTTPResponse:
    """Without a request id, wherever the protocol has it."""
    rest = tuple(each for each in answer.headers if "request" not in each[0].lower())
    body = re.sub(rb"(?i)<RequestId>[^<]*</RequestId>", b"", answer.body)
    return replace(answer, headers=rest, body=body)


def _untyped(answer: HTTPResponse) -> HTTPResponse:
    """An error without its type; a name of the same length keeps CBOR well-formed."""
    answer = with_header("x-amzn-errortype", None)(answer)
    body = re.sub(rb"<Code>[^<]*</Code>", b"", answer.body).replace(b"__type", b"__tipe")
    return replace(answer, body=body)
