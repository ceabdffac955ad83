"""Nothing secret is in any line of a record, nor in what its bodies hold."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Parsed,
    Purpose,
    View,
)
from awsconform.conformance.records.reading import document_of, read_document, read_record
from awsconform.conformance.records.recording import Recorder
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.running import RunOptions
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.conformance.wire.signing import Credentials
from awsconform.specs import catalog
from records.recorded import (
    conditions,
    contracts_of,
    everything_in,
    record_results,
    record_run,
    reported,
    without_date,
)
from reports.hand_made import LIST, SECRETS, exchange, run

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FARM = catalog.load("deadline", "GetFarm")
KEYS = Credentials("AKIDREALREAL", "s3cr3t/s3cr3t/s3cr3t", "IQoJb3JpZ2luX2VjEXAMPLE/token+==")


def assert_nowhere(path: Path, *secrets: str | None) -> None:
    record = read_record(path)
    read = json.dumps([record.exchange(number) for number in record.exchanges])
    for text in (*everything_in(record), read.encode(), json.dumps(document_of(record)).encode()):
        for secret in secrets:
            assert str(secret).encode() not in text
            assert json.dumps(secret)[1:-1].encode() not in text


class Cookies:
    """An implementation that sets another cookie with each answer, and repeats what it knows.

    That is all the headers of the request, and the cookies it has set so far.
    """

    def __init__(self) -> None:
        self.emulator = Emulator()
        self.cookies: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        told = {name: text for name, text in environ.items() if name.startswith("HTTP_")}
        known = ["known cookies: ", *self.cookies[-3:]]
        self.cookies.append(f"c00kie{len(self.cookies):06}e94f70")
        headers: list[tuple[str, str]] = []

        def answer(status: str, given: list[tuple[str, str]], *_: Any) -> Any:
            headers.extend([("status", status), *given])

        body = b"".join(self.emulator(environ, answer))  # type: ignore[arg-type]
        status = headers.pop(0)[1]
        value = json.loads(body or b"{}")
        value["known"] = {"known": known, "headers": told}
        changed = json.dumps(value).encode()
        kept = [each for each in headers if each[0].lower() != "content-length"]
        start_response(
            status,
            [
                *kept,
                ("Content-Length", str(len(changed))),
                ("Set-Cookie", f"session={self.cookies[-1]}; Path=/"),
                ("X-Before", " ".join(known)),
            ],
        )
        return [changed]


def test_a_server_that_sets_cookies_and_repeats_headers_is_recorded_without_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "record.jsonl"
    server = Cookies()
    options = Options(credentials=KEYS, headers=(("X-Session-Id", "user-made-secret"),))
    target = WSGITarget(server, name="wsgi:package.module:cookies", options=options)
    contracts = contracts_of(["deadline.CreateFarm", "deadline.ListFarms"])
    made = record_run(path, contracts, target, RunOptions(seed=1, examples=1))
    record = read_record(path)
    assert len(server.cookies) > 100
    assert any(
        clause["findings"] for each in record.operations.values() for clause in each["clauses"]
    )
    assert_nowhere(
        path, KEYS.token, KEYS.secret_key, KEYS.access_key, "user-made-secret", *server.cookies
    )
    assert b"[hidden]" in path.read_bytes()
    assert without_date(read_document(path)) == reported(made)


def test_what_is_secret_by_its_header_is_in_no_line(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    shown = exchange(LIST, {"maxResults": 0}, answer=b'{"farms": []}', secret=True)
    record_results(path, run(violated="#minimum", shown=shown))
    assert_nowhere(path, *SECRETS.values(), "AKIDREAL", "af3d0c11b2e94f70", "7d1bf2a6c9e04f05")


def test_a_secret_of_an_earlier_exchange_is_hidden_in_all_later_ones(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    first = exchange(LIST, {}, secret=True)
    cookie = "af3d0c11b2e94f70"
    case = Case(
        LIST.id,
        Intent(Purpose.VALID, label=f"of {cookie}", group=cookie),
        {"nextToken": cookie, cookie: "x" * 5_000 + cookie},
        f"{cookie}\n".encode(),
    )
    request = HTTPRequest("GET", f"/x?{cookie}", (("X-A", cookie),), b"\xff" + cookie.encode())
    response = HTTPResponse(200, (("X-B", cookie),), b"x" * 70_000 + cookie.encode())
    later = Exchange(case, request, response, detail=f"came {cookie}")
    answered = Exchange(case, None, None, View.SDK, parsed=Parsed({"a": [cookie]}, cookie))
    stated = conditions("emulator:", RunOptions())
    recorder = Recorder(RecordFile.new(path), lambda: stated)
    recorder.begin([LIST])
    recorder.began(LIST)
    for each in (first, later, answered):
        recorder.sent(each)
    recorder.file.close()
    assert_nowhere(path, cookie, *SECRETS.values())


def test_a_secret_is_hidden_before_an_answer_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    secret = "IQoJb3JpZ2luX2VjEXAMPLETOKEN"
    body = b"x" * (64 * 1024 - 10) + secret.encode()
    case = Case(LIST.id, Intent(Purpose.VALID), {})
    seen = Exchange(case, None, HTTPResponse(200, (), body), secrets=frozenset({secret}))
    stated = conditions("emulator:", RunOptions())
    recorder = Recorder(RecordFile.new(path), lambda: stated)
    recorder.begin([LIST])
    recorder.sent(seen)
    recorder.file.close()
    assert_nowhere(path, secret, secret[:10])


@pytest.mark.parametrize("secret", ["plain5ecret", 'with "quotes"', "a/b+c=="])
def test_a_sensitive_member_of_an_answer_is_in_no_line(secret: str, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    value = {"farmId": "farm-0123456789abcdef0123456789abcdef"}
    bodies = ({"description": secret}, {"Credentials": {"SecretAccessKey": secret}})
    stated = conditions("emulator:", RunOptions())
    recorder = Recorder(RecordFile.new(path), lambda: stated)
    recorder.begin([FARM])
    for body, view in itertools.product(bodies, View):
        case = Case(FARM.id, Intent(Purpose.VALID), value)
        answer = HTTPResponse(200, (), json.dumps(body).encode())
        recorder.sent(
            Exchange(case, None, answer, view, detail=f"came {secret}", parsed=Parsed(body))
        )
    recorder.file.close()
    assert_nowhere(path, secret)


def test_what_was_sent_is_there_though_a_member_of_that_name_is_sensitive(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    value = {"farmId": "farm-0123456789abcdef0123456789abcdef", "description": "asked for"}
    shown = exchange(FARM, value, answer=b'{"description": "answered"}')
    record_results(path, run(FARM, violated="farmId#pattern", shown=shown))
    assert b"asked for" in path.read_bytes()
    assert_nowhere(path, "answered")
