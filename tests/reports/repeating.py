"""An implementation that sets a cookie while things are made, and repeats it ever after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from awsconform.conformance.emulator.application import Emulator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Repeating:
    """Sets a cookie with each answer to a POST, and repeats those and how they were signed.

    All `secrets` are of requests and answers that are set-up where a read is judged. What a read
    answers has a member that is not documented, once two things were made; or it `crashes`.
    """

    def __init__(self, *, crashes: bool = False) -> None:
        self.emulator = Emulator()
        self.crashes = crashes
        self.secrets: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        headers: list[tuple[str, str]] = []

        def answer(status: str, given: list[tuple[str, str]], *_: Any) -> Any:
            headers.extend([("status", status), *given])

        body = b"".join(self.emulator(environ, answer))  # type: ignore[arg-type]
        status = headers.pop(0)[1]
        if environ["REQUEST_METHOD"] == "POST":
            cookie = f"c00kie{len(self.secrets):06}e94f70"
            headers.append(("Set-Cookie", f"session={cookie}; Path=/"))
            signature = environ["HTTP_AUTHORIZATION"].rpartition("Signature=")[2]
            self.secrets += [cookie, signature]
        elif self.crashes or len(self.secrets) > 2:
            known = " ".join(self.secrets)
            if self.crashes:
                raise RuntimeError(f"known: {known}")
            body = json.dumps({**json.loads(body), "known": known}).encode()
            headers = [each for each in headers if each[0].lower() != "content-length"]
            headers += [("Content-Length", str(len(body))), ("X-Known", known)]
        start_response(status, headers)
        return [body]
