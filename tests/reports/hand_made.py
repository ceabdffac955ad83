"""Runs and exchanges written by hand, and a server that keeps what it is sent."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from awsconform.conformance.evidence import Evidence
from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Purpose,
)
from awsconform.conformance.outcomes import Finding, Outcome, Verdict
from awsconform.conformance.results import Judgement
from awsconform.conformance.running import Run, RunOptions
from awsconform.conformance.selecting import judged_clauses
from awsconform.conformance.wire.requests import encode
from awsconform.specs import catalog
from awsconform.specs.contract import Contract

LIST = catalog.load("deadline", "ListFarms")
CREATE = catalog.load("deadline", "CreateFarm")
GET = catalog.load("deadline", "GetSessionsStatisticsAggregation")
JSON_LIST = catalog.load("lookoutequipment", "ListInferenceSchedulers")

SECRETS = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIDREAL/x, Signature=0123456789abcdef0123",
    "x-amz-security-token": "IQoJb3JpZ2luX2VjEXAMPLETOKEN",
    "Cookie": "session=7d1bf2a6c9e04f05",
}


def exchange(
    contract: Contract,
    value: dict[str, Any],
    *,
    body: bytes | None = None,
    answer: bytes = b"{}",
    status: int = 200,
    secret: bool = False,
) -> Exchange:
    """A violating request, and the answer to it; `secret` ones are signed and echoed."""
    case = Case(contract.id, Intent(Purpose.VIOLATES, "clause", "label"), value, body)
    request = encode(contract, case)
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    if secret:
        request = request.with_headers((*request.headers, *SECRETS.items()))
        headers = (*headers, ("Set-Cookie", "session=af3d0c11b2e94f70"))
        answer += " ".join(SECRETS.values()).encode()
    return Exchange(case, request, HTTPResponse(status, headers, answer))


def run(
    contract: Contract = LIST,
    *,
    verdict: Verdict = Verdict.CONFORMS,
    violated: str | None = None,
    shown: Exchange | None = None,
    reason: str = "",
    target: str = "emulator:",
) -> Run:
    """A run of one operation: each clause ends with `verdict`, but those that stand apart.

    The clauses whose id ends with `violated` are violated, as `shown`.
    """
    options = RunOptions(seed=7)
    outcomes = []
    for clause in judged_clauses(contract, options):
        if violated is not None and clause.id.endswith(violated):
            assert shown is not None
            finding = Finding(clause, "accepted", "a 4xx", "value 0: accepted with 200", shown)
            outcomes.append(Outcome(clause, Verdict.VIOLATES, "accepted", (finding,), 1))
        elif clause.apart:
            outcomes.append(Outcome(clause, Verdict.UNEXERCISED, clause.apart))
        else:
            outcomes.append(Outcome(clause, verdict, reason, (), int(verdict in "conforms")))
    result = Judgement.of(outcomes, Evidence(contract), 12).result
    return Run(target, options, (result,), 1.25)


@contextlib.contextmanager
def keeping_server(
    answers: Iterable[HTTPResponse] = (),
) -> Iterator[tuple[str, list[HTTPRequest]]]:
    """Its address, and the requests it was sent so far.

    They are answered with the `answers` one after the other, then with `{}`.
    """
    kept: list[HTTPRequest] = []
    left = iter(answers)

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = tuple(self.headers.items())
            kept.append(HTTPRequest(self.command, self.path, headers, body))
            answer = next(left, HTTPResponse(200, (("Content-Type", "application/json"),), b"{}"))
            self.send_response(answer.status)
            for name, value in answer.headers:
                if name.lower() != "content-length":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
