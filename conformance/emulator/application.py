"""The emulator as a WSGI application, driven by the committed contracts.

A request goes through `decode`, `validate`, `invoke`, `encode` and `finish`; a refusal on the way
through `refuse` and `finish`. Each is a method that a subclass may replace.
"""

from __future__ import annotations

import functools
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from awsconform.conformance.emulator import encoding
from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.deadline import Deadline
from awsconform.conformance.emulator.decoding import Decoding
from awsconform.conformance.emulator.lookoutequipment import LookoutEquipment
from awsconform.conformance.emulator.message import Answer, Incoming
from awsconform.conformance.emulator.nodes import Node, nodes
from awsconform.conformance.emulator.pages import Pager
from awsconform.conformance.emulator.refusals import (
    Refusal,
    failed_validation,
    unknown_operation,
)
from awsconform.conformance.emulator.routing import Router
from awsconform.conformance.emulator.sagemaker_edge import SageMakerEdge
from awsconform.conformance.emulator.service import Service, Value
from awsconform.specs.catalog import committed
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure, failures

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@functools.cache
def committed_contracts() -> tuple[Contract, ...]:
    """The committed contracts, read once."""
    return tuple(Contract.from_file(path) for path in committed().values())


@functools.lru_cache(maxsize=1024)
def shape(contract: Contract, part: str) -> Node:
    """The tree of a part of a contract, made once."""
    return nodes(contract, part)


class Emulator:
    """All emulated services behind one address, with one clock; safe to call from many threads."""

    pager_type: ClassVar[type[Pager]] = Pager
    service_types: ClassVar[Mapping[str, type[Service]]] = {
        "deadline": Deadline,
        "lookoutequipment": LookoutEquipment,
        "sagemaker-edge": SageMakerEdge,
    }

    def __init__(self) -> None:
        self.clock = Clock()
        self.pager = self.pager_type(self.clock)
        self.services = {
            name: kind(self.clock, self.pager) for name, kind in self.service_types.items()
        }
        self.behaviours: dict[str, Callable[[Value], Value]] = {}
        for contract in committed_contracts():
            service = self.services.get(contract.service)
            behaviour = service.behaviour(contract.operation) if service else None
            if behaviour is not None:
                self.behaviours[contract.id] = behaviour
        self.router = Router(
            contract for contract in committed_contracts() if contract.id in self.behaviours
        )
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request as WSGI wants it."""
        return self.answer(Incoming.from_environ(environ)).send(start_response)

    def answer(self, incoming: Incoming) -> Answer:
        """Answers one request."""
        route = self.router.find(incoming.method, incoming.path, incoming.header("X-Amz-Target"))
        if route is None:
            return self.finish(None, self.lost(incoming))
        contract = route.contract
        try:
            request, misread = self.decode(contract, incoming, route.labels)
            wrong = [*misread, *self.validate(contract, request)]
            if wrong:
                raise failed_validation(wrong)
            with self._lock:
                response = self.invoke(contract, request)
            answer = self.encode(contract, response)
        except Refusal as refusal:
            answer = self.refuse(contract, refusal)
        return self.finish(contract, answer)

    def decode(
        self, contract: Contract, incoming: Incoming, labels: Mapping[str, str]
    ) -> tuple[Value, list[Failure]]:
        """The request in logical JSON, and what of its wire form is not as documented.

        Raises:
            Refusal: the body cannot be read.
        """
        decoding = Decoding(contract, shape(contract, "request"))
        return decoding.request(incoming, labels), decoding.misread

    def validate(self, contract: Contract, request: Value) -> list[Failure]:
        """What a request fails; empty when it is valid."""
        return failures(contract, "request", request)

    def invoke(self, contract: Contract, request: Value) -> Value:
        """The response to a valid request, both in logical JSON.

        Raises:
            Refusal: the state of things does not allow the request.
        """
        return self.behaviours[contract.id](request)

    def encode(self, contract: Contract, response: Value) -> Answer:
        """A response on the wire."""
        return encoding.success(contract, shape(contract, "response"), response)

    def refuse(self, contract: Contract, refusal: Refusal) -> Answer:
        """A refusal on the wire."""
        if refusal.code in contract.errors:
            return encoding.declared_error(contract, shape(contract, refusal.code), refusal)
        return encoding.framework_error(encoding.content_type(contract), refusal)

    def lost(self, incoming: Incoming) -> Answer:
        """The answer to a request that leads to no operation."""
        if incoming.header("X-Amz-Target") is None:
            return encoding.framework_error(encoding.REST, unknown_operation(404))
        sent = incoming.header("Content-Type") or ""
        version = "1.1" if "json-1.1" in sent else "1.0"
        return encoding.framework_error(f"application/x-amz-json-{version}", unknown_operation(400))

    def finish(self, contract: Contract | None, answer: Answer) -> Answer:
        """The answer as it is sent: every one has a request id."""
        answer.headers.append(("x-amzn-RequestId", str(uuid.uuid4())))
        return answer
