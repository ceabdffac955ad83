"""Errors that are not as documented: status, type, code, members."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer
from awsconform.conformance.emulator.refusals import Refusal
from awsconform.specs.contract import Contract
from faulty.breaking import Build, erring, parsed, with_header, with_json
from faulty.fault import CONTRACTS, Fault
from faulty.places import ABSENT, Change, changed, put
from faulty.responses import MISTYPED, broken

GET_FARM = "deadline.GetFarm"
STOP_SCHEDULER = "lookoutequipment.StopInferenceScheduler"
REGISTRATION = "sagemaker-edge.GetDeviceRegistration"
ONE_EACH = (GET_FARM, STOP_SCHEDULER, REGISTRATION)
INVALID, NOT_FOUND = "ValidationException", "ResourceNotFoundException"

DISCRIMINATOR, STATUS, CODE = "errors#discriminator", "errors#status", "errors#code"
PLACE, NO_FAULT = "errors#discriminator-place", "errors#no-server-fault"


def faults() -> Iterator[Fault]:
    for operation in ONE_EACH:
        yield from _of_every_error(operation)
        yield from _of_members(CONTRACTS[operation])
    for operation in (GET_FARM, STOP_SCHEDULER):
        status = (f"errors/{NOT_FOUND}#status", STATUS)
        yield Fault(
            operation, "what is not found is a 410", _status(operation, 410, NOT_FOUND), status
        )
    yield Fault(
        GET_FARM,
        "header and body name two errors",
        erring(GET_FARM, _body(lambda body: {**body, "__type": "ConflictException"})),
        (DISCRIMINATOR,),
    )


def _of_every_error(operation: str) -> Iterator[Fault]:
    def fault(name: str, build: Build, *expects: str, also: tuple[str, ...] = ()) -> Fault:
        return Fault(operation, name, build, expects, also)

    is_declared = INVALID in CONTRACTS[operation].errors
    status = (STATUS, f"errors/{INVALID}#status") if is_declared else (STATUS,)
    for wrong in (403, 404, 422):
        yield fault(f"what is invalid is a {wrong}", _status(operation, wrong, INVALID), *status)
    rejected = a_rejection(operation)
    # Whoever answers errors with a success accepts what is invalid, and what there is not.
    success, touched = _status(operation, 200), ("request/*", "request#*", "response*")
    yield fault("errors are answered with 200", success, rejected, also=touched)
    yield fault("errors have no type", erring(operation, _untyped), DISCRIMINATOR)
    yield fault("errors have their type elsewhere", erring(operation, _typed_elsewhere), PLACE)
    yield fault("what is invalid has an undeclared code", _coded(operation, "Strange"), CODE)
    touched = ("request/*", "request#malformed", "wire#*", DISCRIMINATOR)
    for name, answer in (
        ("is a fault of the server", _saying(500, "application/json", b'{"message": "Oh."}')),
        ("is a page with a traceback", _saying(500, "text/html", b"<pre>Traceback")),
        ("is a bad gateway", _saying(502, "text/html", b"<h1>Bad Gateway</h1>")),
        ("ends in an exception", _raise),
    ):
        build = erring(operation, answer, INVALID)
        yield fault(f"what is invalid {name}", build, NO_FAULT, rejected, also=touched)


def _of_members(contract: Contract) -> Iterator[Fault]:
    """Every required member of the errors that come up, and the first place of every keyword."""
    once: set[str] = set()
    for code in (INVALID, NOT_FOUND):
        for place in contract.places(code)[1:] if code in contract.errors else ():
            if "context" in place.path:
                continue
            text = "/".join(("errors", code, *place.path))

            def fault(
                wrong: str,
                kind: str,
                change: Change,
                *also: str,
                text: str = text,
                code: str = code,
            ) -> Fault:
                build = erring(contract.id, _body(change), code)
                return Fault(contract.id, f"{text} {wrong}", build, (f"{text}#{kind}",), also)

            if place.required:
                yield fault("is missing", "required", put(place.text, ABSENT))
            yield fault("is of another type", "type", put(place.text, MISTYPED[place.kind]))
            for kind in ("enum", "minLength", "maxLength"):
                bound = place.schema.get(kind)
                if bound is None or kind in once:
                    continue
                once.add(kind)

                def change(body: object, place=place, kind=kind, bound=bound) -> object:
                    return changed(body, place.path, lambda old: broken(old, kind, bound))

                yield fault(f"breaks {kind}", kind, change, f"{text}#pattern")
            if "pattern" in place.schema:
                # The patterns of messages take every text but an empty or overlong one.
                yield fault("is empty", "pattern", put(place.text, ""), f"{text}#minLength")


def a_rejection(operation: str) -> str:
    """A clause that an operation breaks if it accepts everything: a pattern of its request."""
    places = CONTRACTS[operation].places("request")
    return next(f"request/{place.text}#pattern" for place in places if "pattern" in place.schema)


def _status(operation: str, status: int, code: str | None = None) -> Build:
    return erring(operation, lambda answer: answer._replace(status=status), code)


def _body(change: Change) -> Callable[[Answer], Answer]:
    return lambda answer: with_json(answer, change(parsed(answer.body)))


def _untyped(answer: Answer) -> Answer:
    return _body(put("__type", ABSENT))(with_header(answer, "X-Amzn-Errortype", None))


def _typed_elsewhere(answer: Answer) -> Answer:
    """The type in the body where a header is due, in another member where it is `__type`."""
    headers = dict(answer.headers)
    code = headers.get("X-Amzn-Errortype")
    if code is not None:
        return _body(lambda body: {"__type": code, **body})(_untyped(answer))
    return _body(lambda body: {"code": body["__type"], **put("__type", ABSENT)(body)})(answer)


def _saying(status: int, content_type: str, body: bytes) -> Callable[[Answer], Answer]:
    return lambda answer: Answer(status, [("Content-Type", content_type)], body)


def _raise(answer: Answer) -> Answer:
    raise RuntimeError("something went wrong")


def _coded(operation: str, code: str) -> Build:
    class Coded(Emulator):
        def refuse(self, contract: Contract, refusal: Refusal) -> Answer:
            if contract.id == operation and refusal.code == INVALID:
                refusal = Refusal(code, refusal.message)
            return super().refuse(contract, refusal)

    return Coded
