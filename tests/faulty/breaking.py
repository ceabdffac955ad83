"""The embedded emulator with one seam of it replaced, for one operation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.emulator.pages import Pager
from awsconform.conformance.emulator.refusals import Refusal
from awsconform.conformance.emulator.service import Service, Value
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure
from faulty.places import Change

Build = Callable[[], Any]
STRICTER = Failure((), (), "pattern", "rejected for no documented reason")


def parsed(body: bytes) -> Any:
    """The JSON of a body; an empty object where there is none to read."""
    try:
        return json.loads(body or b"{}")
    except ValueError:
        return {}


def with_json(answer: Answer, value: Any) -> Answer:
    """The answer with another body."""
    return answer._replace(body=json.dumps(value, ensure_ascii=False).encode())


def with_header(answer: Answer, name: str, value: str | None) -> Answer:
    """The answer with another value of a header, None for without it."""
    rest = [(key, each) for key, each in answer.headers if key.lower() != name.lower()]
    return answer._replace(headers=rest if value is None else [*rest, (name, value)])


def answering(operation: str, change: Callable[[Answer], Answer]) -> Build:
    """Every answer of an operation is changed on its way out."""

    class Answering(Emulator):
        def finish(self, contract: Contract | None, answer: Answer) -> Answer:
            answer = super().finish(contract, answer)
            return change(answer) if contract and contract.id == operation else answer

    return Answering


def succeeding(operation: str, change: Change) -> Build:
    """The body of every success of an operation is changed."""
    return answering(
        operation,
        lambda each: each if each.status >= 400 else with_json(each, change(parsed(each.body))),
    )


def erring(operation: str, change: Callable[[Answer], Answer], code: str | None = None) -> Build:
    """Every error of an operation is changed, or those of one code."""

    class Erring(Emulator):
        def refuse(self, contract: Contract, refusal: Refusal) -> Answer:
            answer = super().refuse(contract, refusal)
            hit = contract.id == operation and code in (None, refusal.code)
            return change(answer) if hit else answer

    return Erring


def instead(operation: str, application: Any) -> Build:
    """Another application answers an operation."""

    class Instead(Emulator):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            path, target = environ["REQUEST_URI"].partition("?")[0], "HTTP_X_AMZ_TARGET"
            route = self.router.find(environ["REQUEST_METHOD"], path, environ.get(target))
            hit = route is not None and route.contract.id == operation
            answer = application if hit else super().__call__
            return answer(environ, start_response)

    return Instead


class Lax(Emulator):
    """Overlooks some failures; what it should have rejected is answered like the request before.

    So the answer is a good one, and nothing but the overlooking is wrong.
    """

    operation: str

    def __init__(self) -> None:
        super().__init__()
        self.overlooked = False
        self.last: Value = {}

    def overlooks(self, failure: Failure, request: Value) -> bool:
        raise NotImplementedError

    def decode(
        self, contract: Contract, incoming: Incoming, labels: Mapping[str, str]
    ) -> tuple[Value, list[Failure]]:
        self.overlooked = False
        request, misread = super().decode(contract, incoming, labels)
        return request, self._rest(contract, request, misread)

    def validate(self, contract: Contract, request: Value) -> list[Failure]:
        return self._rest(contract, request, super().validate(contract, request))

    def invoke(self, contract: Contract, request: Value) -> Value:
        if self.overlooked:
            return self.last
        response = super().invoke(contract, request)
        if contract.id == self.operation:
            self.last = response
        return response

    def _rest(self, contract: Contract, request: Value, failures: list[Failure]) -> list[Failure]:
        if contract.id != self.operation:
            return failures
        rest = [each for each in failures if not self.overlooks(each, request)]
        self.overlooked = self.overlooked or len(rest) < len(failures)
        return rest


def overlooking(operation: str, overlooks: Callable[[Failure, Value], bool]) -> Build:
    """Some failures of an operation's requests do not count."""

    def build() -> Emulator:
        emulator = type("Overlooking", (Lax,), {"operation": operation})()
        emulator.overlooks = overlooks
        return emulator

    return build


def rejecting(operation: str, rejects: Callable[[Value], bool]) -> Build:
    """Some valid requests of an operation are rejected."""

    class Rejecting(Emulator):
        def validate(self, contract: Contract, request: Value) -> list[Failure]:
            found = super().validate(contract, request)
            if found or contract.id != operation:
                return found
            return [STRICTER] if rejects(request) else []

    return Rejecting


def rejecting_bodies(operation: str, rejects: Callable[[Any], bool]) -> Build:
    """Some valid requests of an operation are rejected for how they look on the wire."""

    class Rejecting(Emulator):
        def decode(
            self, contract: Contract, incoming: Incoming, labels: Mapping[str, str]
        ) -> tuple[Value, list[Failure]]:
            request, misread = super().decode(contract, incoming, labels)
            hit = contract.id == operation and rejects(parsed(incoming.body or b""))
            return request, [*misread, STRICTER] if hit else misread

    return Rejecting


def paging(pager: type[Pager]) -> Build:
    """All lists are paged in another way."""
    return type("Paging", (Emulator,), {"pager_type": pager})


def serving(name: str, service: type[Service]) -> Build:
    """One of the services is another."""
    return type(
        "Serving", (Emulator,), {"service_types": {**Emulator.service_types, name: service}}
    )
