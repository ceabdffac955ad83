"""Requests are signed as each operation wants it, and are as long as they say."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from awsconform.conformance.exchange import Case, HTTPRequest, Intent, Purpose
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.preparing import encoded, signed
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.conformance.wire.signing import FAKE, FAKE_TOKEN, Credentials, sign
from awsconform.specs.catalog import load

PUT = load("s3", "PutObject")
HEAD = load("s3", "HeadObject")
UPLOAD = load("mediastore-data", "PutObject")
IDENTITY = load("cognito-identity", "GetId")
USERS = load("iam", "ListUsers")
REQUEST = HTTPRequest("PUT", "/b/a//b/%C3%BC%2F?x=1", (("Content-Type", "text/plain"),), b"body")
ORIGIN = "http://localhost:5000"


def made(version: str, request: HTTPRequest = REQUEST, keys: Credentials = FAKE) -> dict[str, str]:
    given = sign(
        request, origin=ORIGIN, region="eu-west-1", service="s3", credentials=keys, version=version
    )
    return {name.lower(): text for name, text in given.headers}


def signature(signer: type[SigV4Auth], headers: dict[str, str]) -> str:
    """What botocore signs at the time the headers state."""
    kept = {name: text for name, text in headers.items() if name != "authorization"}
    request = AWSRequest("PUT", f"{ORIGIN}{REQUEST.path}", headers=kept, data=REQUEST.body)
    request.context["timestamp"] = headers["x-amz-date"]
    auth = signer(BotocoreCredentials(FAKE.access_key, FAKE.secret_key), "s3", "eu-west-1")
    return str(
        auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    )


@pytest.mark.parametrize(
    ("version", "signer"),
    [
        ("v4", SigV4Auth),
        ("v4a", SigV4Auth),
        ("v2", SigV4Auth),
        ("s3", S3SigV4Auth),
        ("s3v4", S3SigV4Auth),
    ],
)
def test_signs_as_botocore_does(version: str, signer: type[SigV4Auth]) -> None:
    headers = made(version)
    assert headers["authorization"].endswith(signature(signer, headers))
    assert "/eu-west-1/s3/aws4_request" in headers["authorization"]


def test_states_the_hash_of_the_body_for_s3_alone() -> None:
    assert made("s3v4")["x-amz-content-sha256"] == hashlib.sha256(b"body").hexdigest()
    assert made("v4-unsigned-body")["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
    assert "x-amz-content-sha256" not in made("v4")


def test_adds_nothing_where_nothing_is_wanted() -> None:
    assert sign(
        REQUEST, origin=ORIGIN, region="r", service="s3", credentials=FAKE, version="none"
    ) == REQUEST  # fmt: skip


def test_gives_a_token_where_one_is_wanted() -> None:
    assert made("bearer")["authorization"] == f"Bearer {FAKE_TOKEN}"
    own = Credentials("key", "secret", "own-token")
    assert made("bearer", keys=own)["authorization"] == "Bearer own-token"


def test_keeps_the_headers_of_the_request_but_those_a_signature_makes() -> None:
    stale = REQUEST.with_headers(
        (("X-Amz-Content-SHA256", "stale"), ("x-amz-date", "stale"), ("X-Amz-Meta-A", "kept"))
    )
    headers = made("s3v4", stale)
    assert headers["x-amz-meta-a"] == "kept"
    assert "stale" not in headers.values()


@pytest.mark.parametrize(
    ("contract", "starts"),
    [(USERS, "AWS4-HMAC-SHA256"), (PUT, "AWS4-HMAC-SHA256"), (IDENTITY, None)],
)
def test_signs_by_the_contract_and_shows_no_signature(contract: Any, starts: str | None) -> None:
    request = HTTPRequest("POST", "/", ())
    prepared = signed(
        contract, request, origin=ORIGIN, region="us-east-1", credentials=FAKE, base="/base"
    )
    stated = dict(prepared.request.headers).get("Authorization")
    assert (stated or "").startswith(starts or "")
    assert (stated is None) == (starts is None)
    assert prepared.request.path == "/base/"
    assert FAKE.access_key not in str(prepared.shown)


def case(contract: Any, value: dict[str, Any]) -> Case:
    return Case(contract.id, Intent(Purpose.VALID), value)


def test_states_no_length_but_the_bodys_own() -> None:
    value = {"Bucket": "b", "Key": "k", "Body": "Ym9keQ==", "ContentLength": 5000}
    request = encoded(PUT, case(PUT, value))
    assert request.body == b"body"
    assert "content-length" not in {name.lower() for name, _ in request.headers}


def test_an_answer_to_head_has_no_body_whatever_the_application_gives() -> None:
    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        assert environ["REQUEST_METHOD"] == "HEAD"
        assert environ["REQUEST_URI"] == "/bucket/key"
        start("404 Not Found", [("x-amz-request-id", "1")])
        return [b"<Error/>"]

    target = WSGITarget(application, name="wsgi:test", options=Options())
    made = target.send(HEAD, case(HEAD, {"Bucket": "bucket", "Key": "key"}))
    assert made.response is not None
    assert (made.response.status, made.response.body) == (404, b"")


def test_sends_streamed_bodies_whole() -> None:
    seen: list[bytes] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start("200 OK", [])
        return [b"{}"]

    WSGITarget(application, name="wsgi:test").send(
        UPLOAD, case(UPLOAD, {"Path": "p", "Body": "AAECAw=="})
    )
    assert seen == [b"\x00\x01\x02\x03"]
