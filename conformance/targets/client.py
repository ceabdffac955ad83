"""A boto3 client, or an object with the same methods, as a target: what its users get to see."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from awsconform.conformance.exchange import Case, Exchange, Parsed, Trouble, View
from awsconform.conformance.targets.capture import Capture
from awsconform.conformance.targets.client_values import (
    TooMuch,
    as_text,
    from_client,
    to_client,
)
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.wsgi import last_line, place_of
from awsconform.conformance.wire.codes import UNIMPLEMENTED_EXCEPTION
from awsconform.conformance.wire.responses import declared_code
from awsconform.errors import TargetError
from awsconform.specs.contract import Contract


class ClientTarget:
    """Calls a client's methods; the exchanges are in the SDK's view.

    A client with an HTTP exchange behind it (moto, an endpoint) gives the raw request and response
    as well. What the client refuses by itself is said to be refused by the client, and so is what
    would have gone to real AWS without being allowed to.

    Raises:
        TargetError: the object has no methods to call.
    """

    view = View.SDK
    advance_clock = None
    restart = None
    generation = 0

    def __init__(self, client: Any, *, name: str, options: Options | None = None) -> None:
        if not is_client(client):
            raise TargetError(
                f"{name!r} gives {type(client).__name__}, which is no client",
                hint="a client has methods like get_farm(**arguments)",
            )
        self.client = client
        self.name = name
        self.options = options or Options()
        self._capture = Capture(client)

    def probe(self) -> None:
        """Nothing to find out: the client is here."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Makes one call and returns the exchange; trouble is part of it."""
        options = self.options
        allowed = options.allow_aws and (contract.readonly or options.allow_writes)
        self._capture.begin(guarded=not allowed)
        if case.body is not None:
            detail = "a client makes its bodies itself"
            return self._trouble(case, Trouble.CLIENT_REFUSED, detail)
        name = _method_name(contract.operation)
        method = getattr(self.client, name, None) if self._serves(contract) else None
        if not callable(method):
            detail = f"{UNIMPLEMENTED_EXCEPTION}: the client has no {contract.service} {name}"
            return self._trouble(case, Trouble.CRASHED, detail)
        schema = {"$ref": f"#/$defs/{contract.input_shape}"} if contract.input_shape else {}
        arguments = to_client(contract, schema, case.value)
        try:
            parsed = self._returned(contract, method(**arguments))
        except TooMuch as error:
            return self._trouble(case, Trouble.TOO_LARGE, str(error))
        except (Exception, SystemExit) as error:
            return self._raised(contract, case, error)
        return self._parsed(case, parsed)

    def close(self) -> None:
        """Closes nothing: the client is its maker's."""

    def _serves(self, contract: Contract) -> bool:
        service = getattr(getattr(self.client, "meta", None), "service_model", None)
        name = getattr(service, "service_name", None)
        return not isinstance(name, str) or name == contract.service

    def _parsed(self, case: Case, parsed: Parsed) -> Exchange:
        return replace(self._exchange(case), parsed=parsed)

    def _trouble(self, case: Case, trouble: Trouble, detail: str) -> Exchange:
        return replace(self._exchange(case), trouble=trouble, detail=detail)

    def _exchange(self, case: Case) -> Exchange:
        seen = self._capture
        return Exchange(case, seen.request, seen.response, View.SDK, secrets=seen.secrets)

    def _returned(self, contract: Contract, returned: Any) -> Parsed:
        if not isinstance(returned, Mapping):
            raise TypeError(f"the client returned {type(returned).__name__}, not a dict")
        value = self._logical(returned)
        metadata = value.pop("ResponseMetadata", None)
        if contract.output_shape:
            value = as_text(contract, {"$ref": f"#/$defs/{contract.output_shape}"}, value)
        return Parsed(value, None, _status(metadata))

    def _logical(self, value: Any) -> Any:
        options = self.options
        return from_client(value, options.response_limit, seconds=options.timeout)

    def _raised(self, contract: Contract, case: Case, error: Exception | SystemExit) -> Exchange:
        from botocore import exceptions
        from botocore.parsers import ResponseParserError

        if self._capture.withheld is not None:
            detail = f"it would have gone to {self._capture.withheld}, which is real AWS"
            return self._trouble(case, Trouble.CLIENT_REFUSED, detail)
        if isinstance(error, exceptions.ClientError):
            parsed = _error(contract, self._logical(error.response))
            if parsed is not None:
                return self._parsed(case, parsed)
            return self._trouble(case, Trouble.CRASHED, last_line(error))
        if isinstance(error, exceptions.ReadTimeoutError):
            trouble = Trouble.TIMEOUT
        elif isinstance(error, exceptions.ConnectTimeoutError | exceptions.EndpointConnectionError):
            trouble = Trouble.UNREACHABLE
        elif isinstance(error, exceptions.HTTPClientError):
            trouble = Trouble.DROPPED
        elif isinstance(error, ResponseParserError):
            trouble = Trouble.NOT_HTTP
        elif isinstance(error, exceptions.BotoCoreError) or _is_call_error(error):
            # ParamValidationError, the Stubber's errors, missing credentials: nothing was sent.
            trouble = Trouble.CLIENT_REFUSED
        else:
            return self._trouble(case, Trouble.CRASHED, f"{last_line(error)}{place_of(error)}")
        return self._trouble(case, trouble, last_line(error))


def is_client(thing: object) -> bool:
    """Whether an object is a boto3 client, or something made by hand that could stand in for one.

    That is an object, not a class, a module or a function, with a public method of its own.
    """
    if isinstance(thing, str | bytes | int | float | list | dict | set | tuple | type(None)):
        return False
    if getattr(getattr(thing, "meta", None), "service_model", None) is not None:
        return True
    if callable(thing) or inspect.isclass(thing) or inspect.ismodule(thing):
        return False
    return any(
        not name.startswith("_") and inspect.isroutine(method)
        for name, method in inspect.getmembers_static(type(thing))
    )


def _method_name(operation: str) -> str:
    from botocore import xform_name

    return str(xform_name(operation))


def _error(contract: Contract, value: Any) -> Parsed | None:
    """A ClientError's code, status and members; None where it has no code."""
    if not isinstance(value, dict):
        return None
    error = value.pop("Error", None)
    metadata = value.pop("ResponseMetadata", None)
    code = error.get("Code") if isinstance(error, dict) else None
    if not isinstance(code, str) or not code:
        return None
    message = error.get("Message")
    if message and not any(name.lower() == "message" for name in value):
        # botocore does not find some errors' messages among their members, but has them here.
        value[_message_member(contract, code)] = message
    return Parsed(value, code, _status(metadata))


def _message_member(contract: Contract, code: str) -> str:
    declared = declared_code(contract, code)
    if declared is None or declared not in contract.errors:
        return "message"
    members = contract.definitions[contract.errors[declared].shape].get("properties", {})
    return next((name for name in members if name.lower() == "message"), "message")


def _status(metadata: Any) -> int | None:
    status = metadata.get("HTTPStatusCode") if isinstance(metadata, dict) else None
    return status if isinstance(status, int) else None


def _is_call_error(error: BaseException) -> bool:
    """Whether Python itself refused the call: the method does not take these arguments."""
    here = error.__traceback__
    return isinstance(error, TypeError) and here is not None and here.tb_next is None
