"""Answers that are not as the protocol has them, and applications that always say the same."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from awsconform.conformance.emulator.message import Answer
from faulty.breaking import answering, erring, instead, parsed, with_header, with_json
from faulty.errors import DISCRIMINATOR, NO_FAULT, ONE_EACH, a_rejection
from faulty.fault import Fault

CONTENT_TYPE, JSON, STATUS, REQUEST_ID = (
    f"wire#{kind}" for kind in ("content-type", "json", "status", "request-id")
)
PAGE = b"<html><body>Welcome</body></html>"
ACCEPTED = "request#accepted"
EVERYTHING = ("request*", "response*", "errors*", "wire*", "pagination*")


def faults() -> Iterator[Fault]:
    for operation in ONE_EACH:
        yield from _of_answers(operation)
        yield from _of_applications(operation)


def _of_answers(operation: str) -> Iterator[Fault]:
    def successes(change: Callable[[Answer], Answer]) -> Any:
        return answering(operation, lambda each: each if each.status >= 400 else change(each))

    def fault(name: str, build: Any, *expects: str, also: tuple[str, ...] = ()) -> Fault:
        return Fault(operation, name, build, expects, also)

    def typed(kind: str | None) -> Any:
        return answering(operation, lambda each: with_header(each, "Content-Type", kind))

    def bodied(change: Callable[[bytes], bytes]) -> Any:
        return successes(lambda each: each._replace(body=change(each.body)))

    unread = (ACCEPTED, "request/*accepted", "request#unknown-member")
    yield fault("there is no content type", typed(None), CONTENT_TYPE)
    yield fault("the content type is text", typed("text/plain"), CONTENT_TYPE)
    yield fault("the content type is binary", typed("binary/octet-stream"), CONTENT_TYPE)
    yield fault("the content type is XML", typed("application/xml"), CONTENT_TYPE)
    page = erring(operation, lambda each: with_header(each, "Content-Type", "text/html"))
    yield fault("errors have the content type of a page", page, CONTENT_TYPE)
    nameless = answering(operation, lambda each: with_header(each, "x-amzn-RequestId", None))
    yield fault("there is no request id", nameless, REQUEST_ID)
    for status in (201, 202):
        build = successes(lambda each, status=status: each._replace(status=status))
        yield fault(f"a success is a {status}", build, STATUS)
    for name, body in (
        ("an array", lambda body: b"[" + body + b"]"),
        ("null", lambda body: b"null"),
        ("a page", lambda body: PAGE),
        ("cut off", lambda body: body[:-1]),
        ("followed by more", lambda body: body + b" {}"),
        ("not UTF-8", lambda body: body[:-1] + b',"Text":"\xff"}'),
        ("quoted once too often", lambda body: b'"{}"'),
    ):
        yield fault(f"the body is {name}", bodied(body), JSON, also=unread)
    stray = "response#members"
    for name, tail in (
        ("has NaN in it", b',"Number":NaN}'),
        ("has a key twice", b',"Key":1,"Key":2}'),
        ("has a number beyond all numbers", b',"Number":1e999}'),
    ):
        build = bodied(lambda body, tail=tail: body[:-1] + tail)
        yield fault(f"the body {name}", build, JSON, also=(stray,))
    moved = successes(lambda each: with_header(each._replace(status=302), "Location", "/"))
    yield fault("a success is a redirection", moved, STATUS, ACCEPTED, also=unread)
    wrapped = successes(lambda each: with_json(each, {"Response": parsed(each.body)}))
    yield fault("the response is wrapped", wrapped, stray, also=("response/*#required",))


def _of_applications(operation: str) -> Iterator[Fault]:
    """What answers everything sent to one operation alike.

    If operations that cannot exist had the same, the operation would count as not implemented.
    """

    def the_operation(name: str, application: Any, *expects: str) -> Fault:
        build = instead(operation, application)
        return Fault(operation, f"the operation {name}", build, expects, EVERYTHING)

    json, page = ("Content-Type", "application/json"), ("Content-Type", "text/html")
    rejected = a_rejection(operation)
    # What is wrong whatever is sent is found at the smallest request alone.
    crash = (NO_FAULT, ACCEPTED)
    invalid = b'{"__type": "ValidationException", "message": "No."}'
    yield the_operation("is fine", always(200, json, b"{}"), rejected)
    yield the_operation("is fine and empty", always(200, json, b""), rejected)
    yield the_operation("is a page", always(200, page, PAGE), ACCEPTED, JSON, CONTENT_TYPE)
    yield the_operation("is lost", always(404, json, b'{"message": "Not Found"}'), DISCRIMINATOR)
    yield the_operation("is forbidden", always(403, json, b'{"message": null}'), DISCRIMINATOR)
    yield the_operation("is invalid", always(400, json, invalid), ACCEPTED)
    yield the_operation("fails", always(500, json, b"{}"), *crash)
    yield the_operation("fails with a page", always(500, page, PAGE), *crash)
    yield the_operation("is unavailable", always(503, page, PAGE), *crash)
    yield the_operation("ends in an exception", crashing, *crash)
    yield the_operation("breaks off", breaking_off, *crash)
    yield the_operation("begins no answer", beginning_nothing, *crash)


def always(status: int, content_type: tuple[str, str], body: bytes) -> Any:
    """An application with one answer."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = Answer(status, [content_type, ("x-amzn-RequestId", str(uuid.uuid4()))], body)
        return answer.send(start_response)

    return application


def crashing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    raise ZeroDivisionError("division by zero")


def breaking_off(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    yield b"{"
    raise ConnectionError("something broke")


def beginning_nothing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return [b"{}"]
