"""`run --protocol` speaks the protocol that is asked for, and says so when it is repeated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import Call

NOBODY = """
def app(environ, start_response):
    size = int(environ.get("CONTENT_LENGTH") or 0)
    asked = environ["PATH_INFO"] + environ.get("HTTP_X_AMZ_TARGET", "")
    known = b"ListMetrics" in environ["wsgi.input"].read(size) + asked.encode()
    start_response("200 OK" if known else "400 Bad Request", [("X-Path", environ["PATH_INFO"])])
    return [b""]
"""


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "protocol_nobody.py").write_text(NOBODY)
    monkeypatch.syspath_prepend(tmp_path)
    return "wsgi:protocol_nobody:app"


@pytest.mark.parametrize(
    ("protocol", "kind", "path"),
    [
        ("json", "request-id", "X-Amz-Target: GraniteServiceVersion20100801.ListMetrics"),
        ("query", "xml", "POST http://127.0.0.1:4570/ "),
        ("rpc-v2-cbor", "protocol-header", "/operation/ListMetrics"),
    ],
)
def test_speaks_the_protocol_that_is_asked_for(
    call: Call, target: str, protocol: str, kind: str, path: str
) -> None:
    words = ["run", "cloudwatch.ListMetrics", "--target", target, "--protocol", protocol]
    ended = call(*words, "-k", "wire#", "--examples", "0", "--seed", "1", "-v")
    assert ended.code == 1
    assert f"cloudwatch.ListMetrics/wire#{kind}" in ended.out
    assert f"--protocol {protocol}" in ended.out
    assert path in ended.out.replace("-X ", "")


def test_a_protocol_the_service_does_not_speak_is_refused(call: Call) -> None:
    ended = call("run", "iam.ListUsers", "--protocol", "ec2")
    assert ended.code == 2
    assert "iam does not speak ec2" in ended.err
    nonsense = call("run", "iam.ListUsers", "--protocol", "morse")
    assert nonsense.code == 2
    assert "morse" in nonsense.err


def test_shows_and_explains_what_another_protocol_has(call: Call) -> None:
    spoken = ("--protocol", "rpc-v2-cbor")
    assert "protocol-header" in call("explain", "cloudwatch.ListMetrics", *spoken).out
    explained = call("explain", "cloudwatch.ListMetrics/wire#protocol-header", *spoken)
    assert explained.code == 0
    assert "-k 'cloudwatch.ListMetrics/wire#protocol-header' --protocol" in explained.out
    shown = json.loads(call("show", "cloudwatch.ListMetrics", "--json", *spoken).out)
    assert shown["aws"]["protocol"] == "rpc-v2-cbor"
