"""A client's answers in the SDK's view: who refused, what it returned, what went over the wire."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from unittest.mock import MagicMock

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from botocore.response import StreamingBody
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.serving import WSGIRequestHandler, make_server

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, Exchange, Intent, Parsed, Purpose, Trouble, View
from awsconform.conformance.targets.client import ClientTarget
from awsconform.conformance.targets.client_values import from_client, to_client
from awsconform.conformance.targets.options import Options
from awsconform.conformance.wire.answers import read
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.errors import TargetError
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

LIST_FARMS = load("deadline", "ListFarms")
CREATE_FARM = load("deadline", "CreateFarm")
START = load("deadline", "StartSessionsStatisticsAggregation")
DESCRIBE = load("lookoutequipment", "DescribeInferenceScheduler")
KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "not-a-secret"}


def client(service: str, **more: Any) -> Any:
    return boto3.client(service, region_name="us-east-1", **KEYS, **more)  # type: ignore[call-overload]


def send(thing: Any, contract: Contract = LIST_FARMS, /, **value: Any) -> Exchange:
    target = ClientTarget(thing, name="client:test", options=Options(response_limit=1000))
    return target.send(contract, Case(contract.operation, Intent(Purpose.VALID), value))


def test_reads_what_a_stubber_answers() -> None:
    stubbed = client("lookoutequipment")
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    with Stubber(stubbed) as stubber:
        stubber.add_response("describe_inference_scheduler", {"Status": "GONE", "CreatedAt": when})
        stubber.add_client_error(
            "describe_inference_scheduler",
            "ValidationException",
            http_status_code=400,
            modeled_fields={"Message": "no"},
        )
        target = ClientTarget(stubbed, name="client:test")
        case = Case("DescribeInferenceScheduler", Intent(Purpose.VALID), {
            "InferenceSchedulerName": "x"})  # fmt: skip
        answered, refused, exhausted = (target.send(DESCRIBE, case) for _ in range(3))
    assert answered.view is View.SDK
    assert answered.parsed == Parsed({"Status": "GONE", "CreatedAt": "2026-01-02T01:04:05Z"})
    assert refused.parsed == Parsed({"Message": "no"}, "ValidationException", 400)
    assert exhausted.trouble is Trouble.CLIENT_REFUSED
    assert "UnStubbedResponseError" in exhausted.detail
    assert answered.response is None


def test_says_that_the_client_refused_a_violation() -> None:
    made = send(client("deadline"), LIST_FARMS, maxResults="x")
    assert made.trouble is Trouble.CLIENT_REFUSED
    assert "ParamValidationError" in made.detail
    assert made.request is None


@pytest.mark.parametrize("options", [Options(), Options(allow_aws=True)])
def test_keeps_a_client_of_real_aws_from_sending(options: Options) -> None:
    target = ClientTarget(client("deadline"), name="client:test", options=options)
    case = Case("CreateFarm", Intent(Purpose.VALID), {"displayName": "x"})
    made = target.send(CREATE_FARM, case)
    assert made.trouble is Trouble.CLIENT_REFUSED
    assert "amazonaws.com" in made.detail
    assert made.parsed is None


def test_lets_a_mock_answer_in_the_place_of_aws() -> None:
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders

    class Raw(io.BytesIO):
        def stream(self, **_: Any) -> Iterator[bytes]:
            yield self.read()

    def answer(request: Any, **_: Any) -> AWSResponse:
        headers = HTTPHeaders.from_dict({"Content-Type": "application/json"})
        return AWSResponse(request.url, 200, headers, Raw(b'{"farms":[]}'))

    mocked = client("deadline")
    mocked.meta.events.register("before-send", answer)
    made = send(mocked)
    assert made.parsed == Parsed({"farms": []}, None, 200)


@pytest.fixture
def emulator() -> Iterator[str]:
    class Quiet(WSGIRequestHandler):
        def log(self, *_: Any) -> None:
            pass

    server = make_server("127.0.0.1", 0, Emulator(), request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_keeps_what_went_over_the_wire(emulator: str) -> None:
    config = Config(inject_host_prefix=False, retries={"max_attempts": 0})
    there = client("deadline", endpoint_url=emulator, config=config)
    made = send(there, LIST_FARMS, maxResults=5)
    assert made.parsed == Parsed({"farms": []}, None, 200)
    assert made.request is not None
    assert made.request.path == "/2023-10-12/farms?maxResults=5"
    assert dict(made.request.headers)["Authorization"] == "[hidden]"
    assert made.response is not None
    assert read(LIST_FARMS, made.response).problems == ()
    refused = send(there, LIST_FARMS, maxResults=500)
    assert refused.parsed is not None
    assert (refused.parsed.code, refused.parsed.status) == ("ValidationException", 400)
    assert refused.response is not None
    assert read(LIST_FARMS, refused.response).code == "ValidationException"


class ByHand:
    """A client written by hand, as test suites have them."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.seen: dict[str, Any] = {}

    def list_farms(self, **arguments: Any) -> Any:
        self.seen = arguments
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def create_farm(self, displayName: str) -> dict[str, Any]:
        return {"farmId": displayName}

    def start_sessions_statistics_aggregation(self, **arguments: Any) -> dict[str, Any]:
        self.seen = arguments
        return {}


def test_calls_a_client_written_by_hand_with_python_values() -> None:
    fake = ByHand({})
    send(fake, START, startTime="2026-01-02T03:04:05.5Z", endTime="never", farmId=5)
    assert fake.seen == {
        "startTime": datetime(2026, 1, 2, 3, 4, 5, 500_000, tzinfo=UTC),
        "endTime": "never",
        "farmId": 5,
    }


def test_says_that_pythons_own_call_refused() -> None:
    made = send(ByHand({}), CREATE_FARM, displayName="x", stray=1)
    assert (made.trouble, made.parsed) == (Trouble.CLIENT_REFUSED, None)
    assert "stray" in made.detail


ERROR = ClientError({"Error": {"Code": "x#Odd", "Message": "m"}}, "ListFarms")


@pytest.mark.parametrize(
    ("answer", "trouble", "reaction"),
    [
        (ERROR, None, Reaction.UNKNOWN_ERROR),
        (ClientError({}, "ListFarms"), Trouble.CRASHED, Reaction.CRASHED),
        (KeyError("x"), Trouble.CRASHED, Reaction.CRASHED),
        (NotImplementedError("x"), Trouble.CRASHED, Reaction.UNIMPLEMENTED),
        (ReadTimeoutError(endpoint_url="u"), Trouble.TIMEOUT, Reaction.TIMEOUT),
        (ConnectTimeoutError(endpoint_url="u"), Trouble.UNREACHABLE, Reaction.UNREACHABLE),
        (None, Trouble.CRASHED, Reaction.CRASHED),
        ([], Trouble.CRASHED, Reaction.CRASHED),
        (MagicMock(), Trouble.CRASHED, Reaction.CRASHED),
        ({"farms": io.BytesIO(b"x" * 2000)}, Trouble.TOO_LARGE, Reaction.UNREADABLE),
    ],
)
def test_takes_whatever_a_client_does_for_what_it_is(
    answer: Any, trouble: Trouble | None, reaction: Reaction
) -> None:
    from awsconform.conformance.wire.answers import read_parsed

    made = send(ByHand(answer))
    parsed = read_parsed(LIST_FARMS, made.parsed) if made.parsed else None
    assert (made.trouble, classify(LIST_FARMS, made, parsed)) == (trouble, reaction)


@pytest.mark.parametrize("contract", [DESCRIBE, load("deadline", "DeleteFarm")])
def test_has_not_what_the_client_has_no_method_for(contract: Contract) -> None:
    made = send(ByHand({}), contract)
    assert classify(contract, made, None) is Reaction.UNIMPLEMENTED


def test_has_not_what_another_service_has() -> None:
    made = send(client("deadline"), DESCRIBE, InferenceSchedulerName="x")
    assert classify(DESCRIBE, made, None) is Reaction.UNIMPLEMENTED


def test_cannot_send_a_malformed_body() -> None:
    target = ClientTarget(ByHand({}), name="client:test")
    made = target.send(LIST_FARMS, Case("ListFarms", Intent(Purpose.VIOLATES), {}, b"{"))
    assert made.trouble is Trouble.CLIENT_REFUSED


@pytest.mark.parametrize("thing", [None, 5, "client", {}, ByHand, len, object()])
def test_refuses_what_is_no_client(thing: Any) -> None:
    with pytest.raises(TargetError):
        ClientTarget(thing, name="client:test")


def test_reads_a_stream() -> None:
    body = StreamingBody(io.BytesIO(b"hello"), 5)
    assert from_client({"Body": body, "ResponseMetadata": {}}, 100) == {
        "Body": "aGVsbG8=",
        "ResponseMetadata": {},
    }


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.timezones()),
    st.binary(),
    st.floats(),
)
def test_makes_logical_json_of_everything(when: datetime, raw: bytes, number: float) -> None:
    made = from_client({"when": when, "raw": raw, "number": number, "odd": (1, {2})}, 10**6)
    assert isinstance(made["raw"], str)
    assert isinstance(made["number"], str) == (number in (float("inf"), float("-inf"))
                                               or number != number)  # fmt: skip
    assert made["odd"] == [1, [2]]
    schema = {"type": "string", "aws": {"type": "timestamp"}}
    assert to_client(LIST_FARMS, schema, made["when"]) == when.astimezone(UTC)
    assert to_client(LIST_FARMS, {"aws": {"type": "blob"}}, made["raw"]) == raw
