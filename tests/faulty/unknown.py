"""What is answered to operations that do not exist, which has to be a client's error."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer, Incoming
from faulty.errors import ONE_EACH
from faulty.fault import Fault

UNKNOWN = "errors#unknown-operation"
JSON, HTML = ("Content-Type", "application/json"), ("Content-Type", "text/html")
ANSWERS = (
    ("a fault of the server", Answer(500, [JSON], b'{"message": "NotImplementedError"}')),
    ("a page of the server's", Answer(500, [HTML], b"<html>Internal Server Error</html>")),
    ("not available", Answer(503, [JSON], b'{"__type": "ServiceUnavailable"}')),
    ("a fault with the status of a client's", Answer(400, [JSON], b'{"__type": "InternalError"}')),
    ("a success", Answer(200, [JSON], b"{}")),
    ("a success of nothing", Answer(200, [JSON], b"")),
    ("a welcome", Answer(200, [HTML], b"<html>Welcome</html>")),
)


def faults() -> Iterator[Fault]:
    for operation in ONE_EACH:
        for name, answer in ANSWERS:
            yield Fault(operation, f"an unknown operation is {name}", losing(answer), (UNKNOWN,))


def losing(answer: Answer) -> Callable[[], Emulator]:
    """An emulator with this answer to every operation it does not know."""

    class Losing(Emulator):
        def lost(self, incoming: Incoming) -> Answer:
            return answer._replace(headers=list(answer.headers))

    return Losing
