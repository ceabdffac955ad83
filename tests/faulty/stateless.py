"""An implementation made of a contract alone, for what the embedded emulator does not speak.

It validates a request as the contract says and answers with a response that fits, the same one each
time, so it is right in every respect but that it remembers nothing.
"""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Callable
from typing import Any

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Trouble, View
from awsconform.conformance.targets.preparing import encoded
from awsconform.conformance.wire.requests import NotExpressible
from awsconform.conformance.wire.responding import write
from awsconform.generators.choices import Choices, FixedStructure, RandomChoices
from awsconform.generators.shapes import Fill, Growth
from awsconform.generators.values import values_of
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures

REJECTION = {
    "query": "ValidationError",
    "ec2": "InvalidParameterValue",
    "rest-xml": "InvalidArgument",
}
PAGE = HTTPResponse(404, (("Content-Type", "text/html"),), b"<html>Not Found</html>")


class Stateless:
    """Answers one operation; `respond` and `reject` may be replaced to break it.

    `respond` takes a response in logical JSON, `reject` the code of an error; `overlooks` says of a
    request whether it is answered in spite of what is wrong with it.
    """

    view = View.WIRE
    advance_clock: Callable[[float], None] | None = None

    def __init__(
        self,
        contract: Contract,
        *,
        answers: Callable[[HTTPResponse], HTTPResponse] = lambda response: response,
        errors: Callable[[HTTPResponse], HTTPResponse] = lambda response: response,
        value: Callable[[dict[str, Any]], dict[str, Any]] = lambda value: value,
        code: str | None = None,
        validates: bool = True,
    ) -> None:
        self.name = f"stateless {contract.id}"
        self.contract = contract
        self.answers = answers
        self.errors = errors
        self.value = value
        self.code = code or rejection(contract)
        self.validates = validates

    def probe(self) -> None:
        """There is always something to send to."""

    def close(self) -> None:
        """Nothing is held open."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        try:
            request = encoded(contract, case)
        except NotExpressible as error:
            return Exchange(case, None, None, trouble=Trouble.CLIENT_REFUSED, detail=error.message)
        return Exchange(case, request, self.response(contract, case))

    def response(self, contract: Contract, case: Case) -> HTTPResponse:
        if contract.id != self.contract.id:
            return PAGE
        malformed = case.body is not None
        if self.validates and (malformed or failures(contract, "request", case.value)):
            return self.errors(write(contract, {"message": "No."}, code=self.code))
        return self.answers(write(contract, self.value(response_of(contract))))


def rejection(contract: Contract) -> str:
    """A code that says a request is invalid: one the operation declares, or its framework's."""
    if "ValidationException" in contract.errors:
        return "ValidationException"
    return REJECTION.get(contract.protocol, "ValidationException")


def response_of(contract: Contract) -> dict[str, Any]:
    """A response with every member, made once and given anew each time."""
    value: dict[str, Any] = json.loads(_response_text(contract))
    return value


@functools.lru_cache(maxsize=8)
def _response_text(contract: Contract) -> str:
    if contract.output_shape is None:
        return "{}"
    choices: Choices = RandomChoices(random.Random(contract.id))
    growth = Growth(FixedStructure(choices, seed=0), Fill.MAXIMAL)
    return json.dumps(values_of(contract, "response").whole(growth))
