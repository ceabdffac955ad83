"""Whatever is sent, the answer is an answer."""

from __future__ import annotations

import json
import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.serving import CLOCK_PATH, ClockControl
from emulator.calling import SCHEDULER, TARGET, Wire

OPERATIONS = (
    "CreateInferenceScheduler",
    "DescribeInferenceScheduler",
    "ListInferenceSchedulers",
    "Elsewhere",
)
PATHS = ("/2023-10-12/farms", "/2023-10-12/farms/", "/SendHeartbeat", "/GetDeployments", "/")

latin = st.text(st.characters(max_codepoint=255), max_size=20)
paths = st.sampled_from(PATHS) | st.tuples(st.sampled_from(PATHS), latin).map("".join)
methods = st.sampled_from(["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS"])
targets = st.sampled_from([f"{TARGET}.{name}" for name in OPERATIONS]) | latin
json_bytes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*SCHEDULER, "x"]), inner),
).map(lambda value: json.dumps(value).encode())


@settings(max_examples=400)
@given(methods, paths, latin, st.binary() | json_bytes, st.none() | targets)
@example("GET", "/2023-10-12/farms", "%", b"", None)
@example("GET", "//", "", b"", None)
def test_no_request_ends_in_a_server_error(
    method: str, path: str, query: str, body: bytes, target: str | None
) -> None:
    wire = Wire(Emulator())
    headers = {"X-Amz-Client-Token": query} | ({"X-Amz-Target": target} if target else {})
    for extra in ({}, {"REQUEST_URI": f"{path}?{query}"}):
        reply = wire.send(method, path, query=query, body=body, headers=headers, extra=extra)
        assert reply.status < 500
        assert isinstance(reply.json, dict)
        assert reply.status < 400 or reply.code


@given(methods, st.binary() | json_bytes)
@example("POST", b'{"advance": 1e400}')
@example("POST", b'{"advance": ' + b"9" * 400 + b"}")
@example("POST", b"[" * 100_000)
def test_no_request_to_the_clock_ends_in_a_server_error(method: str, body: bytes) -> None:
    emulator = Emulator()
    wire = Wire(emulator, ClockControl(emulator, emulator.clock))
    assert wire.send(method, CLOCK_PATH, body=body).status in (200, 400, 405)


@pytest.mark.parametrize("length", ["", "-1", "abc", "1e3", "\u00b2"])
def test_a_length_that_is_no_number_means_no_body(length: str) -> None:
    wire = Wire(Emulator(), check=False)
    reply = wire.send("POST", "/SendHeartbeat", body=b"{}", extra={"CONTENT_LENGTH": length})
    assert reply.code == "ValidationException"


def test_many_threads_create_each_farm_once() -> None:
    wire = Wire(Emulator())
    found: list[str] = []

    def create() -> None:
        for n in range(20):
            found.append(wire.farm(f"farm {n}"))

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed = wire.rest("GET", "/2023-10-12/farms").json["farms"]
    assert len(found) == 80
    assert {farm["farmId"] for farm in listed} == set(found)
