"""Reproductions are run, and what arrives is held against what was recorded."""

from __future__ import annotations

import json
import os
import random
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from awsconform.conformance.exchange import Case, Exchange, HTTPRequest, Intent, Purpose, View
from awsconform.conformance.reports.conditions import Conditions, run_command
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.reproduction import reproduce
from awsconform.conformance.running import RunOptions
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.requests import encode
from awsconform.generators.choices import RandomChoices
from awsconform.generators.violations import labelled
from awsconform.specs import catalog
from awsconform.specs.clauses import Level
from awsconform.specs.contract import Contract
from reports.hand_made import CREATE, GET, JSON_LIST, LIST, exchange, keeping_server

HEARTBEAT = catalog.load("sagemaker-edge", "SendHeartbeat")
METRIC = {"Timestamp": "2026-01-02T03:04:05Z", "Value": "NaN", "Dimension": "it's $HOME `x`"}
BEAT = {"AgentVersion": "1", "DeviceName": "d", "DeviceFleetName": "f", "AgentMetrics": [METRIC]}
CASES: list[tuple[Contract, dict[str, Any], bytes | None]] = [
    (CREATE, {"displayName": "x", "description": None, "tags": {"a": 1}}, None),
    (CREATE, {"displayName": "x", "clientToken": "t" * 64}, None),
    (CREATE, {"displayName": "x", "nobodyKnows": [3]}, None),
    (CREATE, {"displayName": "x"}, b'{"displayName": "\x00\xff%\\n\'" '),
    (CREATE, {"displayName": "x"}, b"\n{"),
    (LIST, {"maxResults": 0}, None),
    (LIST, {"maxResults": "ten & more", "nextToken": "a/b=c+d e"}, None),
    (GET, {"farmId": "a b/c", "aggregationId": "ü"}, None),
    (JSON_LIST, {"MaxResults": "ten", "NextToken": None}, None),
    (HEARTBEAT, BEAT, None),
]
TRANSPORT = ("content-type", "x-amz-target", "x-amz-client-token")


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[HTTPRequest]]]:
    with keeping_server() as started:
        yield started


@pytest.fixture(autouse=True, scope="module")
def _clients_made_once() -> Iterator[None]:
    """Making a client takes longer than all else here; hooks of one program stay with it."""
    session = boto3.Session()

    def client(service: str, **settings: Any) -> Any:
        return session.client(service, **settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boto3, "client", client)
        yield


def seen(request: HTTPRequest) -> tuple[Any, ...]:
    """What a request says, whoever sent it; JSON apart from its spelling."""
    try:
        body: Any = json.dumps(json.loads(request.body), sort_keys=True)
    except ValueError:
        body = request.body
    headers = {name.lower(): value for name, value in request.headers}
    path, _, query = request.path.partition("?")
    return (
        request.method,
        path,
        sorted(query.split("&")),
        body,
        {name: headers.get(name) for name in TRANSPORT},
    )


def run_python(program: str) -> None:
    exec(compile(program, "reproduction", "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize(("contract", "value", "body"), CASES)
def test_the_boto3_program_sends_what_was_recorded(
    contract: Contract,
    value: dict[str, Any],
    body: bytes | None,
    server: tuple[str, list[HTTPRequest]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, kept = server
    recorded = exchange(contract, value, body=body)
    kept.clear()
    run_python(reproduce(contract, recorded, endpoint_of(url)).boto3)
    assert recorded.request is not None
    assert [seen(each) for each in kept] == [seen(recorded.request)]
    assert "ResponseMetadata" in capsys.readouterr().out


@pytest.mark.parametrize("contract", catalog.select([]), ids=lambda contract: contract.id)
def test_the_boto3_program_sends_every_labelled_violation_as_it_was(
    contract: Contract, server: tuple[str, list[HTTPRequest]]
) -> None:
    url, kept = server
    sent = 0
    for violation in labelled(contract, RandomChoices(random.Random(5))):
        intent = Intent(Purpose.VIOLATES, violation.clause, violation.label)
        case = Case(contract.id, intent, violation.value, violation.body)
        try:
            request = encode(contract, case)
        except NotExpressible:
            continue
        kept.clear()
        run_python(reproduce(contract, Exchange(case, request, None), endpoint_of(url)).boto3)
        assert [seen(each) for each in kept] == [seen(request)], violation.label
        sent += 1
    assert sent


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A folder with a `curl` that writes down its arguments and its input."""
    fake = tmp_path / "curl"
    fake.write_text(
        f"#!{sys.executable}\n"
        "import json, sys\n"
        "body = sys.stdin.buffer.read() if '@-' in sys.argv else b''\n"
        "print(json.dumps([sys.argv[1:], body.decode('latin-1')]))\n"
    )
    fake.chmod(0o755)
    return tmp_path


def curl_request(command: str, folder: Path) -> tuple[list[str], HTTPRequest]:
    """The flags of a curl command and the request curl makes of it, by its manual."""
    environment = {**os.environ, "PATH": f"{folder}:/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", "-c", command], env=environment, capture_output=True, check=True, text=True
    )
    arguments, piped = json.loads(done.stdout)
    words = iter(arguments)
    method, url, headers, body, flags = "GET", "", [], b"", []
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            line = next(words)
            name, _, value = line.partition(": ")
            headers.append((name.rstrip(";:"), value))
        elif word == "--data-raw":
            body = next(words).encode()
        elif word == "--data-binary":
            assert next(words) == "@-"
            body = piped.encode("latin-1")
        elif word in ("--aws-sigv4", "--user"):
            flags.append(f"{word} {next(words)}")
        elif word.startswith("-"):
            flags.append(word)
        else:
            url = word
    path = "/" + url.split("/", 3)[3]
    return flags, HTTPRequest(method, path, tuple(headers), body)


@pytest.mark.parametrize(("contract", "value", "body"), CASES)
def test_the_curl_command_means_what_was_recorded_to_a_shell(
    contract: Contract, value: dict[str, Any], body: bytes | None, shell: Path
) -> None:
    recorded = exchange(contract, value, body=body)
    assert recorded.request is not None
    command = reproduce(contract, recorded, endpoint_of("http://localhost:5000")).curl
    _, request = curl_request(command, shell)
    assert seen(request) == seen(recorded.request)
    assert request.body == recorded.request.body


def test_curl_signs_where_the_recorded_request_was_signed(shell: Path) -> None:
    endpoint = endpoint_of("http://localhost:5000", region="eu-west-1")
    bare = reproduce(LIST, exchange(LIST, {"maxResults": 0}), endpoint).curl
    signed = reproduce(LIST, exchange(LIST, {"maxResults": 0}, secret=True), endpoint).curl
    assert not any("sigv4" in flag for flag in curl_request(bare, shell)[0])
    assert "--aws-sigv4 aws:amz:eu-west-1:deadline" in curl_request(signed, shell)[0]


def test_no_reproduction_holds_a_secret_of_the_request() -> None:
    code = reproduce(
        LIST, exchange(LIST, {"maxResults": 0}, secret=True), endpoint_of("http://localhost:1")
    )
    for text in (code.boto3, code.cli, code.curl):
        assert "AKIDREAL" not in text
        assert "IQoJ" not in text
        assert "session=" not in text


@pytest.mark.parametrize(
    ("contract", "value", "validated"),
    [(LIST, {"maxResults": 2, "nextToken": "it's"}, True), (JSON_LIST, {"MaxResults": "x"}, False)],
)
def test_the_aws_cli_sends_what_was_recorded(
    contract: Contract,
    value: dict[str, Any],
    validated: bool,
    server: tuple[str, list[HTTPRequest]],
    tmp_path: Path,
) -> None:
    url, kept = server
    recorded = exchange(contract, value)
    command = reproduce(contract, recorded, endpoint_of(url)).cli
    assert ("parameter_validation" in command) is not validated
    settings = tmp_path / "config"
    settings.write_text("[default]\nparameter_validation = false\n")
    told = [line for line in command.splitlines() if not line.startswith("#")]
    words = shlex.split("\n".join(told).replace("\\\n", ""))
    at = words.index("aws")
    environment = dict(word.split("=", 1) for word in words[:at])
    kept.clear()
    subprocess.run(
        [sys.executable, "-m", "awscli", *words[at + 1 :]],
        env={**os.environ, **environment, "AWS_CONFIG_FILE": str(settings)},
        check=True,
        capture_output=True,
    )
    assert recorded.request is not None
    assert [seen(each) for each in kept] == [seen(recorded.request)]


@pytest.mark.parametrize(
    ("value", "body"), [({"displayName": None}, None), ({"a": 1}, None), ({}, b"{")]
)
def test_says_in_comments_alone_what_the_aws_cli_cannot_send(
    value: dict[str, Any], body: bytes | None
) -> None:
    command = reproduce(CREATE, exchange(CREATE, value, body=body), endpoint_of("emulator:")).cli
    assert all(line.startswith("# ") for line in command.splitlines())


def test_says_that_the_aws_cli_fills_in_a_token() -> None:
    recorded = exchange(CREATE, {"displayName": "x"})
    command = reproduce(CREATE, recorded, endpoint_of("emulator:")).cli
    assert "clientToken" in command.splitlines()[0]
    assert "aws deadline create-farm" in command


@pytest.mark.parametrize(
    ("target", "url", "first"),
    [
        ("emulator:", "http://127.0.0.1:4570", "awsconform serve"),
        ("moto:", "http://127.0.0.1:5000", "moto_server -p 5000"),
        ("http://localhost:9/base/", "http://localhost:9/base", None),
    ],
)
def test_knows_where_each_target_is_reached(target: str, url: str, first: str | None) -> None:
    endpoint = endpoint_of(target)
    assert (endpoint.url, endpoint.first) == (url, first)


def test_the_command_that_serves_a_wsgi_application_is_python() -> None:
    first = endpoint_of("wsgi:my.app:site.wsgi").first
    assert first is not None
    words = shlex.split(first)
    assert words[:2] == ["python", "-c"]
    compile(words[2], "first", "exec")
    assert "from my.app import site" in words[2]
    assert words[2].endswith("site.wsgi)")


def test_real_aws_is_asked_with_the_readers_own_credentials() -> None:
    endpoint = endpoint_of("https://deadline.us-west-2.amazonaws.com", region="us-west-2")
    code = reproduce(LIST, exchange(LIST, {"maxResults": 0}, secret=True), endpoint)
    assert "AKIAIOSFODNN7EXAMPLE" not in code.boto3 + code.cli + code.curl
    assert "$AWS_SECRET_ACCESS_KEY" in code.curl
    assert "https://management.deadline.us-west-2.amazonaws.com/" in code.curl


def test_a_client_target_is_called_by_its_own_factory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my_mock_client.py").write_text(
        "class Mock:\n    def list_farms(self, **given):\n        return given\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    case = Case(LIST.id, Intent(Purpose.VALID), {"maxResults": 3})
    spoken = Exchange(case, None, None, View.SDK)
    run_python(reproduce(LIST, spoken, endpoint_of("client:my_mock_client:Mock")).boto3)
    assert capsys.readouterr().out == "{'maxResults': 3}\n"


def test_no_other_program_is_told_to_ask_a_client_target() -> None:
    case = Case(LIST.id, Intent(Purpose.VALID), {"maxResults": 3})
    spoken = Exchange(case, None, None, View.SDK)
    code = reproduce(LIST, spoken, endpoint_of("client:my_mock_client:Mock"))
    assert code.first is None
    for text in (code.cli, code.curl):
        [line] = text.splitlines()
        assert line.startswith("# ")


def test_a_run_is_repeated_with_its_level_and_its_flags() -> None:
    options = RunOptions(seed=7, levels=(Level.MUST, Level.SHOULD))
    endpoint = endpoint_of("http://localhost:5000", flags=("--timeout 3.0", "--no-verify"))
    made = Conditions("emulator:", options, endpoint)
    words = shlex.split(run_command(made, operation=LIST.id))
    assert words[words.index("--level") + 1] == "should"
    assert words[words.index("--timeout") + 1] == "3.0"
    assert "--no-verify" in words


def test_a_flag_is_repeated_once() -> None:
    endpoint = endpoint_of("https://deadline.amazonaws.com", flags=("--allow-aws",))
    made = Conditions("https://deadline.amazonaws.com", RunOptions(), endpoint)
    assert run_command(made, operation=LIST.id).count("--allow-aws") == 1
