"""Requests are signed as botocore signs them, and no secret is shown."""

from __future__ import annotations

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.exchange import HTTPRequest, HTTPResponse
from awsconform.conformance.wire.redaction import redact_request, redact_response, redact_text
from awsconform.conformance.wire.signing import FAKE, Credentials, sign

SECRET = "s3cr3t-" + "0123456789abcdef" * 4
KEYS = Credentials("AKIDEXAMPLE", SECRET, f"token-{SECRET}")


def signed(request: HTTPRequest) -> HTTPRequest:
    return sign(
        request, origin="http://localhost:5000", region="eu-west-1", service="deadline",
        credentials=KEYS,
    )  # fmt: skip


def test_adds_a_signature_and_leaves_the_rest_alone() -> None:
    request = HTTPRequest("POST", "/a%20b?x=1%202", (("Content-Type", "text/plain"),), b"body")
    made = signed(request)
    assert (made.method, made.path, made.body) == (request.method, request.path, request.body)
    assert made.headers[0] == ("Content-Type", "text/plain")
    headers = dict(made.headers)
    assert headers["X-Amz-Security-Token"] == KEYS.token
    reference = AWSRequest(
        "POST",
        "http://localhost:5000/a%20b?x=1%202",
        {name: headers[name] for name in ("Content-Type", "X-Amz-Date", "X-Amz-Security-Token")},
        b"body",
    )
    reference.context["timestamp"] = headers["X-Amz-Date"]
    keys = BotocoreCredentials(KEYS.access_key, KEYS.secret_key, KEYS.token)
    auth = SigV4Auth(keys, "deadline", "eu-west-1")
    due = auth.signature(
        auth.string_to_sign(reference, auth.canonical_request(reference)), reference
    )
    assert headers["Authorization"].endswith(f"Signature={due}")
    assert "/eu-west-1/deadline/aws4_request" in headers["Authorization"]


def test_does_not_show_credentials() -> None:
    assert SECRET not in repr(KEYS)
    assert FAKE.secret_key not in repr(FAKE)


def test_shows_no_secret_of_a_request() -> None:
    request = signed(HTTPRequest("GET", "/x", (("Cookie", SECRET),)))
    shown = repr(redact_request(request))
    assert SECRET not in shown
    assert dict(request.headers)["Authorization"][-64:] not in shown
    assert "X-Amz-Date" in shown


def test_shows_no_cookie_of_a_response() -> None:
    response = HTTPResponse(200, (("Set-Cookie", SECRET), ("X-Other", "kept")), b"body")
    assert redact_response(response) == HTTPResponse(
        200, (("Set-Cookie", "[hidden]"), ("X-Other", "kept")), b"body"
    )


@pytest.mark.parametrize(
    "text",
    [
        "http://h/?X-Amz-Signature={}&a=1",
        "http://h/?a=1&X-Amz-Security-Token={}",
        "Authorization: AWS4-HMAC-SHA256 Credential=A/1/r/s/aws4_request, Signature={}",
        "refused: AWS4-HMAC-SHA256 Credential=A/1, SignedHeaders=host, Signature={}",
        "> cookie: a={}",
        '"X-Amz-Security-Token": "{}"',
    ],
)
def test_shows_no_secret_in_a_text(text: str) -> None:
    assert "0123456789abcdef" not in redact_text(text.format(SECRET))


@given(st.text(st.characters(exclude_characters=":="), max_size=50))
def test_leaves_texts_without_secrets_alone(text: str) -> None:
    assert redact_text(text) == text
