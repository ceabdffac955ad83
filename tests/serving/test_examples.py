"""What `example` prints is what the AWS CLI takes, and sends as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.config import Config
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from awsconform.conformance.emulator.serving import start
from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.reports.sdk_requests import difference
from awsconform.conformance.targets.client_values import to_client
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from cli.calling import Call, caller

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
# Every protocol the CLI speaks. Small operations that have long been the same: the CLI brings
# models of its own. No binary values, which version 1 takes otherwise.
OPERATIONS = [
    "deadline.CreateFarm", "lambda.TagResource", "iot.CreateThing", "lex-runtime.PostText",
    "dynamodb.UpdateTimeToLive", "logs.PutRetentionPolicy",
    "lookoutequipment.CreateInferenceScheduler", "iam.CreateGroup", "sns.CreateTopic",
    "cloudformation.CancelUpdateStack", "ec2.CreateTags", "s3.PutBucketTagging",
    "route53.ChangeTagsForResource",
]  # fmt: skip
SCRIPT = """
import json, sys
from awscli.clidriver import create_clidriver
for words in json.load(sys.stdin):
    print("ended", create_clidriver().main(words), file=sys.stderr)
"""


def cli(calls: list[list[str]]) -> tuple[list[int], str, str]:
    """How calls of the AWS CLI ended, and what they wrote."""
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **ENVIRONMENT},
    )
    ended = [int(line[6:]) for line in finished.stderr.splitlines() if line.startswith("ended ")]
    return ended, finished.stdout, finished.stderr


def words_of(contract: Contract, file: Path, url: str) -> list[str]:
    service = {"s3": "s3api"}.get(contract.service, contract.service)
    words = [service, xform_name(contract.operation, "-")]
    words += ["--cli-input-json", f"file://{file}", "--endpoint-url", url]
    return words + (["--no-paginate"] if contract.pagination else [])


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture
def recorded() -> Iterator[tuple[str, list[HTTPRequest]]]:
    """A server that refuses everything, its address, and what it was sent."""
    sent: list[HTTPRequest] = []

    def refuse(environ: Any, start: Any) -> Any:
        request = Request(environ)
        path = environ.get("RAW_URI", environ["PATH_INFO"])
        sent.append(
            HTTPRequest(request.method, path, tuple(request.headers.items()), request.get_data())
        )
        return Response(status=400)(environ, start)

    with _served(refuse) as url:
        yield url, sent


class _served:
    def __init__(self, application: Any) -> None:
        self._server = make_server("127.0.0.1", 0, application)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.port}"

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def test_the_cli_sends_each_example_as_it_stands(
    recorded: tuple[str, list[HTTPRequest]], tmp_path: Path, call: Call
) -> None:
    url, sent = recorded
    calls, contracts, values = [], [], []
    for name in OPERATIONS:
        contract = catalog.load(*name.split("."))
        text = call("example", name, "--seed", "3").out
        file = tmp_path / f"{name}.json"
        file.write_text(text, encoding="utf-8")
        calls.append(words_of(contract, file, url))
        contracts.append(contract)
        values.append(json.loads(text))
    ended, _, err = cli(calls)
    assert len(ended) == len(OPERATIONS), err
    assert len(sent) == len(OPERATIONS), err
    for contract, value, request in zip(contracts, values, sent, strict=True):
        arguments = to_client(contract, {"$ref": f"#/$defs/{contract.input_shape}"}, value)
        expected = sent_by_boto3(contract, arguments, url)
        assert not difference(expected, request, tokens=filled_in(contract, value)), contract.id


class _Sent(Exception):
    """Holds the request instead of letting it go."""


def sent_by_boto3(contract: Contract, arguments: dict[str, Any], url: str) -> HTTPRequest:
    """The request boto3 makes of the same values, which it validates first."""
    client = boto3.client(
        contract.service,
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(inject_host_prefix=False, s3={"addressing_style": "path"}),
    )

    def hold(request: Any, **_: Any) -> None:
        body = request.body or b""
        raise _Sent(
            HTTPRequest(
                request.method,
                request.url.removeprefix(url),
                tuple((name, _text(value)) for name, value in request.headers.items()),
                body if isinstance(body, bytes) else str(body).encode(),
            )
        )

    client.meta.events.register_first("before-send", hold)
    with pytest.raises(_Sent) as held:
        getattr(client, xform_name(contract.operation))(**arguments)
    sent: HTTPRequest = held.value.args[0]
    return sent


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def filled_in(contract: Contract, value: dict[str, Any]) -> frozenset[str]:
    """The wire names of idempotency tokens that every client makes up anew."""
    return frozenset(
        str(place.aws.get("locationName", place.path[0]))
        for place in contract.places("request")
        if len(place.path) == 1 and place.aws.get("idempotencyToken") and place.path[0] not in value
    )


def test_the_emulator_takes_what_the_cli_makes_of_an_example(tmp_path: Path, call: Call) -> None:
    with start() as url:
        farm = catalog.load("deadline", "CreateFarm")
        heartbeat = catalog.load("sagemaker-edge", "SendHeartbeat")
        calls = []
        for contract in (farm, heartbeat):
            for fill in ("--minimal", "--maximal"):
                file = tmp_path / f"{contract.operation}{fill}.json"
                file.write_text(call("example", contract.id, fill).out, encoding="utf-8")
                calls.append(words_of(contract, file, url))
        ended, out, err = cli(calls)
    assert ended == [0, 0, 0, 0], err
    assert out.count('"farmId"') == 2


def test_the_cli_refuses_an_example_of_another_operation(
    recorded: tuple[str, list[HTTPRequest]], tmp_path: Path, call: Call
) -> None:
    url, sent = recorded
    file = tmp_path / "other.json"
    file.write_text(call("example", "deadline.CreateFarm").out, encoding="utf-8")
    [ended], _, err = cli([words_of(catalog.load("deadline", "GetFarm"), file, url)])
    assert ended != 0
    assert "Parameter validation failed" in err
    assert sent == []
